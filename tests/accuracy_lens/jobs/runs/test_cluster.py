"""Runs on a Dask cluster: a scheduler and two worker processes of this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.runs import cluster as cluster_module
from accuracy_lens.jobs.runs import registry as module
from accuracy_lens.jobs.runs.cluster import Cluster
from accuracy_lens.jobs.runs.executor import RunLimits
from accuracy_lens.jobs.runs.registry import Runs
from accuracy_lens.jobs.runs.visit import RunState
from accuracy_lens.words.text import say
from tests.accuracy_lens.jobs.processes import Processes, until

pytest.importorskip("distributed")

ROOT = Path(module.__file__).parents[3]
JOBS = """
import os, time
from metrics_core.errors import InputError

def count(settings, report):
    for epoch in range(settings):
        report((os.getpid(), epoch))

def endless(settings, report):
    report(os.getpid())
    while True:
        time.sleep(0.05)
        report(time.time())

def silent(settings, report):
    report(os.getpid())
    while True:
        sum(range(1000))

def refuses(settings, report):
    raise InputError("loss", "must be one of {names}", "'x'", "Choose.", names="a, b")

def fails(settings, report):
    raise RuntimeError("secret")
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("cluster")
    (made / "cluster_jobs.py").write_text(JOBS)
    sys.path.insert(0, str(made))
    yield made
    sys.path.remove(str(made))


@pytest.fixture(scope="module")
def jobs(folder: Path) -> Any:
    import cluster_jobs

    return cluster_jobs


@pytest.fixture(scope="module")
def cluster(folder: Path) -> Iterator[Processes]:
    """Without nannies: a worker that dies stays away, so that each test says how many there are."""
    made = Processes(folder)
    made.add_worker("--no-nanny")
    made.add_worker("--no-nanny")
    made.wait_for(2)
    yield made
    made.end()


@pytest.fixture
def runs(cluster: Processes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runs]:
    monkeypatch.setenv("ACCURACY_LENS_SCHEDULER", cluster.address)
    made = Runs(RunLimits(worker=WorkerLimits(seconds=60.0), silence_seconds=60.0))
    yield made
    made.close()


def ended(runs: Runs, name: str) -> tuple[RunState, ...]:
    def over() -> Any:
        runs.touch(name)
        return all(state.over for state in runs.states(name)) and runs.states(name)

    found: tuple[RunState, ...] = until(over, "the end of a run")
    return found


def first_report(runs: Runs, name: str, which: int = 0) -> Any:
    def reported() -> Any:
        runs.touch(name)
        state = runs.states(name)[which]
        assert not state.over, (state, state.reason and say(state.reason))
        return state.reports

    return until(reported, "a first report")[0]


def test_runs_stream_from_two_worker_processes_at_once(runs: Runs, jobs: Any) -> None:
    name = runs.start([None, None], "ann", jobs.endless)
    waits = runs.start([7], "bob", jobs.count)
    processes = {first_report(runs, name, 0), first_report(runs, name, 1)}
    assert len(processes) == 2
    assert os.getpid() not in processes
    assert runs.states(waits)[0].position == 1
    runs.stop(name)
    assert [state.phase for state in runs.states(name)] == ["stopped", "stopped"]
    (state,) = ended(runs, waits)
    assert (state.phase, state.came) == ("done", 7)
    assert [epoch for _, epoch in state.reports] == list(range(7))
    assert {process for process, _ in state.reports} <= processes


def test_the_same_run_of_two_visitors_takes_one_worker_until_both_have_left(
    runs: Runs, jobs: Any
) -> None:
    ann, bob = (runs.start([None], name, jobs.endless, keys=["x"]) for name in ("ann", "bob"))
    other = runs.start([None], "cat", jobs.endless, keys=["y"])
    assert first_report(runs, ann) == first_report(runs, bob) != first_report(runs, other)
    runs.stop(ann)
    came = runs.states(ann)[0].came
    until(lambda: runs.states(bob)[0].came > came, "more reports for who stays")
    runs.stop(bob)
    assert ended(runs, runs.start([3], "dan", jobs.count))[0].phase == "done"


@pytest.mark.parametrize("job", ["endless", "silent"])
def test_a_run_that_is_stopped_is_interrupted_and_its_worker_goes_on(
    runs: Runs, jobs: Any, job: str
) -> None:
    for _ in range(2):  # both workers would be taken if stopping did not free them
        name = runs.start([None, None], "ann", getattr(jobs, job))
        first_report(runs, name, 0)
        first_report(runs, name, 1)
        runs.stop(name)
        came = [state.came for state in runs.states(name)]
    assert ended(runs, runs.start([3], "ann", jobs.count))[0].phase == "done"
    assert runs.states(name) is None
    assert min(came) >= 1


def test_what_goes_wrong_on_a_worker_is_told(
    runs: Runs, jobs: Any, caplog: pytest.LogCaptureFixture
) -> None:
    (state,) = ended(runs, runs.start([None], "ann", jobs.refuses))
    assert say(state.reason) == "`loss` must be one of a, b. Got 'x'. Choose."
    (state,) = ended(runs, runs.start([None], "ann", jobs.fails))
    assert say(state.reason).startswith("Something went wrong on our side")
    assert "RuntimeError: secret" in caplog.text


def test_a_run_that_takes_too_long_is_ended(runs: Runs, jobs: Any) -> None:
    short = Runs(RunLimits(worker=WorkerLimits(seconds=0.5), silence_seconds=60.0))
    try:
        for state in ended(short, short.start([None, None], "ann", jobs.endless)):
            assert say(state.reason).startswith("This run took longer than 0.5 seconds")
    finally:
        short.close()
    assert ended(runs, runs.start([3], "ann", jobs.count))[0].phase == "done"


def test_runs_are_interrupted_where_their_server_was_killed(
    runs: Runs, jobs: Any, cluster: Processes, folder: Path
) -> None:
    script = (
        "import os, time\n"
        "import cluster_jobs\n"
        "from accuracy_lens.jobs.runs import registry\n"
        "name = registry.RUNS.start([None, None], 'ann', cluster_jobs.endless)\n"
        "while not all(state.reports for state in registry.RUNS.states(name)): time.sleep(0.05)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    path = f"{ROOT}{os.pathsep}{folder}"
    environment = {"PYTHONPATH": path, "ACCURACY_LENS_SCHEDULER": cluster.address}
    killed = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    name = runs.start([None, None], "bob", jobs.endless)
    first_report(runs, name, 0)
    first_report(runs, name, 1)


@pytest.mark.long
@pytest.mark.keras
def test_real_keras_is_trained_on_the_cluster(runs: Runs) -> None:
    from metrics_core.live_keras import RunSettings

    settings = RunSettings(dataset="blobs", epochs=2, hidden=(4,), output_units=2)
    (state,) = ended(runs, runs.start([settings], "ann"))
    assert state.phase == "done", state.reason
    assert [report.epoch for report in state.reports] == [0, 1, 2]


def test_a_worker_that_is_killed_is_told_and_the_next_run_works(
    runs: Runs, jobs: Any, cluster: Processes
) -> None:
    name = runs.start([None], "ann", jobs.endless)
    os.kill(first_report(runs, name), signal.SIGKILL)
    (state,) = ended(runs, name)  # another worker is there: Dask would begin the run again
    assert say(state.reason).startswith("The process that trained this model ended before")
    assert ended(runs, runs.start([3], "ann", jobs.count))[0].phase == "done"

    name = runs.start([None], "ann", jobs.endless)
    os.kill(first_report(runs, name), signal.SIGKILL)
    (state,) = ended(runs, name)  # the last one
    assert say(state.reason).startswith("The process that trained this model ended before")

    name = runs.start([3], "ann", jobs.count)
    cluster.add_worker("--no-nanny")
    assert ended(runs, name)[0].phase == "done"


def test_an_address_that_takes_a_call_and_says_nothing_is_no_scheduler(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster_module, "ANSWER_SECONDS", 0.2)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        cluster = Cluster(f"tcp://127.0.0.1:{other.getsockname()[1]}", WorkerLimits())
        assert cluster.slots() == 1
        assert cluster.submit(print, None).poll().outcome == ("unreachable", "")


def test_a_scheduler_that_goes_is_told_and_found_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, jobs: Any
) -> None:
    cluster = Processes(folder)
    cluster.add_worker("--no-nanny")
    cluster.wait_for(1)
    monkeypatch.setenv("ACCURACY_LENS_SCHEDULER", cluster.address)
    runs = Runs(RunLimits(silence_seconds=60.0))
    try:
        name = runs.start([None], "ann", jobs.endless)
        first_report(runs, name)
        monkeypatch.setattr("accuracy_lens.jobs.runs.cluster.ANSWER_SECONDS", 1.0)
        cluster.end()
        (state,) = ended(runs, name)
        assert say(state.reason).startswith("The computers that train the models do not answer")
        (state,) = ended(runs, runs.start([3], "ann", jobs.count))
        assert state.phase == "failed"
    finally:
        runs.close()
        cluster.end()
