"""What a file may not hold is named, with the file and the row."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics_core.datasets.blocks import blocks_of
from metrics_core.datasets.columns.asked import Asked, Columns
from metrics_core.datasets.shards import Shard, measure
from metrics_core.errors import InputError
from tests.core.datasets.files import BINARY, NO_WEIGHT, written

GOOD = {"y_true": [0, 1, 1], "y_pred": [0.25, 0.5, 0.75], "w": [1.0, 2.0, 0.0]}


@pytest.mark.parametrize(
    ("column", "cells", "words"),
    [
        ("y_pred", [0.25, float("nan"), 0.75], "NaN in row 1 of part-1.parquet"),
        ("y_pred", [0.25, 0.5, None], "a missing cell in row 2 of part-1.parquet"),
        ("y_true", [0, None, 1], "a missing cell in row 1 of part-1.parquet"),
        ("y_true", [0, 1, 2], "2 in row 2 of part-1.parquet"),
        ("y_true", [0, -1, 1], "-1 in row 1 of part-1.parquet"),
        ("y_true", [0.0, 0.5, 1.0], "0.5 in row 1 of part-1.parquet"),
        ("w", [1.0, -2.0, 1.0], "-2.0 in row 1 of part-1.parquet"),
        ("y_true", ["0", "1", "cat"], "'cat' in row 2 of part-1.parquet"),
        ("y_pred", ["0.25", " NA ", "1e-3"], "a missing cell in row 1 of part-1.parquet"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path, column, cells, words):
    shards = written(tmp_path, GOOD, GOOD | {column: cells})
    asked = Asked(columns=BINARY, weighted=True)
    assert [len(block.labels) for block in blocks_of(shards[0], asked)] == [3]
    with pytest.raises(InputError) as refused:
        list(blocks_of(shards[1], asked))
    assert refused.value.argument == column
    assert words in str(refused.value)


GAPS = {
    "one output": (
        {"y_true": [0, None, 1, 1, 0], "y_pred": [0.1, 0.2, None, 0.4, float("nan")]}, [0, 3]
    ),
    "a weight": (
        {"y_true": [0, 1, 1], "y_pred": [0.1, 0.2, 0.4], "w": [1.0, None, 2.0]}, [0, 2]
    ),
    "words": (
        {"y_true": pa.array(["no", None, "yes"]).dictionary_encode(), "y_pred": [0.1, 0.2, 0.4]},
        [0, 2],
    ),
    "lists": (
        {
            "y_true": [0, 1, 2, 1, 0],
            "y_pred": [[0.1] * 3, None, [0.2, None, 0.3], [0.2, float("nan"), 1.0], [0.3] * 3],
        },
        [0, 4],
    ),
    "lists of one size": (
        {
            "y_true": [0, None, 1, 0],
            "y_pred": pa.array(
                [[0.1, 0.2], [0.3, 0.4], None, [0.5, None]], pa.list_(pa.float32(), 2)
            ),
        },
        [0],
    ),
    "nowhere": ({"y_true": [0, 1], "y_pred": np.float16([0.1, 0.2])}, [0, 1]),
    "everywhere": ({"y_true": [0, 1], "y_pred": pa.array([None, None], pa.float32())}, []),
}  # fmt: skip


@pytest.mark.parametrize("name", GAPS)
def test_rows_that_lack_a_cell_are_left_out_where_they_may_be(tmp_path, name):
    table, kept = GAPS[name]
    columns = replace(BINARY, classes=("no", "yes") if name == "words" else ())
    if name.startswith("lists"):
        width = 3 if name == "lists" else 2
        columns = replace(columns, y_pred=tuple(f"y_pred[{place}]" for place in range(width)))
    (shard,) = written(tmp_path, table)
    asked = Asked(columns=columns, weighted="w" in table, drop_missing=True)
    blocks = list(blocks_of(shard, asked))
    rows = [block.rows.of(place) for block in blocks for place in range(len(block.labels))]
    assert rows == kept
    whole = pq.read_table(shard.path).filter(np.isin(np.arange(len(table["y_true"])), kept))
    (alone,) = written(tmp_path, whole)
    for ours, theirs in zip(
        blocks, blocks_of(alone, replace(asked, drop_missing=False)), strict=True
    ):
        assert ours.labels.tolist() == theirs.labels.tolist()
        assert ours.scores.tolist() == theirs.scores.tolist()
        if theirs.weights is not None:
            assert ours.weights.tolist() == theirs.weights.tolist()


def test_the_row_of_a_refusal_counts_those_that_are_left_out(tmp_path):
    table = {"y_true": [0, None, 1, 7], "y_pred": [0.1, 0.2, 0.3, 0.4], "w": [1.0, 1.0, -1.0, 1.0]}
    (shard,) = written(tmp_path, table)
    asked = Asked(columns=BINARY, drop_missing=True)
    with pytest.raises(InputError, match=r"7 in row 3 of part-0.parquet"):
        list(blocks_of(shard, asked))
    table["y_true"][3] = 0
    (shard,) = written(tmp_path, table)
    with pytest.raises(InputError, match=r"-1.0 in row 2 of part-0.parquet"):
        list(blocks_of(shard, replace(asked, weighted=True)))


def test_a_weight_that_does_not_count_is_not_read(tmp_path):
    shards = written(tmp_path, GOOD | {"w": [1.0, -2.0, None]})
    (block,) = blocks_of(shards[0], Asked(columns=BINARY))
    assert block.weights is None


def test_activation_and_several_outputs(tmp_path):
    table = {"label": [2, 0], "a": [0.0, 3.0], "b": [1.0, 2.0], "c": [2.0, 1.0]}
    columns = Columns(y_true="label", y_pred=("a", "b", "c"))
    (shard,) = written(tmp_path, table)
    (block,) = blocks_of(shard, Asked(columns=columns, activation="softmax"))
    assert block.labels.tolist() == [2, 0]
    assert block.scores.sum(axis=1) == pytest.approx([1, 1])
    assert block.scores.argmax(axis=1).tolist() == [2, 0]


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ([], "must be one Parquet file or more"),
        ([GOOD, {"y_true": [1], "score": [0.5]}], "part-1.parquet with the columns y_true, score"),
        ([GOOD | {"y_true": np.arange(3).astype("M8[s]")}], r"timestamp\[ms\] in part-0.parquet"),
    ],
)
def test_files_that_do_not_fit_are_named(tmp_path, tables, words):
    with pytest.raises(InputError, match=words):
        measure(written(tmp_path, *tables), NO_WEIGHT)


def test_what_is_no_parquet_or_gone_is_named(tmp_path):
    (tmp_path / "notes.parquet").write_text("not one")
    with pytest.raises(InputError, match=r"notes.parquet.*must be a Parquet file"):
        measure([Shard(str(tmp_path / "notes.parquet"), "notes.parquet")], NO_WEIGHT)
    with pytest.raises(InputError, match="must be there while it is read"):
        measure([Shard(str(tmp_path / "gone.parquet"), "gone.parquet")], NO_WEIGHT)


def test_what_the_footers_say(tmp_path):
    shards = written(tmp_path, GOOD, GOOD | {"y_pred": pa.array(np.float32([0, 1, 1]))})
    measured = measure(shards, NO_WEIGHT)
    assert measured.rows == (3, 3)
    assert measured.n_rows == 6
    assert measured.dtype == np.float64
    whole = sum(pq_bytes(shard) for shard in shards)
    assert 0 < measured.n_bytes < whole


def pq_bytes(shard):
    with shard.open() as file:
        return sum(
            file.metadata.row_group(0).column(place).total_compressed_size for place in range(3)
        )
