"""A class that asks for the same run watches one: who joins, who leaves, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from accuracy_lens.jobs.runs.executor import RunLimits
from accuracy_lens.jobs.runs.registry import Runs
from accuracy_lens.jobs.runs.reports import KeptReports
from accuracy_lens.jobs.runs.run_queue import Phase, Run
from accuracy_lens.jobs.runs.shared import SharedRuns
from accuracy_lens.jobs.runs.task import News
from accuracy_lens.words.text import say
from metrics_core.errors import InputError
from tests.accuracy_lens.jobs.running import until


class Task:
    """A run that reports and ends as the test says."""

    def __init__(self) -> None:
        self.reports: list[tuple[object, int]] = []
        self.outcome: Any = None
        self.stopped = False

    def report(self, *said: object) -> None:
        self.reports += [(each, 10) for each in said]

    def poll(self) -> News:
        said, self.reports = tuple(self.reports), []
        return News(True, said, (None, "") if self.stopped else self.outcome)

    def stop(self) -> None:
        self.stopped = True


class Script:
    """Carries out nothing; as many runs at once as there are places."""

    def __init__(self, places: int = 4) -> None:
        self.places = places
        self.tasks: list[Task] = []

    def slots(self) -> int:
        return self.places

    def submit(self, job: Any, settings: object) -> Task:
        self.tasks.append(Task())
        return self.tasks[-1]

    def warm(self) -> None:
        pass

    def close(self) -> None:
        pass

    def task(self, number: int = 0) -> Task:
        until(lambda: len(self.tasks) > number, "a run that begins")
        return self.tasks[number]


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def there() -> set[str]:
    return {"ann", "bob", "cat", "dan"}


@pytest.fixture
def runs(script: Script, there: set[str]) -> Iterator[Runs]:
    made = Runs(
        RunLimits(silence_seconds=60.0),
        executor=lambda _: script,
        connected=there.__contains__,
    )
    yield made
    made.close()


def start(runs: Runs, visitor: str, *keys: str) -> str:
    return runs.start(keys, visitor, print, keys=keys)


def state(runs: Runs, name: str) -> Any:
    return runs.states(name)[0]


def came(runs: Runs, name: str, n: int) -> Any:
    until(lambda: state(runs, name).came >= n, f"{n} reports")
    return state(runs, name)


def done(runs: Runs, name: str) -> Any:
    until(lambda: state(runs, name).over, "the end of a run")
    return state(runs, name)


def test_the_same_asked_for_by_two_is_one_run_with_the_same_reports(
    runs: Runs, script: Script
) -> None:
    ann = start(runs, "ann", "digits")
    script.task().report("epoch 0")
    assert (came(runs, ann, 1).watchers, state(runs, ann).earlier) == (1, False)
    bob = start(runs, "bob", "digits")
    assert state(runs, bob) == state(runs, ann)
    assert (state(runs, bob).watchers, state(runs, bob).reports) == (2, ("epoch 0",))
    script.task().report("epoch 1")
    assert came(runs, bob, 2).reports == ("epoch 0", "epoch 1")
    script.task().outcome = (None, "")
    assert [done(runs, name).phase for name in (ann, bob)] == ["done", "done"]
    assert ann != bob
    assert len(script.tasks) == 1


def test_other_settings_and_those_without_a_key_are_runs_of_their_own(
    runs: Runs, script: Script
) -> None:
    start(runs, "ann", "digits")
    start(runs, "bob", "moons")
    runs.start(["digits"], "cat", print)
    script.task(2)


def test_two_side_by_side_are_shared_one_by_one(runs: Runs, script: Script) -> None:
    ann = start(runs, "ann", "digits", "moons")
    bob = start(runs, "bob", "blobs", "digits")
    script.task(2)
    assert [each.watchers for each in runs.states(ann)] == [2, 1]
    assert [each.watchers for each in runs.states(bob)] == [1, 2]
    assert [each.settings for each in runs.states(bob)] == ["blobs", "digits"]
    runs.stop(ann)
    until(lambda: [task.stopped for task in script.tasks] == [False, True, False], "one end")
    assert len(script.tasks) == 3


def test_who_stops_keeps_what_was_reported_and_the_others_go_on(runs: Runs, script: Script) -> None:
    ann, bob = start(runs, "ann", "digits"), start(runs, "bob", "digits")
    script.task().report("epoch 0")
    came(runs, ann, 1)
    runs.stop(ann)
    script.task().report("epoch 1")
    assert came(runs, bob, 2).phase == "running"
    left = state(runs, ann)
    assert (left.phase, left.reports, left.came) == ("stopped", ("epoch 0",), 1)
    assert say(left.reason) == "You stopped this run."
    assert state(runs, bob).watchers == 1
    assert not script.task().stopped
    script.task().outcome = (None, "")
    assert (done(runs, bob).phase, state(runs, bob).reason) == ("done", None)
    assert state(runs, ann) == left


def test_who_stopped_may_come_back_to_the_run_of_the_others(runs: Runs, script: Script) -> None:
    ann, bob = start(runs, "ann", "digits"), start(runs, "bob", "digits")
    script.task().report("epoch 0")
    came(runs, bob, 1)
    runs.stop(ann)
    again = start(runs, "ann", "digits")
    assert runs.states(ann) is None
    assert state(runs, again).reports == ("epoch 0",)
    assert state(runs, again).phase == "running"
    assert len(script.tasks) == 1


def test_the_run_ends_with_its_last_watcher_and_is_begun_anew_for_the_next(
    runs: Runs, script: Script, there: set[str]
) -> None:
    ann, bob = start(runs, "ann", "digits"), start(runs, "bob", "digits")
    script.task().report("epoch 0")
    came(runs, ann, 1)
    there.remove("ann")
    assert say(done(runs, ann).reason).endswith("because nothing more was heard from the browser.")
    assert not script.task().stopped
    assert state(runs, bob).phase == "running"
    there.remove("bob")
    assert done(runs, bob).phase == "stopped"
    until(lambda: script.task().stopped, "the end of the run")
    cat = start(runs, "cat", "digits")
    script.task(1)
    assert state(runs, cat).reports == ()


def test_to_ask_again_for_the_same_does_not_begin_it_again(runs: Runs, script: Script) -> None:
    first = start(runs, "ann", "digits")
    script.task().report("epoch 0")
    came(runs, first, 1)
    second = start(runs, "ann", "digits")
    assert runs.states(first) is None
    assert (state(runs, second).reports, state(runs, second).watchers) == (("epoch 0",), 1)
    assert not script.task().stopped
    third = start(runs, "ann", "moons")
    until(lambda: script.task().stopped, "the end of the run that nobody watches")
    assert state(runs, third).watchers == 1


def test_a_run_that_waits_is_shared_and_stays_while_anybody_waits(
    runs: Runs, script: Script
) -> None:
    script.places = 1
    start(runs, "ann", "digits")
    script.task()
    bob, cat = start(runs, "bob", "moons"), start(runs, "cat", "moons")
    assert [state(runs, name).position for name in (bob, cat)] == [1, 1]
    runs.stop(bob)
    assert (state(runs, bob).phase, state(runs, bob).position) == ("stopped", None)
    assert (state(runs, cat).phase, state(runs, cat).position) == ("queued", 1)


def test_a_full_queue_is_no_reason_not_to_watch(runs: Runs, script: Script) -> None:
    runs.limits, script.places = RunLimits(silence_seconds=60.0, waiting=2), 1
    start(runs, "ann", "digits")
    script.task()
    bob = start(runs, "bob", "moons", "blobs")
    cat = start(runs, "cat", "digits", "moons")
    assert [each.position for each in runs.states(cat)] == [None, 1]
    with pytest.raises(InputError, match="at most 2 runs"):
        start(runs, "cat", "digits", "others")
    assert [each.phase for each in runs.states(bob)] == ["queued", "queued"]
    assert [each.watchers for each in runs.states(bob)] == [1, 1]


def test_a_run_that_failed_is_told_to_all_and_begun_anew_for_the_next(
    runs: Runs, script: Script
) -> None:
    ann, bob = start(runs, "ann", "digits"), start(runs, "bob", "digits")
    script.task().outcome = ("died", "")
    assert [done(runs, name).phase for name in (ann, bob)] == ["failed", "failed"]
    assert state(runs, ann).reason == state(runs, bob).reason
    again = start(runs, "cat", "digits")
    script.task(1).report("epoch 0")
    assert came(runs, again, 1).phase == "running"


def test_what_is_done_is_shown_at_once_also_where_its_first_watcher_is_forgotten(
    runs: Runs, script: Script
) -> None:
    ann = start(runs, "ann", "digits")
    script.task().report("epoch 0", "epoch 1")
    script.task().outcome = (None, "")
    done(runs, ann)
    start(runs, "ann", "moons")
    assert runs.states(ann) is None
    bob = start(runs, "bob", "digits")
    assert (state(runs, bob).phase, state(runs, bob).earlier) == ("done", True)
    assert state(runs, bob).reports == ("epoch 0", "epoch 1")
    script.task(1)
    assert len(script.tasks) == 2


def test_what_several_watch_takes_its_bytes_once(runs: Runs, script: Script) -> None:
    runs.limits = RunLimits(silence_seconds=60.0, total_bytes=20)
    names = [start(runs, visitor, "digits") for visitor in ("ann", "bob", "cat")]
    script.task().report("epoch 0", "epoch 1")
    script.task().outcome = (None, "")
    done(runs, names[0])
    start(runs, "dan", "moons")
    script.task(1)
    assert [state(runs, name).came for name in names] == [2, 2, 2]


def ended(size: int = 1, phase: Phase = "done") -> Run:
    run = Run(None, print, KeptReports(1000))
    run.kept.add("epoch 0", size)
    run.end(phase, None)
    return run


def test_of_a_hundred_and_one_runs_the_one_that_nobody_asked_for_longest_goes() -> None:
    shared = SharedRuns(RunLimits().shared, RunLimits().shared_bytes)
    for key in range(100):
        shared.add(key, ended())
    assert shared.get(0) is not None
    shared.add(100, ended())
    assert shared.get(1) is None
    assert [key for key in range(101) if shared.get(key) is None] == [1]


def test_a_bound_of_bytes_is_kept_to_the_byte() -> None:
    shared = SharedRuns(most=100, most_bytes=10)
    shared.add("a", ended(4))
    shared.add("b", ended(6))
    assert shared.get("a") is not None
    shared.add("c", ended(1))
    assert [key for key in "abc" if shared.get(key)] == ["a", "c"]
    shared.add("larger than all", ended(11))
    assert shared.get("larger than all") is None


def test_only_runs_that_are_done_count_and_bad_ends_are_not_kept() -> None:
    shared = SharedRuns(most=1, most_bytes=1)
    waits = [Run(None, print, KeptReports(1000)) for _ in range(3)]
    for key, run in enumerate([*waits, ended(), ended(1, "failed"), ended(1, "stopped")]):
        shared.add(key, run)
    assert [shared.get(key) is not None for key in range(6)] == [True] * 4 + [False] * 2
