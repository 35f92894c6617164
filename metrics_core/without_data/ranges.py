"""For every count of true positives: the false positives that give a reported metric.

Each function takes the true positives as an array, the positives, the negatives and the range of
the metric, and gives the least and the greatest number of false positives. All is integer
arithmetic. A metric of 0 of 0 is 0, as Keras prints it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from metrics_core.numeric.arrays import Array


@dataclass(frozen=True)
class Between:
    """From a / d to b / d; `is_open` leaves the upper end out."""

    a: int
    b: int
    d: int
    is_open: bool

    @classmethod
    def of(cls, low: Fraction, high: Fraction, is_open: bool) -> Between:
        """With one denominator."""
        d = int(np.lcm(np.array(low.denominator, object), np.array(high.denominator, object)))
        return cls(int(low * d), int(high * d), d, is_open)

    def least(self, of: Any, by: Any = 1) -> Any:
        """The least integer x with x * by >= a * of / d."""
        return -((-self.a * of) // (self.d * by))

    def most(self, of: Any, by: Any = 1) -> Any:
        """The greatest integer x with x * by <= b * of / d, or below where it is open."""
        return floor_of(self.b * of, self.d * by, self.is_open)

    @property
    def holds_zero(self) -> bool:
        """Whether 0 is in it."""
        return self.a <= 0 and (self.b > 0 or not self.is_open)

    @property
    def holds_one(self) -> bool:
        """Whether 1 is in it."""
        return self.a <= self.d and (self.d < self.b if self.is_open else self.d <= self.b)


def floor_of(top: Any, bottom: Any, is_open: bool) -> Any:
    """The greatest integer at or below a quotient; below it where `is_open`."""
    return -(-top // bottom) - 1 if is_open else top // bottom


def ceil_of(top: Any, bottom: Any, is_open: bool) -> Any:
    """The least integer at or above a quotient; above it where `is_open`."""
    return top // bottom + 1 if is_open else -(-top // bottom)


Ends = tuple[Any, Any]


def _accuracy(tp: Array, p: int, n: int, x: Between, beta: Fraction) -> Ends:
    return tp + n - x.most(p + n), tp + n - x.least(p + n)


def _recall(tp: Array, p: int, n: int, x: Between, beta: Fraction) -> Ends:
    low, high = (x.least(p), x.most(p)) if p else ((0, 0) if x.holds_zero else (1, 0))
    return _where((tp >= low) & (tp <= high), n)


def _specificity(tp: Array, p: int, n: int, x: Between, beta: Fraction) -> Ends:
    if not n:
        return _where(np.full(tp.shape, x.holds_zero), n)
    return n - x.most(n) + 0 * tp, n - x.least(n) + 0 * tp


def _balanced_accuracy(tp: Array, p: int, n: int, x: Between, beta: Fraction) -> Ends:
    if not p:
        return _specificity(tp, p, n, x, beta)
    if not n:
        return _recall(tp, p, n, x, beta)
    low = ceil_of(2 * p * n * x.a - x.d * tp * n, x.d * p, False)
    high = floor_of(2 * p * n * x.b - x.d * tp * n, x.d * p, x.is_open)
    return n - high, n - low


def _f_beta(tp: Array, p: int, n: int, x: Between, beta: Fraction) -> Ends:
    g, h = (beta**2).as_integer_ratio()
    top = (g + h) * tp
    rest = top + g * (p - tp)
    low, high = 0 * tp, 0 * tp + n
    if x.a > 0:
        high = floor_of(x.d * top - x.a * rest, x.a * h, False)
    low = ceil_of(x.d * top - x.b * rest, x.b * h, x.is_open) if x.b > 0 else low + n + 1
    none, every = _where(np.full(tp.shape, x.holds_zero), n)
    return np.where(tp == 0, none, low), np.where(tp == 0, every, high)


def _precision(tp: Array, p: int, n: int, x: Between, beta: Fraction) -> Ends:
    return _f_beta(tp, p, n, x, Fraction(0))


def _npv(tp: Array, p: int, n: int, x: Between, beta: Fraction) -> Ends:
    fn = p - tp
    low, high = 0 * tp, 0 * tp + n
    low = ceil_of(x.a * fn, x.d - x.a, False) if x.a < x.d else low + n + 1
    if x.b < x.d:
        high = floor_of(x.b * fn, x.d - x.b, x.is_open)
    all_found_low = 0 if x.holds_zero else 1
    all_found_high = n if x.holds_one else 0
    low = np.where(fn == 0, all_found_low, low)
    high = np.where(fn == 0, all_found_high, high)
    return n - high, n - low


def _where(holds: Array, n: int) -> Ends:
    return np.where(holds, 0, n + 1), np.where(holds, n, -1)


SOLVERS: dict[str, Callable[[Array, int, int, Between, Fraction], Ends]] = {
    "accuracy": _accuracy,
    "precision": _precision,
    "recall": _recall,
    "f_beta": _f_beta,
    "specificity": _specificity,
    "balanced_accuracy": _balanced_accuracy,
    "npv": _npv,
}
