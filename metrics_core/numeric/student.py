"""Student's distribution: how often chance alone goes so far, with few numbers to go by."""

from __future__ import annotations

import math

_MOST_TURNS = 10_000
_LEAST = 1e-300


def two_sided(t: float, freedom: int) -> float:
    """The chance that a number of Student's distribution is at least as far from 0 as `t`.

    Parameters
    ----------
    t : float
        May be infinite.
    freedom : int
        Degrees of freedom, 1 or more.

    Notes
    -----
    The regularised incomplete beta function by its continued fraction (Lentz's method); equals
    ``2 * scipy.stats.t.sf(abs(t), freedom)``.

    Examples
    --------
    >>> round(two_sided(1.0, 1), 12), round(two_sided(2.228139, 10), 6), two_sided(math.inf, 3)
    (0.5, 0.05, 0.0)
    """
    if not math.isfinite(t):
        return 0.0
    square, half = t * t, freedom / 2
    if square < 3 * freedom / (freedom + 2):
        return 1.0 - _beta(square / (freedom + square), 0.5, half)
    return _beta(freedom / (freedom + square), half, 0.5)


def limit(freedom: int, chance: float = 0.05) -> float:
    """How far from 0 Student's distribution goes with a two-sided chance, 0 < chance < 1.

    Examples
    --------
    >>> round(limit(2), 4), round(limit(10), 4), round(limit(100_000), 3)
    (4.3027, 2.2281, 1.96)
    """
    low, high = 0.0, 1.0
    while two_sided(high, freedom) > chance:
        low, high = high, 2 * high
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if two_sided(middle, freedom) > chance else (low, middle)
    return (low + high) / 2


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, for x at most (a + 1) / (a + b + 2)."""
    if x <= 0:
        return 0.0
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front += a * math.log(x) + b * math.log1p(-x)
    upper, lower = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1))
    value = lower
    for m in range(1, _MOST_TURNS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        change = 1.0
        for term in (even, odd):
            lower = 1.0 / (1.0 + term * lower or _LEAST)
            upper = 1.0 + term / upper or _LEAST
            change = upper * lower
            value *= change
        if abs(change - 1.0) < 1e-15:
            break
    return math.exp(front) * value / a
