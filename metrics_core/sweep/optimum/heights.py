"""What is made as high as it gets by a threshold, and between which thresholds it can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from metrics_core.counting.counts import Amount, CostMatrix, Counts, Figure
from metrics_core.numeric.arrays import Array
from metrics_core.sweep.optimum.peaks import SAME, Peak, Peaks, merge_peaks

COST = "cost"
_SLACK = 1e-12
"""By how much, of a value, rounding may lift one corner above another."""

Totals = tuple[float, float]
"""Rows, or weight, of label 1 and of label 0."""


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
