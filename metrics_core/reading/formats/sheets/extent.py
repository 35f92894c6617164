"""How far apart the cells of a workbook stand, before a sheet is held whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading.formats.zip_sizes import check_parts
from metrics_core.reading.limits import (
    Limits,
)

_CELL = re.compile(rb'<(?:\w+:)?(?:c|row)\s(?:[^>]*?\s)?r="([A-Za-z]*)(\d+)"[^>]*(?<!/)>')


_FAR = re.compile(rb' r="([A-Za-z]{2,}|[A-Za-z]?(?=\d{6}))(\d+)"')


_NEAR_ROWS, _NEAR_COLUMNS = 99_999, 26


_OVERLAP = 512


MOST_CELLS = 40_000_000


def check_extent(data: bytes, name: str, format: str, limits: Limits) -> None:
    """Refuse a sheet whose cells stand far apart, since a sheet is held whole once it is read.

    Cells are looked at one by one only where some stand far from the first.
    """
    far = _Extent(_FAR)
    check_parts(data, name, format, limits, far.look)
    if max(far.rows, _NEAR_ROWS) * max(far.columns, _NEAR_COLUMNS) <= MOST_CELLS:
        return
    exact = _Extent(_CELL)
    check_parts(data, name, format, limits, exact.look)
    if exact.rows * exact.columns > MOST_CELLS:
        raise InputError(
            name,
            "must have at most {limit:,} cells between the first and the last of a sheet",
            Message(
                "{rows:,} rows and {columns:,} columns",
                {"rows": exact.rows, "columns": exact.columns},
            ),
            "Clear the cells that stand far from the table, or save the table as CSV.",
            limit=MOST_CELLS,
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
            names = {letters for letters, _ in found}
            longest = max(map(len, names), default=0)
            last_name = max((name.upper() for name in names if len(name) == longest), default=b"")
            self.columns = max(self.columns, _place(last_name))
            for digits in {digits for _, digits in found}:
                self.rows = max(self.rows, int(digits[:9]))
            last = text[-_OVERLAP:]


def _place(letters: bytes) -> int:
    """The number of a column, from 1, by its capital letters."""
    number = 0
    for letter in letters[:6]:
        number = number * 26 + letter - 64
    return number
