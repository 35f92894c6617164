"""Workbooks: what spreadsheets hold, and files that would take the machine down."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from accuracy_lens.jobs.parsing import parse_upload
from metrics_core.errors import InputError
from metrics_core.reading import LIMITS, guess_roles, read_columns
from metrics_core.reading.formats.sheets import cells
from tests.core.reading.books import sheet, xlsx

TABLE = [["id", "y_true", "y_pred"], ["a", 1, 0.75], ["b", 0, 0.25], ["c", 1, 0.5]]


def read(sheets, hidden=(), limits=LIMITS):
    return read_columns(xlsx(sheets, hidden), "book.xlsx", limits)


def values(table, title):
    return table.columns[title].values.tolist()


def test_a_sheet_is_a_table():
    table = read({"Results": TABLE})
    assert "xlsx" in table.format.lower()
    assert guess_roles(table).labels == ("y_true",)
    assert values(table, "y_true") == [1, 0, 1]
    assert values(table, "y_pred") == [0.75, 0.25, 0.5]
    assert values(table, "id") == ["a", "b", "c"]
    assert table.notes == ()


def test_titles_above_and_remarks_below_are_no_rows():
    rows = [["Model 3, May"], [], *TABLE, [], ["checked by A."]]
    table = read({"S": rows})
    assert values(table, "y_pred") == [0.75, 0.25, 0.5]
    assert [str(note) for note in table.notes] == [
        "The table begins in row 3 of its sheet.",
        "1 row below the table is left out, since it fills few cells.",
    ]


def test_a_last_row_with_a_missing_cell_is_a_row():
    table = read({"S": [["y", "p"], [1, 0.5], [0, 0.25], [1, None]]})
    assert table.n_rows == 3
    assert table.columns["p"].n_missing == 1


def test_cells_of_every_kind():
    head = ["y", "flag", "when", "text", "number", "percent", "gap", "mixed", "nothing"]
    rows = [
        [1, True, (45000,), "no", "0.5", "50%", None, 1, None],
        [2, False, (45001,), "yes", "0,25", "25%", 3, "x", None],
        [3, True, (45002,), "no", 0.75, 0.75, "#N/A", 2.5, "NA"],
    ]
    table = read({"S": [head, *rows]})
    assert values(table, "y") == [1, 2, 3]
    assert values(table, "flag") == [True, False, True]
    assert values(table, "when") == ["2023-03-15", "2023-03-16", "2023-03-17"]
    assert values(table, "text") == ["no", "yes", "no"]
    assert values(table, "number") == [0.5, 0.25, 0.75]
    assert values(table, "percent") == [0.5, 0.25, 0.75]
    assert table.columns["gap"].missing.tolist() == [True, False, True]
    assert values(table, "mixed") == ["1", "x", "2.5"]
    assert "nothing" not in table.columns
    said = " ".join(map(str, table.notes))
    assert "number holds numbers stored as text" in said
    assert "nothing is left out: all its cells are empty" in said


def test_a_sheet_without_names_begins_with_its_first_row():
    table = read({"S": [[1, 0.75], [0, 0.25]]})
    assert list(table.columns) == ["column_0", "column_1"]
    assert table.n_rows == 2


def test_the_first_visible_sheet_with_a_table_is_read_and_others_can_be():
    table = read(
        {"Secret": [["y"], [9]], "Remarks": [["See the next sheet."]], "S": TABLE, "T": TABLE[:3]},
        hidden=["Secret"],
    )
    assert list(table.parts) == ["S", "T"]
    assert table.n_rows == 3
    assert table.parts["T"].n_rows == 2
    assert "The sheet S is read" in str(table.notes[0])


def test_a_workbook_without_a_table_is_refused():
    with pytest.raises(InputError, match="must hold a table in one of its sheets"):
        read({"S": [["Nothing here"]]})


def far(at: str) -> str:
    row = at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cell = f'<row r="{row}"><c r="{at}"><v>1</v></c></row></sheetData>'
    return sheet(TABLE).replace("</sheetData>", cell)


def test_a_cell_far_from_the_table_is_refused_before_the_sheet_is_held():
    with pytest.raises(InputError, match="1,048,576 rows and 16,384 columns"):
        read({"S": far("XFD1048576")})


def test_formats_without_cells_and_a_lying_dimension_cost_nothing():
    styled = far("XFD1048576").replace("><v>1</v></c>", ' s="1"/>')
    assert read({"S": styled}).n_rows == 3
    assert read({"S": sheet(TABLE, "A1:XFD1048576")}).n_rows == 3


def test_a_million_empty_columns_are_refused():
    cells = "".join(f'<c r="{"A" * 4}{n}"/>' for n in range(3)) + "<c/>" * 1_000_000
    body = f'<sheetData><row r="1">{cells}<c><v>1</v></c></row></sheetData>'
    text = sheet([]).replace("<sheetData></sheetData>", body)
    with pytest.raises(InputError, match=r"`wide\.xlsx` must"):
        parse_upload(xlsx({"S": text}), "wide.xlsx")


def test_what_inflates_above_the_limit_is_refused():
    data = xlsx({"S": sheet(TABLE) + " " * 5_000_000})
    assert len(data) < 20_000
    with pytest.raises(InputError, match="at most 1 MB once opened"):
        read_columns(data, "bomb.xlsx", replace(LIMITS, max_array_bytes=1 << 20))


def test_a_size_that_the_zip_denies_is_counted():
    data = xlsx({"S": sheet(TABLE) + " " * 5_000_000})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != data
    with pytest.raises(InputError, match="at most 1 MB once opened"):
        read_columns(lying, "bomb.xlsx", replace(LIMITS, max_array_bytes=1 << 20))


@pytest.mark.parametrize(
    "text", ["<nothing", "", "<worksheet>" * 1000, "<?xml version='1.0'?><a/>"]
)
def test_a_broken_sheet_is_refused(text):
    with pytest.raises(InputError, match=r"`broken\.xlsx` must"):
        parse_upload(xlsx({"S": text}), "broken.xlsx")


def test_cells_of_a_column_of_numbers_are_not_asked_one_by_one(monkeypatch):
    asked = []
    usual = cells._is_missing
    monkeypatch.setattr(cells, "_is_missing", lambda cell: (asked.append(cell), usual(cell))[1])
    rows = [[f"p{i}" for i in range(30)], *([float(i) / 4 for i in range(30)] for _ in range(50))]
    table = read_columns(xlsx({"one": rows}), "x.xlsx")
    assert table.columns["p8"].values.tolist() == [2] * 50
    assert table.columns["p7"].values.tolist() == [1.75] * 50
    assert len(asked) == 30
