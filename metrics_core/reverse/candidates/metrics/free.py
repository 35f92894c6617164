"""The figures of labels 0 and 1 at every threshold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.reverse.candidates.metrics.views import View
from metrics_core.reverse.candidates.sweeps import FreeThreshold
from metrics_core.reverse.candidates.thresholds import Sweep as Values
from metrics_core.reverse.chance import Attainable
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.figures import FIGURES, SINGLE, figure_metric
from metrics_core.reverse.reported import Reported
from metrics_core.steps.choices.decision import THRESHOLD

_SWEPT = ("accuracy", "precision", "recall", "f1", "specificity", "balanced", "iou", "kappa",
          "matthews", "youden")  # fmt: skip


def free_figures(
    view: View, reported: Reported, near: Attainable
) -> Iterator[FreeThreshold]:
    """Each figure, with the thresholds that make it the reported number.

    Examples
    --------
    >>> from metrics_core.predictions import Predictions
    >>> from metrics_core.reverse.candidates.metrics.views import views
    >>> view = next(views(Predictions.of([0, 1, 1], [0.2, 0.6, 0.1])))
    >>> number = Reported(0.8, 4)
    >>> found = list(free_figures(view, number, Attainable.near(number, 3)))
    >>> [(free.variant, free.intervals[0].threshold) for free in found if free.intervals]
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
        swept = Values(result.thresholds, values)
        intervals = swept.intervals(reported)
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
            least=swept.least(near),
        )
