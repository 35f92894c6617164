"""The thresholds that are best for a metric, and a metric at every threshold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from metrics_core.counting.counts import FIGURES, Amount, CostMatrix, Counts, Figure
from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.plain_threshold import plain_threshold
from metrics_core.sweep.optimum.heights import COST, Heights
from metrics_core.sweep.optimum.peaks import Peaks, merge_peaks
from metrics_core.sweep.ranking import BLOCK, Curve
from metrics_core.sweep.state import Sweep

EVEN_COST = CostMatrix()
"""1 for each wrong prediction, so that the mean cost is 1 minus the accuracy."""
FEW = 8
"""Blocks below which every threshold is tried."""


@dataclass(frozen=True, kw_only=True)
class Best:
    """The best value of one metric over all thresholds, and where it is reached.

    Attributes
    ----------
    name : str
        A name in `FIGURES`, or ``"cost"``.
    value : float
        The highest value; the lowest for the cost.
    low, high : float
        Every threshold from `low` up to `high` (exclusive) gives the value: scores, or infinite. Of
        several such intervals the widest, the lower one of two that are as wide.
    threshold : float or None
        A number with few decimals whose float32 lies in the interval, so that Keras predicts
        the same; None where no float32 does, between neighbouring float64 scores.
    n_intervals : int
        How many separate intervals give the value.
    counts : Counts
        The four counts there.
    """

    name: str
    value: float
    low: float
    high: float
    threshold: float | None
    n_intervals: int
    counts: Counts


def best_thresholds(
    sweep: Sweep, metrics: Mapping[str, Figure] = FIGURES, cost: CostMatrix = EVEN_COST
) -> tuple[Best, ...]:
    """Find the best threshold for each metric, and for the mean cost, among all there are.

    Parameters
    ----------
    sweep : Sweep
        With at least one sample of weight above 0.
    metrics : mapping of str to Figure
        By name. Each must rise or fall throughout with TP while FP stays, and the other way round,
        as all of `FIGURES` do; of another the best of many thresholds may be missed.
    cost : CostMatrix
        What each kind of prediction costs; the lowest mean is best.

    Returns
    -------
    tuple of Best
        In the order of the metrics, the cost last. Values that differ by less than 1e-15 count as
        equal.

    Raises
    ------
    InputError
        Where nothing was swept, or everything has weight 0.

    Examples
    --------
    >>> best = best_thresholds(Sweep.of(np.array([0.1, 0.4, 0.6, 0.8]), np.array([0, 1, 0, 1]) > 0))
    >>> accuracy = best[0]
    >>> accuracy.value, accuracy.low, accuracy.high, accuracy.threshold, accuracy.n_intervals
    (0.75, 0.1, 0.4, 0.2, 2)
    """
    _check_some(sweep)
    heights = Heights.of_all(metrics, cost)
    turned = [name for name, row in metrics.items() if not row.higher_is_better] + [COST]
    return tuple(
        Best(
            name=name,
            value=-peak.value if name in turned else peak.value,
            low=peak.low,
            high=peak.high,
            threshold=plain_threshold(peak.low, peak.high),
            n_intervals=peak.n_intervals,
            counts=sweep.at(peak.at),
        )
        for name, peak in _peaks(sweep, heights).items()
    )


def _peaks(sweep: Sweep, heights: Heights) -> Peaks:
    """Try single thresholds in those blocks alone in which something can be at its best."""
    totals = sweep.positives, sweep.negatives
    least, wanted = _where(sweep, heights)
    swept, high = heights.cold, -np.inf
    for block in sweep.blocks(BLOCK, wanted):
        found, wrong = block.above_1 + block.at_1, block.above_0 + block.at_0
        seen = heights.peaks(block.scores, found, wrong, totals, least)
        first = sweep.rows.count_below(float(block.scores[0]), inclusive=True)
        if first == 0:
            swept = seen
        else:
            between = sweep.score(first - 1)
            if between != high:
                swept = merge_peaks(swept, heights.cold, high)
            swept = merge_peaks(swept, seen, between)
        high = float(block.scores[-1])
    if high != sweep.high:
        swept = merge_peaks(swept, heights.cold, high)
    return heights.of_all_data(swept, sweep.high, totals)


def _where(sweep: Sweep, heights: Heights) -> tuple[dict[str, float], Array | None]:
    """What is reached at the first score of each block; blocks that can reach it, or all if few."""
    starts = [part.start for part in sweep.rows.parts(BLOCK)]
    if len(starts) < FEW:
        return heights.unknown, None
    scores = np.array([sweep.score(start) for start in starts])
    counts = sweep.at_each(scores, inclusive=True)
    found = np.append(np.asarray(counts.true_positives), 0)
    wrong = np.append(np.asarray(counts.false_positives), 0)
    totals = sweep.positives, sweep.negatives
    above = np.append(scores > -np.inf, False)
    least = heights.at(found[above], wrong[above], totals)
    return least, heights.can_reach(found, wrong, totals, least)


def metric_curve(sweep: Sweep, of: Callable[[Counts], Amount]) -> Curve:
    """A metric at every threshold: constant from each score up to the next (exclusive).

    Parameters
    ----------
    sweep : Sweep
    of : callable
        From `Counts` of arrays to the metric, as in `Figure.of`.

    Returns
    -------
    Curve
        `x` and `thresholds` are one ascending array: minus infinity (all are predicted positive),
        then each distinct score; `y` is the value of ``score > threshold`` from there up to the
        next (exclusive).

    Examples
    --------
    >>> curve = metric_curve(Sweep.of(np.array([0.2, 0.7]), np.array([0, 1]) > 0), FIGURES["f1"].of)
    >>> curve.x.tolist(), curve.y.round(4).tolist()
    ([-inf, 0.2, 0.7], [0.6667, 1.0, 0.0])
    """
    x, y = np.empty(sweep.distinct + 1), np.empty(sweep.distinct + 1)
    start = 0
    for edges, counts in _intervals(sweep):
        part = slice(start, start + len(edges) - 1)
        x[part], y[part] = edges[:-1], of(counts)
        start = part.stop
    return Curve(x, y, x)


def cost_curve(sweep: Sweep, cost: CostMatrix = EVEN_COST) -> Curve:
    """The mean cost of a sample at every threshold, see `metric_curve`.

    Examples
    --------
    >>> curve = cost_curve(Sweep.of(np.array([0.2, 0.7]), np.array([0, 1]) > 0), CostMatrix(fn=5))
    >>> curve.y.tolist()
    [0.5, 0.0, 2.5]
    """
    return metric_curve(sweep, lambda counts: counts.cost(cost))


def _intervals(sweep: Sweep) -> Iterator[tuple[Array, Counts]]:
    """Ends ``(m + 1,)`` of intervals of thresholds, ascending, and the counts ``(m,)`` in each.

    The first begins at minus infinity and the last ends at infinity. An infinite score leaves
    nothing between itself and that end.
    """
    last = -np.inf
    for block in sweep.blocks(BLOCK):
        edges = np.append(last, block.scores.astype(np.float64))
        found, wrong = block.above_1 + block.at_1, block.above_0 + block.at_0
        last = float(edges[-1])
        yield edges, _counts(sweep, found, wrong)
    yield np.array([last, np.inf]), _counts(sweep, np.zeros(1), np.zeros(1))


def _counts(sweep: Sweep, found: Array, wrong: Array) -> Counts:
    return Counts(found, wrong, sweep.negatives - wrong, sweep.positives - found)


def _check_some(sweep: Sweep) -> None:
    total = sweep.positives + sweep.negatives
    if not total > 0:
        raise InputError(
            "sweep",
            "must have samples with a weight above 0",
            f"{total:g}",
            "Sweep at least one sample; leave out weights that are all 0.",
        )
