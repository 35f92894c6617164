"""The first lines of a text as rows: which mark parts them, and into how many cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass

from metrics_core.reading.formats.text.cells import is_missing, is_number
from metrics_core.reading.limits import malformed

MARKS = "\t;|,"
BLANK = " "
_MOST_CELLS = 5000
_TOKEN = re.compile(r'"(?:[^"]|"")*"|\S+')
_WIDE = re.compile(r"\s{2,}|\t")
_LINE_BREAK = re.compile(rb"\r\n?|\n")
_ODD = re.compile(r"\t|[;|]\S|[\d.]\s+[-+]?[\d.]")


@dataclass(frozen=True)
class Row:
    """The cells of one row, and the line that it starts on."""

    line: int
    cells: list[str]

    @property
    def is_comment(self) -> bool:
        """Whether the line starts with the mark of a comment."""
        return self.cells[0].lstrip(' "').startswith(("#", "%", "//", "--")) if self.cells else True

    @property
    def n_full(self) -> int:
        """How many cells hold anything."""
        return sum(bool(cell.strip()) for cell in self.cells)


def next_line(data: bytes, start: int) -> int:
    """Where the line after that of a position begins; the end of the text after the last.

    Examples
    --------
    >>> next_line(b"y,p\\r\\n1,0.5", 0)
    5
    """
    found = _LINE_BREAK.search(data, start)
    return found.end() if found else len(data)


def split_rows(lines: list[str], mark: str, name: str, quote: str = '"') -> list[Row]:
    """The rows of some lines; quoted cells may go on over several. Blank lines give none.

    Examples
    --------
    >>> [row.cells for row in split_rows(["a;b", "1;2"], ";", "x.csv")]
    [['a', 'b'], ['1', '2']]
    """
    rows, start = [], 0
    reader = csv.reader(lines, delimiter=mark, quotechar=quote)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(start, cells))
            start = reader.line_num
    except csv.Error as error:
        raise malformed(name, "CSV", error) from None
    return rows


def width_of(rows: list[Row]) -> tuple[int, float]:
    """The most common number of cells below the first row, and the share of the rows with it."""
    counts = Counter(
        len(row.cells) for row in rows[1 if len(rows) > 2 else 0 :] if not row.is_comment
    )
    if not counts:
        return 1, 0.0
    first = len(rows[0].cells)
    width, often = max(counts.items(), key=lambda pair: (pair[1], pair[0] == first, pair[0]))
    return width, often / counts.total()


def find_mark(lines: list[str], name: str) -> str:
    """The mark that parts the lines into most cells, as many in each, that look like cells.

    A blank is the answer where no other mark parts the lines, and numbers stand between blanks.

    Examples
    --------
    >>> find_mark(["a;b", "1;0,5"], "x.csv"), find_mark(["y p", "1 0.5"], "x.txt")
    (';', ' ')
    """
    best, best_score = ",", 0.0
    for mark in MARKS:
        rows = split_rows(lines, mark, name)
        width, share = width_of(rows)
        if width < 2:
            continue
        cells = [cell for row in rows[:50] if len(row.cells) == width for cell in row.cells]
        looked_at = cells[:: 1 + len(cells) // _MOST_CELLS]
        clean = sum(_is_clean(cell, mark) for cell in looked_at) / len(looked_at)
        if clean < 0.5 or share < 0.4 or (clean == 0.5 and _are_decimals(rows[0], width, lines)):
            continue
        score = share * width * clean + (0.5 if mark != "," else 0.0)
        if score > best_score:
            best, best_score = mark, score
    if not best_score and _parts_by_blanks(lines):
        return BLANK
    return best


def _are_decimals(first: Row, width: int, lines: list[str]) -> bool:
    """Whether commas that part lines of numbers between blanks are decimal commas."""
    return len(first.cells) != width or not any("." in line for line in lines)


def _is_clean(cell: str, mark: str) -> bool:
    """Whether a cell is whole: no half list or half text, no second mark in it."""
    text = cell.strip()
    if text.startswith(("[", "(", "{", "array", "tensor")) and text.endswith(("]", ")", "}")):
        return True
    if text.count('"') % 2 or any(
        text.count(left) != text.count(right) for left, right in ("[]", "{}")
    ):
        return False
    return is_number(cell) or not _ODD.search(text) or mark == "\t"


def _parts_by_blanks(lines: list[str]) -> bool:
    rows = [tokens(line) for line in lines if line.strip() and not line.lstrip().startswith("#")]
    counts = Counter(map(len, rows))
    width = max(counts, key=lambda count: (counts[count], count), default=1)
    whole = [row for row in rows if len(row) == width]
    if width < 2:
        return len(rows) > 1 and _has_numbers([wide_tokens(line) for line in lines])
    return _has_numbers(whole) or _has_numbers([wide_tokens(line) for line in lines])


def _has_numbers(rows: list[list[str]]) -> bool:
    """Whether rows of two cells and more have a column of numbers below their first."""
    body = [row for row in rows if len(row) > 1][1:] or rows
    if not body or len(body[-1]) < 2:
        return False
    places = zip(*[row for row in body if len(row) == len(body[-1])], strict=True)
    return any(all(is_number(c) or is_missing(c) for c in column) for column in places)


def tokens(line: str) -> list[str]:
    """What stands between the blanks of a line; quoted text is one piece.

    Examples
    --------
    >>> tokens(' "New York"  1   0.5')
    ['"New York"', '1', '0.5']
    """
    return _TOKEN.findall(line)


def wide_tokens(line: str) -> list[str]:
    """What stands between two blanks and more.

    Examples
    --------
    >>> wide_tokens("New York   1  0.5")
    ['New York', '1', '0.5']
    """
    return _WIDE.split(line.strip())
