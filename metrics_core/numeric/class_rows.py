"""Which classes occur among labels, and which samples are of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from metrics_core.numeric.arrays import Array

_BLOCK = 65_536
_FEW = 4
_EXACT = 2**53


@dataclass(frozen=True, eq=False)
class ClassRows:
    """Which classes occur, and which of them each sample belongs to.

    Attributes
    ----------
    classes : ndarray, shape (m,)
        Sorted.
    codes : ndarray of an unsigned integer as small as m allows, shape (n,)
        Of each sample, the index of its class in `classes`.
    counts : ndarray of int64, shape (m,)
        Samples of each class, at least 1.
    """

    classes: Array
    codes: Array
    counts: Array

    def matches(self, values: Array) -> list[int]:
        """How many of the bools ``(n,)`` are true in each class."""
        n_classes, codes = len(self.classes), self.codes
        if n_classes <= _FEW:
            return [int(np.count_nonzero(values & mask)) for mask in self.rows()]
        totals, rows = np.zeros(n_classes, np.int64), max(_BLOCK, n_classes)
        for start in range(0, len(codes), rows):
            right = codes[start : start + rows][values[start : start + rows]]
            totals += np.bincount(right, minlength=n_classes)
        return [int(total) for total in totals]

    def rows(self) -> Iterable[Array]:
        """The samples of each class in their order: masks of few classes, row numbers of many."""
        n_classes, codes = len(self.classes), self.codes
        if n_classes <= _FEW:
            return (codes == number for number in range(n_classes))
        order = np.argsort(codes, kind="stable")
        return np.split(order, np.cumsum(self.counts))[:-1]


def class_rows_of(true_class: Array) -> ClassRows:
    """Find the classes that occur among the labels ``(n,)``; all NaN are one class.

    Examples
    --------
    >>> class_rows_of(np.array([5, 3, 5])).codes.tolist()
    [1, 0, 1]
    """
    low, high = _whole_range(true_class)
    if not 0 <= high - low < len(true_class):
        classes, found, counts = np.unique(true_class, return_inverse=True, return_counts=True)
        return ClassRows(classes, found.astype(_smallest(len(classes))), counts)
    spread = np.zeros(high - low + 1, np.int64)
    rows = max(_BLOCK, len(spread))
    for start in range(0, len(true_class), rows):
        block = _above_low(true_class[start : start + rows], low)
        spread += np.bincount(block, minlength=len(spread))
    seen = np.flatnonzero(spread)
    number = np.zeros(len(spread), _smallest(len(seen)))
    number[seen] = np.arange(len(seen))
    codes = np.empty(len(true_class), number.dtype)
    for start in range(0, len(true_class), _BLOCK):
        codes[start : start + _BLOCK] = number[_above_low(true_class[start : start + _BLOCK], low)]
    kind = true_class.dtype if true_class.dtype.kind in "bf" else np.dtype(np.int64)
    return ClassRows((seen + low).astype(kind), codes, spread[seen])


def _whole_range(labels: Array) -> tuple[int, int]:
    """The lowest and the highest label; (0, -1) where there are none or one is not whole."""
    if not labels.size:
        return 0, -1
    low, high = labels.min(), labels.max()
    if not max(-float(low), float(high)) < _EXACT:
        return 0, -1
    if labels.dtype.kind == "f":
        for start in range(0, len(labels), _BLOCK):
            block = labels[start : start + _BLOCK]
            if not np.array_equal(block, np.rint(block)):
                return 0, -1
    return int(low), int(high)


def _above_low(labels: Array, low: int) -> Array:
    """How far each label is above the lowest one."""
    return labels.astype(np.intp) - low


def _smallest(n_classes: int) -> np.dtype[np.generic]:
    return np.min_scalar_type(max(0, n_classes - 1))
