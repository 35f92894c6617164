"""Scores picked from a sweep by bisection, so that few of many rows are looked at."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from metrics_core.numeric.arrays import Array
from metrics_core.sweep.rows import SortedRows
from metrics_core.sweep.state import Sweep


def bounds_at(sweep: Sweep, limits: npt.ArrayLike) -> Array:
    """How many of the lowest rows have a score at or below each limit.

    Examples
    --------
    >>> bounds_at(Sweep.of([0.25, 0.5], np.array([False, True])), [0.2, 0.25, 0.4]).tolist()
    [0, 1, 1]
    """
    return sweep.rows.counts_below(np.asarray(limits, np.float64), inclusive=False)


def bounds_of_parts(sweep: Sweep, weights: npt.ArrayLike) -> Array:
    """How many of the lowest rows come nearest to each amount, equal scores together.

    Scores belong to an amount where half of those that equal them, and all below, weigh no more.

    Examples
    --------
    >>> sweep = Sweep.of([0.25, 0.5, 0.5, 1.0], np.array([False, True, True, True]))
    >>> bounds_of_parts(sweep, [1, 2, 4]).tolist()
    [1, 3, 4]
    """
    rows, wanted = sweep.rows, np.asarray(weights, np.float64)
    counts = _within(rows, wanted)
    start, stop = _run(rows, counts)
    middle = (rows.below_each(start) + rows.below_each(stop)).sum(axis=1) / 2
    return np.where(middle <= wanted, stop, start)


def highest_at(sweep: Sweep, limits: npt.ArrayLike) -> Array:
    """The highest score at or below each limit.

    Parameters
    ----------
    sweep : Sweep
    limits : array_like of float, shape (m,)
        Not NaN.

    Returns
    -------
    ndarray of float64, shape (m,)
        NaN where every score is above the limit.

    Examples
    --------
    >>> highest_at(Sweep.of([0.25, 0.5], np.array([False, True])), [0.2, 0.25, 0.4]).tolist()
    [nan, 0.25, 0.25]
    """
    return score_below(sweep, bounds_at(sweep, limits))


def highest_within(sweep: Sweep, weights: npt.ArrayLike) -> Array:
    """The highest score that, with all scores at or below it, weighs no more than each amount.

    Parameters
    ----------
    sweep : Sweep
    weights : array_like of float, shape (m,)
        Numbers of rows, or sums of weights; 0 or more.

    Returns
    -------
    ndarray of float64, shape (m,)
        NaN where the lowest score alone weighs more.

    Examples
    --------
    >>> sweep = Sweep.of([0.25, 0.5, 0.5, 1.0], np.array([False, True, True, True]))
    >>> highest_within(sweep, [0, 1, 2, 3]).tolist()
    [nan, 0.25, 0.25, 0.5]
    """
    rows = sweep.rows
    start, _ = _run(rows, _within(rows, np.asarray(weights, np.float64)))
    return score_below(sweep, start)


def score_below(sweep: Sweep, bounds: Array) -> Array:
    """The highest score of so many of the lowest rows, ``(m,)``; NaN of none."""
    found = np.full(len(bounds), np.nan)
    found[bounds > 0] = _scores(sweep.rows, bounds[bounds > 0] - 1)
    return found


def more_than(sweep: Sweep, distinct: int) -> bool:
    """Whether a sweep has more different scores than a number; few rows are read where it has.

    Examples
    --------
    >>> more_than(Sweep.of([0.25, 0.5, 0.5], np.array([False, True, True])), 2)
    False
    """
    left = distinct
    for _, ends, _, _ in sweep.rows.runs():
        left -= len(ends)
        if left < 0:
            return True
    return False


def _within(rows: SortedRows, weights: Array) -> Array:
    """How many of the lowest rows weigh no more than each amount, equal scores apart."""
    if rows.weights is None:
        return np.minimum(weights, len(rows.keys)).astype(np.int64)
    counts, most = np.zeros(len(weights), np.int64), np.full(len(weights), len(rows.keys))
    while (counts < most).any():
        middle = (counts + most + 1) // 2
        fits = rows.below_each(middle).sum(axis=1) <= weights
        counts, most = np.where(fits, middle, counts), np.where(fits, most, middle - 1)
    return counts


def _run(rows: SortedRows, counts: Array) -> tuple[Array, Array]:
    """From where and up to where scores equal the next one; all rows where there is none."""
    start, stop, inside = counts.copy(), counts.copy(), counts < len(rows.keys)
    scores = _scores(rows, counts[inside])
    start[inside] = rows.counts_below(scores, inclusive=True)
    stop[inside] = rows.counts_below(scores, inclusive=False)
    return start, stop


def _scores(rows: SortedRows, places: Array) -> Array:
    """The scores of some rows, as float64."""
    keys, found = rows.keys.take(places), np.empty(len(places))
    for negative in (False, True):
        some = (places < rows.n_negative) == negative
        found[some] = rows.coding.scores(keys[some], negative=negative)
    return found
