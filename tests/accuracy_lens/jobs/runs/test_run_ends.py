"""How training runs end: stopped, killed, failed, or with their visitor."""

from __future__ import annotations

import dataclasses
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from accuracy_lens.jobs.runs.pool import Pool
from accuracy_lens.jobs.runs.registry import Runs
from accuracy_lens.words.text import say
from tests.accuracy_lens.jobs.running import (
    WORKER,
    Shared,
    ended,
    first_report,
    is_alive,
    limits,
    until,
    works,
)


@pytest.mark.parametrize("job", ["endless", "deaf"])
def test_stop_ends_the_process_and_another_takes_its_place(runs: Runs, jobs: Any, job: str) -> None:
    name = runs.start([None], "ann", getattr(jobs, job))
    process = first_report(runs, name)
    runs.stop(name)
    (state,) = runs.states(name)
    assert (state.phase, say(state.reason)) == ("stopped", "You stopped this run.")
    until(lambda: not is_alive(process), "the end of the process")
    assert works(runs, jobs) != process
    assert runs.states(name)[0].reports[0] == process
    assert runs.states(name)[0].came == state.came


def test_a_run_that_is_stopped_before_it_begins_leaves_the_process_warm(
    jobs: Any, tmp_path: Path
) -> None:
    (tmp_path / "slow_setup.py").write_text("import time\ndef prepare(): time.sleep(1.5)\n")
    sys.path.insert(0, str(tmp_path))
    slow = dataclasses.replace(WORKER, setup="slow_setup:prepare")
    runs = Runs(limits(slow, silence_seconds=60.0))
    try:
        cold = runs.start([None], "ann", jobs.endless)
        until(lambda: runs.states(cold)[0].phase == "starting", "a process that is prepared")
        runs.stop(cold)
        next_one = runs.start([("b", 1)], "bob", jobs.count)
        process = ended(runs, next_one)[0].reports[0][3]
        assert works(runs, jobs) == process
        assert runs.states(cold)[0].reports == ()
    finally:
        sys.path.remove(str(tmp_path))
        runs.close()


def test_a_visitor_who_starts_again_ends_the_run_before(runs: Runs, jobs: Any) -> None:
    name = runs.start([None], "ann", jobs.endless)
    process = first_report(runs, name)
    again = runs.start([("b", 1)], "ann", jobs.count)
    assert runs.states(name) is None
    assert ended(runs, again)[0].phase == "done"
    until(lambda: not is_alive(process), "the end of the process")


def test_a_worker_that_is_killed_is_told_and_the_next_run_works(runs: Runs, jobs: Any) -> None:
    name = runs.start([None], "ann", jobs.endless)
    process = first_report(runs, name)
    os.kill(process, 9)
    (state,) = ended(runs, name)
    assert state.phase == "failed"
    assert say(state.reason).startswith("The process that trained this model ended before")
    assert state.reports[0] == process
    assert works(runs, jobs) != process


def test_a_worker_that_is_killed_while_idle_is_not_noticed(runs: Runs, jobs: Any) -> None:
    process = works(runs, jobs)
    os.kill(process, 9)
    until(lambda: not is_alive(process), "the end of the process")
    assert works(runs, jobs) != process


def test_a_worker_that_dies_as_it_takes_a_run_is_told_while_another_is_at_work(jobs: Any) -> None:
    """Nobody has heard then which run it took; the process of the other must not matter."""
    runs = Runs(limits(dataclasses.replace(WORKER, workers=2)))
    try:
        other = runs.start([None], "ann", jobs.endless)
        first_report(runs, other)
        (state,) = ended(runs, runs.start([jobs.Deadly()], "bob", jobs.count))
        assert state.phase == "failed"
        assert say(state.reason).startswith("The process that trained this model ended before")
        works(runs, jobs)
        assert runs.states(other)[0].phase == "running"
    finally:
        runs.close()


def test_a_worker_that_is_killed_while_it_is_prepared_is_not_noticed(
    jobs: Any, tmp_path: Path
) -> None:
    (tmp_path / "marked_setup.py").write_text(
        "import os, time\nfrom pathlib import Path\n"
        "def prepare():\n"
        "    place = Path(__file__).with_name('process')\n"
        "    if not place.exists():\n"
        "        place.write_text(str(os.getpid()))\n"
        "        time.sleep(60)\n"
    )
    sys.path.insert(0, str(tmp_path))
    runs = Runs(limits(dataclasses.replace(WORKER, setup="marked_setup:prepare")))
    try:
        name = runs.start([("a", 2)], "ann", jobs.count)
        mark = tmp_path / "process"
        process = int(until(lambda: mark.exists() and mark.read_text(), "a process"))
        os.kill(process, 9)
        assert ended(runs, name)[0].phase == "done"
    finally:
        sys.path.remove(str(tmp_path))
        runs.close()


@pytest.mark.parametrize(
    ("job", "words"),
    [
        ("once_dead", "a new process is started"),
        ("grows", "more memory than one run may use (1 GB)"),
        ("refuses", "`loss` must be one of a, b. Got 'x'. Choose."),
    ],
)
def test_a_run_that_cannot_go_on_says_why_and_the_next_works(
    runs: Runs, jobs: Any, job: str, words: str
) -> None:
    (state,) = ended(runs, runs.start([None], "ann", getattr(jobs, job)))
    assert state.phase == "failed"
    assert words in say(state.reason)
    process = works(runs, jobs)
    assert process not in state.reports


def test_an_error_of_the_job_is_a_number_for_the_visitor_and_a_traceback_for_the_log(
    runs: Runs, jobs: Any, caplog: pytest.LogCaptureFixture
) -> None:
    (state,) = ended(runs, runs.start([None], "ann", jobs.fails))
    number = state.reason.values["error_id"]
    assert say(state.reason).endswith(f"report the error number {number}.")
    assert "secret" not in say(state.reason)
    assert number in caplog.text
    assert "Own: secret" in caplog.text


def test_settings_that_cannot_be_handed_over_fail_alone(
    runs: Runs, jobs: Any, caplog: pytest.LogCaptureFixture
) -> None:
    (state,) = ended(runs, runs.start([threading.Lock()], "ann", jobs.count))
    assert state.phase == "failed"
    assert "cannot pickle" in caplog.text
    works(runs, jobs)


def test_a_run_that_takes_too_long_is_ended(jobs: Any) -> None:
    runs = Runs(limits(dataclasses.replace(WORKER, seconds=2.5), silence_seconds=60.0))
    try:
        name = runs.start([None], "ann", jobs.endless)
        process = first_report(runs, name)
        (state,) = ended(runs, name)
        assert state.phase == "failed"
        assert say(state.reason).startswith("This run took longer than 2.5 seconds")
        until(lambda: not is_alive(process), "the end of the process")
        works(runs, jobs)
    finally:
        runs.close()


def test_a_process_that_does_not_get_ready_is_not_waited_for_forever(
    jobs: Any, tmp_path: Path
) -> None:
    (tmp_path / "stuck_setup.py").write_text("import time\ndef prepare(): time.sleep(60)\n")
    sys.path.insert(0, str(tmp_path))
    stuck = dataclasses.replace(WORKER, setup="stuck_setup:prepare")
    runs = Runs(limits(stuck, start_seconds=0.5))
    try:
        (state,) = ended(runs, runs.start([("a", 1)], "ann", jobs.count))
        assert (state.phase, state.reports) == ("failed", ())
        assert say(state.reason).startswith("No process was ready")
    finally:
        sys.path.remove(str(tmp_path))
        runs.close()


def test_a_run_whose_browser_is_gone_is_stopped(pool: Pool, jobs: Any) -> None:
    there = {"ann", "bob"}
    runs = Runs(
        limits(silence_seconds=60.0), executor=lambda _: Shared(pool), connected=there.__contains__
    )
    try:
        name = runs.start([None], "ann", jobs.endless)
        process = first_report(runs, name)
        waits = runs.start([("b", 1)], "bob", jobs.count)
        there.remove("ann")
        (state,) = until(lambda: runs.states(name)[0].over and runs.states(name), "the stop")
        assert state.phase == "stopped"
        assert say(state.reason) == (
            "This run was stopped because nothing more was heard from the browser."
        )
        until(lambda: not is_alive(process), "the end of the process")
        assert ended(runs, waits)[0].phase == "done"
    finally:
        runs.close()


def test_a_run_whose_page_is_silent_is_stopped_and_one_that_polls_is_not(
    pool: Pool, jobs: Any
) -> None:
    runs = Runs(limits(silence_seconds=3.0), executor=lambda _: Shared(pool))
    try:
        name = runs.start([None], "ann", jobs.endless)
        first_report(runs, name)
        for _ in range(40):
            runs.touch(name)
            time.sleep(0.1)
        assert runs.states(name)[0].phase == "running"
        until(lambda: runs.states(name)[0].phase == "stopped", "the stop")
    finally:
        runs.close()


def test_a_visitor_who_is_elsewhere_may_be_silent_for_longer_but_not_forever(
    pool: Pool, jobs: Any
) -> None:
    runs = Runs(limits(silence_seconds=0.5, elsewhere_seconds=2.0), executor=lambda _: Shared(pool))
    try:
        name = runs.start([None], "ann", jobs.endless)
        runs.touch(name, elsewhere=True)
        process = first_report(runs, name)
        runs.touch(name, elsewhere=True)
        time.sleep(1.2)
        assert runs.states(name)[0].phase == "running"
        until(lambda: runs.states(name)[0].phase == "stopped", "the stop")
        until(lambda: not is_alive(process), "the end of the process")
    finally:
        runs.close()
