"""Rows of several outputs: every element decided by itself, and the averages of these."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.counting.counts import Counts
from metrics_core.kinds import Kind
from metrics_core.numeric.arrays import Array, zeros_and_ones
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.metrics.as_tried import as_tried
from metrics_core.reverse.candidates.metrics.views import weights_of
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.metrics import several
from metrics_core.reverse.recipes.metrics.averages import ALL, MICRO, WEIGHTED
from metrics_core.reverse.recipes.metrics.count_metrics import COUNT_METRICS
from metrics_core.reverse.recipes.metrics.metric import Metric
from metrics_core.reverse.recipes.metrics.of_counts import metric_of_counts
from metrics_core.reverse.recipes.readings import activated, in_range
from metrics_core.steps.choices.decision.threshold import THRESHOLD
from metrics_core.steps.decision.threshold import above

MOST_SCORES = 12_000_000
"""Scores of all columns together up to which their elements are counted."""
_OF_LABELS = ("precision", "recall", "f1", "f2", "f05", "iou", "specificity")
_OF_SAMPLES = ("precision", "recall", "f1", "iou")


def of_rows(data: Predictions) -> Iterator[Tried]:
    """Every metric of rows of elements, at the usual thresholds.

    Examples
    --------
    >>> data = Predictions.of([[1, 1], [0, 1]], [[0.9, 0.2], [0.8, 0.7]])
    >>> values = {tried.choice.variant: float(tried.values[0]) for tried in of_rows(data)}
    >>> round(values["f1_micro"], 4), round(values["f1_samples"], 4)
    (0.8571, 0.8333)
    """
    labels = element_labels(data)
    if labels is None or data.outputs.size > MOST_SCORES:
        return
    kind, usual = row_kind(data)
    for activations in ((), usual):
        scores = activated(data.outputs, activations)
        for threshold in (0.5,) if activations else (0.5, 0.0):
            chosen = above(scores, threshold)
            cost = costs.ZERO_THRESHOLD if threshold == 0 else 0
            for weights in weights_of(data):
                values = _averages(kind, labels, chosen, weights)
                for metric, own, value in values:
                    yield as_tried(
                        metric,
                        kind,
                        cost + own,
                        value,
                        activations=activations,
                        threshold=threshold,
                        weighting="ignored" if weights is None else "used",
                    )


def row_kind(data: Predictions) -> tuple[Kind, tuple[str, ...]]:
    """What rows of elements are, and the activation that is usual for them."""
    several_labels = data.kind == "multi_label"
    return ("multi_label", ("sigmoid",)) if several_labels else ("one_hot", ("softmax",))


def element_labels(data: Predictions) -> Array | None:
    """Labels as rows of bool; None where they are not 0 and 1.

    Examples
    --------
    >>> element_labels(Predictions.of([1, 0], [[0.1, 0.9], [0.8, 0.2]])).tolist()
    [[False, True], [True, False]]
    """
    if data.n_outputs < 2 or data.kind == "class_indices":
        return None
    if data.kind == "sparse":
        if not in_range(data.labels, data.n_outputs):
            return None
        return np.asarray(data.labels[:, None] == np.arange(data.n_outputs))
    return np.asarray(data.labels == 1) if zeros_and_ones(data.labels) else None


def _averages(
    kind: Kind, labels: Array, chosen: Array, weights: Array | None
) -> Iterator[tuple[Metric, int, float]]:
    counts = _column_counts(labels, chosen, weights)
    for name in _OF_LABELS:
        counted = COUNT_METRICS[name]
        for average in (MICRO, ALL, WEIGHTED):
            cost = costs.METRIC[name] + costs.AVERAGE[average.name] - 1
            cost += 0 if kind == "multi_label" else costs.COMPARISON["elements_of_classes"]
            metric = metric_of_counts(counted, average, "elements", THRESHOLD)
            yield metric, cost, average.of(counts, counted)
    if kind != "multi_label":
        return
    rows = _row_counts(labels, chosen)
    for name in _OF_SAMPLES:
        counted = COUNT_METRICS[name]
        value = float(np.average(np.asarray(counted.of(rows)), weights=weights))
        cost = costs.METRIC[name] + costs.AVERAGE["samples"] - 1
        yield several.of_samples(counted), cost, value
    wrong = np.asarray(rows.false_positives + rows.false_negatives) / labels.shape[1]
    value = float(np.average(wrong, weights=weights))
    yield several.HAMMING, costs.METRIC["hamming_loss"], value


def _column_counts(labels: Array, chosen: Array, weights: Array | None) -> Counts:
    parts = (labels, chosen, labels & chosen)
    if weights is None:
        true, predicted, both = (np.count_nonzero(part, axis=0) for part in parts)
        total: float = len(labels)
    else:
        true, predicted, both = (weights @ part for part in parts)
        total = float(weights.sum())
    return Counts(both, predicted - both, total - true - predicted + both, true - both)


def _row_counts(labels: Array, chosen: Array) -> Counts:
    parts = (labels, chosen, labels & chosen)
    true, predicted, both = (np.count_nonzero(part, axis=1) for part in parts)
    rest = labels.shape[1] - true - predicted + both
    return Counts(both, predicted - both, rest, true - both)
