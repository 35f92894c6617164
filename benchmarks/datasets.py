"""Sharded data: counts and sweeps of Parquet files beside reading them, DuckDB and memory.

``SHARDS=10 python -m benchmarks datasets`` takes ten files of a million rows instead of a hundred.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.process import ROOT, Server
from benchmarks.report import Measure
from metrics_core.counting.counts import Counts
from metrics_core.datasets.cluster import OnCluster
from metrics_core.datasets.columns.asked import Asked, Columns
from metrics_core.datasets.counting.counted import Counting, count_at
from metrics_core.datasets.running import Here, Runner
from metrics_core.datasets.shards import Shard
from metrics_core.datasets.shards import measure as footers
from metrics_core.datasets.sweeping.found import Found, sweep_data
from metrics_core.datasets.sweeping.whole import Work
from metrics_core.sweep import Sweep, auc, average_precision

SHARDS, ROWS = int(os.environ.get("SHARDS", "100")), 1_000_000
TURNS = 3
COLUMNS = Columns(y_true="y_true", y_pred=("y_pred",))
ASKED = Asked(columns=COLUMNS)
_GIB = 2**30


def measure() -> Iterator[Measure]:
    """Write the files, measure in processes of their own, and remove them."""
    folder = Path(tempfile.mkdtemp(prefix="accuracy-lens-bench-"))
    try:
        _write(folder)
        yield from _times(folder)
        yield from _memory(folder)
        yield from _same(folder)
        yield from _workers(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _times(folder: Path) -> Iterator[Measure]:
    size = f"{SHARDS * ROWS:.0e} rows in {SHARDS} files"
    found: dict[str, list[float]] = _child("times", folder)
    reading = found["read"]
    yield Measure(f"{size}: reading the two columns", reading, "s", limit=True)
    for name, what, bar in (
        ("counts", "counts at one threshold, times reading", 2.5),
        ("sweep", "sweep with exact areas and best thresholds, times reading", 12.0),
    ):
        ratios = [a / b for a, b in zip(found[name], reading, strict=True)]
        yield Measure(f"{size}: {what}", ratios, "x", bar)
    if found["duckdb"]:
        ratios = [a / b for a, b in zip(found["counts"], found["duckdb"], strict=True)]
        yield Measure(f"{size}: counts at one threshold, times DuckDB's SELECT", ratios, "x", 1.0)


def _memory(folder: Path) -> Iterator[Measure]:
    once, four = (_child("peak", folder, str(copies))["peak"] for copies in (1, 4))
    what = f"sweep of {SHARDS * ROWS:.0e} rows: peak memory of the process"
    yield Measure(what, [once / 2**20], "MiB", 1.5 * _GIB / 2**20)
    yield Measure("the same at four times the rows, times that", [four / once], "x", 1.2)


def _same(folder: Path) -> Iterator[Measure]:
    n = min(SHARDS, 10)
    table = pa.concat_tables([pq.read_table(path) for path in _paths(folder)[:n]])
    labels = table["y_true"].to_numpy() == 1
    sweep = Sweep.of(table["y_pred"].to_numpy(), labels)
    found = _sweep(_paths(folder)[:n], Here(rows_at_once=n * ROWS // 4))
    same = (found.positives, found.negatives, found.distinct) == (
        sweep.positives, sweep.negatives, sweep.distinct,
    )  # fmt: skip
    apart = max(
        abs(found.auc - auc(sweep)), abs(found.average_precision - average_precision(sweep)),
        0.0 if same else 1.0,
    )  # fmt: skip
    yield Measure(f"areas of {n * ROWS:.0e} rows in four ranges less those in memory", [apart], "",
                  1e-12)  # fmt: skip


def _workers(folder: Path) -> Iterator[Measure]:
    """The same work with one worker and with two, turn by turn.

    The processor time of the busier of two workers is what the work takes where each has a core.
    """
    if find_spec("distributed") is None:
        return
    paths = _paths(folder)
    times: dict[int, list[float]] = {1: [], 2: []}
    with _cluster(1) as one, _cluster(2) as two:
        for cluster in [one, two] * TURNS:
            runner = OnCluster(cluster.address, rows_at_once=max(1, len(paths) * ROWS // 4))
            before = [worker.cpu_seconds() for worker in cluster.workers]
            _sweep(paths, runner)
            spent = [
                worker.cpu_seconds() - was
                for worker, was in zip(cluster.workers, before, strict=True)
            ]
            times[len(spent)].append(max(spent))
    ratios = [a / b for a, b in zip(times[1], times[2], strict=True)]
    what = f"sweep of {SHARDS * ROWS:.0e} rows on Dask: one worker, times the busier of two"
    yield Measure(what, times[1], "s", 1.7, judged="times", times=float(np.median(ratios)))


@dataclass(frozen=True)
class _Cluster:
    address: str
    workers: list[Server]


@contextlib.contextmanager
def _cluster(workers: int) -> Iterator[_Cluster]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    words = [["scheduler", "--host", address]]
    words += [["worker", address, "--nthreads", "1", "--no-nanny"]] * workers
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "dask", *each, "--no-dashboard"],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for each in words
    ]  # fmt: skip
    try:
        from distributed import Client  # noqa: PLC0415 - where it is installed

        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)
        yield _Cluster(address, [Server(address, each.pid) for each in started[1:]])
    finally:
        for process in started:
            process.kill()
            process.wait()


def _write(folder: Path) -> None:
    for number in range(SHARDS):
        random = np.random.default_rng(number)
        labels = random.random(ROWS) < 0.3
        logits = random.normal(size=ROWS) + 1.5 * labels - 1.2
        scores = (1 / (1 + np.exp(-logits))).astype(np.float32)
        table = pa.table({"y_true": labels.astype(np.int8), "y_pred": scores})
        pq.write_table(table, folder / f"part-{number:04}.parquet")


def _paths(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.parquet"))


def _sweep(paths: list[Path], runner: Runner) -> Found:
    shards = [Shard(str(path), path.name) for path in paths]
    measured = footers(shards, COLUMNS)
    return sweep_data(Work(asked=ASKED, measured=measured, runner=runner))


def _child(what: str, folder: Path, *more: str) -> Any:
    command = [sys.executable, "-m", "benchmarks.datasets", what, str(folder), *more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _timed(action: Callable[[], object]) -> float:
    """Processor time of all threads."""
    start = time.process_time()
    action()
    return time.process_time() - start


def _print_times(folder: Path) -> None:
    paths = _paths(folder)
    shards = [Shard(str(path), path.name) for path in paths]

    def read() -> None:
        for path in paths:
            file = pq.ParquetFile(path, pre_buffer=False)
            for _ in file.iter_batches(131_072, columns=ASKED.names, use_threads=False):
                pass

    def count() -> Counts:
        tasks = [Counting(shard, ASKED, (0.5,)) for shard in shards]
        return Here().merged(count_at, tasks, Counts.merge, lambda _: None)

    actions: dict[str, Callable[[], object]] = {
        "read": read, "counts": count, "sweep": lambda: _sweep(paths, Here()),
    }  # fmt: skip
    if find_spec("duckdb"):
        import duckdb  # noqa: PLC0415 - where it is installed

        sums = ", ".join(
            f"count(*) FILTER (WHERE y_pred {sign} 0.5 AND y_true = {label})"
            for sign in (">", "<=")
            for label in (0, 1)
        )
        query = f"SELECT {sums} FROM read_parquet('{folder}/*.parquet')"
        actions["duckdb"] = lambda: duckdb.sql(query).fetchall()
    times: dict[str, list[float]] = {name: [] for name in (*actions, "duckdb")}
    for _ in range(TURNS):
        for name, action in actions.items():
            times[name].append(_timed(action))
    print(json.dumps(times))


def _print_peak(folder: Path, copies: int) -> None:
    _sweep(_paths(folder) * copies, Here())
    print(json.dumps({"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


if __name__ == "__main__":
    if sys.argv[1] == "times":
        _print_times(Path(sys.argv[2]))
    else:
        _print_peak(Path(sys.argv[2]), int(sys.argv[3]))
