"""Every threshold at once: how many match at each, and which thresholds give a number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.numeric.plain_threshold import plain_threshold
from metrics_core.reverse.chance import NEVER, Attainable
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.interval import Interval
from metrics_core.reverse.reported import Reported

_TENTHS = np.arange(1, 100) / 10
_ONE_DIGIT = np.setdiff1d([*_TENTHS[:9], *_TENTHS[9::10], *-_TENTHS[9::10]], 0.5)
_TWO_DIGITS = np.setdiff1d([*_TENTHS, *-_TENTHS, *_TENTHS / 10], [*_ONE_DIGIT, 0.5])


@dataclass(frozen=True, eq=False)
class Sweep:
    """The result at every threshold: constant from one score up to the next (exclusive).

    Attributes
    ----------
    starts : ndarray, shape (m + 1,)
        Minus infinity, then the scores at which the result changes or stays, ascending.
    values : ndarray of float64, shape (m + 1,)
        The result from each start up to the next (exclusive).
    """

    starts: Array
    values: Array

    def intervals(self, reported: Reported) -> tuple[Interval, ...]:
        """The thresholds that give the reported number; neighbours are joined.

        An interval between float64 scores that holds no float32 is left out: no release can be
        given a threshold in it.
        """
        good = np.concatenate([[False], reported.holds(self.values), [False]])
        starts = np.flatnonzero(~good[:-1] & good[1:])
        ends = np.flatnonzero(good[:-1] & ~good[1:])
        found = []
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            low = float(self.starts[start])
            high = float(self.starts[end]) if end < len(self.starts) else float("inf")
            threshold = plain_threshold(low, high)
            if threshold is not None:
                at = int(np.searchsorted(self.starts, np.float32(threshold), side="right")) - 1
                found.append(Interval(low, high, threshold, float(self.values[at])))
        return tuple(found)

    def nearest(self, reported: Reported) -> tuple[Interval, ...]:
        """The closest attained result below the number, and the closest above, each once."""
        found = []
        for side in (self.values <= reported.value, self.values > reported.value):
            positions = np.flatnonzero(side)
            if len(positions):
                best = int(positions[np.abs(self.values[positions] - reported.value).argmin()])
                low, high = (
                    float(self.starts[best]),
                    float(np.append(self.starts, np.inf)[best + 1]),
                )
                threshold = plain_threshold(low, high)
                if threshold is not None:
                    found.append(Interval(low, high, threshold, float(self.values[best])))
        return tuple(found)

    def least(self, near: Attainable) -> Array:
        """For each attainable number what the plainest threshold that gives it costs."""
        found = np.where(near.reached(self.values), costs.threshold_digits(0.123), NEVER)
        for thresholds in (_TWO_DIGITS, _ONE_DIGIT):
            typed = thresholds.astype(self.starts.dtype)
            at = np.searchsorted(self.starts, typed, side="right") - 1
            found[near.reached(self.values[at])] = costs.threshold_digits(float(thresholds[0]))
        return found


def sweep(low: Array, high: Array, weights: Array | None, count: float) -> Sweep:
    """Count, for every threshold t, the matches that hold where ``low <= t < high``.

    Parameters
    ----------
    low, high : ndarray, shape (m,)
        Floating; infinities for matches that hold from the start or to the end. An empty interval
        never matches.
    weights : ndarray of float, shape (m,), or None
        What each match counts; None: 1.
    count : float
        What the sum is divided by.

    Examples
    --------
    >>> swept = sweep(np.array([-np.inf, 0.3]), np.array([0.6, np.inf]), None, 2)
    >>> swept.starts.tolist(), swept.values.tolist()
    ([-inf, 0.3, 0.6], [0.5, 1.0, 0.5])
    """
    some = low < high
    first, last = some & (low > -np.inf), some & (high < np.inf)
    always = some & (low == -np.inf)
    if weights is None:
        base = float(np.count_nonzero(always))
        starts, ends = np.sort(low[first]), np.sort(high[last])
        thresholds = _distinct(np.sort(np.concatenate([starts, ends]), kind="stable"))
        begun, over = (np.searchsorted(side, thresholds, side="right") for side in (starts, ends))
        counts = begun - over
    else:
        base = float(weights[always].sum())
        where = np.concatenate([low[first], high[last]])
        order = np.argsort(where)
        changes = np.concatenate([weights[first], -weights[last]])[order]
        where = where[order]
        thresholds = _distinct(where)
        counts = np.cumsum(changes)[np.searchsorted(where, thresholds, side="right") - 1]
    thresholds = np.concatenate([np.array([-np.inf], low.dtype), thresholds])
    values = np.concatenate([[base], base + counts])
    return Sweep(thresholds, values / count if count else np.zeros(len(thresholds)))


def _distinct(ordered: Array) -> Array:
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def element_limits(scores: Array, labels: Array) -> tuple[Array, Array]:
    """For each element the thresholds at which it matches: those below its score for label 1.

    NaN is never above; a label other than 0 and 1 never matches. Same shape as the scores.

    Examples
    --------
    >>> element_limits(np.array([0.5, 0.2]), np.array([1, 0]))
    (array([-inf,  0.2]), array([0.5, inf]))
    """
    wide = np.float32 if scores.dtype == np.float16 else np.float64
    own = scores if scores.dtype.char in "fd" else scores.astype(wide)
    if np.isnan(own.min()):
        own = np.where(np.isnan(own), -np.inf, own).astype(own.dtype)
    low = np.where(labels == 1, own.dtype.type(-np.inf), own)
    high = np.where(labels == 1, own, own.dtype.type(np.inf))
    other = (labels != 0) & (labels != 1)
    low[other] = np.inf
    return low, high
