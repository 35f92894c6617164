"""The mean, plain or weighted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.steps.aggregation.total import BLOCK, Total

_NOTHING = Total()


@dataclass(frozen=True)
class Mean:
    """``total / count``: the plain mean, or the weighted one where `count` is a sum of weights.

    Examples
    --------
    >>> Mean.of(np.array([True, False]), np.array([3.0, 1.0])).result
    0.75
    """

    total: Total = _NOTHING
    count: Total = _NOTHING

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
        for start in range(0, len(values), BLOCK):
            wide = weights[start : start + BLOCK].astype(np.float64)
            total = total.merge(Total.of_block(values[start : start + BLOCK] * wide))
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
        count = self.count.value
        return self.total.value / count if count else 0.0
