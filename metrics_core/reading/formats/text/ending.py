"""Lines that are no rows: totals and remarks below a table, and comments within."""

from __future__ import annotations

import re

from metrics_core.messages import Message
from metrics_core.reading.formats.text.cells import is_number
from metrics_core.reading.formats.text.rows import (
    Row,
    next_line,
)
from metrics_core.reading.limits import (
    shorten,
)

_TAIL = 4096


_MOST_AFTER = 10


_TOTALS = frozenset(
    {"total", "totals", "sum", "mean", "average", "avg", "median", "std", "count", "accuracy"}
    | {"summe", "gesamt", "mittelwert", "durchschnitt", "moyenne", "somme", "promedio", "media"}
    | {"suma", "totale", "totaal", "gemiddelde"}
)


_ENDING = re.compile(r"[(\[#=<*]|[^:\d]{2,40}[:=]")


def without_ending(
    data: bytes, mark: str, width: int, rows: list[Row]
) -> tuple[bytes, tuple[Message, ...]]:
    """Without lines such as totals and "(40 rows)" below the table."""
    start = max(0, len(data) - _TAIL)
    start = next_line(data, start) if start else 0
    lines = data[start:].decode("utf-8", "replace").splitlines(keepends=True)
    words = {row.cells[0].strip().lower() for row in rows[:-_MOST_AFTER]}
    cut = len(lines)
    gone: list[str] = []
    for place in range(len(lines) - 1, max(0, len(lines) - 1 - _MOST_AFTER), -1):
        line = lines[place].strip()
        if not line:
            continue
        alone = not lines[place - 1].strip()
        if not _is_ending(line, line.split(mark), width, words, alone):
            break
        cut, gone = place, [line, *gone]
    if not gone:
        return data, ()
    note = Message(
        "{n} line after the table is left out: {text}",
        {"n": len(gone), "text": shorten(gone[0])},
        plural="{n} lines after the table are left out; the first is: {text}",
    )
    return data[:start] + "".join(lines[:cut]).encode(), (note,)


def _is_ending(line: str, cells: list[str], width: int, words: set[str], alone: bool) -> bool:
    if width < 2 or '"' in line:
        return False
    if len(cells) != width:
        numbers = sum(is_number(cell) for cell in cells)
        apart = alone or _ENDING.match(line) or (len(cells) == 1 and len(line.split()) > 1)
        return bool(apart) and any(map(str.isalpha, line)) and 2 * numbers < len(cells)
    first = next((cell.strip().lower() for cell in cells if cell.strip()), "").strip(":. ")
    return first in _TOTALS and first not in words


def have_comments(rows: list[Row]) -> bool:
    """Whether a few lines among the rows begin with #."""
    marked = [row for row in rows if row.cells[0].lstrip().startswith("#")]
    return bool(marked) and 4 * len(marked) <= len(rows)


def without_comments(data: bytes) -> tuple[bytes, tuple[Message, ...]]:
    """Without lines that begin with #."""
    rest, n = re.subn(rb"(?m)^[ \t]*#[^\n\r]*(?:\r\n?|\n|\Z)", b"", data)
    note = Message(
        "{n} line that begins with # is left out.",
        {"n": n},
        plural="{n} lines that begin with # are left out.",
    )
    return rest, (note,)
