"""Child processes with limits: what they run can neither stop nor bloat the server."""

from __future__ import annotations

import functools
import importlib
import multiprocessing
import multiprocessing.spawn
import os
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from pebble import ProcessExpired, ProcessPool
from pebble.pool.process import WORKERS_NAME

from accuracy_lens.view.quotas import quotas

Result = TypeVar("Result")
Reason = Literal["time", "memory", "died", "busy", "own"]
_LOOK_SECONDS = 1.0
FOLDERS = "accuracy-lens-job-"
"""What the names of the folders begin with that last no longer than a job."""


@dataclass(frozen=True)
class WorkerLimits:
    """What a pool and each of its child processes may take.

    Attributes
    ----------
    workers : int
        Processes at the same time; one core is left to the server.
    seconds : float
        Time for one job, counted from its start; then its process is ended and replaced.
    memory : int
        Bytes of address space beyond what a prepared process has (where the system can limit it).
    wait_seconds : float
        How long a job may wait for a free process.
    start_seconds : float
        How long, beyond the time for one job, no process may take one: then all are replaced.
    setup : str
        ``"module:function"`` that a process imports and calls before its first job.
    environment : mapping of str to str
        Environment variables of a process, set before `setup` is imported.
    niceness : int
        0 to 19: how far a process stands back behind others that want the processor (POSIX).
    """

    workers: int = field(default_factory=lambda: quotas().parsers)
    seconds: float = 10.0
    memory: int = field(default_factory=lambda: quotas().parser_bytes)
    wait_seconds: float = 60.0
    start_seconds: float = 20.0
    setup: str = "metrics_core.reading.spool:prepare"
    environment: Mapping[str, str] = field(
        default_factory=lambda: {"ARROW_DEFAULT_MEMORY_POOL": "system"}
    )
    niceness: int = 0


class WorkerError(Exception):
    """A child process did not finish its job: it ran out of time or memory, died, or none came."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(reason)


class _StuckError(Exception):
    """No process takes a job, though none is busy."""


class Workers:
    """A pool of child processes, started on first use; safe to use from many threads.

    Parameters
    ----------
    limits : WorkerLimits
        What the pool may take.

    Examples
    --------
    >>> workers = Workers(WorkerLimits(workers=1, setup=""))
    >>> workers.run(pow, 2, 10)
    1024
    >>> workers.close()
    """

    def __init__(self, limits: WorkerLimits) -> None:
        self.limits = limits
        self._lock = threading.Lock()
        self._pool: ProcessPool | None = None
        self._moved = 0.0
        """When a job was seen to run last."""

    def run(self, job: Callable[..., Result], *args: object) -> Result:
        """Run an importable function in a child process and give its result.

        Raises
        ------
        WorkerError
            Where the limits end the job, or its process dies. The next job has a fresh process.
        Exception
            Whatever the job itself raises.
        """
        for attempt in (1, 2):
            pool = self._started()
            try:
                return self._wait(pool, job, args)
            except (BrokenProcessPool, CancelledError, RuntimeError, _StuckError) as error:
                if isinstance(error, RuntimeError) and pool.active:
                    raise  # the job's own
                self._discard(pool)
                if attempt == 2:
                    raise WorkerError("died") from None
        raise AssertionError("unreachable")

    def _wait(
        self, pool: ProcessPool, job: Callable[..., Result], args: tuple[object, ...]
    ) -> Result:
        future = pool.schedule(job, args=args, timeout=self.limits.seconds)
        begun = time.monotonic()
        last = begun + self.limits.wait_seconds + self.limits.seconds
        while True:
            try:
                left = last - time.monotonic()
                result: Result = future.result(max(0.0, min(left, _LOOK_SECONDS)))
            except FutureTimeout:
                if future.done():
                    raise WorkerError("time") from None
                if left <= 0:
                    future.cancel()  # type: ignore[no-untyped-call]
                    raise WorkerError("busy") from None
                self._look(future, begun)
            except ProcessExpired:
                raise WorkerError("died") from None
            except MemoryError:
                raise WorkerError("memory") from None
            else:
                return result

    def _look(self, future: Future[Any], begun: float) -> None:
        """Find out whether no process takes jobs any more, as when they are stopped."""
        now = time.monotonic()
        if future.running():
            self._moved = now
        elif now - max(self._moved, begun) > self.limits.seconds + self.limits.start_seconds:
            raise _StuckError

    def submit(self, job: Callable[..., Result], *args: object) -> Future[Result]:
        """Hand an importable function over and do not wait for it.

        To cancel the future ends the process, and another is prepared in its place: at once where
        the job runs, and else as soon as a process takes it.

        Raises
        ------
        WorkerError
            Where no process can be started.
        """
        for _ in (1, 2):
            pool = self._started()
            try:
                future: Future[Result] = pool.schedule(job, args, timeout=self.limits.seconds)
            except RuntimeError:  # broken while nothing ran
                self._discard(pool)
            else:
                return future
        raise WorkerError("died")

    def warm(self) -> None:
        """Start the processes now, so that the first visitor need not wait for them."""
        self._started().schedule(os.getpid)

    def close(self) -> None:
        """End all processes; a later job starts new ones."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _started(self) -> ProcessPool:
        with self._lock:
            if self._pool is None:
                _keep_main_out()
                self._pool = ProcessPool(
                    max_workers=self.limits.workers,
                    initializer=_confine,
                    initargs=(self.limits,),
                    context=multiprocessing.get_context("spawn"),
                )
            return self._pool

    def _discard(self, pool: ProcessPool) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _confine(limits: WorkerLimits) -> None:
    """Prepare a child process, then take away what it does not need."""
    os.environ.update(limits.environment)
    if os.name == "posix":
        os.nice(limits.niceness)
    if limits.setup:
        module, _, function = limits.setup.partition(":")
        getattr(importlib.import_module(module), function)()
    statm = Path("/proc/self/statm")
    if os.name == "posix" and statm.exists():
        import resource  # noqa: PLC0415 - not on every system

        held = int(statm.read_text().split()[0]) * resource.getpagesize()
        _lower(resource.RLIMIT_AS, held + limits.memory)
        _lower(resource.RLIMIT_CORE, 0)


def _lower(which: int, value: int) -> None:
    import resource  # noqa: PLC0415 - not on every system

    hard = resource.getrlimit(which)[1]
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (bound, bound))


def _keep_main_out() -> None:
    """Let our child processes start without the main module, which under Streamlit is the app.

    The standard library hands every new process the path of ``__main__`` to import again. Only
    processes of pebble's name are started without it.
    """
    prepare = multiprocessing.spawn.get_preparation_data
    if hasattr(prepare, "__wrapped__"):
        return

    @functools.wraps(prepare)
    def without_main(name: str) -> dict[str, Any]:
        data: dict[str, Any] = prepare(name)
        if name == WORKERS_NAME:
            data.pop("init_main_from_name", None)
            data.pop("init_main_from_path", None)
        return data

    multiprocessing.spawn.get_preparation_data = without_main
