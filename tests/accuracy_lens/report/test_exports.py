"""What leaves the program: all metrics as JSON, all samples as CSV and Parquet."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from accuracy_lens.components.sample_table import sample_table
from accuracy_lens.report.exports import samples_csv, samples_parquet
from accuracy_lens.report.metrics import metrics_json
from metrics_core.catalog.rows import CATALOG, applicable
from metrics_core.evaluation import Evaluation, evaluate
from metrics_core.kinds import Kind
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.activation import Activation
from metrics_core.steps.shared import Steps

N = 300_000


def everything(
    data: Predictions, activation: Activation = "none", threshold: float = 0.5
) -> tuple[Predictions, Steps, dict[str, Evaluation]]:
    steps, settings = (
        Steps(data, activation),
        Settings(activation=activation, threshold=threshold, k=2),
    )
    rows = applicable(data)
    return data, steps, {row.name: evaluate(data, row.name, settings, steps=steps) for row in rows}


def large(kind: Kind, n_classes: int = 3) -> Predictions:
    rng = np.random.default_rng(3)
    if kind == "binary":
        return Predictions.of(
            rng.integers(0, 2, N), rng.random(N, "f4"), sample_weight=rng.random(N)
        )
    outputs = rng.random((N, n_classes), "f4")
    if kind == "sparse":
        ids = [f"id{i}" for i in range(N)]
        return Predictions.of(rng.integers(0, n_classes, N), outputs, sample_ids=ids)
    return Predictions.of(rng.integers(0, 2, (N, n_classes)), outputs, kind=kind)


def back_from_csv(content: bytes) -> pa.Table:
    strings = pa.csv.ConvertOptions(strings_can_be_null=False, null_values=[""])
    newlines = pa.csv.ParseOptions(newlines_in_values=True)
    return pa.csv.read_csv(io.BytesIO(content), convert_options=strings, parse_options=newlines)


def test_one_output_a_sample_has_a_column_for_every_step() -> None:
    made = everything(
        Predictions.of(
            [1, 0, 1],
            np.array([-1.0, 0.0, 1.0], "f4"),
            class_names=["cat", "dog"],
            sample_ids=["a", "b", "c"],
            sample_weight=[1.0, 2.0, 0.5],
        ),
        "sigmoid",
    )
    table = sample_table(*made)
    assert table.column_names[:8] == [
        "row", "id", "label", "output", "activated", "rounded", "thresholded", "weight",
    ]  # fmt: skip
    assert table.column_names[8:] == [
        "right_binary_accuracy",
        "right_binary_accuracy_rounded",
        "right_accuracy",
        "right_balanced_accuracy",
    ]
    second = table.to_pylist()[1]
    assert second["activated"] == 0.5
    assert second["rounded"] == 0.0
    assert second["thresholded"] == "cat"
    assert second["right_binary_accuracy"] is True
    assert table["label"].to_pylist() == ["dog", "cat", "dog"]
    assert table["right_balanced_accuracy"].to_pylist() == [False, True, True]


def test_without_an_activation_there_is_no_column_for_it() -> None:
    made = everything(Predictions.of([1, 0], [0.7, 0.3]))
    assert "activated" not in sample_table(*made).column_names


def test_several_outputs_have_argmax_and_rank() -> None:
    outputs = [[0.1, 0.7, 0.2], [0.5, 0.3, 0.2], [np.nan, 0.3, 0.2], [0.1, 0.2, 0.7]]
    table = sample_table(*everything(Predictions.of([1, 2, 1, 7], outputs)))
    assert table["argmax"].to_pylist() == [1, 0, 1, 2]
    assert table["rank"].to_pylist() == [1, 3, None, None]
    assert table["output_1"].to_pylist() == [0.7, 0.3, 0.3, 0.2]
    assert table["right_sparse_categorical_accuracy"].to_pylist() == [True, False, True, False]
    assert table["right_sparse_top_k_categorical_accuracy"].to_pylist() == [
        True, False, False, False,
    ]  # fmt: skip


def test_multi_label_rows_name_their_classes_and_share_of_right_elements() -> None:
    data = Predictions.of(
        [[1, 0, 1], [0, 0, 0]],
        [[0.9, 0.6, 0.2], [0.1, 0.2, 1.2]],
        kind="multi_label",
        class_names=["sun", "rain", "wind"],
    )
    table = sample_table(*everything(data))
    assert table["label"].to_pylist() == ["sun; wind", ""]
    assert table["thresholded"].to_pylist() == ["sun; rain", "wind"]
    assert table["rounded"].to_pylist() == ["sun; rain", "wind"]
    assert table["right_element_accuracy"].to_pylist() == [
        pytest.approx(1 / 3),
        pytest.approx(2 / 3),
    ]
    assert table["right_subset_accuracy"].to_pylist() == [False, False]
    assert "rank" not in table.column_names
    assert "output_rain" in table.column_names


@pytest.mark.parametrize("n_classes", [20, 21])
def test_above_twenty_classes_only_two_outputs_are_shown(n_classes: int) -> None:
    outputs = np.random.default_rng(1).random((5, n_classes))
    table = sample_table(*everything(Predictions.of([0, 1, 2, 3, n_classes], outputs), "softmax"))
    if n_classes == 20:
        assert {f"output_{i}" for i in range(20)} <= set(table.column_names)
        assert "output_top" not in table.column_names
        return
    assert table["output_top"].to_pylist() == outputs.max(axis=1).tolist()
    own = [outputs[0, 0], outputs[1, 1], outputs[2, 2], outputs[3, 3], None]
    assert table["output_true"].to_pylist() == own
    assert "activated_true" in table.column_names
    assert "output_0" not in table.column_names


def test_many_multi_label_classes_are_joined_all_the_same() -> None:
    labels = np.zeros((2, 70), int)
    labels[1, [0, 63, 64, 69]] = 1
    made = everything(Predictions.of(labels, labels + 0.25, kind="multi_label"))
    table = sample_table(*made)
    assert table["label"].to_pylist() == ["", "0; 63; 64; 69"]
    assert "output_true" not in table.column_names


def test_class_names_that_are_equal_do_not_give_equal_columns() -> None:
    data = Predictions.of([1, 0], [[0.1, 0.9], [0.8, 0.2]], class_names=["same", "same"])
    names = sample_table(*everything(data)).column_names
    assert {"output_0", "output_1"} <= set(names)
    assert len(names) == len(set(names))


def test_a_label_that_is_no_class_stays_a_number() -> None:
    data = Predictions.of([0.0, 0.95, -1.0], [0.1, 0.9, 0.2], kind="binary", class_names=["n", "y"])
    assert sample_table(*everything(data))["label"].to_pylist() == ["n", "0.95", "-1"]


@pytest.mark.parametrize("kind", ["binary", "sparse", "multi_label"])
def test_some_rows_are_those_of_the_whole_table(kind: Kind) -> None:
    made = everything(large(kind), "sigmoid", 0.6)
    whole = sample_table(*made)
    picked = np.array([N - 1, 0, 7, 131_072, 7])
    assert sample_table(*made, picked) == whole.take(picked)
    assert sample_table(*made, slice(131_000, 131_200)) == whole.slice(131_000, 200)
    mask = np.arange(N) % 50_000 == 3
    assert sample_table(*made, mask) == whole.filter(pa.array(mask))
    assert sample_table(*made, slice(0, 0)) == whole.slice(0, 0)


@pytest.mark.parametrize("kind", ["binary", "sparse", "multi_label"])
def test_a_large_table_comes_back_from_parquet_and_csv(kind: Kind) -> None:
    made = everything(large(kind), "sigmoid", 0.6)
    whole = sample_table(*made)
    assert pa.parquet.read_table(io.BytesIO(samples_parquet(*made))) == whole
    back = back_from_csv(samples_csv(*made))
    assert back.column_names == whole.column_names
    assert back.num_rows == N
    for name in whole.column_names:
        kept = back[name].cast(whole[name].type)
        assert kept == whole[name], name


def test_some_rows_can_be_written() -> None:
    made = everything(large("binary"))
    back = back_from_csv(samples_csv(*made, np.array([5, 2])))
    assert back["row"].to_pylist() == [5, 2]
    assert pa.parquet.read_table(io.BytesIO(samples_parquet(*made, slice(0, 0)))).num_rows == 0
    assert samples_csv(*made, slice(0, 0)).startswith(b'"row","label","output"')


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_of_the_csv_runs_as_a_formula(first: str) -> None:
    evil = f"{first}cmd|' /C calc'!A0"
    data = Predictions.of(
        [[1, 1], [0, 1], [0, 0]],
        [[-0.5, 0.9], [0.1, 0.2], [0.7, 0.6]],
        kind="multi_label",
        class_names=[evil, "b"],
        sample_ids=[evil, "plain", "a=1"],
    )
    made = everything(data)
    cells = list(csv.reader(io.StringIO(samples_csv(*made).decode(), newline="")))
    header, rows = cells[0], [dict(zip(cells[0], cell, strict=True)) for cell in cells[1:]]
    assert [row["id"] for row in rows] == [f"'{evil}", "plain", "a=1"]
    assert rows[0]["label"] == f"'{evil}; b"
    assert rows[2]["thresholded"] == f"'{evil}; b"
    assert rows[0][f"output_{evil}"] == "-0.5"
    for cell in (*header, *(row[name] for row in rows for name in ("id", "label", "thresholded"))):
        assert not cell.startswith(tuple("=+-@\t\r\n"))
    assert sample_table(*made)["id"].to_pylist()[0] == evil
    assert pa.parquet.read_table(io.BytesIO(samples_parquet(*made)))["id"].to_pylist()[0] == evil


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_numbers_that_are_not_finite_stay_numbers(dtype: str) -> None:
    data = Predictions.of([0, 1, 1, 0], np.array([np.nan, np.inf, -np.inf, -0.5], dtype))
    made = everything(data)
    lines = samples_csv(*made).decode().splitlines()[1:]
    assert [line.split(",")[2] for line in lines] == ["nan", "inf", "-inf", "-0.5"]
    for back in (
        back_from_csv(samples_csv(*made)),
        pa.parquet.read_table(io.BytesIO(samples_parquet(*made))),
    ):
        np.testing.assert_array_equal(back["output"].to_numpy(), [np.nan, np.inf, -np.inf, -0.5])
        assert back["thresholded"].to_pylist() == [0, 1, 0, 0]


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (np.array([7, 8]), [7, 8]),
        (np.array([b"x", b"\xff"]), ["x", "\ufffd"]),
        (np.array(["2024-01-31", "2024-02-01"], "M8[D]"), ["2024-01-31", "2024-02-01"]),
        (np.array(["ä", "\ud800"]), ["ä", "?"]),
        (np.array(["a,b", 'say "x"\nhi']), ["a,b", 'say "x"\nhi']),
    ],
)
def test_ids_of_any_kind_come_back(ids: np.ndarray, expected: list[object]) -> None:
    made = everything(Predictions.of([0, 1], [0.2, 0.7], sample_ids=ids))
    assert pa.parquet.read_table(io.BytesIO(samples_parquet(*made)))["id"].to_pylist() == expected
    back = list(csv.DictReader(io.StringIO(samples_csv(*made).decode(), newline="")))
    assert [row["id"] for row in back] == [str(item) for item in expected]


def test_the_json_tells_all_metrics_and_what_does_not_fit() -> None:
    data, _, evaluations = everything(
        Predictions.of([0, 0, 0, 1, 1, 0], [0.2, 0.3, 0.6, 0.7, 0.8, 0.1])
    )
    settings = Settings(threshold=0.5, k=2)
    content = json.loads(metrics_json(data, evaluations, settings, {"scenario": "six", "seed": 3}))
    first = content["metrics"][0]
    assert (first["name"], first["total"], first["count"]) == ("binary_accuracy", 5, 6)
    assert first["result"] == 5 / 6
    assert first["settings"] == {"threshold": 0.5}
    assert content["data"]["kind"] == "binary"
    assert content["data"]["n_samples"] == 6
    assert content["data"]["digest"] == data.digest
    assert content["settings"]["threshold"] == 0.5
    assert content["source"] == {"scenario": "six", "seed": 3}
    assert content["numpy_version"] == np.__version__
    missing = {entry["name"]: entry["reason"] for entry in content["not_applicable"]}
    assert set(missing) | {entry["name"] for entry in content["metrics"]} == set(CATALOG)
    assert missing["categorical_accuracy"] == (
        "needs one-hot labels; these are one output per sample"
    )


def test_the_json_is_strict_where_numbers_are_not_finite() -> None:
    data, _, evaluations = everything(Predictions.of([0, 1], [np.nan, np.inf]))
    source = {"range": (np.float32(-np.inf), np.int64(4)), "file": "\ud800.csv"}
    content = metrics_json(data, evaluations, Settings(), source)

    def refuse(constant: str) -> None:
        pytest.fail(f"{constant} is not JSON")

    read = json.loads(content, parse_constant=refuse)
    error = next(entry for entry in read["metrics"] if entry["name"] == "mean_absolute_error")
    assert error["result"] is None
    assert error["note"] == "the result is nan, as outputs are not finite"
    assert read["source"] == {"range": [None, 4], "file": "?.csv"}
