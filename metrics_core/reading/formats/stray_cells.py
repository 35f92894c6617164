"""Cells that say more than their class or number: ``2:positive``, and text among numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.profile import probe_of
from metrics_core.reading.formats.text.cells import NUMBER, is_number
from metrics_core.reading.formats.text.mend import to_numbers
from metrics_core.reading.limits import shorten
from metrics_core.reading.table import NO_TEXT, Column, RawTable

_INDEXED = re.compile(r"(\d+):(.+)")
_MOST_WORDS = 1000
_PROBE = 2000
_LONGEST = 400
_MOSTLY = 0.5
_STRAY = 0.2
_NONE = re.compile(
    r"\W*$|#|n\W*[adksv]\W*$|na\W*n|none|null|nil|miss|unknown|undef|not |no |invalid|error",
    re.IGNORECASE,
)
"""What people write where there is no number, beside the signs of programs."""


@dataclass(frozen=True)
class NoNumbers:
    """The cells of a column of text that are no numbers: how many, and the first."""

    count: int
    row: int
    text: str


def settle(table: RawTable) -> RawTable:
    """The table with such cells read: classes without their index, numbers as numbers.

    A column of text is one of numbers where more than half of its cells are, and few other words
    are written that could be classes; the others then count as missing, and a note names the first.

    Examples
    --------
    >>> words = np.array(["2:yes", "1:no"])
    >>> table = RawTable(name="x", format="CSV", n_rows=2,
    ...     columns={"actual": Column(np.array([0, 1]), words)})
    >>> column = settle(table).columns["actual"]
    >>> column.values.tolist(), column.indices.tolist()
    (['yes', 'no'], [2, 1])
    """
    if table.parts:
        parts = {title: settle(part) for title, part in table.parts.items()}
        return replace(next(iter(parts.values())), parts=parts)
    notes: list[Message] = []
    columns, arrays = (
        {title: _settle(title, column, notes) for title, column in each.items()}
        for each in (table.columns, table.arrays)
    )
    return replace(table, columns=columns, arrays=arrays, notes=(*table.notes, *notes))


def _settle(title: str, column: Column, notes: list[Message]) -> Column:
    if column.words is None or not len(column.words):
        return column
    if (names := _by_index(column.words)) is not None:
        words, indices = np.array([*names.values()]), np.array([*names])
        return Column(column.data, words, column.missing, indices)
    if not _is_mostly_numbers(column):
        return column
    good = np.array([is_number(str(word)) for word in column.words])
    found = to_numbers(pa.array(column.words[good].astype(str)), title)
    if found is None:
        return column
    values, said = found
    numbers = np.full(len(good) + 1, np.nan)  # the last one is that of missing cells
    numbers[:-1][good] = values.to_numpy(zero_copy_only=False)
    strays = ~np.append(good, True)[column.data]
    notes += said
    if strays.any():
        notes.append(_counted_as_missing(title, _first_of(column, strays), len(strays)))
    gone = strays if column.missing is None else strays | column.missing
    return Column(numbers[column.data], None, gone if gone.any() else None)


def _by_index(words: Array) -> dict[int, str] | None:
    """The names in ``2:positive`` by their index, where every word has one of its own."""
    found = [_INDEXED.fullmatch(str(word)) for word in words[:_MOST_WORDS]]
    names = {int(match[1]): match[2] for match in found if match}
    if len(names) < len(words) or len({*names.values()}) < len(words):
        return None
    return None if max(names) > 2 * len(names) + 2 else names  # times of the day and the like


def _is_mostly_numbers(column: Column) -> bool:
    assert column.words is not None
    codes = probe_of(column.data, _PROBE)
    codes = codes[codes != NO_TEXT]
    if not len(codes):
        return False
    words = {code: str(column.words[code]) for code in np.unique(codes)}
    good = {code: is_number(word) for code, word in words.items()}
    if float(np.mean([good[code] for code in codes])) <= _MOSTLY:
        return False
    classes = [
        word for code, word in words.items() if not good[code] and not _NONE.match(word[:_LONGEST])
    ]
    return len(classes) <= _STRAY * len(words)


def _counted_as_missing(title: str, first: NoNumbers, total: int) -> Message:
    return Message(
        "{column}: {n:,} of {total:,} cells is no number ({text} in row {row:,}) and counts as "
        "missing.",
        {
            "column": shorten(title), "n": first.count, "total": total,
            "text": shorten(repr(first.text)), "row": first.row,
        },
        plural="{column}: {n:,} of {total:,} cells are no numbers (the first is {text} in row "
        "{row:,}) and count as missing.",
    )  # fmt: skip


def _first_of(column: Column, strays: Array) -> NoNumbers:
    assert column.words is not None
    row = int(np.argmax(strays))
    return NoNumbers(int(np.count_nonzero(strays)), row, str(column.words[column.data[row]]))


def no_numbers(column: Column) -> NoNumbers:
    """The cells of a column of text that are no numbers.

    Examples
    --------
    >>> no_numbers(Column(np.array([0, 1, 0]), np.array(["0.5", "high"])))
    NoNumbers(count=1, row=1, text='high')
    """
    assert column.words is not None
    bad = [NUMBER.fullmatch(str(word)[:_LONGEST]) is None for word in column.words]
    return _first_of(column, np.array([*bad, False])[column.data])
