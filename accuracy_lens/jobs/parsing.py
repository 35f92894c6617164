"""Uploaded files, read in child processes: columns come back, or a sentence that says why not."""

from __future__ import annotations

import atexit
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from streamlit.runtime.scriptrunner import get_script_run_ctx

from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.folders import clean, folder_of_job
from accuracy_lens.jobs.turns import Turns
from accuracy_lens.jobs.workers import Reason, WorkerError, Workers
from accuracy_lens.measured import FILES, REFUSED
from accuracy_lens.view.budget import COLUMNS
from accuracy_lens.view.quotas import quotas
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading import LIMITS, RawTable, Roles, spool
from metrics_core.reading.limits import check_size, shorten

logger = logging.getLogger("accuracy_lens")

PARSERS = Workers(WorkerLimits())
"""The pool that the program keeps."""
TURNS = Turns(PARSERS.limits.workers, quotas().files_waiting, quotas().files_waiting_each)
"""Who is next at the parsers."""
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
    "own": (
        Message("must wait until the other files of this visit are read"),
        Message("too many files at once"),
        Message("Drop it again once they are."),
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
    return read_upload(data, name, workers=workers, job=job)[0]


def read_upload(
    data: bytes | bytearray | memoryview,
    name: str,
    *,
    workers: Workers | None = None,
    job: Callable[..., Any] | None = None,
) -> tuple[RawTable, Roles]:
    """The same, and what its columns seem to be, which the child process guesses, too."""
    view = memoryview(data)
    check_size(shorten(name), view.nbytes, LIMITS)
    with folder_of_job() as folder:
        (folder / spool.UPLOAD).write_bytes(view)
        return _read(job or spool.parse, folder, name, workers=workers, named=name)


def read_pair(files: Sequence[tuple[bytes, str]]) -> tuple[RawTable, Roles]:
    """Read two files together, labels in one and outputs in the other; see `read_upload`.

    Parameters
    ----------
    files : sequence of (bytes, str)
        Content and name of each.

    Raises
    ------
    InputError
        As `read_upload`, for more than two files, and where the two do not go together.
    """
    if len(files) != 2:
        raise InputError(
            shorten(", ".join(name for _, name in files)),
            "must be one file, or two: the labels and the outputs of the same samples",
            Message("{n} file", {"n": len(files)}, plural="{n} files"),
            "Drop the file with the labels and the file with the outputs.",
        )
    names = (files[0][1], files[1][1])
    with folder_of_job() as folder:
        for which, (data, name) in enumerate(files):
            check_size(shorten(name), len(data), LIMITS)
            (folder / f"{spool.UPLOAD}-{which}").write_bytes(data)
        return _read(spool.parse_both, folder, names, named=" + ".join(names))


def read_beside(table: RawTable, data: bytes, name: str) -> tuple[RawTable, Roles]:
    """Read a file that goes with one that was read before; see `read_pair`."""
    check_size(shorten(name), len(data), LIMITS)
    with folder_of_job() as folder:
        earlier = spool.store(table, folder, spool.EARLIER)
        (folder / spool.UPLOAD).write_bytes(data)
        return _read(spool.parse_beside, folder, earlier, name, named=f"{table.name} + {name}")


def recoded(table: RawTable, encoding: str) -> tuple[RawTable, Roles]:
    """A table whose words are read in another encoding, and what its columns then seem to be."""
    with folder_of_job() as folder:
        earlier = spool.store(table, folder, spool.EARLIER)
        return _read(spool.recode, folder, earlier, encoding, named=table.name)


def guess(table: RawTable, which: int = 0) -> Roles:
    """What the columns of a part of a file seem to be, in one of the readings of its arrays."""
    with folder_of_job() as folder:
        earlier = spool.store(table, folder, spool.EARLIER)
        found: Roles = run_on(spool.guess_again, folder, earlier, which, named=table.name)
        return found


def _read(
    job: Callable[..., Any], folder: Path, *args: object, named: str, workers: Workers | None = None
) -> tuple[RawTable, Roles]:
    found: spool.Found = run_on(job, folder, *args, named=named, workers=workers)
    table = spool.load(found.manifest, folder)
    memory = spool.memory_of(table)
    if memory is not None:
        COLUMNS.take(memory, table.name, _visitor())
    return table, found.roles


def run_on(
    job: Callable[..., Any], folder: Path, *args: object, named: str, workers: Workers | None = None
) -> Any:
    """Run ``job(folder, *args, limits)`` on a folder with files when it is this visitor's turn.

    Raises
    ------
    InputError
        What the job raises, and where it takes too much time or memory or ends its process.
    """
    workers = workers or PARSERS
    whose = _visitor()
    size = sum(file.stat().st_size for file in folder.iterdir())
    with told(size):
        try:
            with TURNS.turn(whose, size, workers.limits.wait_seconds):
                return workers.run(job, str(folder), *args, LIMITS)
        except WorkerError as error:
            if error.reason in ("busy", "own"):
                REFUSED.labels(f"files_{error.reason}").inc()
            raise refusal(error, named, workers.limits) from None


def _visitor() -> str:
    context = get_script_run_ctx(suppress_warning=True)
    return "" if context is None else context.session_id


@contextmanager
def told(size: int) -> Iterator[None]:
    """Time a job on a file of a size, and log how it ended; nothing of what is in the file."""
    start, outcome = time.monotonic(), "read"
    try:
        yield
    except InputError:
        outcome = "refused"
        raise
    except BaseException:
        outcome = "error"
        raise
    finally:
        seconds = time.monotonic() - start
        FILES.labels(outcome).observe(seconds)
        facts = {"outcome": outcome, "bytes": size, "seconds": round(seconds, 3)}
        logger.info("File", extra={"facts": facts})


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
    """Start the parsers now, and empty what killed ones left; call it when the server starts."""
    clean()
    PARSERS.warm()


atexit.register(PARSERS.end)
