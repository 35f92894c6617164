"""How much every score moves an area, were its row to count a little more."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.sweep.keys import settled

_BLOCK = 32_768
"""Different scores at a time, so few that everything computed from them stays in the cache."""
_ROW_BITS = 32


def influences(
    scores: Array, positive: Array, weights: Array | None, auc: float, average_precision: float
) -> tuple[Array, Array]:
    """The influence of each row on the area under the ROC curve and on average precision.

    Parameters
    ----------
    scores : ndarray, shape (n,)
        Without NaN.
    positive : ndarray of bool, shape (n,)
        With some weight of both labels.
    weights : ndarray, shape (n,), or None
        Not negative.
    auc, average_precision : float
        The areas of these rows.

    Returns
    -------
    auc, average_precision : ndarray of float64, shape (n,)
        Their sums are 0 but for rounding.

    Examples
    --------
    >>> scores, positive = np.array([1.0, 2, 3, 4]), np.array([False, True, False, True])
    >>> for moves in influences(scores, positive, None, 0.75, 5 / 6):
    ...     print(moves.round(4).tolist())
    [0.125, -0.125, -0.125, 0.125]
    [-0.0, -0.0278, -0.1111, 0.1389]
    """
    rows, starts = _sorted_rows(scores)
    moves = np.empty(len(scores)), np.empty(len(scores))
    all_1, all_0 = _weight_of(positive, weights), _weight_of(~positive, weights)
    before_1 = before_0 = raised_before = lowered_before = 0.0
    for first in range(0, len(starts) - 1, _BLOCK):
        bounds = starts[first : first + _BLOCK + 1]
        block, inside = rows[bounds[0] : bounds[-1]], bounds - bounds[0]
        label = positive.take(block)
        weight = None if weights is None else weights.take(block)
        reached_1, reached_0 = _reached(label, weight, inside)
        below_1, below_0 = reached_1[:-1] + before_1, reached_0[:-1] + before_0
        ones, zeros = np.diff(reached_1), np.diff(reached_0)
        before_1 += float(reached_1[-1])
        before_0 += float(reached_0[-1])

        won_by_1 = (below_0 + zeros / 2) / all_0
        won_by_0 = (all_1 - below_1 - ones / 2) / all_1
        found = all_1 - below_1
        every = found + (all_0 - below_0)
        if weight is not None:
            every[every <= 0] = 1.0
        precision, shared = found / every, ones / every
        raised, lowered = np.cumsum(shared), np.cumsum(shared * precision)
        raised += raised_before
        lowered += lowered_before
        raised_before, lowered_before = float(raised[-1]), float(lowered[-1])
        by_score = (
            ((won_by_0 - auc) / all_0, (won_by_1 - auc) / all_1),
            (-lowered / all_1, (precision - average_precision + raised - lowered) / all_1),
        )

        place = np.repeat(np.arange(len(ones)), np.diff(inside))
        place += len(ones) * label
        for into, of_label in zip(moves, by_score, strict=True):
            each = np.concatenate(of_label).take(place)
            into[block] = each if weight is None else each * weight
    return moves


def _weight_of(some: Array, weights: Array | None) -> float:
    return float(np.count_nonzero(some) if weights is None else weights[some].sum())


def _reached(label: Array, weight: Array | None, bounds: Array) -> tuple[Array, Array]:
    """The weight of label 1, and of label 0, before each bound; the first is 0."""
    found: Array = np.zeros(len(label) + 1, np.int64 if weight is None else np.float64)
    np.cumsum(label if weight is None else weight * label, out=found[1:])
    ones = found.take(bounds)
    if weight is None:
        return ones.astype(np.float64), (bounds - ones).astype(np.float64)
    np.cumsum(weight * ~label, out=found[1:])
    return ones, found.take(bounds)


def _sorted_rows(scores: Array) -> tuple[Array, Array]:
    """The rows from the lowest score up, and where each run of equal scores begins; then the end.

    Numbers of 32 bits are sorted together with their rows, as whole numbers.
    """
    values = np.add(scores, 0, dtype=settled(scores.dtype))  # -0.0 becomes 0.0
    begins = np.ones(len(values) + 1, bool)
    if values.dtype == np.float32 and len(values) < 1 << _ROW_BITS:
        bits = values.view(np.int32)
        bits ^= (bits >> 31) & np.int32(0x7FFFFFFF)
        both = bits.astype(np.int64)
        both <<= _ROW_BITS
        both |= np.arange(len(both))
        both.sort()
        rows = both & np.int64((1 << _ROW_BITS) - 1)
        both >>= _ROW_BITS
        np.not_equal(both[1:], both[:-1], out=begins[1:-1])
    else:
        rows = np.argsort(values)
        ascending = values.take(rows)
        np.not_equal(ascending[1:], ascending[:-1], out=begins[1:-1])
    return rows, np.flatnonzero(begins)
