"""Cells that say more than their class or number: ``2:positive``, and text among numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import numpy as np

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.limits import shorten
from metrics_core.reading.table import Column, RawTable

_INDEXED = re.compile(r"(\d+):(.+)")
_MARKED = re.compile(r"\s*\*?\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*")
_MOST_WORDS = 1000
_PROBE = 2000
_MOSTLY = 0.5
_STRAY = 0.2
_NONE = re.compile(
    r"\W*$|#|n\W*[adksv]\W*$|na\W*n|none|null|nil|miss|unknown|undef|not |no |invalid|error",
    re.IGNORECASE,
)
"""What is written where there is no number."""
_SETTLED: WeakKeyDictionary[RawTable, RawTable | None] = WeakKeyDictionary()
"""What was made of a table, as long as it lives; None where nothing had to be made."""


@dataclass(frozen=True)
class NoNumbers:
    """The cells of a column of text that are no numbers: how many, and the first."""

    count: int
    row: int
    text: str


def settled(table: RawTable) -> RawTable:
    """The table with such cells read: classes without their index, numbers as numbers.

    A column of text is one of numbers where more than half of its cells are, and few other words
    are written that could be classes; the others then count as missing, and a note names the first.

    Examples
    --------
    >>> words = np.array(["2:yes", "1:no"])
    >>> table = RawTable(name="x", format="CSV", n_rows=2,
    ...     columns={"actual": Column(np.array([0, 1]), words)})
    >>> settled(table).columns["actual"].values.tolist()
    ['yes', 'no']
    """
    if table not in _SETTLED:
        _SETTLED[table] = _settled(table)
    return _SETTLED[table] or table


def _settled(table: RawTable) -> RawTable | None:
    notes: list[Message] = []
    columns = {title: _settle(title, column, notes) for title, column in table.columns.items()}
    if all(columns[title] is table.columns[title] for title in columns):
        return None
    return replace(table, columns=columns, notes=(*table.notes, *notes))


def _settle(title: str, column: Column, notes: list[Message]) -> Column:
    if column.words is None or not len(column.words):
        return column
    names = _without_index(column.words)
    if names is not None:
        return Column(column.data, names, column.missing)
    if not _is_mostly_numbers(column):
        return column
    numbers, bad = _as_numbers(column)
    if bad is not None:
        notes.append(
            Message(
                "{column}: {n:,} of {total:,} cells is no number ({text} in row {row:,}) and "
                "counts as missing.",
                {
                    "column": shorten(title), "n": bad.count, "total": len(column.data),
                    "text": shorten(repr(bad.text)), "row": bad.row,
                },
                plural="{column}: {n:,} of {total:,} cells are no numbers (the first is {text} in "
                "row {row:,}) and count as missing.",
            )
        )  # fmt: skip
    return numbers


def _without_index(words: Array) -> Array | None:
    """The names in ``2:positive``, where every word has an index of its own."""
    if len(words) > _MOST_WORDS:
        return None
    found = [_INDEXED.fullmatch(str(word)) for word in words]
    if not all(found):
        return None
    pairs = [(match[1], match[2]) for match in found if match]
    names = [name for _, name in pairs]
    indices = {int(index) for index, _ in pairs}
    if len(indices) != len(pairs) or len(set(names)) != len(names):
        return None
    if max(indices) > 2 * len(pairs) + 2:
        return None  # times of the day and the like
    return np.array(names)


def index_order(columns: Mapping[str, Column]) -> tuple[str, ...] | None:
    """Class names in the order of the indices that columns write before them; None without.

    Examples
    --------
    >>> index_order({"actual": Column(np.array([0, 1]), np.array(["2:yes", "1:no"]))})
    ('no', 'yes')
    """
    known: dict[int, str] = {}
    for column in columns.values():
        if column.words is None or _without_index(column.words) is None:
            return None
        for word in column.words:
            index, name = str(word).split(":", 1)
            if known.setdefault(int(index), name) != name:
                return None
    return tuple(known[index] for index in sorted(known)) or None


def _is_mostly_numbers(column: Column) -> bool:
    assert column.words is not None
    step = max(1, len(column.data) // _PROBE)
    codes = column.data[::step]
    codes = codes[codes >= 0]
    if not len(codes):
        return False
    words = {code: str(column.words[code]) for code in np.unique(codes)}
    good = {code: bool(_MARKED.fullmatch(word)) for code, word in words.items()}
    if float(np.mean([good[code] for code in codes])) <= _MOSTLY:
        return False
    classes = [word for code, word in words.items() if not good[code] and not _NONE.match(word)]
    return len(classes) <= _STRAY * len(words)


def _as_numbers(column: Column) -> tuple[Column, NoNumbers | None]:
    assert column.words is not None
    found = [_MARKED.fullmatch(str(word)) for word in column.words]
    values = np.array([float(match[1]) if match else np.nan for match in found] + [np.nan])
    gone = np.array([match is None for match in found] + [False])
    bad = gone[column.data] if column.missing is None else gone[column.data] & ~column.missing
    missing = bad if column.missing is None else bad | column.missing
    numbers = Column(values[column.data], None, missing if missing.any() else None)
    if not bad.any():
        return numbers, None
    row = int(np.argmax(bad))
    return numbers, NoNumbers(int(np.count_nonzero(bad)), row, str(column.words[column.data[row]]))


def no_numbers(column: Column) -> NoNumbers:
    """The cells of a column of text that are no numbers.

    Examples
    --------
    >>> no_numbers(Column(np.array([0, 1, 0]), np.array(["0.5", "high"])))
    NoNumbers(count=1, row=1, text='high')
    """
    found = _as_numbers(column)[1]
    assert found is not None
    return found
