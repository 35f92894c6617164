"""Uploaded files, read in child processes: columns come back, or a sentence that says why not."""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Callable, Mapping, Sequence
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
        return _run(job or spool.parse, folder, name, workers=workers, named=name)


def parse_pair(files: Sequence[tuple[bytes, str]]) -> RawTable:
    """Read two files together, labels in one and outputs in the other; see `parse_upload`.

    Parameters
    ----------
    files : sequence of (bytes, str)
        Content and name of each.

    Raises
    ------
    InputError
        As `parse_upload`, for more than two files, and where the two do not go together.
    """
    if len(files) != 2:
        raise InputError(
            shorten(", ".join(name for _, name in files)),
            "must be one file, or two: the labels and the outputs of the same samples",
            Message("{n} file", {"n": len(files)}, plural="{n} files"),
            "Drop the file with the labels and the file with the outputs.",
        )
    names = (files[0][1], files[1][1])
    with tempfile.TemporaryDirectory(prefix="accuracy-lens-") as folder:
        for which, (data, name) in enumerate(files):
            check_size(shorten(name), len(data), LIMITS)
            (Path(folder) / f"{spool.UPLOAD}-{which}").write_bytes(data)
        return _run(spool.parse_both, folder, names, named=" + ".join(names))


def parse_beside(table: RawTable, data: bytes, name: str) -> RawTable:
    """Read a file that goes with one that was read before; see `parse_pair`."""
    check_size(shorten(name), len(data), LIMITS)
    with tempfile.TemporaryDirectory(prefix="accuracy-lens-") as folder:
        earlier = spool.store(table, Path(folder), spool.EARLIER)
        (Path(folder) / spool.UPLOAD).write_bytes(data)
        return _run(spool.parse_beside, folder, earlier, name, named=f"{table.name} + {name}")


def _run(
    job: Callable[..., Any], folder: str, *args: object, named: str, workers: Workers | None = None
) -> RawTable:
    workers = workers or PARSERS
    try:
        manifest = workers.run(job, folder, *args, LIMITS)
    except WorkerError as error:
        raise refusal(error, named, workers.limits) from None
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
