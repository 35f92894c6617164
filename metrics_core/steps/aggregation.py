"""Step 5: from one value per sample to one number. Every state can be merged with another."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Self

import numpy as np

from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.class_rows import ClassRows, class_rows_of

_BLOCK = 65_536
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
        for start in range(0, len(flat), _BLOCK):
            total = total.merge(cls.of_block(flat[start : start + _BLOCK].astype(np.float64)))
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
        high = self.high * factor
        if not np.isfinite(high):
            return Total(high)
        error = Fraction(self.high) * Fraction(factor) - Fraction(high)
        return Total(high, self.low * factor + float(error))

    @property
    def value(self) -> float:
        """The sum as one float64."""
        return self.high + self.low


@dataclass(frozen=True)
class Mean:
    """``total / count``: the plain mean, or the weighted one where `count` is a sum of weights.

    Examples
    --------
    >>> Mean.of(np.array([True, False]), np.array([3.0, 1.0])).result
    0.75
    """

    total: Total = Total()
    count: Total = Total()

    @classmethod
    def empty(cls) -> Self:
        """The state of no samples; merging it changes nothing."""
        return cls()

    @classmethod
    def of(cls, values: Array, weights: Array | None = None) -> Self:
        """State of one array of values, each with its weight (none: 1 each)."""
        if weights is None:
            return cls(Total.of(values), Total(float(values.size)))
        if values.dtype.kind == "b" and weights.dtype.kind == "b":
            return cls(Total.of(values & weights), Total.of(weights))
        total, count = Total(), Total()
        values, weights = values.reshape(-1), weights.reshape(-1)
        for start in range(0, len(values), _BLOCK):
            wide = weights[start : start + _BLOCK].astype(np.float64)
            total = total.merge(Total.of_block(values[start : start + _BLOCK] * wide))
            count = count.merge(Total.of_block(wide))
        return cls(total, count)

    def merge(self, other: Self) -> Self:
        """The state of both parts together."""
        return type(self)(self.total.merge(other.total), self.count.merge(other.count))

    def scaled(self, factor: float) -> Self:
        """The same mean with a weight that is `factor` times as large."""
        return type(self)(self.total.scaled(factor), self.count.scaled(factor))

    @property
    def result(self) -> float:
        """The mean; 0.0 where nothing counts, as Keras 3 divides."""
        return _divide(self.total.value, self.count.value)


@dataclass(frozen=True, eq=False)
class PerClassMean:
    """One mean for each true class, then the mean of those classes that occur ("balanced").

    Attributes
    ----------
    classes : ndarray, shape (m,)
        The labels that occurred, sorted.
    means : tuple of Mean
        Their states, in the same order.

    Notes
    -----
    Equals ``sklearn.metrics.balanced_accuracy_score``.

    Examples
    --------
    >>> state = PerClassMean.of(np.array([True, True, True, False]), np.array([0, 0, 0, 1]))
    >>> state.result
    0.5
    """

    classes: Array
    means: tuple[Mean, ...]

    @classmethod
    def empty(cls) -> Self:
        """The state of no samples; merging it changes nothing."""
        return cls(np.empty(0), ())

    @classmethod
    def of(
        cls,
        values: Array,
        true_class: Array,
        weights: Array | None = None,
        *,
        places: ClassRows | None = None,
    ) -> Self:
        """State of one array of values ``(n,)`` with the true class of each.

        `places` is what `class_rows_of` makes of `true_class`, where a caller has it already.
        """
        places = class_rows_of(true_class) if places is None else places
        if weights is None and values.dtype.kind == "b":
            pairs = zip(places.matches(values), places.counts.tolist(), strict=True)
            means = tuple(Mean(Total(float(t)), Total(float(c))) for t, c in pairs)
            return cls(places.classes, means)
        means = tuple(
            Mean.of(values[rows], None if weights is None else weights[rows])
            for rows in places.rows()
        )
        return cls(places.classes, means)

    def merge(self, other: Self) -> Self:
        """The state of both parts together; classes are matched by label."""
        if not self.means or not other.means:
            return self if self.means else other
        both = np.concatenate([self.classes, other.classes])
        classes, positions = np.unique(both, return_inverse=True)
        means = [Mean()] * len(classes)
        for position, mean in zip(positions.tolist(), self.means + other.means, strict=True):
            means[position] = means[position].merge(mean)
        return type(self)(classes, tuple(means))

    @property
    def result(self) -> float:
        """The mean over the classes that have weight; 0.0 where none has."""
        results = [mean.result for mean in self.means if mean.count.value > 0]
        return _divide(Total.of(np.array(results)).value, len(results)) if results else 0.0

    @property
    def total(self) -> Total:
        """The sum of the classes' means."""
        return Total.of(np.array([mean.result for mean in self.means if mean.count.value > 0]))

    @property
    def count(self) -> Total:
        """How many classes have weight."""
        return Total(float(sum(mean.count.value > 0 for mean in self.means)))


@dataclass(frozen=True)
class BatchMeans(Mean):
    """The mean of the means of batches: a short last batch counts as much as a full one.

    Examples
    --------
    >>> BatchMeans.of_batches(np.array([1.0, 1.0, 0.0]), 2).result
    0.5
    """

    @classmethod
    def of_batches(cls, values: Array, batch_size: int, weights: Array | None = None) -> Self:
        """State of values ``(n,)`` cut into batches in order.

        Parameters
        ----------
        batch_size : int
            1 or more. The last batch may be shorter. Merge states at batch borders only.
        """
        if batch_size < 1:
            raise InputError(
                "batch_size", "must be at least 1", batch_size, "Keras's default is 32."
            )
        starts = np.arange(0, len(values), batch_size)
        wide = values.astype(np.float64)
        if weights is None:
            counts = np.diff(np.append(starts, len(values))).astype(np.float64)
        else:
            wide = wide * weights
            counts = np.add.reduceat(weights.astype(np.float64), starts)
        totals = np.add.reduceat(wide, starts)
        means = np.divide(totals, counts, out=np.zeros_like(totals), where=counts != 0)
        return cls(Total.of(means), Total(float(len(means))))


def _divide(total: float, count: float) -> float:
    return total / count if count else 0.0
