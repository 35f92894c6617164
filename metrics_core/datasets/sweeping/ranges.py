"""How many scores lie in each of 2**16 ranges of their bits: exact at the edges of the ranges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from metrics_core.datasets.columns.asked import Asked
from metrics_core.datasets.rows import rows_of
from metrics_core.datasets.shards import Shard
from metrics_core.datasets.sweeping.bits import CELL_BITS, CELLS, ordered
from metrics_core.datasets.sweeping.distinct import MOST, Distinct
from metrics_core.numeric.arrays import Array


@dataclass(frozen=True, eq=False)
class Ranges:
    """Rows and weights in ranges, and the scores themselves where they are few.

    Attributes
    ----------
    rows : ndarray of int64, shape (p, CELLS)
        By range; the p ranges of the pass before that are told apart further, 1 in the first pass.
    ones, zeros : ndarray of int64 or float64, shape (p, CELLS)
        Rows, or weight, of label 1 and of label 0; whole numbers without weights.
    few : Distinct or None
        None where more than `MOST` different scores were seen, or nobody asked.
    """

    rows: Array
    ones: Array
    zeros: Array
    few: Distinct | None = None

    def merge(self, other: Ranges) -> Ranges:
        """The ranges of both parts."""
        few = None
        if self.few is not None and other.few is not None:
            few = _bounded(self.few.merge(other.few))
        return Ranges(self.rows + other.rows, self.ones + other.ones, self.zeros + other.zeros, few)


@dataclass(frozen=True, eq=False)
class Counting:
    """A file whose scores are counted by ranges.

    Attributes
    ----------
    shard : Shard
    asked : Asked
    dtype : dtype
        Of all scores.
    level : int
        0 for the uppermost bits, 1 for those below them, and so on.
    within : ndarray or None
        The ranges of the level above that are told apart, as the upper bits of `ordered`.
    """

    shard: Shard
    asked: Asked
    dtype: np.dtype[Any]
    level: int = 0
    within: Array | None = None


def count_ranges(task: Counting) -> Ranges:
    """Count the rows of one file."""
    n_within = 1 if task.within is None else len(task.within)
    sums = np.zeros((2, n_within * CELLS), np.int64)
    weighed = np.zeros((2, n_within * CELLS)) if task.asked.weighted else None
    shift = 8 * task.dtype.itemsize - CELL_BITS * (task.level + 1)
    nothing = np.empty(0, ordered(np.empty(0), task.dtype).dtype)
    few = None
    if task.within is None:
        few = Distinct.of(nothing, np.empty(0, bool), np.empty(0) if task.asked.weighted else None)
    for block in rows_of(task.shard, task.asked):
        bits, labels, weights = ordered(block.scores, task.dtype), block.labels, block.weights
        if few is not None:
            few = _bounded(few.merge(Distinct.of(bits, labels, weights)))
        cells = (bits >> shift).astype(np.intp)
        if task.within is not None:
            above = (bits >> (shift + CELL_BITS)).astype(np.intp)
            place = np.minimum(np.searchsorted(task.within, above), n_within - 1)
            inside = task.within[place] == above
            cells = (place[inside] << CELL_BITS) | (cells[inside] & (CELLS - 1))
            labels = labels[inside]
            weights = None if weights is None else weights[inside]
        cells += labels * (n_within * CELLS)
        counted = np.bincount(cells, minlength=sums.size)
        sums += counted.reshape(sums.shape)
        if weighed is not None:
            weighed += np.bincount(cells, weights, sums.size).reshape(sums.shape)
    shape = (n_within, CELLS)
    zeros, ones = sums if weighed is None else weighed
    return Ranges(sums.sum(axis=0).reshape(shape), ones.reshape(shape), zeros.reshape(shape), few)


def _bounded(few: Distinct) -> Distinct | None:
    return few if len(few.bits) <= MOST else None
