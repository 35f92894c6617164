"""The metrics of labels 0 and 1 at every threshold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.metrics.of_rows.rows import element_labels
from metrics_core.reverse.candidates.metrics.views import View, weights_of
from metrics_core.reverse.candidates.sweeps import FreeThreshold
from metrics_core.reverse.candidates.thresholds import Sweep as Values
from metrics_core.reverse.chance import Attainable
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.metrics.averages import MICRO, SINGLE
from metrics_core.reverse.recipes.metrics.count_metrics import COUNT_METRICS
from metrics_core.reverse.recipes.metrics.of_counts import metric_of_counts
from metrics_core.reverse.recipes.readings import Reading
from metrics_core.reverse.recipes.recipe import Weighting
from metrics_core.reverse.reported import Reported
from metrics_core.steps.choices.decision.threshold import THRESHOLD
from metrics_core.sweep import Sweep

_OF_ELEMENTS = ("precision", "recall", "f1", "iou", "specificity")
_SWEPT = ("accuracy", "precision", "recall", "f1", "specificity", "balanced_accuracy", "iou",
          "kappa", "matthews", "youden")  # fmt: skip


def free_of_elements(
    data: Predictions, reported: Reported, near: Attainable
) -> Iterator[FreeThreshold]:
    """Each metric of all elements together, with the thresholds that make it the number.

    Examples
    --------
    >>> data = Predictions.of([[1, 1], [0, 1]], [[0.9, 0.2], [0.8, 0.7]], kind="multi_label")
    >>> number = Reported(0.8571, 4)
    >>> found = free_of_elements(data, number, Attainable.near(number, 2, 2))
    >>> [free.variant for free in found if free.intervals]
    ['f1_micro']
    """
    labels = element_labels(data)
    if labels is None or np.isnan(data.outputs.min()):
        return
    kind: Kind = "multi_label" if data.kind == "multi_label" else "one_hot"
    for weights in weights_of(data):
        flat = None if weights is None else np.repeat(weights, data.n_outputs)
        result = Sweep.of(data.outputs.reshape(-1), labels.reshape(-1), flat).result
        for name in _OF_ELEMENTS:
            counted = COUNT_METRICS[name]
            swept = Values(result.thresholds, np.asarray(counted.of(result.counts), np.float64))
            weighting: Weighting = "ignored" if weights is None else "used"
            cost = costs.FREE_THRESHOLD + costs.METRIC[name] + costs.WEIGHTING[weighting]
            cost += 0 if kind == "multi_label" else costs.COMPARISON["elements_of_classes"]
            metric = metric_of_counts(counted, MICRO, "elements", THRESHOLD)
            yield FreeThreshold(
                reading=Reading("as_is"),
                activations=(),
                variant=metric.name,
                kind=kind,
                metric=metric,
                weighting=weighting,
                cost=cost,
                intervals=swept.intervals(reported),
                nearest=(),
                least=swept.least(near),
            )


def free_of_view(view: View, reported: Reported, near: Attainable) -> Iterator[FreeThreshold]:
    """Each counted, with the thresholds that make it the reported number.

    Examples
    --------
    >>> from metrics_core.predictions import Predictions
    >>> from metrics_core.reverse.candidates.metrics.views import views
    >>> view = next(views(Predictions.of([0, 1, 1], [0.2, 0.6, 0.1])))
    >>> number = Reported(0.8, 4)
    >>> found = list(free_of_view(view, number, Attainable.near(number, 3)))
    >>> [(free.variant, free.intervals[0].threshold) for free in found if free.intervals]
    [('f1', 0.0)]
    """
    if view.has_nan or not view.reordered or not view.sweep.n_rows:
        return
    result = view.sweep.result
    for name in _SWEPT:
        counted = COUNT_METRICS[name]
        if name == "accuracy" and view.reading.column is None:
            continue
        swept = Values(result.thresholds, np.asarray(counted.of(result.counts), np.float64))
        cost = costs.FREE_THRESHOLD + costs.METRIC[name] + view.cost
        cost += costs.READING[view.reading.name] + costs.ACTIVATION[view.activations]
        cost += costs.WEIGHTING["ignored" if view.weights is None else "used"]
        yield FreeThreshold(
            reading=view.reading,
            activations=view.activations,
            variant=name,
            kind="binary",
            metric=metric_of_counts(counted, SINGLE, "one", THRESHOLD),
            weighting="ignored" if view.weights is None else "used",
            cost=cost,
            intervals=swept.intervals(reported),
            nearest=(),
            least=swept.least(near),
        )
