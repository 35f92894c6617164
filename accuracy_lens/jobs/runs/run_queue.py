"""The queue of runs: first come, first served, as many at a time as there are processes for."""

from __future__ import annotations

import heapq
import logging
import threading
import time
import traceback
from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.runs.pace import Pace
from accuracy_lens.jobs.runs.reasons import TRAINING, Reasons, why
from accuracy_lens.jobs.runs.reports import KeptReports
from accuracy_lens.jobs.runs.task import Executor, Job, News, Task
from accuracy_lens.measured import TRAININGS
from metrics_core.messages import Message

Phase = Literal["queued", "starting", "running", "done", "stopped", "failed"]

_READY_SECONDS = 2.0
"""What a process that was ready needs at most to begin a run."""

logger = logging.getLogger("accuracy_lens")


@dataclass(eq=False)
class Run:
    """One run; changed under the lock of its queue only."""

    settings: object
    job: Job
    kept: KeptReports
    work: float = 1.0
    phase: Phase = "queued"
    reason: Message | None = None
    task: Task | None = field(default=None, repr=False)
    handed_over: float = 0.0
    began: float | None = None
    told_to_stop: bool = False

    @property
    def over(self) -> bool:
        """Whether it has come to an end, a good or a bad one."""
        return self.phase in ("done", "stopped", "failed")

    def end(self, phase: Phase, reason: Message | None) -> None:
        """Come to an end, unless it has before."""
        if not self.over:
            self.phase, self.reason = phase, reason


class RunQueue:
    """Runs that wait and runs that go on; one thread calls `turn` again and again.

    Parameters
    ----------
    executor : Executor
    limits : WorkerLimits
        For the sentences that name them.
    start_seconds : float
        How long a run that was handed over may take to begin.

    lock : RLock
        Held by whoever reads or changes a run; `turn` takes it, the others are called with it.
    reasons : mapping
        What is said of a run that failed.
    """

    def __init__(
        self,
        executor: Executor,
        limits: WorkerLimits,
        start_seconds: float,
        lock: threading.RLock,
        reasons: Reasons = TRAINING,
    ) -> None:
        self._executor, self._limits, self._start_seconds = executor, limits, start_seconds
        self._lock, self._reasons = lock, reasons
        self._waiting: deque[Run] = deque()
        self._flying: list[Run] = []
        self._slots, self._pace = 1, Pace()

    @property
    def busy(self) -> bool:
        """Whether any run waits, goes on or has still to be ended."""
        return bool(self._waiting or self._flying)

    @property
    def going(self) -> int:
        """Runs that go on."""
        return len(self._flying)

    @property
    def waiting(self) -> int:
        """Runs that wait."""
        return len(self._waiting)

    def add(self, run: Run) -> None:
        """Put a run at the end."""
        self._waiting.append(run)

    def stop(self, run: Run, reason: Message) -> None:
        """End a run; the next turn ends its process."""
        run.end("stopped", reason)
        if run in self._waiting:
            self._waiting.remove(run)

    def position(self, run: Run) -> int | None:
        """1 for the run that comes next, 2 for the one after it; None where it does not wait."""
        return self._waiting.index(run) + 1 if run in self._waiting else None

    def waits(self) -> dict[Run, float]:
        """Seconds until each run that waits begins; empty until a run was measured.

        Whatever becomes free first takes the next run; nobody is expected to stop one.
        """
        pace = self._pace.seconds
        if pace is None:
            return {}
        free = [self._left(run, pace) for run in self._flying]
        free += [0.0] * max(self._slots - len(free), 0)
        heapq.heapify(free)
        waits = {}
        for run in self._waiting:
            waits[run] = free[0]
            heapq.heapreplace(free, free[0] + pace * run.work)
        return waits

    def _left(self, run: Run, pace: float) -> float:
        """Seconds that a run will still take; one that takes longer than expected ends soon."""
        if run.over:
            return 0.0
        seconds, gone = pace * run.work, time.monotonic() - (run.began or time.monotonic())
        return max(seconds / 10, seconds - gone)

    def turn(self) -> None:
        """Ask all runs for news, then hand over those for which there is a process."""
        with self._lock:
            flying = list(self._flying)
        for run in flying:
            news = self._news(run)
            with self._lock:
                self._apply(run, news)
        while (next_run := self._next()) is not None:
            self._hand_over(next_run)

    def _news(self, run: Run) -> News:
        """Ask outside the lock: a cluster may take its time."""
        assert run.task is not None
        try:
            if run.over and not run.told_to_stop:
                run.told_to_stop = True
                run.task.stop()
            return run.task.poll()
        except Exception:  # noqa: BLE001 - one broken run must not hold up the others
            return News(started=True, outcome=("error", traceback.format_exc()))

    def _apply(self, run: Run, news: News) -> None:
        if not run.over:
            for report, size in news.reports:
                run.kept.add(report, size)
            if news.started:
                run.phase, run.began = "running", run.began or self._begin(run)
            elif time.monotonic() - run.handed_over > self._start_seconds:
                run.end("failed", why(("slow_start", ""), self._limits, self._reasons))
            if news.outcome is not None:
                reason = why(news.outcome, self._limits, self._reasons)
                run.end("done" if reason is None else "failed", reason)
            if run.phase == "done" and run.began is not None:
                self._pace.measured(run.work, time.monotonic() - run.began)
        if news.outcome is not None:
            self._flying.remove(run)
            run.task = None
            seconds = time.monotonic() - (run.began or run.handed_over)
            TRAININGS.labels(run.phase).observe(seconds)
            facts = {"outcome": run.phase, "seconds": round(seconds, 3)}
            logger.info("Training", extra={"facts": facts})

    def _begin(self, run: Run) -> float:
        """When a run took its process: on the way there counts, unless that had to be started."""
        now = time.monotonic()
        return run.handed_over if now - run.handed_over < _READY_SECONDS else now

    def _next(self) -> Run | None:
        slots = self._executor.slots() if self._waiting else 0
        with self._lock:
            self._slots = slots or self._slots
            if not self._waiting or len(self._flying) >= slots:
                return None
            run = self._waiting.popleft()
            run.phase, run.handed_over = "starting", time.monotonic()
            self._flying.append(run)
            return run

    def _hand_over(self, run: Run) -> None:
        try:
            task = self._executor.submit(run.job, run.settings)
        except Exception:  # noqa: BLE001 - settings that cannot be pickled, no disk, no process
            reason = why(("error", traceback.format_exc()), self._limits, self._reasons)
            with self._lock:
                run.end("failed", reason)
                self._flying.remove(run)
            return
        run.task = task
