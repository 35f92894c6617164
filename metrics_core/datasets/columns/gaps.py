"""Rows that lack a cell, and which rows of a file those are that lack none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metrics_core.numeric.arrays import Array


@dataclass(frozen=True, eq=False)
class RowNumbers:
    """Which rows of a file some rows are.

    Attributes
    ----------
    first : int
        The number of the first that was read, from 0 in each file.
    kept : ndarray of int or None
        The places of those that were not left out; None for all.

    Examples
    --------
    >>> RowNumbers(100).of(2), RowNumbers(100, np.array([0, 5, 9])).of(2)
    (102, 109)
    """

    first: int = 0
    kept: Array | None = None

    def of(self, place: int) -> int:
        """The number of the row at a place."""
        return self.first + (place if self.kept is None else int(self.kept[place]))


ALL_ROWS = RowNumbers()
"""Of a file that is read from its first row on."""


def whole_rows(columns: Iterable[pa.Array]) -> Array | None:
    """The rows in which some columns lack no cell and have no NaN, also within lists.

    Returns
    -------
    ndarray of bool, shape (n,), or None
        None where that is every row.

    Examples
    --------
    >>> whole_rows([pa.array([0.5, None, float("nan")]), pa.array([0, 1, 1])]).tolist()
    [True, False, False]
    """
    gone = [lacks for column in columns if (lacks := _gaps(column)) is not None]
    return ~np.logical_or.reduce(gone) if gone else None


def _gaps(column: pa.Array) -> Array | None:
    """Where a cell, or an element of its list, is missing or NaN; None where that is nowhere."""
    if column.null_count:
        gone: Array = column.is_null().to_numpy(zero_copy_only=False)
        within = _gaps(column.drop_null())
        if within is not None:
            gone = gone.copy()
            gone[np.flatnonzero(~gone)[within]] = True
        return gone
    if pa.types.is_nested(column.type):
        within = _gaps(column.flatten())
        if within is None:
            return None
        gone = np.zeros(len(column), bool)
        gone[pc.list_parent_indices(column).to_numpy(zero_copy_only=False)[within]] = True
        return gone
    if not pa.types.is_floating(column.type) or not len(column):
        return None
    cells: Array = column.to_numpy(zero_copy_only=False)
    return np.isnan(cells) if np.isnan(cells.min()) else None
