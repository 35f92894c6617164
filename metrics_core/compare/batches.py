"""The differences of two numbers that are means of batch means, batch by batch."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from metrics_core.compare.bootstrap import Drawn
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.student import limit, two_sided

FEWEST_BATCHES = 3
"""With fewer batches, their spread says too little."""


@dataclass(frozen=True)
class PairedBatches:
    """What each batch gives in B less what it gives in A.

    Attributes
    ----------
    count : int
        Batches.
    mean : float
        Of the differences.
    squares : float
        The sum of their squares about the mean.

    Examples
    --------
    >>> found = PairedBatches.of(np.array([0.5, 0.75, 0.5]), np.array([0.75, 0.75, 1.0]))
    >>> found.result, round(found.interval.low, 4), round(found.interval.p, 4)
    (0.25, -0.371, 0.2254)
    """

    count: int = 0
    mean: float = 0.0
    squares: float = 0.0

    @classmethod
    def empty(cls) -> Self:
        """The state of no batches; merging it changes nothing."""
        return cls()

    @classmethod
    def of(cls, a: Array, b: Array) -> Self:
        """From the means of the same batches in A and in B, shape (m,) each."""
        apart = np.asarray(b, np.float64) - a
        if not len(apart):
            return cls.empty()
        mean = float(apart.mean())
        return cls(len(apart), mean, float(np.square(apart - mean).sum()))

    def merge(self, other: Self) -> Self:
        """The batches of both parts, by Chan's formula; parts end where batches end."""
        if not self.count or not other.count:
            return self if self.count else other
        n, away = self.count + other.count, other.mean - self.mean
        return type(self)(
            n,
            self.mean + away * other.count / n,
            self.squares + other.squares + away**2 * self.count * other.count / n,
        )

    @property
    def result(self) -> float:
        """The mean of batch means in B less that in A."""
        return self.mean

    @property
    def interval(self) -> Drawn | None:
        """The interval of the difference for 95 of 100, and Student's paired test.

        None for fewer than `FEWEST_BATCHES` batches.

        Notes
        -----
        The batch is what is drawn: a batch's mean need not be linear in its samples, as where a
        batch without a predicted 1 has precision 0, so that drawing single samples would not do.
        Batches of unequal sizes spread unequally; the sum of squares stays unbiased for the
        variance of the mean all the same. Student, The probable error of a mean, 1908; equals
        ``scipy.stats.ttest_rel`` over the batches.
        """
        if self.count < FEWEST_BATCHES:
            return None
        freedom = self.count - 1
        error = math.sqrt(self.squares / freedom / self.count)
        if not error:
            return Drawn(self.mean, self.mean, 0.0 if self.mean else 1.0)
        half = limit(freedom) * error
        return Drawn(self.mean - half, self.mean + half, two_sided(self.mean / error, freedom))
