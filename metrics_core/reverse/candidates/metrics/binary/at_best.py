"""Metrics at the threshold that was chosen because another metric is highest there."""

from __future__ import annotations

from collections.abc import Iterator

from metrics_core.counting.counts import FIGURES
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.metrics.as_tried import as_tried
from metrics_core.reverse.candidates.metrics.views import View
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.at_best import AtBest
from metrics_core.reverse.recipes.metrics.averages import SINGLE
from metrics_core.reverse.recipes.metrics.count_metrics import COUNT_METRICS
from metrics_core.reverse.recipes.metrics.of_counts import metric_of_counts
from metrics_core.sweep import best_thresholds

_CHOSEN_FOR = ("f1", "youden", "accuracy", "balanced_accuracy", "matthews", "precision", "recall",
               "specificity")  # fmt: skip
_OFTEN = ("f1", "youden", "accuracy")
"""Metrics that people choose a threshold for; of the others only their highest value is tried."""
_ASKED = ("accuracy", "precision", "recall", "f1", "specificity", "balanced_accuracy", "matthews",
          "kappa", "iou", "youden")  # fmt: skip


def at_best(view: View) -> Iterator[Tried]:
    """Every metric where F1, Youden's J or the accuracy is highest, and the highest of each.

    Of one class of several without the weights only.

    Examples
    --------
    >>> from metrics_core.predictions import Predictions
    >>> from metrics_core.reverse.candidates.metrics.views import views
    >>> view = next(views(Predictions.of([0, 1, 0, 1], [0.1, 0.4, 0.6, 0.8])))
    >>> tried = next(at_best(view))
    >>> tried.choice.variant, float(tried.values[0]), tried.choice.threshold
    ('accuracy', 0.75, 0.2)
    """
    if view.has_nan or not view.reordered or not view.sweep.n_rows:
        return
    if view.reading.column is not None and view.weights is not None:
        return
    rows = {name: FIGURES[name] for name in _CHOSEN_FOR}
    for best in best_thresholds(view.sweep, rows)[:-1]:
        if best.threshold is None:
            continue
        decision = AtBest(COUNT_METRICS[best.name].title, best.low, best.high)
        for name in _ASKED if best.name in _OFTEN else (best.name,):
            counted = COUNT_METRICS[name]
            yield as_tried(
                metric_of_counts(counted, SINGLE, "one", decision),
                "binary",
                view.cost + costs.METRIC[name] + costs.BEST_THRESHOLD,
                float(counted.of(best.counts)),
                reading=view.reading,
                activations=view.activations,
                threshold=best.threshold,
                weighting="ignored" if view.weights is None else "used",
            )
