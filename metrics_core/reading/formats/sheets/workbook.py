"""Workbooks of Excel and OpenDocument: every visible sheet that holds a table is a part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace

import python_calamine as calamine

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading.formats.foreign import foreign_file
from metrics_core.reading.formats.sheets.extent import check_extent
from metrics_core.reading.formats.sheets.sheet import table_of_sheet
from metrics_core.reading.limits import (
    Limits,
    check_bytes,
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
_MOST_SHEETS = 20


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
        check_extent(data, name, TITLES[kind], limits)
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
        table = table_of_sheet(book.get_sheet_by_name(title), name, TITLES[kind], limits)
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
