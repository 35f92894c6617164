"""A range of scores that was swept: what of it matters once its rows are let go."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np

from metrics_core.counting.counts import FIGURES, CostMatrix
from metrics_core.datasets.sweeping.shared import NOBODY, Shared
from metrics_core.datasets.sweeping.stops import (
    Choosing,
    Stops,
)
from metrics_core.numeric.arrays import Array
from metrics_core.sweep.optimum.best import EVEN_COST
from metrics_core.sweep.optimum.heights import Heights, Totals
from metrics_core.sweep.optimum.peaks import Peaks, merge_peaks
from metrics_core.sweep.state import DistinctScores

COLD = Heights.of_all(FIGURES, EVEN_COST).cold

_SAFE = 2**31


@cache
def heights_of(cost: CostMatrix) -> Heights:
    """All metrics, and a cost."""
    return Heights.of_all(FIGURES, cost)


@dataclass(frozen=True, eq=False, kw_only=True)
class Part:
    """A range of scores, or all ranges up to one.

    Attributes
    ----------
    ones, zeros : int or float
        Rows, or weight, of each label.
    twice_won : int or float
        Twice the weight of the pairs within the range in which label 1 has the higher score; ties
        count once. A whole number, and exact, without weights.
    found_precision : tuple of float
        Sums of the precision at each score times the weight of label 1 there.
    distinct : int
        Different scores.
    low, high : float
        The lowest and the highest score.
    peaks : dict of str to Peak
    stops : tuple of Stops
        Each with the weight below it within its own range.
    choosing : Choosing
        How the stops were chosen.
    shared : Shared
        The scores that the most rows share.
    exact_best : bool
        Whether the best thresholds are among the stops.
    """

    ones: float
    zeros: float
    twice_won: float
    found_precision: tuple[float, ...]
    distinct: int
    low: float
    high: float
    peaks: Peaks
    stops: tuple[Stops, ...]
    choosing: Choosing
    shared: Shared = NOBODY
    exact_best: bool = False

    def merge(self, other: Part) -> Part:
        """The range and the next higher one together."""
        return Part(
            ones=self.ones + other.ones,
            zeros=self.zeros + other.zeros,
            twice_won=self.twice_won + other.twice_won + 2 * self.zeros * other.ones,
            found_precision=(*self.found_precision, *other.found_precision),
            distinct=self.distinct + other.distinct,
            low=self.low,
            high=other.high,
            peaks=merge_peaks(self.peaks, other.peaks, self.high),
            stops=(
                *self.stops,
                self.choosing.between(self.high, other.low, self.ones, self.zeros),
                *(each.above(self.ones, self.zeros) for each in other.stops),
            ),
            choosing=self.choosing,
            shared=self.shared.merge(other.shared),
        )


@dataclass(frozen=True, eq=False)
class Place:
    """Where a range stands among all scores.

    Attributes
    ----------
    totals, above : (float, float)
        Rows, or weight, of label 1 and of label 0: of all data, and above the range.
    least : dict of str to float
        By metric a value that is reached somewhere.
    choosing : Choosing
    cost : CostMatrix
    """

    totals: Totals
    above: Totals
    least: dict[str, float]
    choosing: Choosing
    cost: CostMatrix = EVEN_COST

    @property
    def heights(self) -> Heights:
        """What is looked for."""
        return heights_of(self.cost)


@dataclass(frozen=True, eq=False)
class Hot:
    """Where a metric can be as high as it is known to get somewhere.

    Attributes
    ----------
    scores : ndarray, shape (m,)
        Ascending.
    can : ndarray of bool, shape (m + 1,)
        Below the first of them, between each and the next, and above the last.
    """

    scores: Array
    can: Array

    def touches(self, low: float, high: float) -> bool:
        """Whether scores from `low` to `high` lie where it can."""
        first = int(np.searchsorted(self.scores, low))
        last = int(np.searchsorted(self.scores, high))
        return bool(self.can[first : last + 1].any())


def sweep_part(
    blocks: Iterable[DistinctScores], place: Place, within: Totals, hot: Hot | None = None
) -> Part | None:
    """Sweep a range, given as its scores in ascending order; None where it is empty.

    Parameters
    ----------
    blocks : iterable of DistinctScores
        With the weights above each score within the range.
    place : Place
    within : (float, float)
        Rows, or weight, of each label in the range.
    hot : Hot, optional
        Where a metric can be at its best; by default anywhere.
    """
    (ones, zeros), (above_1, above_0) = within, place.above
    won: float = 0
    distinct, low, high = 0, math.nan, math.nan
    precisions, stops = [], []
    peaks: Peaks = {}
    shared, cold = NOBODY, False
    for block in blocks:
        found, wrong = block.above_1 + block.at_1, block.above_0 + block.at_0
        stops += place.choosing.stops(block, found, wrong, within, high)
        won += _won(block, zeros)
        shared = shared.with_block(block, place.above)
        if above_1 or above_0:
            found, wrong = found + above_1, wrong + above_0
        precisions.append(float((block.at_1 * (found / (found + wrong))).sum()))
        seen = COLD
        if hot is None or hot.touches(block.scores[0], block.scores[-1]):
            seen = place.heights.peaks(block.scores, found, wrong, place.totals, place.least)
        if seen is not COLD or not cold:
            peaks = merge_peaks(peaks, seen, high) if peaks else seen
        cold = seen is COLD
        low = low if distinct else float(block.scores[0])
        high, distinct = float(block.scores[-1]), distinct + len(block.scores)
    if not distinct:
        return None
    if not stops or stops[-1].scores[-1] != high:
        stops.append(Stops(np.array([high]), np.array([ones]), np.array([zeros])))
    sums = (math.fsum(precisions),)
    choosing = place.choosing
    return Part(
        ones=ones,
        zeros=zeros,
        twice_won=won,
        found_precision=sums,
        distinct=distinct,
        low=low,
        high=high,
        peaks=peaks,
        stops=tuple(stops),
        choosing=choosing,
        shared=shared,
    )


def _won(block: DistinctScores, zeros: float) -> float:
    """Twice the weight of the pairs of label 1 in the block with label 0 in or below it."""
    at_1: Array = block.at_1
    if zeros + at_1.sum() >= _SAFE and at_1.dtype.kind == "i":
        at_1 = at_1.astype(object)
    sides = zeros - block.above_0
    sides *= 2
    sides -= block.at_0
    won = (at_1 * sides).sum()
    plain: float = won.item() if isinstance(won, np.generic) else won
    return plain
