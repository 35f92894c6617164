"""Rows of several outputs: elements decided by themselves, their averages, and top k."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.counting.counts import Counts
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Means, Tried
from metrics_core.reverse.candidates.metrics.keras_areas import (
    bucket_counts,
    precision_area,
    roc_area,
)
from metrics_core.reverse.candidates.metrics.made import made
from metrics_core.reverse.candidates.metrics.views import weights_of
from metrics_core.reverse.recipes import areas, costs, several
from metrics_core.reverse.recipes.choice import Hits
from metrics_core.reverse.recipes.figures import (
    ALL,
    FIGURES,
    MICRO,
    WEIGHTED,
    figure_metric,
)
from metrics_core.reverse.recipes.readings import Reading, activated, in_range, zeros_and_ones
from metrics_core.steps.choices.decision import THRESHOLD
from metrics_core.steps.decision import above
from metrics_core.sweep import Sweep, auc, average_precision

MOST_SCORES = 12_000_000
"""Scores of all columns together up to which their elements are counted."""
MOST_SORTED = 2_000_000
"""Scores up to which all elements are sorted together."""
_FIGURES = ("precision", "recall", "f1", "f2", "f05", "iou", "specificity")
_MOST_K = 20


def of_rows(data: Predictions) -> Iterator[Tried]:
    """Every metric of rows of elements.

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
    kind = "multi_label" if data.kind == "multi_label" else "one_hot"
    usual = ("sigmoid",) if kind == "multi_label" else ("softmax",)
    for activations in ((), usual):
        scores = activated(data.outputs, activations)
        for threshold in (0.5,) if activations else (0.5, 0.0):
            chosen = above(scores, threshold)
            cost = costs.ZERO_THRESHOLD if threshold == 0 else 0
            for tried in _decided(data, labels, chosen, cost):
                metric, value, weighting = tried
                yield made(metric[0], kind, metric[1], value, activations=activations,
                           threshold=threshold, weighting=weighting)  # fmt: skip
        for metric, cost, value, weighting in _areas(data, labels, scores):
            yield made(
                metric, kind, cost, value, activations=activations, weighting=weighting
            )


def element_labels(data: Predictions) -> Array | None:
    """Labels as rows of bool; None where they are not 0 and 1."""
    if data.n_outputs < 2 or data.kind == "class_indices":
        return None
    if data.kind == "sparse":
        if not in_range(data.labels, data.n_outputs):
            return None
        return np.asarray(data.labels[:, None] == np.arange(data.n_outputs))
    return data.labels == 1 if zeros_and_ones(data.labels) else None


def _decided(data, labels, chosen, cost):  # type: ignore[no-untyped-def]
    for weights in weights_of(data):
        weighting = "ignored" if weights is None else "used"
        counts = column_counts(labels, chosen, weights)
        for name in _FIGURES:
            figure = FIGURES[name]
            for average in (MICRO, ALL, WEIGHTED):
                total = cost + costs.METRIC[name] + costs.AVERAGE[average.name] - 1
                total += 0 if data.kind == "multi_label" else 1
                metric = figure_metric(figure, average, "elements", THRESHOLD)
                yield (metric, total), average.of(counts, figure), weighting
        if data.kind != "multi_label":
            continue
        rows = row_counts(labels, chosen)
        for name in ("precision", "recall", "f1", "iou"):
            figure = FIGURES[name]
            value = float(np.average(np.asarray(figure.of(rows)), weights=weights))
            total = cost + costs.METRIC[name] + costs.AVERAGE["samples"] - 1
            yield (several.of_samples(figure), total), value, weighting
        wrong = np.asarray(rows.false_positives + rows.false_negatives) / labels.shape[1]
        value = float(np.average(wrong, weights=weights))
        yield (several.HAMMING, cost + costs.METRIC["hamming_loss"]), value, weighting


def column_counts(labels: Array, chosen: Array, weights: Array | None) -> Counts:
    """The counts of each column."""
    if weights is None:
        true, above_it, both = (np.count_nonzero(part, axis=0) for part in
                                (labels, chosen, labels & chosen))  # fmt: skip
        total: float = len(labels)
    else:
        true, above_it, both = (weights @ part for part in (labels, chosen, labels & chosen))
        total = float(weights.sum())
    return Counts(both, above_it - both, total - true - above_it + both, true - both)


def row_counts(labels: Array, chosen: Array) -> Counts:
    """The counts of each row."""
    true, above_it, both = (np.count_nonzero(part, axis=1) for part in
                            (labels, chosen, labels & chosen))  # fmt: skip
    return Counts(both, above_it - both, labels.shape[1] - true - above_it + both, true - both)


def _areas(data, labels, scores):  # type: ignore[no-untyped-def]
    if scores.dtype.kind == "f" and np.isnan(scores.min()):
        return
    several_labels = data.kind == "multi_label"
    for weights in weights_of(data):
        weighting = "ignored" if weights is None else "used"
        flat = None if weights is None else np.repeat(weights, labels.shape[1])
        found = bucket_counts(scores.reshape(-1), labels.reshape(-1), flat)
        unit = 0 if scores.min() >= 0 and scores.max() <= 1 else 1
        for metric, value in (
            (areas.KERAS_AUC, roc_area(*found)),
            (areas.KERAS_AUC_PR, precision_area(*found)),
        ):
            yield areas.of_elements(metric), costs.METRIC[metric.name] + unit, value, weighting
        if scores.size <= MOST_SORTED:
            sweep = Sweep.of(scores.reshape(-1), labels.reshape(-1), flat)
            if sweep.positives and sweep.negatives:
                for metric, value in (
                    (areas.AUC, auc(sweep)),
                    (areas.AVERAGE_PRECISION, average_precision(sweep)),
                ):
                    cost = costs.METRIC[metric.name] + 1
                    yield areas.of_elements(metric), cost, value, weighting
        if several_labels and not unit:
            sure = np.clip(scores.astype(np.float64), 1e-7, 1 - 1e-7)
            losses = -np.log(np.where(labels, sure, 1 - sure)).mean(axis=1)
            value = float(np.average(losses, weights=weights))
            yield areas.of_elements(areas.LOG_LOSS), costs.METRIC["log_loss"], value, weighting
        if not several_labels and not unit:
            yield from _losses(labels, scores, weights, weighting)


def _losses(labels, scores, weights, weighting):  # type: ignore[no-untyped-def]
    squares = ((scores.astype(np.float64) - labels) ** 2).sum(axis=1)
    value = float(np.average(squares, weights=weights))
    yield areas.BRIER_OF_CLASSES, costs.METRIC["brier"], value, weighting
    sums = scores.sum(axis=1, dtype=np.float64)
    if sums.all():
        sure = np.clip(scores[labels] / sums, 1e-7, 1 - 1e-7)
        value = float(np.average(-np.log(sure), weights=weights))
        yield areas.CROSS_ENTROPY, costs.METRIC["cross_entropy"], value, weighting


def of_top(data: Predictions, means: Means) -> Iterator[Tried]:
    """Any true label in the top k, and the shares of true labels there, for each k.

    Examples
    --------
    >>> data = Predictions.of([[1, 1, 0]], [[0.1, 0.9, 0.5]], kind="multi_label")
    >>> tried = of_top(data, Means(1, None))
    >>> [(one.choice.variant, float(one.values[0])) for one in tried][:3]
    [('any_in_top_k', 1.0), ('precision_at_k', 1.0), ('recall_at_k', 0.5)]
    """
    labels = element_labels(data)
    if data.kind != "multi_label" or labels is None or labels.size > MOST_SORTED:
        return
    most = min(data.n_outputs - 1, _MOST_K)
    top = np.argsort(-data.outputs.astype(np.float64), axis=1, kind="stable")[:, :most]
    found = np.cumsum(np.take_along_axis(labels, top, axis=1), axis=1)
    own = np.maximum(np.count_nonzero(labels, axis=1), 1)
    for k in range(1, most + 1):
        got = found[:, k - 1]
        cost = 0 if k in (1, 3, 5, 10) else 1
        for metric, hits, width in (
            (several.any_in_top(k), got > 0, 1),
            (several.precision_at(k), got, k),
        ):
            choice = Hits(
                reading=Reading("as_is"),
                activations=(),
                variant=metric.name,
                kind="multi_label",
                cost=cost + costs.METRIC[metric.name],
                hits=hits,
                width=width,
                k=k,
                metric=metric,
            )
            yield from means.of(choice)
        recall = several.recall_at(k)
        for weights in weights_of(data):
            yield made(
                recall,
                "multi_label",
                cost + costs.METRIC[recall.name],
                float(np.average(got / own, weights=weights)),
                weighting="ignored" if weights is None else "used",
            )
