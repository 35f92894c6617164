"""The figures of labels 0 and 1 at every threshold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.reverse.candidates.metrics.views import View
from metrics_core.reverse.candidates.sweeps import FreeThreshold
from metrics_core.reverse.candidates.thresholds import Sweep as Values
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.figures import FIGURES, SINGLE, figure_metric
from metrics_core.reverse.reported import Reported
from metrics_core.steps.choices.decision import THRESHOLD

_SWEPT = ("accuracy", "precision", "recall", "f1", "specificity", "balanced", "iou", "kappa",
          "matthews", "youden")  # fmt: skip


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
        if not reported.holds(values).any():
            continue
        swept = Values(result.thresholds, values)
        intervals = swept.intervals(reported)
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
