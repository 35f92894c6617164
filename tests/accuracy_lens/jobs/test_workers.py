from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from accuracy_lens.jobs import workers as module
from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.parsing import parse_upload
from accuracy_lens.jobs.workers import WorkerError, Workers
from metrics_core.errors import InputError
from metrics_core.reading import guess_roles, to_predictions

CSV = b"y_true,y_pred\n1,0.75\n0,0.25\n"
JOBS = """
import os, signal, sys, time

def hang(folder, name, limits):
    time.sleep(60)

def spin(folder, name, limits):
    while True:
        pass

def die(folder, name, limits):
    os.kill(os.getpid(), signal.SIGKILL)

def leave(folder, name, limits):
    os._exit(0)

def grow(folder, name, limits):
    return len(bytearray(4 << 30))

def modules():
    return sorted(sys.modules)

def fail():
    raise RuntimeError("its own")
"""


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("jobs")
    (folder / "hostile_jobs.py").write_text(JOBS)
    sys.path.insert(0, str(folder))
    import hostile_jobs

    yield hostile_jobs
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def pool(jobs):
    made = Workers(WorkerLimits(workers=1, seconds=1.5, memory=1 << 30))
    yield made
    made.close()


def upload(pool: Workers, data: bytes = CSV, **options: object) -> list[float]:
    table = parse_upload(data, "mine.csv", workers=pool, **options)
    values: list[float] = table.columns["y_pred"].values.tolist()
    return values


def test_an_upload_comes_back_as_read_only_columns_and_leaves_no_file(
    pool: Workers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for data in (CSV, bytearray(CSV), io.BytesIO(CSV).getbuffer()):
        table = parse_upload(data, "../../mine.csv", workers=pool)
        assert table.format == "CSV"
        assert table.columns["y_pred"].values.tolist() == [0.75, 0.25]
        assert not table.columns["y_pred"].values.flags.writeable
        made = to_predictions(table, guess_roles(table)).predictions
        assert np.shares_memory(made.y_pred, table.columns["y_pred"].data)
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_of_the_parser_arrives_as_it_is(pool: Workers) -> None:
    with pytest.raises(InputError) as caught:
        upload(pool, b"a,a\n1,2\n")
    assert caught.value.argument == "mine.csv"
    assert caught.value.rule.template == "must have a different name for each column"
    with pytest.raises(InputError, match="0 bytes"):
        upload(pool, b"")


@pytest.mark.parametrize(
    ("job", "words"),
    [
        ("hang", "within 1.5 seconds"),
        ("spin", "within 1.5 seconds"),
        ("die", "ended the process"),
        ("grow", "memory"),
    ],
)
def test_a_parser_that_hangs_dies_or_grows_is_refused_and_the_next_upload_works(
    pool: Workers, jobs, job: str, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        upload(pool, job=getattr(jobs, job))
    assert upload(pool) == [0.75, 0.25]


def test_a_hostile_file_is_refused_in_the_real_child(pool: Workers) -> None:
    header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000,), }\n"
    with pytest.raises(InputError, match="10,000,000 rows"):
        upload(pool, b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header)
    assert upload(pool) == [0.75, 0.25]


def test_damaged_arrow_files_are_refused_or_read_and_the_pool_goes_on(pool: Workers) -> None:
    table = pa.table({"y": [0, 1, 1], "w": ["a", None, "a"], "l": [[1, 2]] * 3})
    file = io.BytesIO()
    with pa.ipc.new_stream(file, table.schema) as writer:
        writer.write_table(table)
    random = np.random.default_rng(0)
    for _ in range(60):
        data = bytearray(file.getvalue())
        for _ in range(3):
            data[int(random.integers(len(data)))] = int(random.integers(256))
        with contextlib.suppress(InputError):
            parse_upload(data, "x", workers=pool)
    assert upload(pool) == [0.75, 0.25]


def test_a_worker_that_dies_while_idle_is_replaced(pool: Workers) -> None:
    child = pool.run(os.getpid)
    os.kill(child, 9)
    time.sleep(0.3)
    assert upload(pool) == [0.75, 0.25]
    assert pool.run(os.getpid) != child


def test_the_child_has_neither_the_app_nor_streamlit_nor_tensorflow(pool: Workers, jobs) -> None:
    names = set(pool.run(jobs.modules))
    assert {"pyarrow", "numpy", "metrics_core.reading"} <= names
    assert not names & {"streamlit", "tensorflow", "keras", "pandas", "plotly", "pytest"}


def test_an_error_of_the_job_itself_is_passed_on(pool: Workers, jobs) -> None:
    child = pool.run(os.getpid)
    with pytest.raises(RuntimeError, match="its own"):
        pool.run(jobs.fail)
    assert pool.run(os.getpid) == child


def test_many_threads_share_a_bounded_pool(pool: Workers) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: upload(pool), range(24)))
        children = set(threads.map(lambda _: pool.run(os.getpid), range(24)))
    assert found == [[0.75, 0.25]] * 24
    assert len(children) == 1


def test_waiting_too_long_for_a_free_process_is_refused() -> None:
    pool = Workers(WorkerLimits(workers=1, setup=""))
    try:
        pool.run(os.getpid)
        with ThreadPoolExecutor(1) as thread:
            slow = thread.submit(pool.run, time.sleep, 2)
            time.sleep(0.3)
            pool.limits = WorkerLimits(workers=1, seconds=0.2, wait_seconds=0.2, setup="")
            with pytest.raises(WorkerError, match="busy"):
                pool.run(time.sleep, 0)
            pool.limits = WorkerLimits(workers=1, setup="")
            assert slow.result() is None
        assert pool.run(pow, 2, 3) == 8
    finally:
        pool.close()


def test_a_closed_pool_starts_again() -> None:
    pool = Workers(WorkerLimits(workers=1, setup=""))
    first = pool.run(os.getpid)
    pool.close()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    assert pool.run(os.getpid) != first
    pool.close()
    pool.close()


def test_an_interpreter_with_a_busy_pool_ends_and_leaves_no_child() -> None:
    script = (
        "import contextlib, os, sys, threading, time\n"
        "from accuracy_lens.jobs import parsing\n"
        "from accuracy_lens.jobs.workers import WorkerError\n"
        "parsing.warm()\n"
        "def busy():\n"
        "    with contextlib.suppress(WorkerError):\n"
        "        parsing.PARSERS.run(time.sleep, 60)\n"
        "print(parsing.PARSERS.run(os.getpid), flush=True)\n"
        "threading.Thread(target=busy, daemon=True).start()\n"
        "time.sleep(0.3)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=45,  # the job sleeps for 60 seconds
        check=True,
        cwd=Path(module.__file__).parents[2],
    )
    assert done.stderr == ""
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


def test_the_main_module_of_the_server_is_not_run_again_in_the_child(tmp_path: Path) -> None:
    app = tmp_path / "app.py"
    app.write_text(
        "from pathlib import Path\n"
        "with Path(__file__).with_name('runs').open('a') as file:\n"
        "    file.write('run ')\n"
        "from accuracy_lens.jobs.parsing import parse_upload\n"
        "print(parse_upload(b'y,p\\n1,0.5\\n', 'x.csv').n_rows)\n"
    )
    root = Path(module.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, str(app)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.stdout == "1\n"
    assert (tmp_path / "runs").read_text() == "run "
