"""Reports on their way from a child process: one file each in a folder of the run's own."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import tempfile
from pathlib import Path

from accuracy_lens.jobs.folders import prefix
from accuracy_lens.jobs.runs.task import Job, Outcome, outcome_of

OUT_OF_MEMORY = 71
"""Exit code of a process that could not get the memory that its run asked for."""
_NOT_WANTED = 72
_PROCESS, _STOP, _PART = "process", "stop", "part"


class Spool:
    """The server's end of a spool.

    Examples
    --------
    >>> def count(settings, report):
    ...     for i in range(settings):
    ...         report(i)
    >>> spool = Spool()
    >>> deliver(spool.folder, count, 2)
    (None, '')
    >>> [report for report, _ in spool.read()]
    [0, 1]
    >>> spool.close()
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=prefix("run")))
        self._next = 0

    def process(self) -> int | None:
        """The process that took the run on."""
        mark = self.folder / _PROCESS
        return int(mark.read_text(encoding="ascii")) if mark.exists() else None

    def read(self) -> list[tuple[object, int]]:
        """The reports that came since, in order, and the bytes of each; their files go."""
        found: list[tuple[object, int]] = []
        while (path := _path(self.folder, self._next)).exists():
            data = path.read_bytes()
            path.unlink()
            self._next += 1
            found.append((pickle.loads(data), len(data)))  # noqa: S301 - of our own process
        return found

    def stop(self) -> None:
        """Tell the process that nobody wants the run: one that comes to it passes it over."""
        (self.folder / _STOP).touch()

    def close(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def work(folder: Path, job: Job, settings: object) -> Outcome:
    """Do the job in a child process of the pool, which can be ended at any point.

    The process of a run that was stopped after it began never takes another one: the pool may be
    about to end it.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # at once, even inside a long call of a library
    if not _is_wanted(folder):
        return None, ""
    _write(folder, _PROCESS, str(os.getpid()).encode("ascii"))
    outcome = deliver(folder, job, settings)
    if not _is_wanted(folder):
        os._exit(_NOT_WANTED)
    if outcome[0] == "memory":
        os._exit(OUT_OF_MEMORY)  # a fresh process takes the place of one that ran full
    return outcome


def deliver(folder: Path, job: Job, settings: object) -> Outcome:
    """Do the job and leave its reports in the folder, each one whole or not at all."""
    server, count = os.getppid(), 0

    def report(said: object) -> None:
        nonlocal count
        if os.getppid() != server or not _is_wanted(folder):
            os._exit(_NOT_WANTED)
        _write(folder, _path(folder, count).name, pickle.dumps(said, pickle.HIGHEST_PROTOCOL))
        count += 1

    return outcome_of(job, settings, report)


def _is_wanted(folder: Path) -> bool:
    return folder.exists() and not (folder / _STOP).exists()


def _path(folder: Path, number: int) -> Path:
    return folder / f"{number}.report"


def _write(folder: Path, name: str, data: bytes) -> None:
    part = folder / _PART
    part.write_bytes(data)
    part.rename(folder / name)
