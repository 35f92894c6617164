"""Rows of score, label and weight in one canonical order, whatever order they came in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.sweep.keys import CODINGS, Coding, settled
from metrics_core.sweep.sorting import collected, sort

BLOCK = 32_768
_STRIDE = 256


@dataclass(frozen=True, eq=False)
class SortedRows:
    """Rows sorted by score, then label, then weight.

    Attributes
    ----------
    coding : Coding
    keys : ndarray of uint32 or uint64, shape (n,)
        See `metrics_core.sweep.keys`: the negative scores, ascending, then the others.
    n_negative : int
    weights : ndarray of float32 or float64, shape (n,), or None
        All above 0.
    """

    coding: Coding
    keys: Array
    n_negative: int
    weights: Array | None = None

    @classmethod
    def of(cls, scores: Array, positive: Array, weights: Array | None = None) -> SortedRows:
        """Sort rows without NaN; those of weight 0 are left out.

        Nothing but the keys is allocated, and weights beside them.
        """
        coding = CODINGS[settled(scores.dtype)]
        return _frozen(coding, *collected(coding, scores, positive, weights))

    def merge(self, other: SortedRows) -> SortedRows:
        """The rows of both, in the canonical order; a row without weight has 1."""
        floats = np.promote_types(self.coding.floats, other.coding.floats)
        sides = [side.coded(CODINGS[floats]) for side in (self, other)]
        parts = [(side, part) for sign in (0, 1) for side in sides for part in [side.signs[sign]]]
        keys = np.concatenate([side.keys[part] for side, part in parts])
        weights = None
        if any(side.weights is not None for side in sides):
            weights = np.concatenate(
                [
                    np.ones(part.stop - part.start, np.float32)
                    if side.weights is None
                    else side.weights[part]
                    for side, part in parts
                ]
            )
        return sorted_rows(sides[0].coding, keys, sum(side.n_negative for side in sides), weights)

    def coded(self, coding: Coding) -> SortedRows:
        """The same rows under another coding, which must hold all scores of this one."""
        if coding is self.coding:
            return self
        keys = np.empty(len(self.keys), coding.whole)
        for negative, part in zip((True, False), self.signs, strict=True):
            scores = self.coding.scores(self.keys[part], negative=negative)
            keys[part] = coding.keys(scores, (self.keys[part] & 1) != 0)
        return SortedRows(coding, keys, self.n_negative, self.weights)

    @cached_property
    def signs(self) -> tuple[slice, slice]:
        """The rows of the negative scores, and those of the others."""
        return slice(0, self.n_negative), slice(self.n_negative, len(self.keys))

    @cached_property
    def _sides(self) -> tuple[tuple[Array, int], tuple[Array, int]]:
        """The keys of the others and of the negative scores, and how many rows are before."""
        return (self.keys[self.n_negative :], self.n_negative), (self.keys[: self.n_negative], 0)

    def scores(self, rows: slice, ends: Array) -> Array:
        """The scores of some of the rows of a block of one sign."""
        keys = self.keys[rows].take(ends)
        return self.coding.scores(keys, negative=rows.start < self.n_negative)

    def count_below(self, threshold: float, *, inclusive: bool) -> int:
        """How many scores are below the threshold or, unless `inclusive`, equal to it."""
        floor = self.coding.floor(threshold)
        negative = bool(floor < 0)
        side, first = self._sides[negative]
        key = self.coding.key(floor, negative=negative)
        if inclusive and float(floor) == threshold:
            return first + int(side.searchsorted(key, "left"))
        return first + int(side.searchsorted(key | 1, "right"))

    def counts_below(self, thresholds: Array, *, inclusive: bool) -> Array:
        """The same for each of several thresholds ``(m,)``; for one `count_below` is quicker."""
        floors = self.coding.floors(thresholds)
        counts = np.empty(len(floors), np.int64)
        for negative in (False, True):
            some = np.flatnonzero((floors < 0) == negative)
            side, first = self._sides[negative]
            keys = self.coding.key(floors[some], negative=negative)
            up_to = ~(inclusive & (floors[some].astype(np.float64) == thresholds[some]))
            counts[some] = first + np.where(
                up_to, side.searchsorted(keys | 1, "right"), side.searchsorted(keys, "left")
            )
        return counts

    def below_each(self, counts: Array) -> Array:
        """`below` for several numbers of rows ``(m,)``, as ``(m, 2)``; for one it is quicker."""
        steps = counts // _STRIDE
        sums = np.zeros((len(counts), 2), self._reached.dtype)
        for first in range(0, len(counts) if len(self.keys) else 0, _STRIDE):
            part = slice(first, first + _STRIDE)
            before = steps[part] * _STRIDE
            rows = before[:, None] + np.arange(_STRIDE)
            inside = rows < counts[part, None]
            rows = np.where(inside, rows, 0)
            label = self.keys[rows] & 1
            if self.weights is None:
                ones = self._reached[0, steps[part]] + np.count_nonzero(label * inside, axis=1)
                sums[part] = np.stack([ones, counts[part] - ones], axis=1)
            else:
                sides = _by_label(self.weights[rows] * inside, label)
                sums[part] = (self._reached[:, steps[part]] + np.cumsum(sides, axis=2)[:, :, -1]).T
        return sums

    def below(self, count: int) -> tuple[float, float]:
        """Weight of label 1, and of label 0, among this many of the lowest rows."""
        step = count // _STRIDE
        rows = slice(step * _STRIDE, count)
        label = self.keys[rows] & 1
        if self.weights is None:
            ones = self._reached.item(0, step) + int(np.count_nonzero(label))
            return ones, count - ones
        sums = self._reached[:, step]
        if len(label):
            sums = sums + np.cumsum(_by_label(self.weights[rows], label), axis=1)[:, -1]
        return float(sums[0]), float(sums[1])

    @cached_property
    def total(self) -> tuple[float, float]:
        """Weight of all rows with label 1, and with label 0."""
        return self.below(len(self.keys))

    @cached_property
    def _reached(self) -> Array:
        """Weight of label 1, and of label 0, before each row whose number `_STRIDE` divides."""
        steps = len(self.keys) // _STRIDE
        sums = np.zeros((2, steps + 1), np.int64 if self.weights is None else np.float64)
        for first in range(0, steps, BLOCK // _STRIDE):
            last = min(first + BLOCK // _STRIDE, steps)
            rows, into = slice(first * _STRIDE, last * _STRIDE), slice(first + 1, last + 1)
            label = self.keys[rows] & 1
            if self.weights is None:
                sums[0, into] = np.count_nonzero(label.reshape(-1, _STRIDE), axis=1)
            else:
                parts = _by_label(self.weights[rows], label).reshape(2, -1, _STRIDE)
                sums[:, into] = np.cumsum(parts, axis=2)[:, :, -1]
        return np.cumsum(sums, axis=1, out=sums)

    def parts(self, size: int = BLOCK) -> list[slice]:
        """Blocks of rows of one sign, none of them empty."""
        return [
            slice(start, min(start + size, sign.stop))
            for sign in self.signs
            for start in range(sign.start, sign.stop, size)
        ]

    def runs(
        self, size: int = BLOCK, wanted: Array | None = None
    ) -> Iterator[tuple[slice, Array, Array, Array]]:
        """Blocks of rows, and the last of each run of equal scores that ends in them.

        Parameters
        ----------
        size : int
        wanted : ndarray of bool, optional
            Which of `parts`; by default all.

        Yields
        ------
        rows : slice
        ends : ndarray of int64, shape (m,)
            Within the block; m may be 0.
        ones, zeros : ndarray of int64 or float64, shape (m,)
            Weight of label 1, and of label 0, up to and with those rows.
        """
        parts = self.parts(size)
        for rows in parts if wanted is None else compress(parts, wanted):
            keys = self.keys[rows]
            last = np.empty(len(keys), bool)
            np.greater(keys[1:] ^ keys[:-1], 1, out=last[:-1])
            whole = rows.stop in (self.n_negative, len(self.keys))
            last[-1] = whole or (keys[-1] ^ self.keys[rows.stop]) > 1
            ends = np.flatnonzero(last)
            yield rows, ends, *self._sums(rows, ends)

    def _sums(self, rows: slice, ends: Array) -> tuple[Array, Array]:
        if self.weights is None:
            ones = np.cumsum(self.keys[rows] & 1, dtype=np.uint32).take(ends).astype(np.int64)
            ones += int(self.below(rows.start)[0])
            zeros = ends + (rows.start + 1)
            zeros -= ones
            return ones, zeros
        first, last = rows.start // _STRIDE, -(-rows.stop // _STRIDE)
        wide = slice(first * _STRIDE, rows.stop)
        parts = np.zeros((2, (last - first) * _STRIDE))
        parts[:, : wide.stop - wide.start] = _by_label(self.weights[wide], self.keys[wide] & 1)
        sums = np.cumsum(parts.reshape(2, -1, _STRIDE), axis=2)
        sums += self._reached[:, first:last, None]
        ones, zeros = sums.reshape(2, -1)[:, ends + (rows.start - wide.start)]
        return ones, zeros


def _by_label(weights: Array, label: Array) -> Array:
    """Weights ``(2, n)``: of label 1, of label 0; 0 where the label is the other."""
    return np.stack([weights * label.astype(np.float64), weights * (1.0 - label)])


def sorted_rows(coding: Coding, keys: Array, n_negative: int, weights: Array | None) -> SortedRows:
    """Rows of keys, those of the negative scores first, and weights, which are sorted in place.

    Examples
    --------
    >>> coding = CODINGS[np.dtype("f4")]
    >>> keys = coding.keys(np.array([0.5, 0.25], "f4"), np.array([True, False]))
    >>> sorted_rows(coding, keys, 0, None).total
    (1, 1)
    """
    sort(keys, n_negative, weights)
    return _frozen(coding, keys, n_negative, weights)


def _frozen(coding: Coding, keys: Array, n_negative: int, weights: Array | None) -> SortedRows:
    for array in (keys, weights):
        if array is not None:
            array.setflags(write=False)
    return SortedRows(coding, keys, n_negative, weights)
