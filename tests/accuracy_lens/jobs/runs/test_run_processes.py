"""The processes of training runs and their server: what they load, and their common end."""

from __future__ import annotations

import dataclasses
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from accuracy_lens.jobs.runs.executor import TRAINERS, chosen_executor
from accuracy_lens.jobs.runs.registry import Runs
from accuracy_lens.jobs.runs.visit import is_connected, this_visitor
from metrics_core.errors import InputError
from tests.accuracy_lens.jobs.running import JOBS, ROOT, WORKER, ended, is_alive, limits, until


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
        "from accuracy_lens.jobs.confined import WorkerLimits\n"
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
        "from accuracy_lens.jobs.confined import WorkerLimits\n"
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
from accuracy_lens.jobs.confined import WorkerLimits

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
