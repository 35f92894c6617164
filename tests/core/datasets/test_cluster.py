"""Files swept by the workers of a cluster: the same numbers, whatever becomes of a worker."""

from __future__ import annotations

import socket
import sys
import time

import numpy as np
import pytest

from metrics_core.datasets import cluster as module
from metrics_core.datasets.cluster import AT_ONCE, OnCluster
from metrics_core.datasets.looking import Question, look
from metrics_core.datasets.running import Here
from metrics_core.datasets.sweeping import ranges
from metrics_core.errors import InputError
from tests.accuracy_lens.jobs.processes import Processes, until
from tests.core.datasets.files import split, work

distributed = pytest.importorskip("distributed")

JOBS = """
import os, signal, time
from pathlib import Path

def numbered(task):
    return [task]

def dies_once(task):
    marker, number = task
    if number == 7 and not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.02)
    return [number]

def slow(task):
    Path(task).write_text(str(os.getpid()))
    time.sleep(0.3)
    return [1]
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "dataset_jobs.py").write_text(JOBS)
    sys.path.insert(0, str(folder))
    made = Processes(folder)
    made.add_worker("--no-nanny")
    made.add_worker("--no-nanny")
    made.wait_for(2)
    yield made
    made.end()
    sys.path.remove(str(folder))


def test_a_look_is_the_same_as_here(cluster, tmp_path):
    rng = np.random.default_rng(9)
    scores = rng.random(200_000, np.float32)
    labels = rng.random(200_000) < scores
    shards = split(tmp_path, 5, y_true=labels, y_pred=scores, w=np.ones(200_000))
    question = Question(tuple(shards), work(shards).asked)
    done = []
    there = look(question, OnCluster(cluster.address, rows_at_once=60_000), done.append)
    here = look(question, Here(rows_at_once=60_000), lambda _: None)
    for name in ("auc", "average_precision", "distinct", "low", "high", "complete"):
        assert getattr(there.found, name) == getattr(here.found, name), name
    assert [(each.name, each.low, each.high) for each in there.found.best] == [
        (each.name, each.low, each.high) for each in here.found.best
    ]
    assert there.found.stops.scores.tolist() == here.found.stops.scores.tolist()
    assert there.found.stops.ones.tolist() == here.found.stops.ones.tolist()
    assert there.calibration.weight.tolist() == here.calibration.weight.tolist()
    assert done == sorted(done)
    assert there.found.distinct > ranges.MOST


def test_many_answers_are_merged_in_a_tree(cluster):
    import dataset_jobs

    tasks = list(range(3 * AT_ONCE + 1))
    found = OnCluster(cluster.address).merged(dataset_jobs.numbered, tasks, _both, lambda _: None)
    assert sorted(found) == tasks


def _both(one, two):
    return one + two


def test_what_a_file_may_not_hold_is_told(cluster, tmp_path):
    shards = split(tmp_path, 2, y_true=[0, 1, 1, 0], y_pred=[0.5, 0.2, np.nan, 1.0], w=np.ones(4))
    question = Question(tuple(shards), work(shards).asked)
    with pytest.raises(InputError, match=r"NaN in row 0 of part-1.parquet"):
        look(question, OnCluster(cluster.address), lambda _: None)


def test_whoever_stops_leaves_nothing_to_be_done(cluster, tmp_path):
    import dataset_jobs

    def tell(_):
        if list(tmp_path.iterdir()):
            raise KeyboardInterrupt

    tasks = [str(tmp_path / f"{number}") for number in range(60)]
    with pytest.raises(KeyboardInterrupt):
        OnCluster(cluster.address).merged(dataset_jobs.slow, tasks, _both, tell)
    time.sleep(1.0)
    began = len(list(tmp_path.iterdir()))
    time.sleep(1.0)
    assert len(list(tmp_path.iterdir())) == began < 60


def test_a_worker_without_a_package_is_told_and_lives(cluster, tmp_path, monkeypatch):
    """A file system of fsspec whose package is here alone."""
    import dataset_jobs

    (tmp_path / "only_here.py").write_text("class Files:\n    pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    import only_here

    tasks = [only_here.Files(), only_here.Files()]
    with pytest.raises(InputError, match=r"SCHEDULER.*Got one without only_here\. Install"):
        OnCluster(cluster.address).merged(dataset_jobs.numbered, tasks, _both, lambda _: None)
    found = OnCluster(cluster.address).merged(dataset_jobs.numbered, [1], _both, lambda _: None)
    assert found == [1]
    cluster.wait_for(2)


@pytest.mark.parametrize("listens", [False, True])
def test_an_address_at_which_no_scheduler_answers_is_told(monkeypatch, listens):
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.5)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        if listens:
            other.listen()
        address = f"tcp://127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(
            InputError, match="must be the address of a Dask scheduler that answers"
        ):
            OnCluster(address).merged(min, [1], _both, lambda _: None)


def test_a_scheduler_without_workers_and_one_that_ends_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "WORKER_SECONDS", 1.0)
    alone = Processes(tmp_path)
    try:
        alone.wait_for(0)
        with pytest.raises(InputError, match=r"Got one without any for 1 seconds\. Start workers"):
            OnCluster(alone.address).merged(min, [1], _both, lambda _: None)
        monkeypatch.setattr(module, "WORKER_SECONDS", 60.0)
        with pytest.raises(
            InputError, match="must be the address of a Dask scheduler that answers"
        ):
            OnCluster(alone.address).merged(min, [1], _both, lambda _: alone.scheduler.kill())
    finally:
        alone.end()


ENDS = [
    (distributed.KilledWorker("numbered-1", "tcp://127.0.0.1:1", 3), "several that ended over one"),
    (RuntimeError("Error during deserialization of the task graph. This"), "with PYTHONPATH=. bef"),
]


@pytest.mark.parametrize(("error", "said"), ENDS)
def test_what_dask_says_of_workers_and_scheduler_is_told(cluster, monkeypatch, error, said):
    import dataset_jobs

    def result(_):
        raise error

    monkeypatch.setattr(distributed.Future, "result", result)
    with pytest.raises(InputError, match=said):
        OnCluster(cluster.address).merged(dataset_jobs.numbered, [1], _both, lambda _: None)


def test_a_worker_that_is_killed_changes_nothing(cluster, tmp_path):
    """The last test: one worker of two is gone then."""
    import dataset_jobs

    tasks = [(str(tmp_path / "marker"), number) for number in range(40)]
    found = OnCluster(cluster.address).merged(dataset_jobs.dies_once, tasks, _both, lambda _: None)
    assert sorted(found) == list(range(40))
    until((tmp_path / "marker").exists, "the death of a worker")
    cluster.wait_for(1)
