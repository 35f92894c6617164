"""Metrics without a formula for the false positives: they only fall as these rise, so search.

Each count of true positives has an interval of false positives in which it can lie. Both ends are
found by halving, in floats; where these come too near to decide, the counts themselves do.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.without_data.matrix import Matrix, floats

FALLING = ("macro_precision", "macro_f1", "matthews")
_NEAR = 1e-9


def narrowed(
    name: str,
    tp: Array,
    low: Array,
    high: Array,
    p: int,
    n: int,
    ends: tuple[Fraction, Fraction, bool],
) -> tuple[Array, Array]:
    """The false positives from `low` to `high` that give a metric of a range, for each row.

    Parameters
    ----------
    name : str
        One of `FALLING`.
    tp, low, high : arrays of int
        True positives, and the least and the greatest false positives, ``low <= high``.
    p, n : int
        Positives and negatives.
    ends : tuple
        The least and the greatest value of the metric, and whether the greatest is left out.

    Examples
    --------
    >>> one = np.array([1])
    >>> narrowed("matthews", one, 0 * one, 2 * one, 1, 2, (Fraction(2, 5), Fraction(3, 5), False))
    (array([1]), array([1]))
    """
    least, most, is_open = ends
    first = _first_below(name, tp, low, high, p, n, most, or_equal=not is_open)
    return first, _first_below(name, tp, low, high, p, n, least, or_equal=False) - 1


def _first_below(
    name: str, tp: Array, low: Array, high: Array, p: int, n: int, bound: Fraction, *,
    or_equal: bool,
) -> Array:  # fmt: skip
    """The first false positives whose metric is below a bound, or at it; else ``high + 1``."""
    start, end = low.copy(), high + 1
    while (start < end).any():
        middle = np.minimum((start + end) // 2, high)
        below = _is_below(name, tp, middle, p, n, bound, or_equal)
        looked = start < end
        end = np.where(looked & below, middle, end)
        start = np.where(looked & ~below, middle + 1, start)
    return end


def _is_below(
    name: str, tp: Array, fp: Array, p: int, n: int, bound: Fraction, or_equal: bool
) -> Array:
    apart = floats(name, tp, fp, p - tp, n - fp, 1.0) - float(bound)
    below = np.asarray(apart < 0)
    for row in np.flatnonzero(np.abs(apart) < _NEAR):
        t, f = int(tp[row]), int(fp[row])
        exact = Matrix(t, f, p - t, n - f).metric(name)
        below[row] = exact <= bound if or_equal else exact < bound
    return below
