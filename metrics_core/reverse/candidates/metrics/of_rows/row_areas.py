"""Rows of several outputs: areas and losses over every element, and of whole rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.metrics.as_tried import as_tried
from metrics_core.reverse.candidates.metrics.of_rows.rows import (
    MOST_SCORES,
    element_labels,
    row_kind,
)
from metrics_core.reverse.candidates.metrics.views import weights_of
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.metrics import areas, losses
from metrics_core.reverse.recipes.metrics.metric import Metric
from metrics_core.reverse.recipes.metrics.of_elements import of_elements
from metrics_core.reverse.recipes.readings import activated
from metrics_core.steps.decision.argmax import argmax
from metrics_core.sweep import Sweep, auc, average_precision
from metrics_core.sweep.binned import (
    bucket_counts,
    precision_area,
    roc_area,
)

MOST_SORTED = 2_000_000
"""Scores up to which all elements are sorted together."""
_BINS = (15, 10)


def row_areas(data: Predictions) -> Iterator[Tried]:
    """Every area and loss of rows of elements.

    Examples
    --------
    >>> data = Predictions.of([[1, 1], [0, 1]], [[0.9, 0.2], [0.8, 0.7]])
    >>> values = {tried.choice.variant: float(tried.values[0]) for tried in row_areas(data)}
    >>> round(values["auc_micro"], 4)
    0.3333
    """
    labels = element_labels(data)
    if labels is None or data.outputs.size > MOST_SCORES or np.isnan(data.outputs.min()):
        return
    kind, usual = row_kind(data)
    for activations in ((), usual):
        scores = activated(data.outputs, activations)
        for weights in weights_of(data):
            for metric, cost, value in _values(kind, labels, scores, weights):
                yield as_tried(
                    metric,
                    kind,
                    cost,
                    value,
                    activations=activations,
                    weighting="ignored" if weights is None else "used",
                )


def _values(
    kind: Kind, labels: Array, scores: Array, weights: Array | None
) -> Iterator[tuple[Metric, int, float]]:
    flat = None if weights is None else np.repeat(weights, labels.shape[1])
    every, ones = scores.reshape(-1), labels.reshape(-1)
    found = bucket_counts(every, ones, flat)
    unit = bool(scores.min() >= 0 and scores.max() <= 1)
    measured = [
        (areas.KERAS_AUC, roc_area(*found), not unit),
        (areas.KERAS_AUC_PR, precision_area(*found), not unit),
    ]
    if scores.size <= MOST_SORTED:
        sweep = Sweep.of(every, ones, flat)
        if sweep.positives and sweep.negatives:
            measured.append((areas.AUC, auc(sweep), True))
            measured.append((areas.AVERAGE_PRECISION, average_precision(sweep), True))
    for metric, value, more in measured:
        yield of_elements(metric), costs.METRIC[metric.name] + more, value
    if not unit:
        return
    if kind == "multi_label":
        sure = np.clip(scores.astype(np.float64), 1e-7, 1 - 1e-7)
        each = -np.log(np.where(labels, sure, 1 - sure)).mean(axis=1)
        value = float(np.average(each, weights=weights))
        yield of_elements(losses.LOG_LOSS), costs.METRIC["log_loss"], value
    else:
        yield from _of_classes(labels, scores.astype(np.float64), weights)


def _of_classes(
    labels: Array, scores: Array, weights: Array | None
) -> Iterator[tuple[Metric, int, float]]:
    squares = ((scores - labels) ** 2).sum(axis=1)
    value = float(np.average(squares, weights=weights))
    yield losses.BRIER_OF_CLASSES, costs.METRIC["brier"], value
    sums = scores.sum(axis=1)
    if sums.all():
        sure = np.clip(scores[labels] / sums, 1e-7, 1 - 1e-7)
        value = float(np.average(-np.log(sure), weights=weights))
        yield losses.CROSS_ENTROPY, costs.METRIC["cross_entropy"], value
    highest = scores.max(axis=1)
    gaps = highest - labels[np.arange(len(labels)), argmax(scores)]
    total = float(len(highest)) if weights is None else float(weights.sum())
    for bins in _BINS:
        at = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], highest, side="left")
        each = np.bincount(at, gaps if weights is None else weights * gaps, bins)
        value = float(np.abs(each).sum() / total)
        yield losses.confidence_error(bins), costs.METRIC["confidence_error"], value
