"""The thresholds that are best for a metric, and a metric at every threshold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from metrics_core.counting.counts import FIGURES, Amount, CostMatrix, Counts, Figure
from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.plain_threshold import plain_threshold
from metrics_core.sweep.ranking import BLOCK, Curve
from metrics_core.sweep.state import Sweep

COST = "cost"
EVEN_COST = CostMatrix()
"""1 for each wrong prediction, so that the mean cost is 1 minus the accuracy."""
SAME = 1e-15
"""Values closer than this are the same: two equal fractions may round differently."""


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
        Every threshold from `low` to below `high` gives the value: scores, or infinite. Of several
        such intervals the widest, the lower one of two that are as wide.
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
        By name.
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
    searches = [
        _Search(name=row.name, of=row.of, higher_is_better=row.higher_is_better)
        for row in metrics.values()
    ]
    searches.append(_Search(name=COST, of=lambda counts: counts.cost(cost), higher_is_better=False))
    for edges, counts in _intervals(sweep):
        for search in searches:
            search.see(edges, counts)
    return tuple(search.best(sweep) for search in searches)


def metric_curve(sweep: Sweep, of: Callable[[Counts], Amount]) -> Curve:
    """A metric at every threshold: constant from each score to below the next.

    Parameters
    ----------
    sweep : Sweep
    of : callable
        From `Counts` of arrays to the metric, as in `Figure.of`.

    Returns
    -------
    Curve
        `x` and `thresholds` are one ascending array: minus infinity (all are predicted positive),
        then each distinct score; `y` is the value of ``score > threshold`` from there to below the
        next.

    Examples
    --------
    >>> curve = metric_curve(Sweep.of(np.array([0.2, 0.7]), np.array([0, 1]) > 0), FIGURES["f1"].of)
    >>> curve.x.tolist(), curve.y.round(4).tolist()
    ([-inf, 0.2, 0.7], [0.6667, 1.0, 0.0])
    """
    x, y = np.empty(sweep.distinct + 1), np.empty(sweep.distinct + 1)
    start = 0
    for edges, counts in _intervals(sweep, empty=True):
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


@dataclass(kw_only=True)
class _Search:
    """The best intervals of one metric so far, while the blocks go by from the lowest score up.

    `low` and `high` are the widest interval, `open_low` the start of one that reached the end of
    the last block.
    """

    name: str
    of: Callable[[Counts], Amount]
    higher_is_better: bool
    value: float = -np.inf
    low: float = np.nan
    high: float = np.nan
    n_intervals: int = 0
    open_low: float | None = None

    def see(self, edges: Array, counts: Counts) -> None:
        """Look at the intervals between the edges ``(m + 1,)``, whose counts are ``(m,)``."""
        values = np.asarray(self.of(counts), np.float64)
        if not self.higher_is_better:
            values = -values
        top = float(values.max())
        if top < self.value - SAME:
            self.open_low = None
            return
        if top > self.value + SAME:
            self.n_intervals, self.low, self.high, self.open_low = 0, np.nan, np.nan, None
        self.value = max(self.value, top)
        good = np.concatenate([[False], values >= self.value - SAME, [False]])
        starts, stops = np.flatnonzero(good[1:] != good[:-1]).reshape(-1, 2).T
        lows, highs = edges[starts], edges[stops]
        self.n_intervals += len(starts)
        if self.open_low is not None and starts[0] == 0:
            self.n_intervals -= 1
            lows[0] = self.open_low
            if self.low == self.open_low:
                self.high = float(highs[0])
        self._widest(lows, highs)
        self.open_low = float(lows[-1]) if stops[-1] == len(values) else None

    def _widest(self, lows: Array, highs: Array) -> None:
        with np.errstate(over="ignore"):
            widths = highs - lows
            widest = int(widths.argmax())
            if not widths[widest] <= np.float64(self.high) - self.low:
                self.low, self.high = float(lows[widest]), float(highs[widest])

    def best(self, sweep: Sweep) -> Best:
        """What was found, with the counts at the threshold."""
        threshold = plain_threshold(self.low, self.high)
        at = self.low if threshold is None else float(np.float32(threshold))
        value = self.value if self.higher_is_better else -self.value
        return Best(
            name=self.name,
            value=value,
            low=self.low,
            high=self.high,
            threshold=threshold,
            n_intervals=self.n_intervals,
            counts=sweep.at(at),
        )


def _intervals(sweep: Sweep, *, empty: bool = False) -> Iterator[tuple[Array, Counts]]:
    """Ends ``(m + 1,)`` of intervals of thresholds, ascending, and the counts ``(m,)`` in each.

    The first begins at minus infinity and the last ends at infinity. An infinite score leaves
    nothing between itself and that end; such intervals come only where `empty` asks for them.
    """
    last = -np.inf
    for block in sweep.blocks(BLOCK):
        edges = np.append(last, block.scores.astype(np.float64))
        found, wrong = block.above_1 + block.at_1, block.above_0 + block.at_0
        last = float(edges[-1])
        if edges[1] == -np.inf and not empty:
            edges, found, wrong = edges[1:], found[1:], wrong[1:]
        if len(found):
            yield edges, _counts(sweep, found, wrong)
    if last < np.inf or empty:
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
