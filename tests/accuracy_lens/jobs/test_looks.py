"""The operator's data sets at addresses: listed by a child process, and a refusal is kept."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from accuracy_lens.jobs import looks
from accuracy_lens.jobs.workers import WorkerError
from metrics_core.datasets.places.named import SOURCES
from metrics_core.errors import InputError


@pytest.fixture(autouse=True)
def fresh():
    for kept in (looks._listed, looks._far):
        kept.clear()


def test_what_lies_elsewhere_is_listed_by_a_child(tmp_path, monkeypatch):
    pq.write_table(pa.table({"y_true": [0, 1], "y_pred": [0.25, 0.75]}), tmp_path / "a.parquet")
    monkeypatch.setenv(SOURCES, f"clicks=file://{tmp_path}")
    jobs = []
    run = looks._LISTERS.run
    monkeypatch.setattr(looks._LISTERS, "run", lambda *job: (jobs.append(job), run(*job))[1])
    (shard,) = looks.data_sets()["clicks"].shards
    assert shard.name == "a.parquet"
    assert len(jobs) == 1
    assert "y_pred" in looks.guessed("clicks", "1", (shard,)).roles.outputs


def test_a_name_without_a_file_is_told_to_the_operator(tmp_path, monkeypatch, caplog):
    pq.write_table(pa.table({"y_true": [0, 1], "y_pred": [0.25, 0.75]}), tmp_path / "a.parquet")
    monkeypatch.setenv(SOURCES, f"clicks={tmp_path};views={tmp_path}/none-*.parquet")
    assert list(looks.data_sets()) == ["clicks"]
    assert caplog.messages == [f"{SOURCES}: no Parquet file for views"]


def test_a_place_that_does_not_answer_is_asked_once(monkeypatch):
    asked = []

    def late(job, *_):
        asked.append(job)
        raise WorkerError("time")

    monkeypatch.setenv(SOURCES, "s3://hush/*.parquet")
    monkeypatch.setattr(looks._LISTERS, "run", late)
    for _ in range(3):
        with pytest.raises(InputError, match=r"within 60 seconds\. Got one that takes") as refused:
            looks.data_sets()
        assert "hush" not in str(refused.value)
    assert len(asked) == 1


def test_a_file_whose_first_rows_take_long_is_a_sentence(monkeypatch):
    def late(*_):
        raise WorkerError("time")

    monkeypatch.setattr(looks._GUESSERS, "run", late)
    with pytest.raises(InputError, match=r"`clicks` must show its first rows within 60 seconds"):
        looks.guessed("clicks", "2", None)
