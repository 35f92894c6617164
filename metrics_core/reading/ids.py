"""The rows of two files that have the same id."""

from __future__ import annotations

import re

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.naming import says
from metrics_core.reading.limits import shorten
from metrics_core.reading.table import Column, RawTable

_ENOUGH = 8


def find_keys(true: RawTable, pred: RawTable) -> tuple[str, str] | None:
    """The column of ids in either file: those of one name first, then whatever speaks for ids.

    Where no names do, columns that have the same cells, each once, as ``uid`` and ``id`` may.
    """
    same = [t for t in true.columns if t in pred.columns and says(t) == "id"]
    if same:
        return same[0], same[0]
    ids = [[t for t in table.columns if says(t) == "id"] for table in (true, pred)]
    if ids[0] and ids[1]:
        return ids[0][0], ids[1][0]
    shared = [t for t in true.columns if t in pred.columns and t == next(iter(true.columns))]
    if shared and all(_different(table.columns[shared[0]]) for table in (true, pred)):
        return shared[0], shared[0]
    return _of_same_cells(true, pred)


def _of_same_cells(true: RawTable, pred: RawTable) -> tuple[str, str] | None:
    """Columns of words, or of whole numbers of which one is called an id, that share their cells.

    Half of those of the shorter file are to be in the other, and four at least.
    """
    sides = [
        {
            title: says(title) == "id"
            for title, column in table.columns.items()
            if column.is_text or column.data.dtype.kind in "iu"
        }
        for table in (true, pred)
    ]
    for one, is_id in sides[0].items():
        for other, is_other in sides[1].items():
            columns = true.columns[one], pred.columns[other]
            texts = [column.is_text for column in columns]
            able = all(texts) or ((is_id or is_other) and not any(texts))
            if able and all(map(_different, columns)):
                few, many = sorted(_comparable(*columns), key=len)
                if 2 * np.count_nonzero(np.isin(few, many)) >= max(len(few), _ENOUGH):
                    return one, other
    return None


def _different(column: Column) -> bool:
    """Whether no cell comes twice, and no number is a fraction."""
    if column.width > 1 or column.missing is not None:
        return False
    if not column.is_text and column.data.dtype.kind == "f" and np.any(column.data % 1 != 0):
        return False
    return len(np.unique(column.data)) == len(column.data)


def match_rows(
    true: RawTable, pred: RawTable, keys: tuple[str, str], name: str
) -> tuple[Array, Array]:
    """The rows of either file that have the same id, in the order of the outputs."""
    a, b = _comparable(true.columns[keys[0]], pred.columns[keys[1]])
    rows = _meeting(a, b, name)
    if rows is None:
        rows = _meeting(*_as_written(a, b), name)
    if rows is None:
        raise InputError(
            name,
            "must have some of the same ids in both files",
            Message(
                "{a} in {true} and {b} in {pred}",
                {"a": shorten(", ".join(map(str, a[:3]))), "true": true.name,
                 "b": shorten(", ".join(map(str, b[:3]))), "pred": pred.name},
            ),
            "Write the ids alike in both files, or leave them out to join the files by row.",
        )  # fmt: skip
    return rows


def _meeting(a: Array, b: Array, name: str) -> tuple[Array, Array] | None:
    """The rows of two columns of ids that are the same; None where none are."""
    (known, first), swapped = np.unique(a, return_index=True), False
    if len(known) != len(a):
        (known, first), swapped = np.unique(b, return_index=True), True
        if len(known) != len(b):
            raise InputError(
                name,
                "must have each id once in one of the two files",
                Message("ids that come several times in both"),
                "Join the two tables before, or remove the column of ids to join them by row.",
            )
    many = a if swapped else b
    at = np.searchsorted(known, many).clip(max=len(known) - 1)
    found = np.flatnonzero(known[at] == many)
    if not len(found):
        return None
    one = first[at[found]]
    return (found, one) if swapped else (one, found)


def _comparable(a: Column, b: Column) -> tuple[Array, Array]:
    """The ids of two files in one form: numbers where both are, else texts."""
    if not a.is_text and not b.is_text:
        return a.data.reshape(-1), b.data.reshape(-1)
    return _as_text(a), _as_text(b)


def _as_written(a: Array, b: Array) -> tuple[Array, Array]:
    """Ids without folder, ending and capitals, else their last numbers, where some then agree."""
    for form in (_bare_id, _number_of_id):
        one, two = (np.array([form(str(cell)) for cell in ids]) for ids in (a, b))
        different = all(
            len(np.unique(new)) == len(np.unique(old)) for new, old in ((one, a), (two, b))
        )
        if different and np.isin(one, two).any():
            return one, two
    return a, b


def _bare_id(cell: str) -> str:
    name = re.split(r"[\\/]", cell.strip())[-1].casefold()
    return re.sub(r"(?<=.)\.[a-z]\w{1,4}$", "", name)


def _number_of_id(cell: str) -> str:
    found = re.findall(r"\d+", _bare_id(re.sub(r"\.0$", "", cell)))
    return str(int(found[-1])) if found else cell


def _as_text(column: Column) -> Array:
    values = column.values.reshape(-1)
    if column.is_text:
        return np.char.strip(values)
    whole = values.dtype.kind == "f" and bool(np.all(values == np.floor(values)))
    return (values.astype(np.int64) if whole else values).astype(str)
