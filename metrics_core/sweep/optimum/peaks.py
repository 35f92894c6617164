"""The best value of a metric in ranges of scores that were swept apart, and where it is reached."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.numeric.plain_threshold import plain_threshold

SAME = 1e-15
"""Values closer than this are the same: two equal fractions may round differently."""


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
        whole = scores.astype(np.float64, copy=False)
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


def merge_peaks(lower: Peaks, higher: Peaks, between: float) -> Peaks:
    """The peaks of two ranges, of which the second is the higher one."""
    return {name: peak.merge(higher[name], between) for name, peak in lower.items()}
