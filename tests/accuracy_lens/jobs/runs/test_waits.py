"""How long a run will wait: from runs that were measured, by the work that lies before it."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import pytest

from accuracy_lens.jobs.runs import run_queue
from accuracy_lens.jobs.runs.pace import FIRST, LAST, Pace
from accuracy_lens.jobs.runs.reports import KeptReports
from accuracy_lens.jobs.runs.run_queue import Run, RunQueue
from tests.accuracy_lens.jobs.running import WORKER
from tests.accuracy_lens.jobs.runs.test_shared_runs import Script


class Clocked:
    """A queue whose clock goes when the test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, places: int) -> None:
        self.now = 100.0
        monkeypatch.setattr(run_queue, "time", SimpleNamespace(monotonic=lambda: self.now))
        self.script = Script(places)
        self.queue = RunQueue(self.script, WORKER, 120.0, threading.RLock())

    def add(self, *works: float) -> list[Run]:
        runs = [Run(None, print, KeptReports(1000), work) for work in works]
        for run in runs:
            self.queue.add(run)
        self.turn()
        return runs

    def turn(self, seconds: float = 0.0) -> None:
        self.now += seconds
        self.queue.turn()  # what was handed over begins
        self.queue.turn()

    def end(self, number: int, seconds: float, outcome: Any = (None, "")) -> None:
        self.script.tasks[number].outcome = outcome
        self.turn(seconds)

    def waits(self, runs: list[Run]) -> list[float | None]:
        found = self.queue.waits()
        return [found.get(run) for run in runs]


def test_nothing_is_said_before_a_run_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    clocked = Clocked(monkeypatch, places=1)
    runs = clocked.add(1.0, 1.0, 1.0)
    assert clocked.waits(runs) == [None, None, None]
    clocked.end(0, 8.0, ("died", ""))
    assert clocked.waits(runs) == [None, None, None]
    clocked.end(1, 6.0 * (1 + FIRST))
    assert clocked.waits(clocked.add(1.0)) == [6.0]


def test_work_before_a_run_and_what_is_left_of_those_that_go_on_make_its_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clocked = Clocked(monkeypatch, places=1)
    clocked.add(2.0)
    clocked.end(0, 10.0 * (2 + FIRST))
    runs = clocked.add(1.0, 3.0, 5.0, 1.0)
    assert clocked.waits(runs) == [None, 10.0, 40.0, 90.0]
    clocked.turn(4.0)
    assert clocked.waits(runs) == [None, 6.0, 36.0, 86.0]
    clocked.turn(60.0)  # longer than expected: it may end any moment
    assert clocked.waits(runs) == [None, 1.0, 31.0, 81.0]


def test_with_two_processes_the_first_that_is_free_takes_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clocked = Clocked(monkeypatch, places=2)
    clocked.add(1.0)
    clocked.end(0, 10.0 * (1 + FIRST))
    runs = clocked.add(1.0, 5.0, 1.0, 1.0, 1.0)
    assert clocked.waits(runs) == [None, None, 10.0, 20.0, 30.0]


def test_a_run_that_was_stopped_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    clocked = Clocked(monkeypatch, places=1)
    clocked.add(1.0)
    clocked.end(0, 10.0 * (1 + FIRST))
    runs = clocked.add(9.0, 1.0, 1.0)
    clocked.queue.stop(runs[0], run_queue.why(("died", ""), WORKER))
    assert clocked.waits(runs) == [None, 0.0, 10.0]


def test_the_last_runs_count_each_by_its_work() -> None:
    pace = Pace()
    for _ in range(LAST):
        pace.measured(work=1.0, seconds=100.0)
    pace.measured(work=9.0, seconds=2.0)
    assert pace.seconds == pytest.approx((100 * (LAST - 1) + 2) / (LAST - 1 + 9))
    for _ in range(LAST):
        pace.measured(work=2.0, seconds=1.0)
    assert pace.seconds == 0.5
