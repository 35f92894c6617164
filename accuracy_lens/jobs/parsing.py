"""Uploaded files, read in child processes: columns come back, or a sentence that says why not."""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from accuracy_lens.jobs.workers import Reason, WorkerError, WorkerLimits, Workers
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading import LIMITS, RawTable, spool
from metrics_core.reading.limits import check_size, shorten

PARSERS = Workers(WorkerLimits())
"""The pool that the program keeps."""
_SMALLER = Message("Save it as Parquet or NPZ, or keep only part of the samples.")
_REFUSALS: Mapping[Reason, tuple[Message, Message, Message]] = {
    "time": (
        Message("must be readable within {seconds:g} seconds"),
        Message("a file that takes longer"),
        _SMALLER,
    ),
    "memory": (
        Message("must open within the memory allowed for one file"),
        Message("a file that needs more"),
        _SMALLER,
    ),
    "died": (
        Message("must be a complete and valid file"),
        Message("a file that ended the process reading it"),
        Message("Write the file again, and check that it opens in the program that wrote it."),
    ),
    "busy": (
        Message("must wait until other files are read"),
        Message("too many files at once"),
        Message("Try again in a minute."),
    ),
}


def parse_upload(
    data: bytes | bytearray | memoryview,
    name: str,
    *,
    workers: Workers | None = None,
    job: Callable[..., Any] | None = None,
) -> RawTable:
    """Read an uploaded file in a child process; its columns come back mapped, not copied.

    Parameters
    ----------
    data : bytes, bytearray or memoryview
        The content of the file.
    name : str
        What the visitor calls it; it stands in refusals and is never used as a path.
    workers : Workers, optional
        By default the pool that the program keeps.
    job : callable, optional
        What the child runs instead of `metrics_core.reading.spool.parse`.

    Raises
    ------
    InputError
        For a file that cannot be used, and for one that takes too much time or memory or ends
        its process. The next upload is not affected.
    """
    view = memoryview(data)
    check_size(shorten(name), view.nbytes, LIMITS)
    with tempfile.TemporaryDirectory(prefix="accuracy-lens-") as folder:
        (Path(folder) / spool.UPLOAD).write_bytes(view)
        try:
            manifest = (workers or PARSERS).run(job or spool.parse, folder, name, LIMITS)
        except WorkerError as error:
            raise refusal(error, name, (workers or PARSERS).limits) from None
        return spool.load(manifest, Path(folder))


def refusal(error: WorkerError, name: str, limits: WorkerLimits) -> InputError:
    """The sentence for a file whose process did not finish.

    Examples
    --------
    >>> print(refusal(WorkerError("died"), "a.csv", WorkerLimits()).received)
    a file that ended the process reading it
    """
    rule: Message
    hint: Message
    rule, received, hint = _REFUSALS[error.reason]
    rule = replace(rule, values={"seconds": limits.seconds})
    return InputError(shorten(name), rule, received, hint)


def warm() -> None:
    """Start the parsers now; call it when the server starts."""
    PARSERS.warm()


def close() -> None:
    """End the parsers; called by itself when the interpreter ends."""
    PARSERS.close()


atexit.register(close)
