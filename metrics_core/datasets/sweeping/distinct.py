"""Few different scores, however many rows: each with the weight of both labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from metrics_core.numeric.arrays import Array

MOST = 65_536
"""Different scores that are held."""


@dataclass(frozen=True, eq=False)
class Distinct:
    """Different scores in order, and how often each has which label.

    Attributes
    ----------
    bits : ndarray of uint32 or uint64, shape (m,)
        Ascending, see `ordered`.
    ones, zeros : ndarray of int64 or float64, shape (m,)
        Rows, or weight, of label 1 and of label 0.

    Examples
    --------
    >>> bits = np.array([7, 3, 7], np.uint32)
    >>> made = Distinct.of(bits, np.array([True, False, False]), None)
    >>> made.bits.tolist(), made.ones.tolist(), made.zeros.tolist()
    ([3, 7], [0, 1], [1, 1])
    """

    bits: Array
    ones: Array
    zeros: Array

    @classmethod
    def of(cls, bits: Array, positive: Array, weights: Array | None) -> Distinct:
        """Count some rows."""
        sides = []
        for label in (positive, ~positive):
            if weights is None:
                sides.append(_counted(np.sort(bits[label]), None))
            else:
                order = np.argsort(bits[label])
                sides.append(_counted(bits[label][order], weights[label][order]))
        (of_1, ones), (of_0, zeros) = sides
        return cls(of_1, ones, np.zeros_like(ones)).merge(cls(of_0, np.zeros_like(zeros), zeros))

    def merge(self, other: Distinct) -> Distinct:
        """The scores of both parts."""
        bits = np.concatenate([self.bits, other.bits])
        order = np.argsort(bits, kind="stable")
        bits = bits[order]
        starts = _starts(bits)
        sums = [
            np.add.reduceat(both[order], starts) if len(starts) else both
            for both in (
                np.concatenate([self.ones, other.ones]),
                np.concatenate([self.zeros, other.zeros]),
            )
        ]
        return Distinct(bits[starts], sums[0], sums[1])


def _starts(bits: Array) -> Array:
    """Where each run of equal values begins."""
    first = np.ones(len(bits), bool)
    np.not_equal(bits[1:], bits[:-1], out=first[1:])
    return np.flatnonzero(first)


def _counted(bits: Array, weights: Array | None) -> tuple[Array, Array]:
    starts = _starts(bits)
    counts: Any
    if weights is None:
        counts = np.diff(starts, append=len(bits))
    else:
        wide = weights.astype(np.float64)
        counts = np.add.reduceat(wide, starts) if len(starts) else wide
    return bits[starts], counts
