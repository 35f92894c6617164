"""What labels 0 and 1 beside one score each give: areas, losses, metrics at every threshold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.counting.counts import Counts
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.metrics.as_tried import as_tried
from metrics_core.reverse.candidates.metrics.views import View
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.metrics import areas, losses
from metrics_core.reverse.recipes.metrics.averages import SINGLE
from metrics_core.reverse.recipes.metrics.count_metrics import COUNT_METRICS
from metrics_core.reverse.recipes.metrics.of_counts import metric_of_counts
from metrics_core.reverse.recipes.recipe import Weighting
from metrics_core.steps.choices.decision.threshold import THRESHOLD
from metrics_core.steps.decision.threshold import above
from metrics_core.sweep import auc, average_precision, reliability
from metrics_core.sweep.binned import (
    THRESHOLDS,
    bucket_counts,
    counts_above,
    exceeded,
    precision_area,
    precision_at_recall,
    roc_area,
)

_BINS = (15, 10)
MOST_SURE = 200_000
"""Rows up to which the calibration of several classes is tried, and of bins other than 15."""
_OF_LABEL_0 = ("precision", "recall", "f1", "iou")


def of_view(view: View) -> Iterator[Tried]:
    """Every metric of one view, at the usual thresholds.

    Examples
    --------
    >>> from metrics_core.predictions import Predictions
    >>> from metrics_core.reverse.candidates.metrics.views import views
    >>> view = next(views(Predictions.of([0, 1, 1], [0.2, 0.6, 0.1])))
    >>> values = {tried.choice.variant: float(tried.values[0]) for tried in of_view(view)}
    >>> values["auc"], values["recall"]
    (0.5, 1.0)
    """
    for threshold in view.rules:
        yield from _at(view, threshold)
    if view.has_nan or not view.labels.any():
        return
    yield from _areas(view)
    few = len(view.scores) <= MOST_SURE
    if view.unit and not view.twice and (few or view.reading.column is None):
        yield from _losses(view, _BINS if few else _BINS[:1])


def _weighting(view: View) -> Weighting:
    return "ignored" if view.weights is None else "used"


def counts_of(view: View, threshold: float) -> Counts:
    """The four counts at one threshold, compared as Keras compares."""
    chosen = above(view.scores, threshold)
    if view.weights is None:
        both = np.bincount(2 * view.labels + chosen, minlength=4).tolist()
    else:
        both = np.bincount(2 * view.labels + chosen, view.weights, 4).tolist()
    return Counts(both[3], both[1], both[0], both[2])


def swapped(counts: Counts) -> Counts:
    """The counts with label 0 as the positive one."""
    tp, fp, tn, fn = counts.parts
    return Counts(tn, fn, tp, fp)


def _at(view: View, threshold: float) -> Iterator[Tried]:
    counts = counts_of(view, threshold)
    extra = view.cost + (costs.ZERO_THRESHOLD if threshold == 0 else 0)
    plain = view.reading.column is None
    for counted in COUNT_METRICS.values():
        if counted.name == "accuracy" and plain:
            continue
        yield as_tried(
            metric_of_counts(counted, SINGLE, "one", THRESHOLD),
            "binary",
            extra + costs.METRIC[counted.name],
            float(counted.of(counts)),
            reading=view.reading,
            activations=view.activations,
            threshold=threshold,
            weighting=_weighting(view),
        )
    for name in _OF_LABEL_0 if plain else ():
        counted = COUNT_METRICS[name]
        yield as_tried(
            metric_of_counts(counted, SINGLE, "one", THRESHOLD, first=False),
            "binary",
            extra + costs.METRIC[name] + costs.LABEL_0,
            float(counted.of(swapped(counts))),
            reading=view.reading,
            activations=view.activations,
            threshold=threshold,
            weighting=_weighting(view),
        )


def _areas(view: View) -> Iterator[Tried]:
    found = bucket_counts(view.scores, view.labels, view.weights)
    grid = counts_above(exceeded(view.scores), view.labels, view.weights, THRESHOLDS)
    positives = float(found[0][0])
    beyond = 0 if view.unit else 1
    values = [
        (areas.KERAS_AUC, roc_area(*found), beyond),
        (areas.KERAS_AUC_PR, precision_area(*found), beyond),
    ]
    for least, metric in areas.PRECISION_AT_RECALL.items():
        values.append((metric, precision_at_recall(*grid, least, positives), beyond))
    if view.reordered and view.sweep.positives:
        values.append((areas.AVERAGE_PRECISION, average_precision(view.sweep), 0))
        if view.sweep.negatives:
            values.append((areas.AUC, auc(view.sweep), 0))
    for metric, value, more in values:
        yield as_tried(
            metric,
            "binary",
            view.cost + costs.METRIC[metric.name] + more,
            value,
            reading=view.reading,
            activations=view.activations,
            weighting=_weighting(view),
        )


def _losses(view: View, every: tuple[int, ...]) -> Iterator[Tried]:
    measured = [(bins, reliability(view.sweep, bins)) for bins in every]
    first = measured[0][1]
    values = [(losses.BRIER, first.brier), (losses.LOG_LOSS, first.log_loss)]
    values += [(losses.calibration_error(bins), each.ece) for bins, each in measured]
    for metric, value in values:
        yield as_tried(
            metric,
            "binary",
            view.cost + costs.METRIC[metric.name],
            value,
            reading=view.reading,
            activations=view.activations,
            weighting=_weighting(view),
        )
