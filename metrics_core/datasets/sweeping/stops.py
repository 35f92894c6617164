"""Which thresholds are kept, with their counts, once the scores are let go."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from metrics_core.counting.counts import Counts
from metrics_core.numeric.arrays import Array
from metrics_core.sweep.optimum.heights import Totals
from metrics_core.sweep.rows import SortedRows
from metrics_core.sweep.state import DistinctScores, Sweep

BY_RANK, BY_SCORE = 2048, 2000
"""About how many thresholds are kept, evenly by rank and evenly by score."""


@dataclass(frozen=True, eq=False)
class Stops:
    """Thresholds, ascending, and the weight of all scores that do not exceed each.

    Attributes
    ----------
    scores : ndarray of float64, shape (m,)
        Scores, or numbers between two of them.
    ones, zeros : ndarray of int64 or float64, shape (m,)
        Weight of label 1, and of label 0, of all scores up to and with each.
    """

    scores: Array
    ones: Array
    zeros: Array

    def above(self, ones: float, zeros: float) -> Stops:
        """The same with so much weight below all of them."""
        return Stops(self.scores, self.ones + ones, self.zeros + zeros)


def joined(parts: Sequence[Stops]) -> Stops:
    """Stops of ranges in ascending order."""
    return Stops(
        np.concatenate([part.scores for part in parts]),
        np.concatenate([part.ones for part in parts]),
        np.concatenate([part.zeros for part in parts]),
    )


def with_more(stops: Stops, more: Stops) -> Stops:
    """Stops of the same scores, those of both."""
    both = joined([stops, more])
    _, first = np.unique(both.scores, return_index=True)
    return Stops(both.scores[first], both.ones[first], both.zeros[first])


def round_scores(low: float, high: float) -> Array:
    """Round numbers over a range, as the nearest float32 as Keras compares with; ascending.

    Examples
    --------
    >>> len(round_scores(0.0, 1.0)), round_scores(0.0, 1.0)[500]
    (2001, np.float64(0.25))
    """
    if not (math.isfinite(low) and math.isfinite(high) and high - low < math.inf and low <= high):
        return np.zeros(0)
    low, high = min(low, 0.0), max(high, 1.0)
    power = 10.0 ** math.floor(math.log10((high - low) / BY_SCORE))
    step = next(each * power for each in (1, 2, 5, 10) if (high - low) / (each * power) <= BY_SCORE)
    whole = np.arange(math.floor(low / step), math.ceil(high / step) + 1)
    with np.errstate(over="ignore"):
        return (whole * step).astype(np.float32).astype(np.float64)


@dataclass(frozen=True, eq=False)
class Choosing:
    """How stops are chosen from blocks of scores.

    Attributes
    ----------
    every : float
        Weight between two stops by rank; 0 where every score is one.
    grid : ndarray of float64
        Ascending; each of these is kept too.
    """

    every: float
    grid: Array

    def stops(
        self, block: DistinctScores, found: Array, wrong: Array, within: Totals, high: float
    ) -> list[Stops]:
        """Those in a block of scores, and between it and the block below.

        Parameters
        ----------
        block : DistinctScores
        found, wrong : ndarray
            Weight of label 1, and of label 0, at or above each score in the range.
        within : (float, float)
            All of the range.
        high : float
            The highest score of the block below; NaN without one.
        """
        if not self.every:
            scores = block.scores.astype(np.float64)
            return [Stops(scores, within[0] - block.above_1, within[1] - block.above_0)]
        scores, size = block.scores, (found + wrong)[::-1]
        steps = np.arange(math.ceil(size[0] / self.every), size[-1] / self.every) * self.every
        by_rank = len(size) - 1 - np.searchsorted(size, steps)
        low = float(scores[0]) if math.isnan(high) else high
        first, last = np.searchsorted(self.grid, [low, float(scores[-1])])
        ranks = single_below(scores[by_rank].astype(np.float64))
        thresholds = np.union1d(ranks, self.grid[first:last])
        thresholds = thresholds[thresholds >= low]
        if not len(thresholds):
            return []
        places = np.searchsorted(scores, thresholds.astype(scores.dtype), side="right")
        below = np.maximum(places - 1, 0)
        ones, zeros = (
            np.where(places > 0, whole - above[below], whole - side[0])
            for whole, side, above in zip(
                within, (found, wrong), (block.above_1, block.above_0), strict=True
            )
        )
        return [Stops(thresholds, ones, zeros)]

    def between(self, low: float, high: float, ones: float, zeros: float) -> Stops:
        """Those of the grid between two scores, up to the lower of which there is so much weight.

        Examples
        --------
        >>> Choosing(1.0, np.array([0.1, 0.2, 0.3])).between(0.15, 0.3, 4, 5).scores
        array([0.2])
        """
        first, last = np.searchsorted(self.grid, [low, high])
        scores = self.grid[first:last]
        return Stops(scores, np.full(len(scores), ones), np.full(len(scores), zeros))


def single_below(scores: Array) -> Array:
    """The highest float32 that is not above each score, as float64: Keras compares with no other.

    Examples
    --------
    >>> single_below(np.array([0.5, 0.1]))[0], single_below(np.array([0.1]))[0] < 0.1
    (np.float64(0.5), np.True_)
    """
    with np.errstate(over="ignore"):
        near = scores.astype(np.float32)
    above = near > scores
    near[above] = np.nextafter(near[above], np.float32(-np.inf))
    whole: Array = near.astype(np.float64)
    return whole


EVERY_STOP = Choosing(0.0, np.zeros(0))
"""Every score is kept."""


class KeptSweep(Sweep):
    """A sweep of the stops that were kept: each stands for all scores down to the one below it.

    It answers as a `Sweep` does, and exactly so at the stops.
    """

    @cached_property
    def weighted(self) -> bool:
        """Whether the counts are sums of weights: whole numbers stand for that many rows."""
        weights = self.rows.weights
        return weights is not None and bool((weights % 1).any())

    def at(self, threshold: float, *, inclusive: bool = False) -> Counts:
        """See `Sweep`; whole numbers where there are no weights."""
        counts = super().at(threshold, inclusive=inclusive)
        return counts if self.weighted else Counts(*(int(part) for part in counts.parts))

    @cached_property
    def twice_won(self) -> float:
        """Not known from stops alone."""
        raise NotImplementedError


def kept_sweep(stops: Stops, dtype: np.dtype[Any]) -> KeptSweep:
    """Sweep the stops.

    Examples
    --------
    >>> stops = Stops(np.array([0.25, 0.5]), np.array([1, 4]), np.array([3, 3]))
    >>> counts = kept_sweep(stops, np.dtype("f4")).at(0.3)
    >>> counts.true_positives, counts.false_negatives, counts.true_negatives
    (3, 1, 3)
    """
    at = [np.diff(side, prepend=0) for side in (stops.ones, stops.zeros)]
    scores = np.concatenate([stops.scores, stops.scores]).astype(dtype)
    positive = np.repeat([True, False], len(stops.scores))
    return KeptSweep(SortedRows.of(scores, positive, np.concatenate(at).astype(np.float64)))
