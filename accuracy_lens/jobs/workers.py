"""Child processes with limits: what they run can neither stop nor bloat the server."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeVar

from pebble import ProcessExpired, ProcessPool

from accuracy_lens.jobs.confined import WorkerLimits, confine, keep_main_out

Result = TypeVar("Result")
Reason = Literal["time", "memory", "died", "busy", "own"]
_LOOK_SECONDS = 1.0


class WorkerError(Exception):
    """A child process did not finish its job: it ran out of time or memory, died, or none came."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(reason)


class _StuckError(Exception):
    """No process takes a job, though none is busy."""


@dataclass(eq=False)
class _Place:
    """One process, in a pool of its own.

    Processes of one pool share a pipe: of several, one that is killed can take a job with it, or
    keep the pipe locked, and the pool would not notice.

    Attributes
    ----------
    pool : ProcessPool or None
    jobs : int
        That run or wait here.
    moved : float
        When a job was seen to run last.
    """

    pool: ProcessPool | None = None
    jobs: int = 0
    moved: float = 0.0


class Workers:
    """Child processes, started on first use; safe to use from many threads.

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
        self._places = [_Place() for _ in range(limits.workers)]
        self._ended = False

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
            place, pool = self._taken()
            try:
                return self._wait(place, pool, job, args)
            except (BrokenProcessPool, CancelledError, RuntimeError, _StuckError) as error:
                if isinstance(error, RuntimeError) and pool.active:
                    raise  # the job's own
                self._discard(place, pool)
                if attempt == 2:
                    raise WorkerError("died") from None
            finally:
                self._leave(place)
        raise AssertionError("unreachable")

    def _wait(
        self,
        place: _Place,
        pool: ProcessPool,
        job: Callable[..., Result],
        args: tuple[object, ...],
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
                self._look(place, future, begun)
            except ProcessExpired:
                raise WorkerError("died") from None
            except MemoryError:
                raise WorkerError("memory") from None
            else:
                return result

    def _look(self, place: _Place, future: Future[Any], begun: float) -> None:
        """Find out whether the process takes no job any more, as when it is stopped."""
        now = time.monotonic()
        if future.running():
            place.moved = now
        elif now - max(place.moved, begun) > self.limits.seconds + self.limits.start_seconds:
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
            place, pool = self._taken()
            try:
                future: Future[Result] = pool.schedule(job, args, timeout=self.limits.seconds)
            except RuntimeError:  # broken while nothing ran
                self._leave(place)
                self._discard(place, pool)
            else:
                future.add_done_callback(partial(self._leave, place))
                return future
        raise WorkerError("died")

    def warm(self) -> None:
        """Start the processes now, so that the first visitor need not wait for them."""
        for place in self._places:
            self._started(place).schedule(os.getpid)

    def close(self) -> None:
        """End all processes; a later job starts new ones."""
        for place in self._places:
            with self._lock:
                pool, place.pool = place.pool, None
            if pool is not None:
                pool.stop()  # type: ignore[no-untyped-call]
                pool.join()

    def end(self) -> None:
        """End them for good, as the interpreter does: who waits is told, and none is started."""
        with self._lock:
            self._ended = True
        self.close()

    def _taken(self) -> tuple[_Place, ProcessPool]:
        """The place with the fewest jobs, one more than before, and its pool."""
        with self._lock:
            place = min(self._places, key=lambda place: place.jobs)
            place.jobs += 1
        return place, self._started(place)

    def _leave(self, place: _Place, _: object = None) -> None:
        with self._lock:
            place.jobs -= 1

    def _started(self, place: _Place) -> ProcessPool:
        with self._lock:
            if self._ended:
                raise WorkerError("died")
            if place.pool is None:
                keep_main_out()
                place.pool = ProcessPool(
                    max_workers=1,
                    initializer=confine,
                    initargs=(self.limits,),
                    context=multiprocessing.get_context("spawn"),
                )
            return place.pool

    def _discard(self, place: _Place, pool: ProcessPool) -> None:
        with self._lock:
            if place.pool is pool:
                place.pool = None
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()
