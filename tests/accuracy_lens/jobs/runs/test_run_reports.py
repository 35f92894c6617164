"""What is kept of training runs, and for how long."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accuracy_lens.jobs.runs.pool import Pool
from accuracy_lens.jobs.runs.registry import Runs
from accuracy_lens.jobs.runs.reports import KeptReports
from tests.accuracy_lens.jobs.running import Shared, ended, first_report, limits, until, works


def test_a_name_tells_nothing_and_nobody_elses_is_known(runs: Runs, jobs: Any) -> None:
    names = {runs.start([("x", 1)], visitor, jobs.count) for visitor in "abcdef"}
    assert len(names) == 6
    assert min(map(len, names)) >= 20
    for unknown in ("", "a", "0"):
        assert runs.states(unknown) is None
        runs.touch(unknown)
        runs.stop(unknown)


def test_reports_are_thinned_out_evenly_and_the_ends_stay() -> None:
    kept = KeptReports(most=10)
    for number in range(1000):
        kept.add(number, size=1)
        assert kept.size <= 10
        assert kept.reports[0] == 0
        assert kept.reports[-1] == number
    assert kept.came == 1000
    assert kept.reports == (0, 128, 256, 384, 512, 640, 768, 896, 999)


def test_a_run_keeps_no_more_bytes_than_it_may(pool: Pool, jobs: Any) -> None:
    runs = Runs(limits(run_bytes=20_000), executor=lambda _: Shared(pool))
    try:
        (state,) = ended(runs, runs.start([100], "ann", jobs.large))
        assert state.came == 100
        assert 8 < len(state.reports) < 20
        assert [int(state.reports[i][0]) for i in (0, 1, -1)] == [0, 8, 99]
    finally:
        runs.close()


def test_of_all_runs_the_oldest_are_forgotten_first(pool: Pool, jobs: Any) -> None:
    runs = Runs(limits(total_bytes=12_000), executor=lambda _: Shared(pool))
    try:
        names = []
        for visitor in "abcd":
            names.append(runs.start([5], visitor, jobs.large))
            ended(runs, names[-1])
        until(lambda: runs.states(names[1]) is None, "the oldest to be forgotten")
        assert runs.states(names[0]) is None
        assert runs.states(names[3])[0].came == 5
    finally:
        runs.close()


def test_a_run_that_ended_long_ago_is_forgotten(pool: Pool, jobs: Any) -> None:
    runs = Runs(limits(kept_seconds=0.0), executor=lambda _: Shared(pool))
    try:
        name = runs.start([("a", 1)], "ann", jobs.count)
        until(lambda: (states := runs.states(name)) is None or states[0].over)
        runs.start([("b", 1)], "bob", jobs.count)
        until(lambda: runs.states(name) is None, "the old run to be forgotten")
    finally:
        runs.close()


def test_no_file_stays_behind(
    runs: Runs, jobs: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended(runs, runs.start([("a", 3)], "ann", jobs.count))
    name = runs.start([None], "ann", jobs.endless)
    first_report(runs, name)
    assert len(list(tmp_path.iterdir())) == 1
    runs.stop(name)
    ended(runs, runs.start([None], "bob", jobs.once_dead))
    works(runs, jobs)
    until(lambda: list(tmp_path.iterdir()) == [], "an empty folder")
