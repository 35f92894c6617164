"""JSON: records, lines, columns, and structure within texts."""

from __future__ import annotations

import json

import numpy as np
import pytest

from metrics_core.reading import read_columns

RECORDS = [{"y_true": 1, "y_pred": [0.25, 0.75], "w": "é{"}, {"y_true": 0, "y_pred": [1, 0]}]


@pytest.mark.parametrize("indent", [None, 2])
def test_json_records(indent: int | None) -> None:
    table = read_columns(json.dumps(RECORDS, indent=indent).encode(), "x.txt")
    assert (table.format, table.n_rows) == ("JSON", 2)
    assert table.columns["y_true"].values.tolist() == [1, 0]
    assert table.columns["y_pred"].values.tolist() == [[0.25, 0.75], [1.0, 0.0]]
    assert table.columns["w"].values.tolist() == ["é{", ""]
    assert table.columns["w"].n_missing == 1


def test_json_lines_compact_or_indented() -> None:
    lines = "\r\n".join(json.dumps(record) for record in RECORDS).encode()
    indented = "\n".join(json.dumps(record, indent=1) for record in RECORDS).encode()
    for data in (lines, indented, lines + b"\n\n"):
        table = read_columns(data, "x.json")
        assert (table.format, table.n_rows) == ("JSON Lines", 2)
        assert table.columns["y_pred"].values.shape == (2, 2)


def test_json_columns_as_lists_and_as_pandas_writes_them() -> None:
    lists = {
        "y_true": [0, 1],
        "y_pred": [[0.5, 0.5], [0.25, float("nan")]],
        "day": ["2024-01-01"] * 2,
    }
    columns = read_columns(json.dumps(lists).encode(), "x.json").columns
    assert columns["y_true"].values.tolist() == [0, 1]
    assert columns["y_pred"].values[0].tolist() == [0.5, 0.5]
    assert np.isnan(columns["y_pred"].values[1, 1])
    assert columns["y_pred"].n_missing == 0
    assert columns["day"].values.tolist() == ["2024-01-01"] * 2
    frame = {"y_true": {"0": 0, "1": 1}, "y_pred": {"0": 0.5, "1": None}}
    columns = read_columns(json.dumps(frame).encode(), "x.json").columns
    assert list(columns) == ["y_true", "y_pred"]
    assert columns["y_pred"].n_missing == 1
    named = {"y_true": {"a": 0, "b": 1}, "y_pred": {"a": 0.5, "b": 0.25}}
    columns = read_columns(json.dumps(named).encode(), "x.json").columns
    assert columns["index"].values.tolist() == ["a", "b"]


def test_json_braces_and_quotes_within_texts_are_not_structure() -> None:
    tricky = [{"a": '},{"a":"', "b": "\\"}, {"a": '\\\\"]', "b": "[["}]
    columns = read_columns(json.dumps(tricky).encode(), "x.json").columns
    assert columns["a"].values.tolist() == ['},{"a":"', '\\\\"]']
    assert columns["b"].values.tolist() == ["\\", "[["]
