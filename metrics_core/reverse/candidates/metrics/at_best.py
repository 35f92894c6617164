"""Figures at the threshold that was chosen because another figure is highest there."""

from __future__ import annotations

from collections.abc import Iterator

from metrics_core.counting.counts import FIGURES as SHOWN
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.metrics.made import made
from metrics_core.reverse.candidates.metrics.views import View
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.at_best import AtBest
from metrics_core.reverse.recipes.figures import FIGURES, SINGLE, figure_metric
from metrics_core.sweep import best_thresholds

_CHOSEN_FOR = {
    "f1": "f1",
    "youden": "youden",
    "accuracy": "accuracy",
    "balanced_accuracy": "balanced",
    "matthews": "matthews",
    "precision": "precision",
    "recall": "recall",
    "specificity": "specificity",
}
_OFTEN = ("f1", "youden", "accuracy")
"""Figures that people choose a threshold for; of the others only their highest value is tried."""
_ASKED = ("accuracy", "precision", "recall", "f1", "specificity", "balanced", "matthews", "kappa",
          "iou", "youden")  # fmt: skip


def at_best(view: View) -> Iterator[Tried]:
    """Every figure where F1, Youden's J or the accuracy is highest, and the highest of each.

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
    rows = {name: SHOWN[name] for name in _CHOSEN_FOR}
    for best in best_thresholds(view.sweep, rows)[:-1]:
        if best.threshold is None:
            continue
        goal = _CHOSEN_FOR[best.name]
        decision = AtBest(FIGURES[goal].title, best.low, best.high)
        for name in _ASKED if best.name in _OFTEN else (goal,):
            figure = FIGURES[name]
            yield made(
                figure_metric(figure, SINGLE, "one", decision),
                "binary",
                view.cost + costs.METRIC[name] + costs.BEST_THRESHOLD,
                float(figure.of(best.counts)),
                reading=view.reading,
                activations=view.activations,
                threshold=best.threshold,
                weighting="ignored" if view.weights is None else "used",
            )
