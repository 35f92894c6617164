"""What values the labels take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.numeric.arrays import Array

_SPAN = 4096


@dataclass(frozen=True, eq=False)
class LabelValues:
    """The distinct finite values of labels, sorted, with their counts.

    Attributes
    ----------
    values : ndarray of float64
    counts : ndarray of int64
    n_not_finite : int
    """

    values: Array
    counts: Array
    n_not_finite: int

    @property
    def whole(self) -> bool:
        """Whether all of them are whole numbers."""
        return bool((self.values == np.floor(self.values)).all())

    def are(self, *wanted: float) -> bool:
        """Whether they are exactly these."""
        return bool(np.array_equal(self.values, wanted))

    def beyond(self, n_classes: int) -> Array:
        """Those that are not class indices."""
        bad = (self.values < 0) | (self.values >= n_classes)
        found: Array = self.values[bad | (self.values != np.floor(self.values))]
        return found


def label_values(labels: Array) -> LabelValues:
    """Count the distinct values of labels of any shape.

    Examples
    --------
    >>> label_values(np.array([2, 0, 2])).values.tolist()
    [0.0, 2.0]
    """
    flat = labels.reshape(-1)
    lost = 0
    if flat.dtype.kind == "f":
        finite = np.isfinite(flat)
        lost = int(len(flat) - finite.sum())
        flat = flat[finite] if lost else flat
    if not flat.size:
        return LabelValues(np.empty(0), np.empty(0, np.int64), lost)
    low, high = float(flat.min()), float(flat.max())
    whole = flat.dtype.kind != "f" or bool((flat == np.floor(flat)).all())
    if whole and high - low < _SPAN:
        lowest = flat.min()  # unsigned, it may be beyond int64
        above = flat - lowest if flat.dtype.kind in "uf" else flat.astype(np.int64) - int(lowest)
        counts = np.bincount(above.astype(np.int64))
        seen = np.flatnonzero(counts)
        return LabelValues(seen + low, counts[seen], lost)
    values, counts = np.unique(flat, return_counts=True)
    return LabelValues(values.astype(np.float64), counts, lost)


def codes(values: Array, n_classes: int) -> Array:
    """Class indices as int64; -1 for what is not from 0 to n_classes - 1.

    Examples
    --------
    >>> codes(np.array([0.0, 1.5, 2.0, np.nan]), 2).tolist()
    [0, -1, -1, -1]
    """
    if values.dtype.kind == "b":
        return values.astype(np.int64)
    with np.errstate(invalid="ignore"):
        good = (values >= 0) & (values < n_classes)
        if values.dtype.kind == "f":
            good &= values == np.floor(values)
    if good.all():
        return values.astype(np.int64)
    return np.where(good, np.where(good, values, 0).astype(np.int64), -1)
