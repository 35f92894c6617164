"""How likely a number that came from elsewhere would be explained as well as the asked one.

A number from other outputs is some k/n, or anything that prints with these digits. Of the numbers
that could have stood in place of the asked one, some are given by a recipe that is no more unusual:
the share of these is the chance. It counts every recipe that was tried, with free thresholds and
all batch sizes, so that trying more makes a hit mean less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.reverse.reported import Reported

_MOST = 500
_WINDOWS = (20, 50, _MOST)
NEVER = 99
"""The cost of a number that nothing gives."""


@dataclass(frozen=True, eq=False)
class Attainable:
    """The numbers that could have been printed in place of the asked one.

    Attributes
    ----------
    numbers : ndarray of float64, shape (m,)
        Ascending, at most 500 to either side.
    asked : int
        The index of the asked number.
    step : float
        How far they lie apart.
    half : float
        How far a value may lie from a number that prints like it.
    count : int
        How many there are from 0 to 1, those farther away as well.
    """

    numbers: Array
    asked: int
    step: float
    half: float
    count: int

    @classmethod
    def near(cls, number: Reported, n_samples: int, n_outputs: int = 1) -> Attainable:
        """All k/n near a number that is one of them, else all that print with its digits.

        Below 0 they go from -1 to 1.

        Parameters
        ----------
        number : Reported
        n_samples, n_outputs : int
            n is the number of samples, or of elements.

        Examples
        --------
        >>> near = Attainable.near(Reported(0.75, 4), 8)
        >>> near.numbers.tolist(), near.asked
        ([0.0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0], 6)
        >>> Attainable.near(Reported(0.8, 1), 1000).numbers.round(1).tolist()[:3]
        [0.0, 0.1, 0.2]
        """
        half = number.half
        step = max(10.0**-number.digits, 2 * half)
        for n in dict.fromkeys((n_samples, n_samples * n_outputs)):
            asked = round(number.value * n)
            if n * step < 1 and 0 <= asked <= n and abs(asked / n - number.value) <= half:
                counts = np.arange(max(0, asked - _MOST), min(n, asked + _MOST) + 1)
                return cls(counts / n, asked - int(counts[0]), 1 / n, half, n + 1)
        offsets = np.arange(-_MOST, _MOST + 1)
        numbers = number.value + step * offsets
        least = -half if number.value >= 0 else -1 - half
        kept = (numbers > least) & (numbers < (1 + half if number.value <= 1 else np.inf))
        return cls(
            numbers[kept].clip(0 if number.value >= 0 else -1),
            int(np.count_nonzero(kept & (offsets < 0))),
            step,
            half,
            round(1 / step) + 1,
        )

    def reached(self, values: Array) -> Array:
        """For each number whether one of the values prints like it."""
        found = np.zeros(len(self.numbers), bool)
        found[self._indices(values)[0]] = True
        return found

    def least(self, values: Array, costs: Array) -> Array:
        """For each number the least cost of the values that print like it.

        Examples
        --------
        >>> near = Attainable.near(Reported(0.5, 1), 1000)
        >>> near.least(np.array([0.5, 0.31, 0.49]), np.array([3, 1, 2])).tolist()[3:6]
        [1, 99, 2]
        """
        found = np.full(len(self.numbers), NEVER)
        indices, near = self._indices(values)
        np.minimum.at(found, indices, costs[near])
        return found

    def _indices(self, values: Array) -> tuple[Array, Array]:
        """Which number each value prints like, of the values that print like any."""
        low, high = self.numbers[0] - self.half, self.numbers[-1] + self.half
        (near,) = np.nonzero((values >= low) & (values <= high))
        values = values[near]
        if len(self.numbers) == 1:
            return np.zeros(len(near), np.intp), near
        start = self.numbers[-1] - self.step * (len(self.numbers) - 1)
        indices = np.rint((values - start) / self.step).astype(np.intp)
        indices = np.clip(indices, 0, len(self.numbers) - 1)
        prints = np.abs(values - self.numbers[indices]) <= self.half
        return indices[prints], near[prints]

    def chance(self, least: Array, cost: int) -> float:
        """The share of the numbers that something gives at no greater cost, the asked one included.

        Of the 20 and of the 50 nearest to either side, and of all: the greatest share counts.

        Examples
        --------
        >>> near = Attainable.near(Reported(0.5, 1), 1000)
        >>> round(near.chance(np.array([99, 99, 2, 0, 99, 1, 99, 99, 99, 99, 99]), 1), 4)
        0.1818
        """
        others = least <= cost
        others[self.asked] = False
        shares = []
        for reach in _WINDOWS:
            size = min(2 * reach + 1, len(others))
            start = min(max(0, self.asked - reach), len(others) - size)
            shares.append((1 + np.count_nonzero(others[start : start + size])) / size)
        return float(max(shares))
