"""Delimited text: delimiters, headers, quotes, missing cells."""

from __future__ import annotations

import io

import numpy as np
import pytest

from metrics_core.reading import read_columns
from tests.core.reading.formats.values import FLOAT, LABEL


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimited_text_finds_its_delimiter(delimiter: str, newline: str) -> None:
    rows = [["y_true", "y_pred", "name"], ["1", "0.75", "a"], ["0", "1e-3", "b"]]
    text = newline.join(delimiter.join(row) for row in rows) + newline
    table = read_columns(text.encode(), "any.bin")
    assert table.format == ("TSV" if delimiter == "\t" else "CSV")
    assert table.columns["y_true"].values.tolist() == [1, 0]
    assert table.columns["y_true"].values.dtype == np.int64
    assert table.columns["y_pred"].values.tolist() == [0.75, 0.001]
    assert table.columns["name"].values.tolist() == ["a", "b"]


def test_csv_tells_missing_from_nan_and_infinity() -> None:
    text = "y,p,w\n1,nan,a\n0,inf,NA\n,-Inf,b\nNA,,\nnull,NaN,None\n"
    columns = read_columns(text.encode(), "x.csv").columns
    assert columns["y"].n_missing == 3
    assert columns["y"].values.dtype == np.int64
    assert columns["p"].missing.tolist() == [False, False, False, True, False]
    assert np.isnan(columns["p"].values[[0, 4]]).all()
    assert columns["p"].values[1:3].tolist() == [np.inf, -np.inf]
    assert columns["w"].values.tolist() == ["a", "", "b", "", ""]
    assert columns["w"].n_missing == 3


def test_csv_with_quotes_dates_decimal_commas_and_an_index() -> None:
    text = ";y_true;y_pred;when\n0;1;0,75;2024-01-02\n1;0;0,5;2024-01-03\n"
    columns = read_columns(text.encode(), "x.csv").columns
    assert list(columns) == ["index", "y_true", "y_pred", "when"]
    assert columns["y_pred"].values.tolist() == [0.75, 0.5]
    assert columns["when"].values.tolist() == ["2024-01-02", "2024-01-03"]
    quoted = '"a, b",name\n1,"x\ny"\n2,"say ""hi"""\n'
    columns = read_columns(quoted.encode(), "x.csv").columns
    assert columns["a, b"].values.tolist() == [1, 2]
    assert columns["name"].values.tolist() == ["x\ny", 'say "hi"']


def test_numbers_without_a_header_get_names_and_no_row_is_lost() -> None:
    file = io.BytesIO()
    np.savetxt(file, np.column_stack([FLOAT, LABEL]))
    for data in (file.getvalue(), b"0.25,0\n0.75,1\n0.5,1"):
        columns = read_columns(data, "x.txt").columns
        assert list(columns) == ["column_0", "column_1"]
        assert columns["column_0"].values.tolist() == FLOAT.tolist()
    file = io.BytesIO()
    np.savetxt(file, np.column_stack([LABEL, FLOAT]), delimiter=",", header="y_true,y_pred")
    assert list(read_columns(file.getvalue(), "x.csv").columns) == ["y_true", "y_pred"]


def test_one_column_text_and_blank_lines() -> None:
    table = read_columns(b"\n\nscore\n0.5\n\n0.75\n", "x.csv")
    assert table.columns["score"].values.tolist() == [0.5, 0.75]
