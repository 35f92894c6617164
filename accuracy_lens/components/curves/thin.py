"""Which of all thresholds have to be drawn, so that every curve looks as if all of them were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from tsdownsample import M4Downsampler

from accuracy_lens.components.threshold_lens.grid import Grid, finite_range, grid_of
from metrics_core.counting.counts import FIGURES, CostMatrix, Counts
from metrics_core.numeric.arrays import Array
from metrics_core.sweep import DistinctScores, Sweep

WIDTH = 640
THRESHOLD = "threshold"
COST = "cost"
PLAIN_COST = CostMatrix()
STEADY = frozenset({"recall", "specificity", "false_positive_rate", "predicted_share"})
"""Rises or falls with the threshold throughout, so that columns need their first and last row."""
Coordinate = Callable[[Counts], Array]
_EACH = 4
_BLOCK = 65_536
_M4: Any = M4Downsampler  # its constructor has no types


def coordinates(cost: CostMatrix) -> Mapping[str, Coordinate]:
    """What a curve can be drawn over, or show: every metric, some shares, and the mean cost."""

    def lift(counts: Counts) -> Array:
        base = np.divide(counts.positives, np.maximum(counts.count, 1e-300))
        return np.divide(counts.precision, np.maximum(base, 1e-300))

    metrics: dict[str, Callable[[Counts], object]] = {n: row.of for n, row in FIGURES.items()}
    metrics |= {
        "false_positive_rate": lambda counts: counts.false_positive_rate,
        "predicted_share": lambda counts: counts.predicted_share,
        "lift": lift,
        COST: lambda counts: counts.cost(cost),
    }
    return {name: _as_array(of) for name, of in metrics.items()}


def _as_array(of: Callable[[Counts], object]) -> Coordinate:
    return lambda counts: np.asarray(of(counts), np.float64)


def thin(x: Array, y: Array, low: float, high: float, width: int = WIDTH) -> Array:
    """Choose the first, the last, the lowest and the highest point of every column of a screen.

    Lines through the chosen points cover the same pixels as lines through all of them (M4).

    Parameters
    ----------
    x : ndarray, shape (n,)
        Rising or falling throughout.
    y : ndarray of float64, shape (n,)
    low, high : float
        What the screen shows of `x`, from its left to its right edge.
    width : int
        Columns of the screen.

    Returns
    -------
    ndarray of intp, shape (m,)
        Rows of the chosen points, ascending; at most four times as many as columns.

    References
    ----------
    Jugel et al., M4: a visualization-oriented time series data aggregation, VLDB 2014.

    Examples
    --------
    >>> thin(np.arange(6.0), np.array([1.0, 3.0, 0.0, 2.0, 2.0, 2.0]), 0.0, 6.0, 1).tolist()
    [0, 1, 2, 5]
    """
    starts = _starts(x, low, high, width)
    column = np.repeat(np.arange(float(len(starts))), np.diff(starts, append=len(x)))
    return np.unique(_extremes(y, column))


def _starts(x: Array, low: float, high: float, width: int) -> Array:
    """The first row of each column that has any."""
    edges = low + (high - low) * np.arange(1, width) / width
    if len(x) and x[-1] < x[0]:
        inner = len(x) - np.searchsorted(x[::-1], edges)[::-1]
    else:
        inner = np.searchsorted(x, edges)
    ends = np.concatenate([[0], inner, [len(x)]])
    return ends[:-1][ends[1:] > ends[:-1]]


def _extremes(y: Array, column: Array) -> Array:
    """The first, the last, the lowest and the highest row of each column, some of them twice.

    Columns are numbered from 0.
    """
    if len(y) <= _EACH:
        return np.arange(len(y))
    # whole numbers across fall into as many equal bins as there are numbers, one into each
    n_out = _EACH * (int(column[-1]) + 1)
    across = (column,) if n_out > _EACH else ()
    return np.asarray(_M4().downsample(*across, y, n_out=n_out), np.intp)


def _turns(block: DistinctScores) -> Array:
    """The rows at which a curve may turn.

    While one threshold after another passes samples of one label alone, every figure rises or falls
    throughout.
    """
    only_1, only_0 = block.at_0 == 0, block.at_1 == 0
    turns = np.ones(len(only_1), bool)
    turns[:-1] = ~((only_1[:-1] & only_1[1:]) | (only_0[:-1] & only_0[1:]))
    return np.flatnonzero(turns)


def thresholds_to_draw(
    sweep: Sweep,
    curves: Iterable[tuple[str, str]],
    cost: CostMatrix = PLAIN_COST,
    width: int = WIDTH,
) -> Grid:
    """The thresholds that any of some curves needs, with exact counts.

    Parameters
    ----------
    sweep : Sweep
    curves : iterable of (str, str)
        Names in `coordinates`, across and up; across may be ``"threshold"``. All other things
        across are shares, from 0 to 1, that rise or fall with the threshold.
    cost : CostMatrix
        What the curve ``"cost"`` means.
    width : int
        Columns of the widest screen that a curve fills.

    Notes
    -----
    Each block of the sweep is thinned over the columns of the whole screen, then what is left of
    all blocks once more, which gives the points of one thinning of everything.

    Examples
    --------
    >>> sweep = Sweep.of(np.linspace(0, 1, 5000), np.arange(5000) % 3 == 0)
    >>> drawn = thresholds_to_draw(sweep, [("false_positive_rate", "recall")], width=100)
    >>> len(drawn.thresholds) < 401
    True
    """
    pairs, ends = list(dict.fromkeys(curves)), finite_range(sweep)
    named = coordinates(cost)
    parts = [
        _needed(block, _turns(block), sweep, pairs, named, ends, width)
        for block in sweep.blocks(_BLOCK)
    ]
    if not parts:
        return grid_of(sweep, np.zeros(0))
    names = [field.name for field in fields(DistinctScores)]
    left = DistinctScores(*(np.concatenate([getattr(p, name) for p in parts]) for name in names))
    every = np.arange(len(left.scores))
    return grid_of(sweep, _needed(left, every, sweep, pairs, named, ends, width).scores)


def _needed(
    block: DistinctScores,
    turns: Array,
    sweep: Sweep,
    pairs: Sequence[tuple[str, str]],
    named: Mapping[str, Coordinate],
    ends: tuple[float, float],
    width: int,
) -> DistinctScores:
    x_of = _counts(block, sweep)
    starts = {THRESHOLD: _starts(block.scores, *ends, width)}
    for name in {x for x, _ in pairs} - {THRESHOLD}:
        starts[name] = _starts(named[name](x_of), 0.0, 1.0, width)
    last = np.array([len(block.scores) - 1])
    sides = [last, *(side for each in starts.values() for side in (each, each[1:] - 1))]
    rows = _marked(len(block.scores), [turns, *sides])
    turning = _taken(block, rows)
    counts = _counts(turning, sweep)
    chosen = [np.searchsorted(rows, np.concatenate(sides))]
    across = {
        x: (np.searchsorted(first, rows, side="right") - 1).astype(np.float64)
        for x, first in starts.items()
    }
    for up in {y for _, y in pairs} - STEADY:
        values = named[up](counts)
        chosen += [_extremes(values, across[x]) for x, y in pairs if y == up]
    return _taken(turning, _marked(len(rows), chosen))


def _marked(n: int, parts: Iterable[Array]) -> Array:
    """All rows of some lists, each once, ascending."""
    marks = np.zeros(n, bool)
    for part in parts:
        marks[part] = True
    return np.flatnonzero(marks)


def _counts(block: DistinctScores, sweep: Sweep) -> Counts:
    return Counts(
        block.above_1,
        block.above_0,
        sweep.negatives - block.above_0,
        sweep.positives - block.above_1,
    )


def _taken(block: DistinctScores, rows: Array) -> DistinctScores:
    return DistinctScores(*(getattr(block, field.name)[rows] for field in fields(DistinctScores)))
