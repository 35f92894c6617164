"""Training runs without TensorFlow: the queue, the visitors and their reports."""

from __future__ import annotations

import dataclasses
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from accuracy_lens.jobs.runs.pool import Pool
from accuracy_lens.jobs.runs.registry import Runs
from accuracy_lens.jobs.runs.visit import RunState
from metrics_core.errors import InputError
from tests.accuracy_lens.jobs.running import WORKER, Shared, ended, first_report, limits, until


def test_reports_arrive_in_order_and_whole(runs: Runs, jobs: Any) -> None:
    (state,) = ended(runs, runs.start([("a", 25)], "ann", jobs.count))
    assert (state.phase, state.reason, state.position) == ("done", None, None)
    assert state.settings == ("a", 25)
    assert [report[1] for report in state.reports] == list(range(25))
    assert all((report[2] == report[1]).all() for report in state.reports)


def test_reports_are_seen_while_the_run_goes_on(runs: Runs, jobs: Any) -> None:
    name = runs.start([None], "ann", jobs.endless)
    first_report(runs, name)
    counts = set()
    until(lambda: counts.add(runs.states(name)[0].came) or len(counts) > 2, "more reports")
    assert runs.states(name)[0].phase == "running"


def test_two_runs_side_by_side_are_one_of_the_visitor(runs: Runs, jobs: Any) -> None:
    states = ended(runs, runs.start([("a", 3), ("b", 4)], "ann", jobs.count))
    assert [state.phase for state in states] == ["done", "done"]
    assert [[report[0] for report in state.reports] for state in states] == [["a"] * 3, ["b"] * 4]
    for wrong in ([], [1, 2, 3]):
        with pytest.raises(InputError, match="one or two"):
            runs.start(wrong, "ann", jobs.count)


def test_those_who_wait_are_told_their_place_and_come_in_order(runs: Runs, jobs: Any) -> None:
    first = runs.start([None], "ann", jobs.endless)
    first_report(runs, first)
    pair = runs.start([("b", 1), ("c", 1)], "bob", jobs.count)
    last = runs.start([("d", 1)], "dan", jobs.count)
    assert [state.position for state in runs.states(pair)] == [1, 2]
    assert [state.phase for state in runs.states(pair)] == ["queued", "queued"]
    assert runs.states(last)[0].position == 3
    runs.stop(pair)
    assert [state.phase for state in runs.states(pair)] == ["stopped", "stopped"]
    assert runs.states(last)[0].position == 1
    runs.stop(first)
    assert ended(runs, last)[0].phase == "done"
    assert runs.states(pair)[0].came == 0


def test_the_first_to_come_is_the_first_to_run(runs: Runs, jobs: Any) -> None:
    first = runs.start([None], "ann", jobs.endless)
    first_report(runs, first)
    waits = [runs.start([None, None], visitor, jobs.clock) for visitor in "bcde"]
    runs.stop(first)
    times = [state.reports[0] for name in waits for state in ended(runs, name)]
    assert times == sorted(times)


def test_the_queue_is_bounded(pool: Pool, jobs: Any) -> None:
    runs = Runs(limits(waiting=2), executor=lambda _: Shared(pool))
    try:
        first_report(runs, runs.start([None], "ann", jobs.endless))
        first = runs.start([None, None], "bob", jobs.endless)
        with pytest.raises(InputError, match="at most 2 runs"):
            runs.start([None], "dan", jobs.endless)
        assert [state.phase for state in runs.states(first)] == ["queued", "queued"]
    finally:
        runs.close()


def test_five_visitors_at_once_all_finish_each_with_their_own(runs: Runs, jobs: Any) -> None:
    visitors = ["ann", "bob", "cat", "dan", "eve"]
    barrier = threading.Barrier(len(visitors))

    def visit(visitor: str) -> tuple[str, tuple[RunState, ...]]:
        barrier.wait()
        name = runs.start([(f"{visitor} 1", 4), (f"{visitor} 2", 3)], visitor, jobs.count)
        return name, ended(runs, name)

    with ThreadPoolExecutor(len(visitors)) as threads:
        found = dict(zip(visitors, threads.map(visit, visitors), strict=True))
    assert len({name for name, _ in found.values()}) == len(visitors)
    for visitor, (_, states) in found.items():
        assert [state.phase for state in states] == ["done", "done"]
        assert [[report[:2] for report in state.reports] for state in states] == [
            [(f"{visitor} 1", epoch) for epoch in range(4)],
            [(f"{visitor} 2", epoch) for epoch in range(3)],
        ]


def test_a_pool_of_two_does_two_runs_at_once(jobs: Any) -> None:
    runs = Runs(limits(dataclasses.replace(WORKER, workers=2), silence_seconds=60.0))
    try:
        names = [runs.start([None, None], "ann", jobs.endless)]
        names += [runs.start([None], "bob", jobs.endless)]
        until(lambda: all(state.reports for state in runs.states(names[0])), "both at work")
        processes = {state.reports[0] for state in runs.states(names[0])}
        assert len(processes) == 2
        assert runs.states(names[1])[0].position == 1
        runs.stop(names[0])
        assert first_report(runs, names[1]) not in processes
    finally:
        runs.close()
