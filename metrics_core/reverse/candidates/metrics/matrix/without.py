"""Metrics of true and predicted classes, the samples of one label left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.metrics.matrix.decisions import Decided
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.metrics.averages import ALL, MICRO, WEIGHTED, of_some
from metrics_core.reverse.recipes.metrics.count_metrics import COUNT_METRICS
from metrics_core.reverse.recipes.metrics.without_label import (
    counted_without,
    padded_share,
    without_label,
)

PADDING = (0, -1, -100, 255)
"""Labels that often stand for nothing, and are left out."""


def _left_out(decided: Decided) -> list[int]:
    """Which rows of the matrix are left out: padding, and the most frequent label."""
    support = decided.matrix.support
    rows = {*np.flatnonzero(np.isin(decided.labels, PADDING)).tolist(), int(support.argmax())}
    return sorted(row for row in rows if 0 < support[row] < support.sum())


def without(decided: Decided) -> Iterator[Tried]:
    """Every metric of the matrix without one label, for each that is left out."""
    counts, matrix = decided.matrix.counts, decided.matrix
    support = matrix.support
    every = matrix.one_vs_rest()
    for row in _left_out(decided):
        label = int(decided.labels[row])
        right = float(matrix.hits.sum() - counts[row, row])
        rest = float(support.sum() - support[row])
        for metric, value in (
            (without_label(label, decided.decision), right / rest),
            (padded_share(label, decided.decision), right / float(support.sum())),
        ):
            yield decided.tried(metric, costs.METRIC[metric.name], value)
        seen = np.asarray((every.positives + every.false_positives) > 0)
        seen[row] = False
        part = of_some(every, seen)
        if not seen.any():
            continue
        for name in ("precision", "recall", "f1", "iou"):
            counted = COUNT_METRICS[name]
            for average in (MICRO, replace(ALL, name="macro"), WEIGHTED):
                metric = counted_without(name, average.name, label, decided.decision)
                cost = costs.METRIC[name] + costs.WITHOUT
                yield decided.tried(metric, cost, average.of(part, counted))
