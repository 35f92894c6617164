"""The thresholds that the browser knows: real scores, with the exact counts above each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from metrics_core.numeric.arrays import Array
from metrics_core.sweep import Sweep
from metrics_core.sweep.picking import highest_at, highest_within, more_than

MOST_DISTINCT = 1_200
"""Up to so many different scores, every one of them is a stop."""
COLUMNS = 900
QUANTILES = 300


@dataclass(frozen=True, eq=False)
class Grid:
    """Thresholds with the exact counts of ``score > threshold`` at each.

    Attributes
    ----------
    thresholds : ndarray of float64, shape (m,)
        Ascending, finite, each another one in float32.
    above_1, above_0 : ndarray, shape (m,)
        What lies strictly above each threshold, of label 1 and of label 0: numbers of samples as
        integers, or sums of weights as float64.
    at_1, at_0 : ndarray, shape (m,)
        What equals the threshold; ``score >= threshold`` predicts this much more positive.
    positives, negatives : float
        All of label 1 and all of label 0.
    ties_known : bool
        Whether `at_1` and `at_0` say anything.
    """

    thresholds: Array
    above_1: Array
    above_0: Array
    at_1: Array
    at_0: Array
    positives: float
    negatives: float
    ties_known: bool = True

    @property
    def weighted(self) -> bool:
        """Whether the counts are sums of weights."""
        return self.above_1.dtype.kind == "f"

    def including(self, sweep: Sweep, thresholds: Iterable[float]) -> Grid:
        """The same stops and further ones, counted in the sweep that this grid was made from.

        Parameters
        ----------
        sweep : Sweep
        thresholds : iterable of float
            The one in view, the best ones, 0.5. Such a number replaces a stop that is the
            same in float32. Those that are not finite are left out.
        """
        asked = np.array(list(thresholds), np.float64)
        if np.isin(asked, self.thresholds).all():
            return self
        more = _counted(sweep, asked)
        single = _single(np.concatenate([more.thresholds, self.thresholds]))
        _, first = np.unique(single, return_index=True)
        above_1, above_0, at_1, at_0, shown = (
            np.concatenate([new, old])[first]
            for new, old in (
                (more.above_1, self.above_1),
                (more.above_0, self.above_0),
                (more.at_1, self.at_1),
                (more.at_0, self.at_0),
                (more.thresholds, self.thresholds),
            )
        )
        return Grid(shown, above_1, above_0, at_1, at_0, self.positives, self.negatives)

    def table(self, *, ties: bool = True) -> pa.Table:
        """The arrays as one Arrow table, the smallest form in which a component can be sent them.

        Parameters
        ----------
        ties : bool
            Whether `at_1` and `at_0` come along.
        """
        columns = {"above_1": self.above_1, "above_0": self.above_0}
        if ties:
            columns |= {"at_1": self.at_1, "at_0": self.at_0}
        whole = not self.weighted and self.positives + self.negatives < 2**32
        dtype = np.uint32 if whole else np.float64
        sent = {"threshold": self.thresholds} | {
            name: column.astype(dtype) for name, column in columns.items()
        }
        return pa.table(sent)


def grid_for(sweep: Sweep, extra: Iterable[float] = ()) -> Grid:
    """Choose the stops of the lens among the scores, and count at each.

    Every different score is a stop where there are at most 1,200. Else the last score at or below
    the right edge of each of 900 columns of equal width, and of each of 300 parts of equal weight.
    One more stop lies below all scores, so that everything can be predicted positive.

    Parameters
    ----------
    sweep : Sweep
    extra : iterable of float
        Further stops; see `Grid.including`.

    Examples
    --------
    >>> grid = grid_for(Sweep.of(np.array([0.25, 0.5, 0.5]), np.array([False, False, True])))
    >>> grid.thresholds.tolist(), grid.above_1.tolist(), grid.at_0.tolist()
    ([0.0, 0.25, 0.5], [1, 1, 0], [0, 1, 1])
    """
    scores = _thinned(sweep) if more_than(sweep, MOST_DISTINCT) else _every(sweep)
    return grid_of(sweep, scores).including(sweep, extra)


def grid_of(sweep: Sweep, scores: Array) -> Grid:
    """Count at given scores, and below all of them.

    Parameters
    ----------
    sweep : Sweep
    scores : ndarray, shape (m,)
        In any order, repeated or not; infinite ones are left out.

    Notes
    -----
    A threshold is rounded to float32 before it is compared, as Keras does. A stop for a float64
    score is therefore the float32 number next to it, and the counts are those of that number.
    """
    low, high = finite_range(sweep)
    below = 0.0 if low > 0 else low - max(high - low, 1.0) / 100
    with np.errstate(over="ignore"):
        return _counted(sweep, np.append(scores, below).astype(np.float32).astype(np.float64))


def _counted(sweep: Sweep, thresholds: Array) -> Grid:
    single = _single(thresholds)
    finite = np.isfinite(single) & np.isfinite(thresholds)
    limits, first = np.unique(single[finite], return_index=True)
    above, at_least = sweep.at_each(limits), sweep.at_each(limits, inclusive=True)
    return Grid(
        thresholds[finite][first],
        np.asarray(above.true_positives),
        np.asarray(above.false_positives),
        np.asarray(at_least.true_positives) - np.asarray(above.true_positives),
        np.asarray(at_least.false_positives) - np.asarray(above.false_positives),
        float(sweep.positives),
        float(sweep.negatives),
    )


def _single(thresholds: Array) -> Array:
    with np.errstate(over="ignore"):
        single: Array = thresholds.astype(np.float32).astype(np.float64)
    return single


def finite_range(sweep: Sweep) -> tuple[float, float]:
    """The lowest and the highest finite score; 0 and 1 where there is none."""
    low, high = float(sweep.low), float(sweep.high)
    if np.isfinite(low) and np.isfinite(high):
        return low, high
    low, high = np.inf, -np.inf
    for block in sweep.blocks():
        finite = block.scores[np.isfinite(block.scores)]
        if len(finite):
            low, high = min(low, float(finite[0])), max(high, float(finite[-1]))
    return (low, high) if low <= high else (0.0, 1.0)


def _every(sweep: Sweep) -> Array:
    parts = [np.asarray(block.scores, np.float64) for block in sweep.blocks()]
    return np.concatenate(parts) if parts else np.zeros(0)


def _thinned(sweep: Sweep) -> Array:
    low, high = finite_range(sweep)
    total = float(sweep.positives) + float(sweep.negatives)
    with np.errstate(over="ignore"):
        edges = low + (high - low) / COLUMNS * np.arange(1, COLUMNS + 1)
    by_column = highest_at(sweep, np.minimum(edges, high))
    by_weight = highest_within(sweep, total * np.arange(1, QUANTILES + 1) / QUANTILES)
    chosen = np.unique(np.concatenate([[high], by_column, by_weight]))
    return np.asarray(chosen[np.isfinite(chosen)])
