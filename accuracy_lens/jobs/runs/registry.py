"""Training runs of all visitors: where they are carried out, and what each one reported.

A visitor has one run at a time: one set of settings, or two side by side. It goes on while the
visitor is on another page. Visitors who ask for the same watch one run; each of them leaves it by
saying so, by closing the browser, or by falling silent, and it ends when the last one has left.
TensorFlow is never imported here.
"""

from __future__ import annotations

import atexit
import secrets
import threading
from collections.abc import Callable, Hashable, Sequence

from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.runs.executor import RunLimits, chosen_executor
from accuracy_lens.jobs.runs.reasons import GONE, STOPPED, TRAINING, Reasons
from accuracy_lens.jobs.runs.reports import KeptReports
from accuracy_lens.jobs.runs.run_queue import Run, RunQueue
from accuracy_lens.jobs.runs.shared import SharedRuns
from accuracy_lens.jobs.runs.task import Executor, Job
from accuracy_lens.jobs.runs.visit import RunState, is_connected
from accuracy_lens.jobs.runs.watched import Group, Groups, Watched
from accuracy_lens.measured import REFUSED
from metrics_core.errors import InputError
from metrics_core.live_keras import train
from metrics_core.messages import Message

TICK = 0.1
"""Seconds between two looks at the runs."""
SIDE_BY_SIDE = 2
"""Runs of one visitor at the same time."""


class Runs:
    """The runs of all visitors; safe to use from many threads. Nothing starts before the first run.

    Parameters
    ----------
    limits : RunLimits
    executor : callable, optional
        Makes what carries them out from the limits of a worker.
    connected : callable, optional
        Whether a visitor's browser is there.
    reasons : mapping, optional
        What is said of a run that failed.
    """

    def __init__(
        self,
        limits: RunLimits | None = None,
        *,
        executor: Callable[[WorkerLimits], Executor] = chosen_executor,
        connected: Callable[[str], bool] = is_connected,
        reasons: Reasons = TRAINING,
    ) -> None:
        self.limits = limits or RunLimits()
        self._make_executor, self._connected = executor, connected
        self._reasons = reasons
        self._lock = threading.RLock()
        self._queue: RunQueue | None = None
        self._executor: Executor | None = None
        self._groups = Groups()
        self._shared = SharedRuns(self.limits.shared, self.limits.shared_bytes)
        self._watch: threading.Thread | None = None
        self._wake = threading.Event()

    @property
    def visitors(self) -> int:
        """Visitors whose runs wait or go on."""
        with self._lock:
            return self._groups.live

    @property
    def load(self) -> tuple[int, int]:
        """Runs that wait, and runs that go on."""
        with self._lock:
            return (0, 0) if self._queue is None else (self._queue.waiting, self._queue.going)

    def start(
        self,
        settings: Sequence[object],
        visitor: str,
        job: Job = train,
        *,
        keys: Sequence[Hashable] = (),
        work: Sequence[float] = (),
    ) -> str:
        """Put runs into the queue, or join those of others; the visitor's runs before are left.

        Parameters
        ----------
        settings : sequence of one or two objects
            One for each run side by side.
        visitor : str
            See `this_visitor`.
        job : callable
            Importable ``job(settings, report)``; a `functools.partial` hands data over.
        keys : sequence, optional
            For each run all that its reports depend on: runs of equal keys are one, also where it
            is done. By default nobody shares them.
        work : sequence of float, optional
            For each run how much there is to do, in one unit for all: what is known of the time
            that others will wait. By default 1.

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
            before = [name for name, group in self._groups.items() if group.visitor == visitor]
            name = secrets.token_urlsafe(16)
            known = [self._shared.get(key) for key in keys] or [None] * len(settings)
            works = work or [1.0] * len(settings)
            new = [
                Run(each, job, KeptReports(self.limits.run_bytes), units)
                for each, run, units in zip(settings, known, works, strict=True)
                if run is None
            ]
            added = iter(new)
            watched = [Watched(run or next(added), run is not None and run.over) for run in known]
            self._groups[name] = Group(visitor, watched)
            for other in before:
                self._leave(self._groups.pop(other), STOPPED)
            if new and queue.waiting + len(new) > self.limits.waiting:
                self._leave(self._groups.pop(name), STOPPED)
                REFUSED.labels("trainings").inc()
                raise InputError(
                    "run",
                    "must wait in a queue of at most {most} runs",
                    queue.waiting,
                    "Try again in a few minutes.",
                    most=self.limits.waiting,
                )
            for run in new:
                queue.add(run)
            for key, each in zip(keys, watched, strict=False):
                self._shared.add(key, each.run)
            self._keep_watch()
        return name

    def states(self, name: str) -> tuple[RunState, ...] | None:
        """The runs as they stand, in the order of their settings; None once they are forgotten."""
        with self._lock:
            group = self._groups.get(name)
            if group is None or self._queue is None:
                return None
            queue, waits, groups = self._queue, self._queue.waits(), self._groups
            return tuple(
                each.state(queue.position(each.run), waits.get(each.run), groups.watchers(each.run))
                for each in group.watched
            )

    def kept(self) -> list[tuple[Hashable, RunState]]:
        """Runs that went to their end and are shared, the newest first, each with its key."""
        with self._lock:
            self._shared.trim()
            return [
                (key, Watched(run, earlier=True).state(None, None, self._groups.watchers(run)))
                for key, run in self._shared.done()
            ]

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
                self._groups[name].touch(elsewhere=elsewhere)

    def stop(self, name: str) -> None:
        """Leave runs, which end unless others watch them; what they reported stays."""
        with self._lock:
            if name in self._groups:
                self._leave(self._groups[name], STOPPED)

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
                self._leave(group, STOPPED)
            self._groups.clear()
            self._shared.clear()
            watch, executor = self._watch, self._executor
        if watch is not None:
            watch.join(timeout=2.0)
        if executor is not None:
            executor.close()

    def _ready(self) -> RunQueue:
        if self._queue is None:
            self._executor = self._make_executor(self.limits.worker)
            limits = self.limits
            self._queue = RunQueue(
                self._executor, limits.worker, limits.start_seconds, self._lock, self._reasons
            )
        return self._queue

    def _leave(self, group: Group, reason: Message) -> None:
        """Take a visitor away from runs, and end those that nobody watches any more."""
        for each in group.watched:
            each.leave(reason)
            if (
                self._queue is not None
                and not each.run.over
                and not self._groups.watchers(each.run)
            ):
                self._queue.stop(each.run, reason)
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
                self._shared.trim()
                self._groups.forget(self.limits.total_bytes, self.limits.kept_seconds)
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
                    self._leave(group, GONE)


RUNS = Runs()
"""The runs of the program."""
atexit.register(RUNS.close)
