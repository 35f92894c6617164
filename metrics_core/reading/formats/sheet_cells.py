"""The cells of a sheet -> columns: where the table begins, what its columns are called and hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.formats.arrow_columns import UnusableError, column_of, left_out
from metrics_core.reading.limits import Limits
from metrics_core.reading.table import Column

Cell = object
_MISSING = {
    "", "na", "n/a", "#n/a", "<na>", "null", "none", "nan", "-", ".", "?", "#value!", "#div/0!",
    "#ref!", "#name?", "#num!", "#null!",
}  # fmt: skip
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
    if len(texts) == len(first) and all(_number(text) is None for text in texts):
        values = {str(cell) for row in below for cell in row if isinstance(cell, str)}
        named = not set(texts) & values or len(set(texts)) == len(texts) > 1
        return start, named
    return start, len(texts) > 0 and any(_number(text) is None for text in texts)


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


def name_columns(cells: Sequence[Cell]) -> list[str]:
    """The names in a row; a number as it is written, and ``column_3`` where there is none.

    Examples
    --------
    >>> name_columns(["id", 2020.0, ""])
    ['id', '2020', 'column_2']
    """
    return [
        f"column_{place}" if is_blank(cell) else " ".join(_text(cell).split())
        for place, cell in enumerate(cells)
    ]


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
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in _MISSING)


def _column(
    title: str, values: list[Cell], name: str, limits: Limits, notes: list[Message]
) -> Column:
    if {*map(type, values)} <= {float, int}:
        data = np.array(values, dtype=float)
        return Column(_whole(data, np.zeros(len(data), bool)))
    missing = np.fromiter(map(_is_missing, values), bool, len(values))
    holes = missing if missing.any() else None
    kinds = {type(cell) for cell, gone in zip(values, missing.tolist(), strict=True) if not gone}
    if kinds == {bool}:
        return Column(np.array([cell is True for cell in values]), missing=holes)
    if kinds <= {float, int, str}:
        numbers = [None if gone else _number(c) for c, gone in zip(values, missing, strict=True)]
        if sum(number is None for number in numbers) == np.count_nonzero(missing):
            if str in kinds:
                notes.append(
                    Message(
                        "The column {column} holds numbers stored as text; they are read as "
                        "numbers.",
                        {"column": title},
                    )
                )
            data = np.array([np.nan if n is None else n for n in numbers], dtype=float)
            return Column(_whole(data, missing), missing=holes)
    texts = [None if gone else _text(c) for c, gone in zip(values, missing, strict=True)]
    return column_of(pa.chunked_array([pa.array(texts, pa.string())]), name, limits)


def _whole(data: Array, missing: Array) -> Array:
    """Whole numbers as int64, as they were typed; a workbook keeps every number as a float."""
    known = data[~missing]
    if not np.all((known == np.floor(known)) & (np.abs(known) < _EXACT)):
        return data
    return np.where(missing, 0, data).astype(np.int64)


def _number(cell: Cell) -> float | None:
    """A cell as a number: also text such as ``0.5``, ``0,5``, ``50%``."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    if not isinstance(cell, str):
        return None
    text = cell.strip().lstrip("'")
    scale = 0.01 if text.endswith("%") else 1.0
    text = text.removesuffix("%").strip()
    if "," in text and "." not in text and text.count(",") == 1:
        text = text.replace(",", ".")
    try:
        return float(text) * scale if "_" not in text else None
    except ValueError:
        return None


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell).strip()
