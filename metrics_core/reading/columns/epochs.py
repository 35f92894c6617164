"""Files that were written while a model was trained: which rows belong to which epoch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.limits import shorten
from metrics_core.reading.table import Column

HIGHEST = 1_000_000
"""The highest number of an epoch; higher numbers are timestamps and the like."""
MOST = 10_000
"""Different epochs in one file."""
_PROBE = 100_000
_REMEDY: Message = Message("Correct the column of epochs, or set the epoch to none.")


@dataclass(frozen=True, eq=False)
class Epochs:
    """The epochs of a file, two at least.

    Attributes
    ----------
    numbers : tuple of int
        Ascending; gaps are allowed.
    rows : tuple of slice or ndarray
        For each number, its rows: a slice where they are consecutive, so that nothing is copied,
        else int32 row numbers in the order of the file.
    """

    numbers: tuple[int, ...]
    rows: tuple[slice | Array, ...]

    def rows_of(self, number: int) -> slice | Array:
        """The rows of one epoch.

        Raises
        ------
        InputError
            For a number that the file does not have.

        Examples
        --------
        >>> Epochs((1, 2), (slice(0, 3), slice(3, 5))).rows_of(2)
        slice(3, 5, None)
        """
        if number not in self.numbers:
            raise InputError(
                "epoch",
                "must be an epoch in the file",
                number,
                "Choose one from {first} to {last}.",
                first=self.numbers[0],
                last=self.numbers[-1],
            )
        return self.rows[self.numbers.index(number)]


def find_epochs(column: Column, title: str, keep: Array | None) -> Epochs | None:
    """Tell the rows of each epoch.

    Parameters
    ----------
    column : Column
        Whole numbers from 0 to 1,000,000, one per row, in any dtype and any order.
    title : str
        Its name, for refusals.
    keep : ndarray or None
        ``(n,)`` bool mask of the rows that count; rows are numbered among these. None for all.

    Returns
    -------
    Epochs or None
        None where all rows are of one epoch.

    Raises
    ------
    InputError
        For words, lists and bools; for a number that is NaN, a fraction or out of range, with its
        row in the file; and for more than 10,000 epochs.

    Examples
    --------
    >>> find_epochs(Column(np.array([1, 1, 2])), "epoch", None)
    Epochs(numbers=(1, 2), rows=(slice(0, 2, None), slice(2, 3, None)))
    """
    _check_numbers(column, title, keep)
    values = column.data if keep is None else column.data[keep]
    starts = np.flatnonzero(values[1:] != values[:-1]) + 1
    if not len(starts):
        return None
    edges = np.concatenate(([0], starts, [len(values)]))
    runs = values[edges[:-1]]
    numbers = np.unique(runs)
    if len(numbers) > MOST:
        raise InputError(
            shorten(title),
            "must have at most {limit:,} epochs",
            Message("{count:,} different numbers", {"count": len(numbers)}),
            _REMEDY,
            limit=MOST,
        )
    rows: list[slice | Array]
    if len(numbers) == len(runs):
        order = np.argsort(runs)
        rows = [slice(int(edges[run]), int(edges[run + 1])) for run in order]
    else:
        order = np.argsort(values, kind="stable").astype(np.int32)
        rows = list(np.split(order, np.searchsorted(values[order], numbers[1:])))
    return Epochs(tuple(int(number) for number in numbers), tuple(rows))


def _check_numbers(column: Column, title: str, keep: Array | None) -> None:
    values, received = column.data, None
    if column.is_text:
        received = Message("words")
    elif column.width > 1 or values.ndim > 1:
        received = Message("{width} numbers per row", {"width": column.width})
    elif values.dtype.kind not in "iuf":
        received = Message("dtype {dtype}", {"dtype": values.dtype})
    else:
        bad = ~((values >= 0) & (values <= HIGHEST))
        if values.dtype.kind == "f":
            bad |= values != np.floor(values)
        if keep is not None:
            bad &= keep
        row = int(np.argmax(bad))
        if bad[row]:
            received = Message("{value} in row {row:,}", {"value": values[row], "row": row})
    if received is not None:
        raise InputError(
            shorten(title),
            "must hold whole numbers from 0 to {highest:,}, one per row",
            received,
            _REMEDY,
            highest=HIGHEST,
        )


def looks_like_epochs(column: Column) -> bool:
    """Whether a column of that name may count epochs: numbers, and none as high as a time.

    Examples
    --------
    >>> looks_like_epochs(Column(np.array([1, 2]))), looks_like_epochs(Column(np.array([1.7e9])))
    (True, False)
    """
    if column.is_text or column.data.ndim > 1 or column.data.dtype.kind not in "iuf":
        return False
    known = column.data[:_PROBE]
    if column.missing is not None:
        known = known[~column.missing[:_PROBE]]
    known = known[np.isfinite(known)]
    return bool(known.size) and bool(known.max() <= HIGHEST)
