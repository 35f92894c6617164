"""Runs in child processes of this machine, one run a process at a time."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

from pebble import ProcessExpired

from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.folders import is_alive
from accuracy_lens.jobs.runs.spool import OUT_OF_MEMORY, Spool, work
from accuracy_lens.jobs.runs.task import Job, News, Outcome, Task
from accuracy_lens.jobs.workers import WorkerError, Workers

_PATIENCE = 20
"""Times that a run may be asked where process and pool contradict each other."""


class Pool:
    """The processes, started for the first run.

    Parameters
    ----------
    limits : WorkerLimits
    """

    def __init__(self, limits: WorkerLimits) -> None:
        self._workers = Workers(limits)

    def slots(self) -> int:
        """As many as processes."""
        return self._workers.limits.workers

    def submit(self, job: Job, settings: object) -> Task:
        """Hand a run to the next free process."""
        return _PoolTask(lambda spool: self._workers.submit(work, spool.folder, job, settings))

    def warm(self) -> None:
        """Start the processes now."""
        self._workers.warm()

    def close(self) -> None:
        """End the processes."""
        self._workers.close()


class _PoolTask:
    def __init__(self, submit: Callable[[Spool], Future[Outcome]]) -> None:
        self._submit, self._spool = submit, Spool()
        self._stopped = self._again = False
        self._process: int | None = None
        self._odd_turns = 0
        self._future = self._submitted()

    def poll(self) -> News:
        done = self._future.done()  # first: what a finished job left is then all there
        self._process = self._process or self._spool.process()
        reports = () if self._stopped else tuple(self._spool.read())
        outcome: Outcome | None
        if self._stopped:
            outcome = (None, "") if self._is_idle(done) else None
        elif done:
            outcome = self._outcome()
        else:
            outcome = ("died", "") if self._is_lost() else None
        if outcome is not None:
            self._future.cancel()
            self._spool.close()
        return News(self._process is not None, reports, outcome)

    def stop(self) -> None:
        """End the process where it has begun, and else have it pass the run over.

        To cancel what waits for a process would end the process that comes to it.
        """
        self._stopped, self._odd_turns = True, 0
        self._spool.stop()

    def _is_idle(self, done: bool) -> bool:
        """End the process of a stopped run; whether its place is free again.

        It is not before the process is gone: what it took on meanwhile would go with it.
        """
        if self._process is None:
            return done
        self._future.cancel()
        self._odd_turns += 1
        return not is_alive(self._process) or self._odd_turns > _PATIENCE

    def _is_lost(self) -> bool:
        """Whether the process is gone and the pool does not say so."""
        if self._process is not None and not is_alive(self._process):
            self._odd_turns += 1
        return self._odd_turns > _PATIENCE

    def _submitted(self) -> Future[Outcome]:
        try:
            return self._submit(self._spool)
        except WorkerError:
            failed: Future[Outcome] = Future()
            failed.set_result(("died", ""))
            return failed

    def _outcome(self) -> Outcome | None:
        error = self._future.exception()
        if error is None:
            return self._future.result()
        if isinstance(error, BrokenProcessPool) and self._process is None and not self._again:
            self._again = True  # its process died before it came to this run
            self._future = self._submitted()
            return None
        if isinstance(error, ProcessExpired):
            return ("memory" if error.exitcode == OUT_OF_MEMORY else "died"), ""
        if isinstance(error, BrokenProcessPool):
            return "died", ""
        if isinstance(error, TimeoutError):
            return "time", ""
        return "error", "".join(traceback.format_exception(error))
