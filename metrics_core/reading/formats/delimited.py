"""CSV, TSV and the like: delimiter, header and decimal comma are found in the first lines."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.csv as pacsv

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading.formats.arrow_columns import table_of
from metrics_core.reading.limits import (
    Limits,
    check_columns,
    check_names,
    check_shape,
    malformed,
    shorten,
)
from metrics_core.reading.table import RawTable

MISSING = ["", "NA", "N/A", "n/a", "#N/A", "<NA>", "null", "NULL", "Null", "None"]
_DELIMITERS = "\t,;|"
_FORMATS = {"\t": "TSV"}
_SAMPLE = 65_536
_LONGEST_HEADER = 2 << 20
_BLOCK = 4 << 20
_NUMBER = re.compile(
    r"\s*[-+]?(\d+\.?\d*([eE][-+]?\d+)?|\.\d+([eE][-+]?\d+)?|nan|inf)\s*", re.IGNORECASE
)
_COMMA_NUMBER = re.compile(r"\s*[-+]?\d+,\d+([eE][-+]?\d+)?\s*")


@dataclass(frozen=True)
class Layout:
    """How a delimited text is written: where its rows begin, and what its columns are called."""

    delimiter: str
    names: list[str]
    body: int
    decimal_point: str


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
    check_shape(name, _count_lines(data, layout.body), len(layout.names), limits)
    if data.count(b'"', layout.body) % 2:
        raise InputError(
            name,
            "must have a closing quote for each opening one",
            Message("an odd number of quotes"),
            "Close the quote; inside quoted text, write a quote twice.",
        )
    table = _parse(data, name, layout, {})
    dated = {f.name: pa.string() for f in table.schema if pa.types.is_temporal(f.type)}
    if dated:
        table = _parse(data, name, layout, dated)
    return table_of(name, _FORMATS.get(layout.delimiter, "CSV"), table, limits)


def find_layout(data: bytes, name: str, limits: Limits) -> Layout:
    """Delimiter, column names and decimal point, from the first lines.

    Examples
    --------
    >>> from metrics_core.reading import LIMITS
    >>> find_layout(b"0.5\\t1\\n", "x.tsv", LIMITS).names
    ['column_0', 'column_1']
    """
    start = len(data) - len(data.lstrip(b"\r\n"))
    end = _line_end(data, start)
    if end - start > _LONGEST_HEADER:
        raise malformed(
            name, "CSV", Message("a first line of {size:,} bytes", {"size": end - start})
        )
    for delimiter in _DELIMITERS:
        check_columns(name, data.count(delimiter.encode(), start, end) + 1, limits)
    first = data[start:end].decode("utf-8", "replace")
    sample = data[start : end + _SAMPLE].decode("utf-8", "replace").splitlines()[:20]
    delimiter = _find_delimiter(sample, name)
    cells = _split(first, delimiter, name)
    if all(_NUMBER.fullmatch(cell) or _COMMA_NUMBER.fullmatch(cell) for cell in cells):
        names, body = [f"column_{position}" for position in range(len(cells))], start
    else:
        names, body = _name(cells), end + (2 if data[end : end + 2] == b"\r\n" else 1)
        check_names(name, names)
    others = [cell for line in sample[1:] for cell in _split(line, delimiter, name)]
    comma = delimiter != "," and any(_COMMA_NUMBER.fullmatch(cell) for cell in others + cells)
    point = any(_NUMBER.fullmatch(cell) and "." in cell for cell in others)
    return Layout(delimiter, names, body, "," if comma and not point else ".")


def _line_end(data: bytes, start: int) -> int:
    ends = [end for mark in (b"\n", b"\r") if (end := data.find(mark, start)) >= 0]
    return min(ends, default=len(data))


def _count_lines(data: bytes, body: int) -> int:
    """Lines from `body` on; a line break within quotes counts too."""
    breaks = max(data.count(b"\n", body), data.count(b"\r", body))
    return breaks + (len(data) > body and data[-1:] not in b"\r\n")


def _find_delimiter(sample: list[str], name: str) -> str:
    """The mark that splits the first line into most cells and the next lines into as many."""
    best, best_score = ",", 0.0
    for mark in _DELIMITERS:
        counts = [len(_split(line, mark, name)) for line in sample if line.strip()]
        if not counts or counts[0] == 1:
            continue
        equal = sum(count == counts[0] for count in counts) / len(counts)
        score = equal * counts[0] + (0.5 if mark in "\t;" else 0.0)
        if score > best_score:
            best, best_score = mark, score
    if not best_score and sample and all(_NUMBER.fullmatch(c) for c in sample[0].split()):
        return " "
    return best


def _split(line: str, delimiter: str, name: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error as error:
        raise malformed(name, "CSV", error) from None


def _name(cells: list[str]) -> list[str]:
    """Column names; a nameless first column is the row index that pandas writes."""
    names = [cell.strip() for cell in cells]
    names[0] = names[0].lstrip("# ")
    for position, title in enumerate(names):
        if not title:
            index = position == 0 and "index" not in names
            names[position] = "index" if index else f"column_{position}"
    return names


def _parse(
    data: bytes, name: str, layout: Layout, types: dict[str, pa.DataType], threads: bool = True
) -> pa.Table:
    wrong: list[pacsv.InvalidRow] = []
    try:
        return pacsv.read_csv(
            pa.BufferReader(pa.py_buffer(data).slice(layout.body)),
            pacsv.ReadOptions(column_names=layout.names, block_size=_BLOCK, use_threads=threads),
            pacsv.ParseOptions(
                delimiter=layout.delimiter,
                newlines_in_values=data.find(b'"', layout.body) >= 0,
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
            return _parse(data, name, layout, types, threads=False)
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
