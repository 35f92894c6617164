"""Training runs of all visitors: where they are carried out, and what each one reported.

A visitor has one run at a time: one set of settings, or two side by side. It goes on while the
visitor is on another page, and ends when the visitor says so, closes the browser, or falls silent.
TensorFlow is never imported here.
"""

from __future__ import annotations

import atexit
import secrets
import threading
import time
from collections.abc import Callable, Sequence

from accuracy_lens.jobs.runs.executor import RunLimits, chosen_executor
from accuracy_lens.jobs.runs.reasons import GONE, STOPPED
from accuracy_lens.jobs.runs.reports import KeptReports
from accuracy_lens.jobs.runs.run_queue import Run, RunQueue
from accuracy_lens.jobs.runs.task import Executor, Job
from accuracy_lens.jobs.runs.visit import RunState, is_connected
from accuracy_lens.jobs.workers import WorkerLimits
from metrics_core.errors import InputError
from metrics_core.live_keras import train
from metrics_core.messages import Message

TICK = 0.1
"""Seconds between two looks at the runs."""
SIDE_BY_SIDE = 2
"""Runs of one visitor at the same time."""


class _Group:
    def __init__(self, visitor: str, runs: list[Run]) -> None:
        self.visitor, self.runs = visitor, runs
        self.silent_turns = 0
        self.elsewhere = False
        self.touched = time.monotonic()

    @property
    def live(self) -> bool:
        return not all(run.over for run in self.runs)

    @property
    def size(self) -> int:
        return sum(run.kept.size for run in self.runs)


class Runs:
    """The runs of all visitors; safe to use from many threads. Nothing starts before the first run.

    Parameters
    ----------
    limits : RunLimits
    executor : callable, optional
        Makes what carries them out from the limits of a worker.
    connected : callable, optional
        Whether a visitor's browser is there.
    """

    def __init__(
        self,
        limits: RunLimits | None = None,
        *,
        executor: Callable[[WorkerLimits], Executor] = chosen_executor,
        connected: Callable[[str], bool] = is_connected,
    ) -> None:
        self.limits = limits or RunLimits()
        self._make_executor, self._connected = executor, connected
        self._lock = threading.RLock()
        self._queue: RunQueue | None = None
        self._executor: Executor | None = None
        self._groups: dict[str, _Group] = {}
        self._watch: threading.Thread | None = None
        self._wake = threading.Event()

    def start(self, settings: Sequence[object], visitor: str, job: Job = train) -> str:
        """Put runs into the queue; those that the visitor had before end and are forgotten.

        Parameters
        ----------
        settings : sequence of one or two objects
            One for each run side by side.
        visitor : str
            See `this_visitor`.
        job : callable
            Importable ``job(settings, report)``; a `functools.partial` hands data over.

        Returns
        -------
        str
            Name of the runs; nobody can guess it. Keep it in the visitor's session.

        Raises
        ------
        InputError
            Where too many wait, or the cluster that is asked for cannot be used.
        """
        if not 1 <= len(settings) <= SIDE_BY_SIDE:
            raise InputError("settings", "must be one or two", len(settings), "Take one away.")
        with self._lock:
            queue = self._ready()
            for name in [n for n, group in self._groups.items() if group.visitor == visitor]:
                self._stop(self._groups.pop(name), STOPPED)
            if queue.waiting + len(settings) > self.limits.waiting:
                raise InputError(
                    "run",
                    "must wait in a queue of at most {most} runs",
                    queue.waiting,
                    "Try again in a few minutes.",
                    most=self.limits.waiting,
                )
            new = [Run(each, job, KeptReports(self.limits.run_bytes)) for each in settings]
            for run in new:
                queue.add(run)
            name = secrets.token_urlsafe(16)
            self._groups[name] = _Group(visitor, new)
            self._keep_watch()
        return name

    def states(self, name: str) -> tuple[RunState, ...] | None:
        """The runs as they stand, in the order of their settings; None once they are forgotten."""
        with self._lock:
            group = self._groups.get(name)
            if group is None or self._queue is None:
                return None
            return tuple(
                RunState(
                    run.settings,
                    run.phase,
                    self._queue.position(run),
                    run.kept.reports,
                    run.kept.came,
                    run.reason,
                )
                for run in group.runs
            )

    def touch(self, name: str, *, elsewhere: bool = False) -> None:
        """Say that the visitor of a run is there; its page does so at every poll.

        Parameters
        ----------
        name : str
            From `start`; any other is passed over.
        elsewhere : bool
            On another page, which may be silent for longer.
        """
        with self._lock:
            if name in self._groups:
                group = self._groups[name]
                group.silent_turns, group.elsewhere = 0, elsewhere
                group.touched = time.monotonic()

    def stop(self, name: str) -> None:
        """End runs; what they reported stays."""
        with self._lock:
            if name in self._groups:
                self._stop(self._groups[name], STOPPED)

    def warm(self) -> None:
        """Prepare the processes, so that the first run need not wait for TensorFlow."""
        with self._lock:
            self._ready()
            executor = self._executor
        assert executor is not None
        executor.warm()

    def close(self) -> None:
        """End everything and forget it; a later start begins anew."""
        with self._lock:
            for group in self._groups.values():
                self._stop(group, STOPPED)
            self._groups.clear()
            watch, executor = self._watch, self._executor
        if watch is not None:
            watch.join(timeout=2.0)
        if executor is not None:
            executor.close()

    def _ready(self) -> RunQueue:
        if self._queue is None:
            self._executor = self._make_executor(self.limits.worker)
            limits = self.limits
            self._queue = RunQueue(self._executor, limits.worker, limits.start_seconds, self._lock)
        return self._queue

    def _stop(self, group: _Group, reason: Message) -> None:
        for run in group.runs:
            if self._queue is not None and not run.over:
                self._queue.stop(run, reason)
                self._wake.set()

    def _keep_watch(self) -> None:
        self._wake.set()
        if self._watch is None or not self._watch.is_alive():
            self._watch = threading.Thread(target=self._look, name="runs", daemon=True)
            self._watch.start()

    def _look(self) -> None:
        """What the thread does that watches, for as long as there is anything to watch."""
        assert self._queue is not None
        while True:
            in_turn = not self._wake.wait(TICK)
            self._wake.clear()
            with self._lock:
                self._reap(in_turn)
            self._queue.turn()
            with self._lock:
                self._forget_old()
                if not self._queue.busy:
                    self._watch = None
                    return

    def _reap(self, in_turn: bool) -> None:
        for group in self._groups.values():
            if group.live:
                group.silent_turns += in_turn
                limits = self.limits
                most = limits.elsewhere_seconds if group.elsewhere else limits.silence_seconds
                silent = group.silent_turns * TICK >= most
                if silent or not self._connected(group.visitor):
                    self._stop(group, GONE)

    def _forget_old(self) -> None:
        limits, now = self.limits, time.monotonic()
        ended = {name: group for name, group in self._groups.items() if not group.live}
        total = sum(group.size for group in self._groups.values())
        for name in sorted(ended, key=lambda name: ended[name].touched):
            if total > limits.total_bytes or now - ended[name].touched > limits.kept_seconds:
                total -= self._groups.pop(name).size


RUNS = Runs()
"""The runs of the program."""
atexit.register(RUNS.close)
