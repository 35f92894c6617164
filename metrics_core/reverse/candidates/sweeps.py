"""The free threshold: each way to count with one, over all thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.thresholds import Sweep, element_limits, sweep
from metrics_core.reverse.chance import Attainable
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.interval import Interval
from metrics_core.reverse.recipes.metrics.metric import Metric
from metrics_core.reverse.recipes.readings import Reading, activated, readings
from metrics_core.reverse.recipes.recipe import Weighting
from metrics_core.reverse.reported import Reported


@dataclass(frozen=True, eq=False, kw_only=True)
class FreeThreshold:
    """One way to count with a threshold, and which thresholds give the reported number.

    Attributes
    ----------
    reading, activations, variant, kind, weighting
        As in `Recipe`.
    cost : int
    intervals : tuple of Interval
        All thresholds that give the number, ascending; empty where none does.
    nearest : tuple of Interval
        The nearest results below (or at) the number and above it that any threshold attains.
    least : ndarray of int, shape (m,)
        For each attainable number what the plainest threshold that gives it costs beside `cost`.
    metric : Metric or None
        What is counted where that is in no row of the catalogue.
    """

    reading: Reading
    activations: tuple[str, ...]
    variant: str
    kind: Kind
    weighting: Weighting
    cost: int
    intervals: tuple[Interval, ...]
    nearest: tuple[Interval, ...]
    least: Array
    metric: Metric | None = None


def free_thresholds(
    data: Predictions, reported: Reported, near: Attainable
) -> Iterator[tuple[float, FreeThreshold]]:
    """Sweep all thresholds, for each way, with the share of the ways that is done.

    Pooled means only. A sigmoid keeps the order of the scores, so that it would give the same
    results at other thresholds; softmax is swept apart where there are several outputs.
    """
    ways = list(_ways(data))
    for number, (reading, activations, variant, kind, weighted) in enumerate(ways, 1):
        swept = _sweep(data, reading, activations, variant, weighted)
        weighting: Weighting = "used" if weighted else "ignored"
        cost = costs.READING[reading.name] + costs.ACTIVATION[activations] + costs.FREE_THRESHOLD
        cost += costs.WEIGHTING[weighting]
        cost += costs.COMPARISON["elements_of_classes" if kind == "one_hot" else "usual"]
        cost += costs.COMPARISON["subset"] if variant == "subset_accuracy" else 0
        found, closest = swept.intervals(reported), swept.nearest(reported)
        yield (
            number / len(ways),
            FreeThreshold(
                reading=reading,
                activations=activations,
                variant=variant,
                kind=kind,
                weighting=weighting,
                cost=cost,
                intervals=found,
                nearest=closest,
                least=swept.least(near),
            ),
        )


def _ways(
    data: Predictions,
) -> Iterator[tuple[Reading, tuple[str, ...], str, Kind, bool]]:
    if data.kind == "class_indices":
        return
    kind: Kind = "one_hot" if data.kind == "sparse" else data.kind
    has_weight = data.sample_weight is not None and bool(data.sample_weight.any())
    for weighted in (False, True)[: 1 + has_weight]:
        for reading in readings(data):
            if reading.name in ("as_is", "signs", "flipped"):
                yield reading, (), "binary_accuracy", kind, weighted
        if data.n_outputs > 1:
            yield Reading("as_is"), ("softmax",), "binary_accuracy", kind, weighted
            yield Reading("as_is"), (), "subset_accuracy", kind, weighted


def _sweep(
    data: Predictions, reading: Reading, activations: tuple[str, ...], variant: str, weighted: bool
) -> Sweep:
    scores, labels = activated(data.outputs, activations), reading.read(data).labels
    if scores.ndim == 2 and labels.ndim == 1:
        labels = labels[:, None] == np.arange(scores.shape[1])
    low, high = element_limits(scores, labels)
    weights = data.sample_weight.astype(np.float64) if weighted else None  # type: ignore[union-attr]
    if variant == "subset_accuracy":
        low, high = low.max(axis=1), high.min(axis=1)
    elif weights is not None:
        weights = np.repeat(weights, low.size // len(weights))
    count = float(low.size) if weights is None else float(weights.sum())
    return sweep(low.reshape(-1), high.reshape(-1), weights, count)
