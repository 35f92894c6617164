"""The figures of labels 0 and 1 at every threshold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.metrics.rows import element_labels
from metrics_core.reverse.candidates.metrics.views import View, weights_of
from metrics_core.reverse.candidates.sweeps import FreeThreshold
from metrics_core.reverse.candidates.thresholds import Sweep as Values
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.figures import FIGURES, MICRO, SINGLE, figure_metric
from metrics_core.reverse.recipes.interval import Interval
from metrics_core.reverse.recipes.readings import Reading
from metrics_core.reverse.recipes.recipe import Weighting
from metrics_core.reverse.reported import Reported
from metrics_core.steps.choices.decision import THRESHOLD
from metrics_core.sweep import Sweep

_OF_ELEMENTS = ("precision", "recall", "f1", "iou", "specificity")
_SWEPT = ("accuracy", "precision", "recall", "f1", "specificity", "balanced", "iou", "kappa",
          "matthews", "youden")  # fmt: skip


def free_of_elements(data: Predictions, reported: Reported) -> Iterator[FreeThreshold]:
    """Each figure of all elements together that some threshold makes the reported number.

    Examples
    --------
    >>> data = Predictions.of([[1, 1], [0, 1]], [[0.9, 0.2], [0.8, 0.7]], kind="multi_label")
    >>> [free.variant for free in free_of_elements(data, Reported(0.8571, 4))]
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
            figure = FIGURES[name]
            values = np.asarray(figure.of(result.counts), np.float64)
            intervals = _intervals(result.thresholds, values, reported)
            if not intervals:
                continue
            weighting: Weighting = "ignored" if weights is None else "used"
            cost = costs.FREE_THRESHOLD + costs.METRIC[name] + costs.WEIGHTING[weighting]
            cost += 0 if kind == "multi_label" else costs.COMPARISON["elements_of_classes"]
            metric = figure_metric(figure, MICRO, "elements", THRESHOLD)
            yield FreeThreshold(
                reading=Reading("as_is"),
                activations=(),
                variant=metric.name,
                kind=kind,
                metric=metric,
                weighting=weighting,
                cost=cost,
                intervals=intervals,
                nearest=(),
                chance=_share(values, reported.width),
            )


def _intervals(thresholds: Array, values: Array, reported: Reported) -> tuple[Interval, ...]:
    if not reported.holds(values).any():
        return ()
    return Values(thresholds, values).intervals(reported)


def free_figures(view: View, reported: Reported) -> Iterator[FreeThreshold]:
    """Each figure that some threshold makes the reported number.

    Examples
    --------
    >>> from metrics_core.predictions import Predictions
    >>> from metrics_core.reverse.candidates.metrics.views import views
    >>> view = next(views(Predictions.of([0, 1, 1], [0.2, 0.6, 0.1])))
    >>> found = list(free_figures(view, Reported(0.8, 4)))
    >>> [(free.variant, free.intervals[0].threshold) for free in found]
    [('f1', 0.0)]
    """
    if view.has_nan or not view.reordered or not view.sweep.n_rows:
        return
    result = view.sweep.result
    for name in _SWEPT:
        figure = FIGURES[name]
        if name == "accuracy" and view.reading.column is None:
            continue
        values = np.asarray(figure.of(result.counts), np.float64)
        intervals = _intervals(result.thresholds, values, reported)
        if not intervals:
            continue
        cost = costs.FREE_THRESHOLD + costs.METRIC[name] + view.cost
        cost += costs.READING[view.reading.name] + costs.ACTIVATION[view.activations]
        cost += costs.WEIGHTING["ignored" if view.weights is None else "used"]
        yield FreeThreshold(
            reading=view.reading,
            activations=view.activations,
            variant=name,
            kind="binary",
            metric=figure_metric(figure, SINGLE, "one", THRESHOLD),
            weighting="ignored" if view.weights is None else "used",
            cost=cost,
            intervals=intervals,
            nearest=(),
            chance=_share(values, reported.width),
        )


def _share(values: Array, width: float) -> float:
    """The share of the numbers from 0 to 1 that the values give within a width, by bins of it."""
    n_bins = int(min(np.ceil(1 / width), 4_000_000)) if width > 0 else 1
    inside = values[(values >= 0) & (values <= 1)]
    filled = np.zeros(n_bins, bool)
    filled[np.minimum((inside * n_bins).astype(np.intp), n_bins - 1)] = True
    return float(np.count_nonzero(filled) / n_bins)
