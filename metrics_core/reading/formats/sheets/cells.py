"""The cells of a sheet -> columns: where the table begins, what its columns are called and hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.formats.arrow.columns import column_of
from metrics_core.reading.formats.left_out import UnusableError, left_out
from metrics_core.reading.formats.text.cells import MISSING, is_missing, is_number
from metrics_core.reading.formats.text.mend import mend, to_numbers
from metrics_core.reading.limits import Limits
from metrics_core.reading.table import Column

Cell = object
_MISSING = frozenset((*MISSING, "nan", "NaN"))
_PROBE = 200
_FILLED = 0.6
_EXACT = 2.0**53


def find_table(rows: Sequence[Sequence[Cell]]) -> tuple[int, bool]:
    """The row with which a table begins, and whether that row holds the names of its columns.

    Titles above it fill fewer cells.

    Examples
    --------
    >>> find_table([["Results of May", ""], ["y_true", "y_pred"], [1.0, 0.7]])
    (1, True)
    >>> find_table([[1.0, 0.7], [0.0, 0.2]])
    (0, False)
    """
    counts = [filled(row) for row in rows[:_PROBE]]
    wide = _FILLED * max(counts, default=0)
    start = next((at for at, count in enumerate(counts) if count and count >= wide), 0)
    first = [cell for cell in rows[start] if not is_blank(cell)] if rows else []
    texts = [cell for cell in first if isinstance(cell, str)]
    if not texts or len(texts) < len(first) / 2:
        return start, False
    below = [
        row for row in rows[start + 1 : start + 1 + _PROBE] if any(not is_blank(c) for c in row)
    ]
    if len(texts) == len(first) and not any(map(is_number, texts)):
        values = {str(cell) for row in below for cell in row if isinstance(cell, str)}
        named = not set(texts) & values or len(set(texts)) == len(texts) > 1
        return start, named
    return start, len(texts) > 0 and not all(map(is_number, texts))


def filled(row: Sequence[Cell]) -> int:
    """How many cells of a row hold something.

    Examples
    --------
    >>> filled([1.0, "", "a"])
    2
    """
    return len(row) - row.count("")


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing, or blanks."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def to_columns(
    names: Sequence[str], cells: Sequence[list[Cell]], name: str, limits: Limits
) -> tuple[dict[str, Column], list[Message]]:
    """Columns of numbers, bools or words, and notes on what was assumed or left out."""
    columns: dict[str, Column] = {}
    notes: list[Message] = []
    for title, values in zip(names, cells, strict=True):
        if all(_is_missing(cell) for cell in values):
            if not title.startswith("column_"):
                notes.append(left_out(title, Message("all its cells are empty")))
            continue
        try:
            columns[title] = _column(title, values, name, limits, notes)
        except UnusableError as error:
            notes.append(left_out(title, error.reason))
    return columns, notes


def _is_missing(cell: Cell) -> bool:
    """Whether a cell is blank, or one of the signs that are missing values in every column."""
    return is_blank(cell) or (isinstance(cell, str) and cell.strip() in _MISSING)


def _column(
    title: str, values: list[Cell], name: str, limits: Limits, notes: list[Message]
) -> Column:
    kinds = {*map(type, values)}
    if kinds <= {float, int}:  # most of a wide sheet
        return Column(_whole(np.array(values, dtype=float)))
    missing = np.array([*map(_is_missing, values)])
    if missing.any():
        kinds = {type(cell) for cell in _known(values, missing)}
    if kinds == {bool}:
        data = np.array([cell is True for cell in values])
        return Column(data, missing=missing if missing.any() else None)
    said: list[Message] = []
    column = None
    if kinds <= {float, int, str} and kinds != {str}:
        column = _numbers_and_text(title, values, missing, said)
    if column is None:
        texts = [None if gone else text_of(c) for c, gone in zip(values, missing, strict=True)]
        table = pa.table({title: pa.array(texts, pa.string())})
        if kinds == {str}:
            table, said = mend(table)
        column = column_of(table.column(0), name, limits)
    if str in kinds and not column.is_text:
        notes.append(
            Message(
                "The column {column} holds numbers stored as text; they are read as numbers.",
                {"column": title},
            )
        )
    notes += said
    return column


def _numbers_and_text(
    title: str, values: list[Cell], missing: Array, said: list[Message]
) -> Column | None:
    """A column of numbers, some of which may be text; None where a text is no number."""
    gone = missing | np.array([isinstance(cell, str) and is_missing(cell) for cell in values])
    texts = [cell.strip() for cell in _known(values, gone) if isinstance(cell, str)]
    found = to_numbers(pa.array(texts, pa.string()), title) if texts else (pa.array([]), [])
    if found is None:
        return None
    read = iter(found[0].to_pylist())
    numbers = [next(read) if isinstance(cell, str) else cell for cell in _known(values, gone)]
    data = np.full(len(values), np.nan)
    data[~gone] = np.array(numbers, dtype=float)
    said += found[1]
    return Column(_whole(data, gone), missing=gone if gone.any() else None)


def _known(values: list[Cell], gone: Array) -> list[Cell]:
    return [cell for cell, lacks in zip(values, gone.tolist(), strict=True) if not lacks]


def _whole(data: Array, missing: Array | None = None) -> Array:
    """Whole numbers as int64, as they were typed; a workbook keeps every number as a float."""
    known = data if missing is None else data[~missing]
    if not np.all((known == np.floor(known)) & (np.abs(known) < _EXACT)):
        return data
    whole: Array = (data if missing is None else np.where(missing, 0, data)).astype(np.int64)
    return whole


def text_of(cell: Cell) -> str:
    """A cell as it is shown: whole numbers without a point, dates as ISO 8601 writes them."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell).strip()
