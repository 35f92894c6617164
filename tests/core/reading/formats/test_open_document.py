"""OpenDocument spreadsheets, and files of them that would take the machine down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accuracy_lens.jobs.parsing import parse_upload
from metrics_core.errors import InputError
from metrics_core.reading import LIMITS, guess_roles, read_columns, to_predictions
from tests.core.reading.books import ods, ods_cell

TABLE = [["id", "y_true", "y_pred"], ["a", 1, 0.75], ["b", 0, 0.25], ["c", 1, 0.5]]


def test_a_sheet_is_a_table():
    table = read_columns(ods({"Results": TABLE}), "book.ods")
    assert table.format == "OpenDocument spreadsheet (ODS)"
    assert {title: column.values.tolist() for title, column in table.columns.items()} == {
        "id": ["a", "b", "c"], "y_true": [1, 0, 1], "y_pred": [0.75, 0.25, 0.5],
    }  # fmt: skip
    assert to_predictions(table, guess_roles(table)).predictions.kind == "binary"


def test_cells_of_every_kind():
    rows = [
        ["flag", "text", "number", "share", "sign"],
        [True, "no", "0,5", "50 %", 1],
        [False, "yes", 0.25, 0.25, "-"],
        [True, "no", None, "75%", 0],
    ]
    table = read_columns(ods({"S": rows}), "book.ods")
    assert table.columns["flag"].values.tolist() == [True, False, True]
    assert table.columns["text"].values.tolist() == ["no", "yes", "no"]
    assert table.columns["number"].values.tolist()[:2] == [0.5, 0.25]
    assert table.columns["number"].missing.tolist() == [False, False, True]
    assert table.columns["share"].values.tolist() == [0.5, 0.25, 0.75]
    assert table.columns["sign"].missing.tolist() == [False, True, False]


def test_several_sheets_are_parts():
    table = read_columns(ods({"S": TABLE, "Remarks": [["none"]], "T": TABLE[:3]}), "book.ods")
    assert list(table.parts) == ["S", "T"]


def test_empty_rows_that_repeat_are_not_held():
    full = "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in TABLE
    )
    empty = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert read_columns(ods({"S": full + empty}), "book.ods").n_rows == 3


HOSTILE = {
    "repeated": '<table:table-row table:number-rows-repeated="1048576">'
    '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" '
    'office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>',
    "far": '<table:table-row table:number-rows-repeated="2000000000"><table:table-cell/>'
    f"</table:table-row><table:table-row>{ods_cell(1)}</table:table-row>",
    "beyond": '<table:table-row table:number-rows-repeated="99999999999999999999">'
    f"{ods_cell(1)}</table:table-row>",
    "open": "<table:table-row>" * 1000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence(kind):
    with pytest.raises(InputError, match=r"`hostile\.ods` must"):
        parse_upload(ods({"S": HOSTILE[kind]}), "hostile.ods")


def test_what_inflates_above_the_limit_is_refused():
    data = ods({"S": "<!--" + " " * 5_000_000 + "-->"})
    assert len(data) < 20_000
    with pytest.raises(InputError, match="at most 1 MB once opened"):
        read_columns(data, "bomb.ods", replace(LIMITS, max_array_bytes=1 << 20))
