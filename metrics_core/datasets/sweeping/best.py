"""The best value of a metric in ranges of scores that were swept apart, and where it is reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from metrics_core.counting.counts import FIGURES, Amount, Counts
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.plain_threshold import plain_threshold
from metrics_core.sweep.best import COST, EVEN_COST, SAME

Totals = tuple[float, float]
"""Rows, or weight, of label 1 and of label 0."""


def _negative_cost(counts: Counts) -> Amount:
    return -1.0 * np.asarray(counts.cost(EVEN_COST))


HIGHEST: dict[str, Callable[[Counts], Amount]] = {
    **{name: row.of for name, row in FIGURES.items()},
    COST: _negative_cost,
}
"""What is made as high as it gets, by name: every metric, and the mean cost with its sign turned.

Each rises or falls throughout with the true positives while the false positives stay, and the other
way round, so that between two thresholds none exceeds its highest value at the four corners.
"""

UNKNOWN: dict[str, float] = dict.fromkeys(HIGHEST, -np.inf)
"""By metric a value that is reached, where nobody knows one."""


@dataclass(frozen=True, kw_only=True)
class Peak:
    """The best value of one metric in a range of scores, and the intervals that have it.

    An interval reaches from a score to the next higher one, and belongs to the range of the latter.
    One that begins below the range is known by its upper end alone until the ranges are merged.

    Attributes
    ----------
    value : float
        Minus infinity where nothing was looked at.
    low, high : float
        The widest interval that begins within the range; NaN without any.
    n_intervals : int
        How many begin within the range.
    from_below : float or None
        The upper end of an interval that begins below the range.
    to_top : float or None
        The lower end of one that begins within the range and ends at its highest score.
    through : bool
        Whether one interval begins below the range and ends at its highest score.
    """

    value: float = -np.inf
    low: float = np.nan
    high: float = np.nan
    n_intervals: int = 0
    from_below: float | None = None
    to_top: float | None = None
    through: bool = False

    @property
    def at(self) -> float:
        """A number with few decimals in the widest interval, as Keras compares with it.

        The lower end of the interval where no float32 lies in it.
        """
        threshold = plain_threshold(self.low, self.high)
        return self.low if threshold is None else float(np.float32(threshold))

    @classmethod
    def of(cls, scores: Array, values: Array) -> Peak:
        """Of some scores in order, and the metric between each and the one below it."""
        top = float(values.max())
        good = np.concatenate([[False], values >= top - SAME, [False]])
        starts, stops = np.flatnonzero(good[1:] != good[:-1]).reshape(-1, 2).T
        whole = scores.astype(np.float64)
        peak = cls(value=top)
        if starts[0] == 0:
            peak = replace(peak, from_below=float(whole[stops[0] - 1]))
        inner = starts > 0
        lows, highs = whole[starts[inner] - 1], whole[stops[inner] - 1]
        if len(lows):
            with np.errstate(over="ignore"):
                widest = int((highs - lows).argmax())
            low, high = float(lows[widest]), float(highs[widest])
            peak = replace(peak, low=low, high=high, n_intervals=len(lows))
        if stops[-1] < len(values):
            return peak
        if starts[-1] == 0:
            return replace(peak, through=True)
        return replace(peak, to_top=float(whole[starts[-1] - 1]))

    def merge(self, other: Peak, between: float) -> Peak:
        """The same of two ranges, of which the other is the higher one.

        Parameters
        ----------
        other : Peak
        between : float
            The highest score of this range.
        """
        if self.value < other.value - SAME:
            return other.begun_at(between)
        if other.value < self.value - SAME:
            return replace(self, to_top=None, through=False)
        value = max(self.value, other.value)
        if other.from_below is None:
            both = self.having(other.low, other.high, other.n_intervals)
            return replace(both, value=value, to_top=other.to_top, through=False)
        if self.through:
            both = self.having(other.low, other.high, other.n_intervals)
            return replace(
                both,
                value=value,
                from_below=other.from_below,
                to_top=other.to_top,
                through=other.through,
            )
        if self.to_top is None:
            both = self.having(between, other.from_below, 1)
            begun = between
        else:
            begun = self.to_top
            low = begun if self.low == begun else self.low
            high = other.from_below if self.low == begun else self.high
            both = replace(self, low=low, high=high).having(begun, other.from_below, 0)
        both = both.having(other.low, other.high, other.n_intervals)
        return replace(both, value=value, to_top=begun if other.through else other.to_top)

    def having(self, low: float, high: float, n_intervals: int) -> Peak:
        """The same with more intervals, of which the widest is given; NaN without any."""
        more = replace(self, n_intervals=self.n_intervals + n_intervals)
        if np.isnan(low):
            return more
        wider = high - low > self.high - self.low or np.isnan(self.low)
        return replace(more, low=low, high=high) if wider else more

    def begun_at(self, score: float) -> Peak:
        """The same where the score below the range is known."""
        if self.from_below is None:
            return self
        begun = score if self.through else self.to_top
        first = Peak(value=self.value, low=score, high=self.from_below, n_intervals=1, to_top=begun)
        return first.having(self.low, self.high, self.n_intervals)


Peaks = dict[str, Peak]
COLD: Peaks = dict.fromkeys(HIGHEST, Peak())
"""Of scores among which no metric is at its best."""


def peaks_of(
    scores: Array, found: Array, wrong: Array, totals: Totals, least: dict[str, float]
) -> Peaks:
    """The peaks between some scores and those below them.

    Parameters
    ----------
    scores : ndarray, shape (m,)
    found, wrong : ndarray, shape (m,)
        Weight of label 1, and of label 0, at or above each score.
    totals : (float, float)
        Of all data.
    least : dict of str to float
        Values that are reached somewhere; what stays below is not looked at.
    """
    peaks = {}
    ends = (found[[0, -1]], wrong[[0, -1]])
    for name, of in HIGHEST.items():
        if not can_reach(*ends, totals, {name: least[name]})[0]:
            peaks[name] = Peak()
            continue
        values = np.array(of(_counts(found, wrong, totals)), np.float64)
        if scores[0] == -np.inf:
            values[0] = -np.inf
        peaks[name] = Peak.of(scores, values)
    return peaks


def can_reach(found: Array, wrong: Array, totals: Totals, least: dict[str, float]) -> Array:
    """Whether any metric can be as high as it is known to get, between each two thresholds.

    Parameters
    ----------
    found, wrong : ndarray, shape (m + 1,)
        Weight of label 1, and of label 0, above ascending thresholds.
    totals, least
        See `peaks_of`.

    Returns
    -------
    ndarray of bool, shape (m,)
    """
    corners = _counts(
        np.stack([found[:-1], found[:-1], found[1:], found[1:]]),
        np.stack([wrong[:-1], wrong[1:], wrong[:-1], wrong[1:]]),
        totals,
    )
    can = np.zeros(len(found) - 1, bool)
    for name, value in least.items():
        can |= np.asarray(HIGHEST[name](corners)).max(axis=0) >= value - SAME
    return can


def highest_at(found: Array, wrong: Array, totals: Totals) -> dict[str, float]:
    """The highest value of each metric at some thresholds."""
    counts = _counts(found, wrong, totals)
    return {name: float(np.max(of(counts), initial=-np.inf)) for name, of in HIGHEST.items()}


def merge_peaks(lower: Peaks, higher: Peaks, between: float) -> Peaks:
    """The peaks of two ranges, of which the second is the higher one."""
    return {name: peak.merge(higher[name], between) for name, peak in lower.items()}


def all_peaks(swept: Peaks, highest: float, totals: Totals) -> Peaks:
    """The same of all data: also above the highest score, and from minus infinity on."""
    if highest < np.inf:
        nothing = np.zeros(1)
        above = peaks_of(np.array([np.inf]), nothing, nothing, totals, UNKNOWN)
        swept = merge_peaks(swept, above, highest)
    return {name: peak.begun_at(-np.inf) for name, peak in swept.items()}


def _counts(found: Array, wrong: Array, totals: Totals) -> Counts:
    missed, right = np.maximum(totals[0] - found, 0), np.maximum(totals[1] - wrong, 0)
    return Counts(found, wrong, right, missed)
