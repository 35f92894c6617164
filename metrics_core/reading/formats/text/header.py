"""Where the names of the columns stand among the first rows, and what stands before them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from metrics_core.reading.formats.text.cells import is_missing, is_number
from metrics_core.reading.formats.text.rows import Row

_FIRST = 60
_LIST = re.compile(r"\[\s*[-+\d.][^\[\]]*\]")
_TYPE = re.compile(
    r"<?(int|integer|bigint|smallint|[iu](8|16|32|64)|float|f32|f64|double|real|numeric|decimal"
    r"|str|string|text|varchar|char|chr|cat|factor|fct|dbl|lgl|bool|boolean|logical|object)"
    r"(8|16|32|64)?>?"
)


@dataclass(frozen=True)
class Header:
    """The names, the row that has them (None without), and the first row of the data."""

    names: list[str]
    row: int | None
    body: int


def find_header(rows: list[Row], width: int) -> Header:
    """The header among rows of which most have `width` cells.

    Rows that are comments, have fewer cells, or hold words above the names are not data. A row
    of numbers, or of words that come again below, is data: then there are no names.

    Examples
    --------
    >>> rows = [Row(0, ["run 7"]), Row(1, ["y", "p"]), Row(2, ["1", "0.5"])]
    >>> find_header(rows, 2)
    Header(names=['y', 'p'], row=1, body=2)
    """
    first = _first_whole(rows, width)
    if _are_kinds(rows, first + 1):
        return Header(name_columns(rows[first].cells), first, first + 3)
    start = _start_of_numbers(rows, first, width)
    if start > first and _are_types(rows[start].cells):
        start -= 1
    head = rows[start].cells if start < len(rows) else []
    below = [row.cells for row in rows[start + 1 :] if len(row.cells) == width]
    if start < len(rows) and rows[start].is_comment and below and len(head) == width:
        return Header(name_columns(head), start, _skip_types(rows, start + 1))
    if _is_data(head, below):
        return _without_names(rows, start, width)
    if len(head) == width:
        return Header(name_columns(head), start, _skip_types(rows, start + 1))
    return Header(name_columns(head), start, start + 1)


def _first_whole(rows: list[Row], width: int) -> int:
    """The first row that is as wide as most, not a comment, and full unless it has numbers."""
    whole = [
        index
        for index, row in enumerate(rows[:_FIRST])
        if len(row.cells) == width and not (row.is_comment and width > 1 and _later(rows, index))
    ]
    if not whole:
        return 0
    for index in whole:
        row = rows[index]
        gaps = width - row.n_full
        if gaps <= 1 or gaps * 2 < width or any(is_number(cell) for cell in row.cells):
            return index
    return whole[0]


def _later(rows: list[Row], index: int) -> bool:
    """Whether most rows after a comment are not comments."""
    after = rows[index + 1 :]
    return bool(after) and 2 * sum(row.is_comment for row in after) < len(after)


def _start_of_numbers(rows: list[Row], first: int, width: int) -> int:
    """The row of names just above the numbers, where rows of words stand above it."""
    below = rows[first:]
    if any(len(row.cells) != width for row in below[:1]) or len(below) < 3:
        return first
    starts = []
    for place in range(width):
        start = len(below)
        while start and len(below[start - 1].cells) == width:
            cell = below[start - 1].cells[place]
            if not (is_number(cell) or is_missing(cell)):
                break
            start -= 1
        if start <= len(below) - max(2, len(below) // 2):
            starts.append(start)
    if not starts or max(starts) < 2 or max(starts) > _FIRST:
        return first
    names = below[max(starts) - 1].cells
    if any(is_number(cell) for cell in names) or len({*names}) < len(names):
        return first
    return first + max(starts) - 1


def _skip_types(rows: list[Row], body: int) -> int:
    """Past a row of the types of columns, as some tools print it below the names."""
    if _are_kinds(rows, body):
        return body + 2
    if body >= len(rows) - 1 or not _are_types(rows[body].cells):
        return body
    words = {*enumerate(rows[body].cells)}
    come_again = any(
        words & {*enumerate(row.cells)} - {*enumerate([""] * len(row.cells))}
        for row in rows[body + 1 :]
    )  # classes may be called cat
    return body if come_again else body + 1


_KINDS = frozenset({"continuous", "discrete", "string", "time", "c", "d", "s", "t"})
_FLAGS = frozenset({"class", "meta", "ignore", "i", "m", "c", "w", "weight"})


def _are_kinds(rows: list[Row], body: int) -> bool:
    """Whether two rows hold the kinds and the flags of columns, as Orange writes them."""
    if body + 2 >= len(rows):
        return False
    kinds, flags = (
        {cell.strip().lower() for cell in row.cells} - {""} for row in rows[body : body + 2]
    )
    return bool(kinds & _KINDS) and bool(flags) and flags <= _FLAGS


def _are_types(cells: list[str]) -> bool:
    full = [cell.strip().lower() for cell in cells if cell.strip()]
    return bool(full) and all(_TYPE.fullmatch(cell) for cell in full)


def _is_data(head: list[str], below: list[list[str]]) -> bool:
    """Whether the first whole row is a row of data and no row of names."""
    numbers = [cell for cell in head if is_number(cell)]
    if len(numbers) == len(head):
        return not _are_positions(head, below)
    if numbers:
        if any(_LIST.fullmatch(cell.strip()) for cell in head):
            return True
        if any("." in cell or "," in cell or "e" in cell.lower() for cell in numbers):
            return True
        return not _run(numbers) and _again(head, below)
    return _again(head, below) and bool(head) and all(not is_missing(cell) for cell in head)


def _again(head: list[str], below: list[list[str]]) -> bool:
    """Whether every word of a row comes again below it, in the same column."""
    words = [(place, cell) for place, cell in enumerate(head) if not is_number(cell)]
    return bool(below) and all(
        any(cells[place] == word for cells in below if place < len(cells)) for place, word in words
    )


def _run(numbers: list[str]) -> bool:
    """Whether numbers count on by one, as names of classes and years do."""
    if not all(cell.strip().isdecimal() for cell in numbers):
        return False
    values = [int(cell) for cell in numbers]
    return len(values) > 1 and values == list(range(values[0], values[0] + len(values)))


def _are_positions(head: list[str], below: list[list[str]]) -> bool:
    """Whether a row of 0, 1, 2, … names columns of fractions by their positions."""
    if [cell.strip() for cell in head] != [str(place) for place in range(len(head))]:
        return False
    columns = list(zip(*below, strict=True))
    return len(head) > 1 and all(any("." in c or "," in c for c in cells) for cells in columns)


def _without_names(rows: list[Row], start: int, width: int) -> Header:
    """Names from the comment or the shorter row above the data, else by position."""
    if start:
        skip = 2 if start > 1 and _are_types(rows[start - 1].cells) else 1
        above = rows[start - skip]
        cells = above.cells
        if above.is_comment and len(cells) == width and not is_number(cells[-1]):
            return Header(name_columns(cells), start - skip, start)
        if len(cells) == width - 1 and width > 2 and not any(map(is_number, cells)):
            ends = all(not row.cells[-1].strip() for row in rows[start:])
            whole = [*cells, ""] if ends else ["", *cells]
            return Header(name_columns(whole), start - skip, start)
    return Header([f"column_{place}" for place in range(width)], None, start)


def name_columns(cells: list[str]) -> list[str]:
    """Column names; a nameless first column is the row index that pandas and R write.

    Examples
    --------
    >>> name_columns(["", "# y", "y_pred "]), name_columns(["# y", ""])
    (['index', '# y', 'y_pred'], ['y', 'column_1'])
    """
    names = [cell.strip() for cell in cells]
    names[0] = names[0].lstrip("#%/ ").strip()
    for position, title in enumerate(names):
        if not title:
            index = position == 0 and "index" not in names
            names[position] = "index" if index else f"column_{position}"
    return names
