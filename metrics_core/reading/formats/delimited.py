"""CSV, TSV and the like: how they are written is found in the first lines, then Arrow reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pyarrow as pa
import pyarrow.csv as pacsv

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading.formats.arrow.columns import table_of
from metrics_core.reading.formats.arrow.nested import flatten
from metrics_core.reading.formats.text.cells import MISSING
from metrics_core.reading.formats.text.given_back import given_back
from metrics_core.reading.formats.text.layout import Layout, find_layout
from metrics_core.reading.formats.text.mend import mend
from metrics_core.reading.limits import Limits, check_shape, malformed, shorten
from metrics_core.reading.table import RawTable

_FORMATS = {"\t": "TSV"}
_BLOCK = 4 << 20


def read_delimited(data: bytes, name: str, limits: Limits) -> RawTable:
    """Read delimited UTF-8 text.

    Empty cells and NA, N/A, null and None are missing; nan and inf are numbers. Without a row of
    names the columns are called ``column_0``, ``column_1``, ….

    Raises
    ------
    InputError
        For repeated names, rows of unequal length, no rows, and too many columns or rows.

    Examples
    --------
    >>> from metrics_core.reading import LIMITS
    >>> table = read_delimited(b"y_true;y_pred\\n1;0,75\\n", "x.csv", LIMITS)
    >>> table.columns["y_pred"].values.tolist()
    [0.75]
    """
    layout = find_layout(data, name, limits)
    check_shape(name, _count_lines(layout.data, layout.start), len(layout.names), limits)
    if layout.quote == '"' and layout.data.count(b'"', layout.start) % 2:
        raise InputError(
            name,
            "must have a closing quote for each opening one",
            Message("an odd number of quotes"),
            "Close the quote; inside quoted text, write a quote twice.",
        )
    block = min(_BLOCK, len(layout.data) - layout.start)
    with given_back(len(layout.names), block):
        table = _parse(name, layout, {})
        dated = {f.name: pa.string() for f in table.schema if pa.types.is_temporal(f.type)}
        if dated:
            table = _parse(name, layout, dated)
    padded = layout.data.find(b'"', layout.start) < 0
    table, notes = mend(_without_empty_ends(table), name, padded=padded)
    table, more = flatten(table, name, limits)
    format = layout.format or _FORMATS.get(layout.delimiter, "CSV")
    read = table_of(name, format, table, limits)
    return replace(read, notes=(*layout.notes, *notes, *more, *read.notes))


def _count_lines(data: bytes, start: int) -> int:
    """Lines from `start` on; a line break within quotes counts too."""
    breaks = max(data.count(b"\n", start), data.count(b"\r", start))
    return breaks + (len(data) > start and data[-1:] not in b"\r\n")


def _without_empty_ends(table: pa.Table) -> pa.Table:
    """Without the nameless columns that marks at the ends of rows make."""
    empty = [
        title
        for place, title in enumerate(table.column_names)
        if place and title == f"column_{place}" and pa.types.is_null(table.column(place).type)
    ]
    return table.drop_columns(empty)


def _parse(
    name: str, layout: Layout, types: dict[str, pa.DataType], threads: bool = True
) -> pa.Table:
    wrong: list[pacsv.InvalidRow] = []
    try:
        return pacsv.read_csv(
            pa.BufferReader(pa.py_buffer(layout.data).slice(layout.start)),
            pacsv.ReadOptions(column_names=layout.names, block_size=_BLOCK, use_threads=threads),
            pacsv.ParseOptions(
                delimiter=layout.delimiter,
                quote_char=layout.quote,
                newlines_in_values=layout.data.find(layout.quote.encode(), layout.start) >= 0,
                invalid_row_handler=_keep(wrong),
            ),
            pacsv.ConvertOptions(
                null_values=MISSING,
                strings_can_be_null=True,
                column_types=types,
                decimal_point=layout.decimal_point,
            ),
        )
    except pa.ArrowInvalid as error:
        if not wrong:
            raise malformed(name, "CSV", error) from None
        if threads:  # only a parser on one thread knows the number of the row
            return _parse(name, layout, types, threads=False)
        first = wrong[0]
        raise InputError(
            name,
            Message(
                "must have {n} cell in each row",
                {"n": first.expected_columns},
                plural="must have {n} cells in each row",
            ),
            Message(
                "{n} cell in row {row}: {text}",
                {"n": first.actual_columns, "row": first.number, "text": shorten(first.text)},
                plural="{n} cells in row {row}: {text}",
            ),
            "Put quotes around text with a delimiter in it, and remove lines that are not rows.",
        ) from None


def _keep(rows: list[pacsv.InvalidRow]) -> Callable[[pacsv.InvalidRow], str]:
    def handle(row: pacsv.InvalidRow) -> str:
        rows.append(row)
        return "error"

    return handle
