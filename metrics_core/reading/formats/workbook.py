"""Workbooks of Excel and OpenDocument: every visible sheet that holds a table is a part."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace

import python_calamine as calamine

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading.formats.foreign import foreign_file
from metrics_core.reading.formats.sheet_cells import (
    Cell,
    filled,
    find_table,
    is_blank,
    name_columns,
    to_columns,
)
from metrics_core.reading.formats.zip_sizes import check_parts
from metrics_core.reading.limits import (
    Limits,
    check_bytes,
    check_columns,
    check_names,
    check_shape,
    malformed,
    shorten,
)
from metrics_core.reading.table import RawTable

TITLES = {
    "xlsx": "Excel workbook (XLSX)",
    "xlsb": "Excel workbook (XLSB)",
    "xls": "Excel workbook (XLS)",
    "ods": "OpenDocument spreadsheet (ODS)",
}
_CELL = re.compile(rb'<(?:\w+:)?(?:c|row)\s(?:[^>]*?\s)?r="([A-Za-z]*)(\d+)"[^>]*(?<!/)>')
_FAR = re.compile(rb' r="([A-Za-z]{2,}|[A-Za-z]?(?=\d{6}))(\d+)"')
_NEAR_ROWS, _NEAR_COLUMNS = 99_999, 26
_OVERLAP = 512
_MOST_CELLS = 40_000_000
_MOST_SHEETS = 20
_FOOTER = 0.5


def kind_of(titles: Sequence[str]) -> str | None:
    """Which workbook a zip with these parts is, or None.

    Examples
    --------
    >>> kind_of(["[Content_Types].xml", "xl/workbook.xml"])
    'xlsx'
    """
    names = {title.lower() for title in titles}
    for part, kind in (("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb")):
        if part in names:
            return kind
    return "ods" if {"content.xml", "mimetype"} <= names else None


def read_workbook(data: bytes, name: str, kind: str, limits: Limits) -> RawTable:
    """Read the sheets of a workbook.

    A row of names is looked for below titles; cells are numbers, bools, or words; dates are words.
    Where several visible sheets hold tables, each is a part, and the first is read unless another
    is chosen.

    Raises
    ------
    InputError
        For a workbook with a password, a broken one, one without a table, and for more cells,
        between the first and the last of a sheet, than the limits allow.
    """
    if kind != "xls":
        _check_extent(data, name, kind, limits)
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            return _tables(book, name, kind, limits)
    except calamine.PasswordError:
        raise InputError(
            name,
            "must be readable without a password",
            Message("a workbook with a password"),
            "Save it without a password, or save the sheet as CSV.",
        ) from None
    except calamine.CalamineError as error:
        if kind != "xls" and _lacks_sheets(data, kind):
            raise InputError(
                name,
                Message("must have a sheet with the table"),
                Message("an {format} without a sheet", {"format": TITLES[kind]}),
                "Write it again, and check that it opens in the program that wrote it.",
            ) from None
        raise malformed(name, TITLES[kind], error) from None


def _lacks_sheets(data: bytes, kind: str) -> bool:
    """Whether no part of a workbook is a sheet; an ODS has all of its sheets in one part."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return kind != "ods" and not any("sheets/" in title.lower() for title in parts.namelist())


def read_old_office(data: bytes, name: str, limits: Limits) -> RawTable:
    """Read an XLS workbook, or say what other document of an old office program it is.

    Raises
    ------
    InputError
    """
    try:
        return read_workbook(data, name, "xls", limits)
    except InputError as error:
        if isinstance(error.__context__, calamine.PasswordError) or "XLS" not in str(error.rule):
            raise
    raise foreign_file(name, Message("an old office document"), Message("Save the sheet as CSV."))


def _check_extent(data: bytes, name: str, kind: str, limits: Limits) -> None:
    """Refuse a sheet whose cells stand far apart, since a sheet is held whole once it is read.

    Cells are looked at one by one only where some stand far from the first.
    """
    far = _Extent(_FAR)
    check_parts(data, name, TITLES[kind], limits, far.look)
    if max(far.rows, _NEAR_ROWS) * max(far.columns, _NEAR_COLUMNS) <= _MOST_CELLS:
        return
    exact = _Extent(_CELL)
    check_parts(data, name, TITLES[kind], limits, exact.look)
    if exact.rows * exact.columns > _MOST_CELLS:
        raise InputError(
            name,
            "must have at most {limit:,} cells between the first and the last of a sheet",
            Message(
                "{rows:,} rows and {columns:,} columns",
                {"rows": exact.rows, "columns": exact.columns},
            ),
            "Clear the cells that stand far from the table, or save the table as CSV.",
            limit=_MOST_CELLS,
        )


class _Extent:
    """The last row and the last column that the cells of any part of a workbook name."""

    def __init__(self, pattern: re.Pattern[bytes]) -> None:
        self.pattern = pattern
        self.rows = self.columns = 0

    def look(self, title: str, blocks: Iterator[bytes]) -> None:
        if title.lower().endswith((".png", ".jpeg", ".jpg", ".emf", ".rels")):
            return
        last = b""
        for block in blocks:
            text = last + block
            found = self.pattern.findall(text)
            for letters in {letters for letters, _ in found}:
                self.columns = max(self.columns, _place(letters))
            for digits in {digits for _, digits in found}:
                self.rows = max(self.rows, int(digits[:9]))
            last = text[-_OVERLAP:]


def _place(letters: bytes) -> int:
    """The number of a column, from 1, by its letters."""
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + letter - 64
    return number


def _tables(book: calamine.CalamineWorkbook, name: str, kind: str, limits: Limits) -> RawTable:
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == calamine.SheetVisibleEnum.Visible
        and sheet.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    tables: dict[str, RawTable] = {}
    size = 0
    for title in shown[:_MOST_SHEETS]:
        table = _table(book.get_sheet_by_name(title), name, TITLES[kind], limits)
        if table is not None:
            tables[title] = table
            size += table.nbytes
            check_bytes(name, size, limits)
    if not tables:
        raise InputError(
            name,
            "must hold a table in one of its sheets",
            Message("{n} visible sheet without one", {"n": len(shown)},
                    plural="{n} visible sheets without one"),
            "Put the names of the columns in one row and the samples below it.",
        )  # fmt: skip
    first = next(iter(tables))
    if len(shown) == 1:
        return tables[first]
    note = Message(
        "The sheet {sheet} is read, the first with a table; the workbook has {n} sheets.",
        {"sheet": shorten(first), "n": len(shown)},
    )
    if len(tables) == 1:
        return replace(tables[first], notes=(note, *tables[first].notes))
    parts = {
        title: replace(
            table, notes=(Message("The sheet {sheet} is read.", {"sheet": title}), *table.notes)
        )
        for title, table in tables.items()
    }
    return replace(parts[first], parts=parts)


def _table(
    sheet: calamine.CalamineSheet, name: str, format: str, limits: Limits
) -> RawTable | None:
    """The table of a sheet, or None where it has none."""
    if sheet.height < 1 or sheet.width < 1:
        return None
    if sheet.height * sheet.width > _MOST_CELLS:
        check_shape(name, sheet.height, sheet.width, limits)
    rows = list(sheet.iter_rows())
    start, named = find_table(rows)
    head = rows[start]
    body, footer = _without_footer(rows[start + named :])
    places = [
        place
        for place in range(len(head))
        if not is_blank(head[place]) or any(not is_blank(row[place]) for row in body)
    ]
    if not body or not places:
        return None
    check_columns(name, len(places), limits)
    check_shape(name, len(body), len(places), limits)
    titles = name_columns(head) if named else [f"column_{place}" for place in range(len(head))]
    names = [titles[place] for place in places]
    check_names(name, names)
    cells: list[list[Cell]] = [[row[place] for row in body] for place in places]
    columns, notes = to_columns(names, cells, name, limits)
    if not columns:
        return None
    if start and any(not is_blank(cell) for row in rows[:start] for cell in row):
        shown = {"row": start + (sheet.start or (0, 0))[0] + 1}
        notes.insert(0, Message("The table begins in row {row:,} of its sheet.", shown))
    if footer:
        shown = {"n": footer}
        notes.append(
            Message(
                "{n:,} row below the table is left out, since it fills few cells.",
                shown,
                plural="{n:,} rows below the table are left out, since they fill few cells.",
            )
        )
    return RawTable(name=name, format=format, n_rows=len(body), columns=columns, notes=tuple(notes))


def _without_footer(rows: Sequence[Sequence[Cell]]) -> tuple[list[Sequence[Cell]], int]:
    """The rows that are not blank, without remarks that an empty row parts from the table."""
    counts = [filled(row) for row in rows]
    wide = max(counts[:_MOST_SHEETS], default=0)
    end = len(rows)
    while end and counts[end - 1] < _FOOTER * wide:
        end -= 1
    blank = next((at for at in range(end, len(rows)) if not counts[at]), len(rows))
    body = [row for row, count in zip(rows[:blank], counts[:blank], strict=True) if count]
    return body, sum(count > 0 for count in counts[blank:])
