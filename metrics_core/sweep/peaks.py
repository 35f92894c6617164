"""The best value of a metric in ranges of scores that were swept apart, and where it is reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from metrics_core.counting.counts import Amount, CostMatrix, Counts, Figure
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.plain_threshold import plain_threshold

COST = "cost"
SAME = 1e-15
"""Values closer than this are the same: two equal fractions may round differently."""
_SLACK = 1e-12
"""By how much, of a value, rounding may lift one corner above another."""

Totals = tuple[float, float]
"""Rows, or weight, of label 1 and of label 0."""


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


@dataclass(frozen=True, eq=False)
class Heights:
    """What is made as high as it gets.

    Attributes
    ----------
    of : mapping of str to callable
        By name, from counts to one number or one per threshold. Each rises or falls throughout with
        the true positives while the false positives stay, and the other way round, so that between
        two thresholds none exceeds its highest value at the four corners.

    Examples
    --------
    >>> from metrics_core.counting.counts import FIGURES
    >>> heights = Heights.of_all({"recall": FIGURES["recall"]}, CostMatrix())
    >>> heights.at(np.array([3, 1]), np.array([2, 0]), (4, 4))
    {'recall': 0.75, 'cost': -0.375}
    """

    of: Mapping[str, Callable[[Counts], Amount]]

    @classmethod
    def of_all(cls, metrics: Mapping[str, Figure], cost: CostMatrix) -> Heights:
        """Metrics, and the mean cost with its sign turned."""
        of = {name: row.of if row.higher_is_better else _turned(row.of)
              for name, row in metrics.items()}  # fmt: skip
        return cls(of | {COST: _turned(lambda counts: counts.cost(cost))})

    @property
    def unknown(self) -> dict[str, float]:
        """By name a value that is reached, where nobody knows one."""
        return dict.fromkeys(self.of, -np.inf)

    @property
    def cold(self) -> Peaks:
        """Of scores among which none is at its best."""
        return dict.fromkeys(self.of, Peak())

    def at(self, found: Array, wrong: Array, totals: Totals) -> dict[str, float]:
        """The highest value of each at some thresholds."""
        counts = _counts(found, wrong, totals)
        return {name: float(np.max(of(counts), initial=-np.inf)) for name, of in self.of.items()}

    def can_reach(
        self, found: Array, wrong: Array, totals: Totals, least: Mapping[str, float]
    ) -> Array:
        """Whether any can be as high as it is known to get, between each two thresholds.

        Parameters
        ----------
        found, wrong : ndarray, shape (m + 1,)
            Weight of label 1, and of label 0, above ascending thresholds.
        totals, least
            See `peaks`.

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
            enough = value - SAME - _SLACK * abs(value) if np.isfinite(value) else value
            can |= np.asarray(self.of[name](corners)).max(axis=0) >= enough
        return can

    def peaks(
        self, scores: Array, found: Array, wrong: Array, totals: Totals, least: Mapping[str, float]
    ) -> Peaks:
        """The peaks between some scores and those below them.

        Parameters
        ----------
        scores : ndarray, shape (m,)
        found, wrong : ndarray, shape (m,)
            Weight of label 1, and of label 0, at or above each score.
        totals : (float, float)
            Of all data.
        least : mapping of str to float
            Values that are reached somewhere; what stays below is not looked at.
        """
        peaks = {}
        counts, scores = _counts(found, wrong, totals), scores.astype(np.float64)
        ends = (found[[0, -1]], wrong[[0, -1]])
        for name, of in self.of.items():
            known = least[name] > -np.inf
            if known and not self.can_reach(*ends, totals, {name: least[name]})[0]:
                peaks[name] = Peak()
                continue
            values = np.array(of(counts), np.float64)
            if scores[0] == -np.inf:
                values[0] = -np.inf
            peaks[name] = Peak.of(scores, values)
        return peaks

    def of_all_data(self, swept: Peaks, highest: float, totals: Totals) -> Peaks:
        """The peaks of all data: also above the highest score, and from minus infinity on."""
        if highest < np.inf:
            nothing = np.zeros(1)
            above = self.peaks(np.array([np.inf]), nothing, nothing, totals, self.unknown)
            swept = merge_peaks(swept, above, highest)
        return {name: peak.begun_at(-np.inf) for name, peak in swept.items()}


def _turned(of: Callable[[Counts], Amount]) -> Callable[[Counts], Amount]:
    return lambda counts: -1.0 * np.asarray(of(counts))


def _counts(found: Array, wrong: Array, totals: Totals) -> Counts:
    missed, right = np.maximum(totals[0] - found, 0), np.maximum(totals[1] - wrong, 0)
    return Counts(found, wrong, right, missed)
