from __future__ import annotations

import dataclasses
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from accuracy_lens.jobs.runs import registry as module
from accuracy_lens.jobs.runs.executor import TRAINERS, RunLimits, chosen_executor
from accuracy_lens.jobs.runs.pool import Pool
from accuracy_lens.jobs.runs.registry import Runs
from accuracy_lens.jobs.runs.reports import KeptReports
from accuracy_lens.jobs.runs.visit import RunState, is_connected, this_visitor
from accuracy_lens.jobs.workers import WorkerLimits
from accuracy_lens.words.text import say
from metrics_core.errors import InputError

ROOT = Path(module.__file__).parents[3]
WORKER = WorkerLimits(workers=1, seconds=60.0, memory=1 << 30, setup="")
JOBS = """
import os, signal, sys, time
import numpy as np
from metrics_core.errors import InputError

def count(settings, report):
    name, epochs = settings
    for epoch in range(epochs):
        report((name, epoch, np.full(3, epoch), os.getpid()))

def endless(settings, report):
    report(os.getpid())
    while True:
        time.sleep(0.05)
        report(time.time())

def deaf(settings, report):
    '''Sits in one long call, where Python handles no signals.'''
    report(os.getpid())
    sum(range(10 ** 11))

def once_dead(settings, report):
    report(os.getpid())
    os.kill(os.getpid(), signal.SIGKILL)

def leaves(settings, report):
    os._exit(0)

def grows(settings, report):
    report(os.getpid())
    len(bytearray(4 << 30))

def refuses(settings, report):
    raise InputError("loss", "must be one of {names}", "'x'", "Choose.", names="a, b")

def fails(settings, report):
    class Own(Exception):
        def __init__(self, one, two):
            super().__init__(one)
    raise Own("secret", 2)

def clock(settings, report):
    report(time.monotonic())

def large(settings, report):
    for number in range(settings):
        report(np.full(1000, number, np.uint8))

def priority(settings, report):
    report(os.nice(0))

def modules(settings, report):
    report(sorted(sys.modules))
"""


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("jobs")
    (folder / "run_jobs.py").write_text(JOBS)
    sys.path.insert(0, str(folder))
    import run_jobs

    yield run_jobs
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def pool(jobs: Any) -> Iterator[Pool]:
    """One process, shared by the tests; the runs on it are each test's own."""
    made = Pool(WORKER)
    yield made
    made.close()


@pytest.fixture
def runs(pool: Pool) -> Iterator[Runs]:
    made = Runs(limits(silence_seconds=60.0), executor=lambda _: Shared(pool))
    yield made
    made.close()


class Shared:
    """A pool that outlives the runs of one test."""

    def __init__(self, pool: Pool) -> None:
        self.slots, self.submit, self.warm = pool.slots, pool.submit, pool.warm

    def close(self) -> None:
        pass


def limits(worker: WorkerLimits = WORKER, **options: Any) -> RunLimits:
    return RunLimits(worker=worker, **options)


def until(condition: Callable[[], Any], what: str = "") -> Any:
    """Wait; generous, for machines that are busy with other things."""
    end = time.monotonic() + 40
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError(f"never: {what or condition}")


def ended(runs: Runs, name: str) -> tuple[RunState, ...]:
    def over() -> Any:
        runs.touch(name)
        states = runs.states(name)
        assert states is not None
        return all(state.over for state in states) and states

    found: tuple[RunState, ...] = until(over, "the end of a run")
    return found


def first_report(runs: Runs, name: str) -> Any:
    def reported() -> Any:
        runs.touch(name)
        states = runs.states(name)
        assert states is not None
        assert not states[0].over, states[0]
        return states[0].reports

    return until(reported, "a first report")[0]


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def works(runs: Runs, jobs: Any) -> int:
    """A short run goes through; the process that did it."""
    (state,) = ended(runs, runs.start([("after", 2)], "next", jobs.count))
    assert (state.phase, state.came) == ("done", 2), state
    return state.reports[-1][3]


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


def test_a_process_stands_back_behind_the_server_and_holds_no_streamlit(jobs: Any) -> None:
    runs = Runs(limits(dataclasses.replace(WORKER, niceness=10)))
    try:
        assert ended(runs, runs.start([None], "a", jobs.priority))[0].reports == (
            min(19, os.nice(0) + 10),
        )
        (state,) = ended(runs, runs.start([None], "a", jobs.modules))
        assert not set(state.reports[0]) & {"streamlit", "tensorflow", "distributed", "pytest"}
    finally:
        runs.close()


def test_the_server_never_imports_tensorflow_nor_dask_and_ends_with_a_run_on(
    tmp_path: Path,
) -> None:
    (tmp_path / "run_jobs.py").write_text(JOBS)
    script = (
        "import sys, time\n"
        "import run_jobs\n"
        "from accuracy_lens.jobs.runs import registry\n"
        "from accuracy_lens.jobs.runs.executor import RunLimits\n"
        "from accuracy_lens.jobs.workers import WorkerLimits\n"
        "mine = registry.Runs(RunLimits(worker=WorkerLimits(workers=1, setup='')))\n"
        "import atexit; atexit.register(mine.close)\n"
        "name = mine.start([None], 'ann', run_jobs.endless)\n"
        "while not mine.states(name)[0].reports: time.sleep(0.05)\n"
        "print(mine.states(name)[0].reports[0])\n"
        "print(*sorted({'tensorflow', 'keras', 'distributed', 'dask'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"},
    )
    process, loaded = done.stdout.split("\n")[:2]
    assert (loaded, done.stderr) == ("", "")
    assert not is_alive(int(process))


def test_a_run_ends_by_itself_where_its_server_was_killed(tmp_path: Path) -> None:
    (tmp_path / "run_jobs.py").write_text(JOBS)
    script = (
        "import os, time\n"
        "import run_jobs\n"
        "from accuracy_lens.jobs.runs import registry\n"
        "from accuracy_lens.jobs.runs.executor import RunLimits\n"
        "from accuracy_lens.jobs.workers import WorkerLimits\n"
        "mine = registry.Runs(RunLimits(worker=WorkerLimits(workers=1, setup='')))\n"
        "name = mine.start([None], 'ann', run_jobs.endless)\n"
        "while not mine.states(name)[0].reports: time.sleep(0.05)\n"
        "print(mine.states(name)[0].reports[0], flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}", "TMPDIR": str(tmp_path)},
    )
    process = int(done.stdout)
    until(lambda: not is_alive(process), "the end of the process")


PAGE = """
from pathlib import Path
import run_jobs
import streamlit as st
from accuracy_lens.jobs.runs import registry
from accuracy_lens.jobs.runs.executor import RunLimits
from accuracy_lens.jobs.runs.visit import this_visitor
from accuracy_lens.jobs.workers import WorkerLimits

@st.cache_resource
def mine():
    return registry.Runs(RunLimits(worker=WorkerLimits(workers=1, setup=""), silence_seconds=60.0))

name = mine().start([None], this_visitor(), run_jobs.endless)
while not mine().states(name)[0].reports:
    pass
Path(__file__).with_name("process").write_text(str(mine().states(name)[0].reports[0]))
"""


def test_the_end_of_a_browser_session_ends_its_run(tmp_path: Path) -> None:
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from websockets.sync.client import connect

    (tmp_path / "run_jobs.py").write_text(JOBS)
    (tmp_path / "page.py").write_text(PAGE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", tmp_path / "page.py", f"--server.port={port}"],
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"},
    )
    try:
        until(lambda: is_heard(port), "a server")
        with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"]) as visit:
            message = BackMsg()
            message.rerun_script.query_string = ""
            visit.send(message.SerializeToString())
            mark = tmp_path / "process"
            process = int(until(lambda: mark.exists() and mark.read_text(), "a run"))
            time.sleep(1.0)
            assert is_alive(process)
        until(lambda: not is_alive(process), "the end of the process")
    finally:
        server.terminate()
        server.wait()


def is_heard(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def test_outside_a_server_everybody_is_there_and_nobody_has_a_name() -> None:
    assert is_connected("anybody")
    assert this_visitor() == ""


def test_the_place_is_this_machine_unless_a_scheduler_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ACCURACY_LENS_SCHEDULER", raising=False)
    assert type(chosen_executor(TRAINERS)).__name__ == "Pool"
    assert chosen_executor(TRAINERS).slots() == max(1, (os.cpu_count() or 2) - 1)
    monkeypatch.setenv("ACCURACY_LENS_SCHEDULER", "tcp://127.0.0.1:1")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(InputError, match="needs the package distributed"):
        Runs().start([None], "ann", np.sum)
