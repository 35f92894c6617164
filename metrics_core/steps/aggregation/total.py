"""Sums that do not depend on the order."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from metrics_core.numeric.arrays import Array

BLOCK = 65_536
"""How many values are summed at once: they fit the cache."""
_EXACT = 2**53
_UNIT = 2.0**-53
_TINY = 2.0**-900


@dataclass(frozen=True)
class Total:
    """A sum that does not depend on the order or on where the data was cut.

    Whole numbers are exact up to 2**53. Floating-point numbers are summed in float64 with the
    rounding error of every addition kept in `low`, about 30 decimal digits (Rump, Ogita and Oishi's
    ExtractVector within a block, Knuth's two-sum between blocks).

    Examples
    --------
    >>> Total.of(np.array([1e16, 1.0, -1e16])).value
    1.0
    """

    high: float = 0.0
    low: float = 0.0

    @classmethod
    def of(cls, values: Array) -> Total:
        """Sum an array of any shape; booleans and integers are counted."""
        if values.dtype.kind == "b":
            return cls(float(np.count_nonzero(values)))
        if values.dtype.kind in "iu" and values.size:
            highest = max(abs(int(values.max())), abs(int(values.min())))
            if highest * values.size <= _EXACT:
                return cls(float(values.sum()))
        flat, total = values.reshape(-1), cls()
        for start in range(0, len(flat), BLOCK):
            total = total.merge(cls.of_block(flat[start : start + BLOCK].astype(np.float64)))
        return total

    @classmethod
    def of_block(cls, rest: Array) -> Total:
        """The sum of float64 values ``(n,)`` that fit the cache, n of at least 1.

        Every value is cut at the same bit, twice, so that the sums of the upper parts are exact.
        """
        largest = float(np.abs(rest).max(initial=0.0))
        room = 2.0 ** (int(np.ceil(np.log2(len(rest)))) + 1)
        with np.errstate(invalid="ignore", over="ignore"):
            cut = 2.0 * room * largest
            if not np.isfinite(cut) or largest < _TINY:
                return cls(float(rest.sum()))
            cut = float(2.0 ** np.ceil(np.log2(cut)))
            parts = []
            for _ in range(2):
                upper = rest + cut
                upper -= cut
                parts.append(float(upper.sum()))
                rest = rest - upper
                cut *= room * _UNIT
        return cls(parts[0]).merge(cls(parts[1], float(rest.sum())))

    def merge(self, other: Total) -> Total:
        """The sum of both."""
        both = self.high + other.high
        shift = both - self.high
        error = (self.high - (both - shift)) + (other.high - shift)
        if not np.isfinite(error):
            return Total(both)
        return Total(both, self.low + other.low + error)

    def scaled(self, factor: float) -> Total:
        """The sum, times a factor; what rounding takes from `high` goes to `low`."""
        if factor == 1.0:
            return self
        high = self.high * factor
        if not np.isfinite(high):
            return Total(high)
        error = Fraction(self.high) * Fraction(factor) - Fraction(high)
        return Total(high, self.low * factor + float(error))

    @property
    def value(self) -> float:
        """The sum as one float64."""
        return self.high + self.low
