"""Metrics of true and predicted classes: averages, one class, and the whole matrix."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.counting.counts import Counts
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.metrics.matrix.decisions import Decided, decisions
from metrics_core.reverse.candidates.metrics.matrix.values import f1_of_means, kappas, matthews
from metrics_core.reverse.candidates.metrics.matrix.without import without
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.metrics.averages import MACRO, MICRO, WEIGHTED, of_some
from metrics_core.reverse.recipes.metrics.count_metrics import AVERAGED, COUNT_METRICS
from metrics_core.reverse.recipes.metrics.matrices import of_matrix
from metrics_core.reverse.recipes.metrics.of_counts import class_metric, metric_of_counts

MOST_SINGLE = 200
"""Classes up to which each of them is tried by itself."""
_OF_ONE_CLASS = ("precision", "recall", "f1", "iou", "specificity", "accuracy")


def of_classes(data: Predictions) -> Iterator[Tried]:
    """Every metric of the matrix, for each decision.

    Examples
    --------
    >>> data = Predictions.of([0, 1, 2, 2], [0, 2, 2, 2])
    >>> values = {tried.choice.variant: float(tried.values[0]) for tried in of_classes(data)}
    >>> round(values["f1_macro"], 4), round(values["kappa"], 4)
    (0.6, 0.5556)
    """
    for decided in decisions(data):
        yield from _of_matrix(decided)


def _of_matrix(decided: Decided) -> Iterator[Tried]:
    matrix = decided.matrix
    seen = (matrix.support > 0) | (matrix.predicted > 0)
    if not seen.any():
        return
    counts = of_some(matrix.one_vs_rest(), seen)
    for name in AVERAGED:
        counted = COUNT_METRICS[name]
        averages = [MACRO, WEIGHTED]
        averages += [MICRO] if name in ("iou", "specificity") else []
        for average in averages:
            cost = max(costs.METRIC[name], 1) + costs.AVERAGE[average.name] - 1
            if name == "recall" and average is MACRO:  # balanced accuracy under another name
                cost = costs.AVERAGING["per_class"]
            metric = metric_of_counts(counted, average, "classes", decided.decision)
            yield decided.tried(metric, cost, average.of(counts, counted))
    whole = list(kappas(matrix.counts))
    whole += [("f1_of_means", f1_of_means(counts)), ("error_rate", 1 - matrix.accuracy)]
    if decided.kind != "binary":
        near = np.abs(decided.labels[:, None] - decided.labels) <= 1
        share = float((matrix.counts * near).sum() / matrix.counts.sum())
        whole.append(("within_one", share))
        whole.append(("matthews_of_classes", matthews(matrix.counts)))
        yield from _single_classes(decided, decided.labels[seen], counts)
        yield from without(decided)
    for name, value in whole:
        cost = costs.METRIC[name.removesuffix("_of_classes")]
        yield decided.tried(of_matrix(name, decided.decision), cost, value)


def _single_classes(decided: Decided, labels: Array, counts: Counts) -> Iterator[Tried]:
    if len(labels) > MOST_SINGLE:
        return
    for name in _OF_ONE_CLASS:
        counted = COUNT_METRICS[name]
        values = np.asarray(counted.of(counts), np.float64)
        for label, value in zip(labels.tolist(), values.tolist(), strict=True):
            metric = class_metric(counted, int(label), decided.decision)
            yield decided.tried(metric, costs.METRIC[name] + costs.ONE_OF_MANY, value)
