"""Metrics of the scores themselves, and areas that follow from others."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.metrics.as_tried import as_tried
from metrics_core.reverse.candidates.metrics.of_rows.rows import (
    MOST_SCORES,
    element_labels,
    row_kind,
)
from metrics_core.reverse.candidates.metrics.views import View, weights_of
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.metrics import of_scores as metrics
from metrics_core.reverse.recipes.metrics.metric import Metric
from metrics_core.reverse.recipes.readings import activated
from metrics_core.sweep import Sweep, auc


def scores_of_view(view: View) -> Iterator[Tried]:
    """Every metric of the scores of labels 0 and 1; none of one class of several.

    Examples
    --------
    >>> from metrics_core.reverse.candidates.metrics.views import views
    >>> view = next(views(Predictions.of([0, 1, 1], [0.2, 0.6, 0.1])))
    >>> values = {tried.choice.variant: float(tried.values[0]) for tried in scores_of_view(view)}
    >>> round(values["one_minus_mae"], 4), values["gini"]
    (0.5, 0.0)
    """
    if view.has_nan or view.reading.column is not None or view.labels.all():
        return
    if not view.labels.any():
        return
    values = []
    if view.unit and not view.twice:
        scores = view.scores.astype(np.float64)
        values += _of_scores(view.labels[:, None], scores[:, None], view.weights)
        spread = float(np.cov(view.labels, ddof=0, aweights=view.weights))
        squares = np.average((scores - view.labels) ** 2, weights=view.weights)
        values += [(metrics.R_SQUARED, float(1 - squares / spread))] if spread else []
    if view.reordered and view.sweep.positives and view.sweep.negatives:
        area = auc(view.sweep)
        values += [(metrics.GINI, 2 * area - 1), (metrics.AUC_SWAPPED, 1 - area)]
        values.append((metrics.PRECISION_TRAPEZOIDS, _trapezoids(view.sweep)))
    for metric, value in values:
        yield as_tried(
            metric,
            "binary",
            costs.METRIC[metric.name],
            value,
            reading=view.reading,
            activations=view.activations,
            weighting="ignored" if view.weights is None else "used",
        )


def scores_of_rows(data: Predictions) -> Iterator[Tried]:
    """Every metric of the scores of rows, where all are from 0 to 1.

    Examples
    --------
    >>> data = Predictions.of([0, 1], [[0.7, 0.3], [0.6, 0.4]])
    >>> values = {tried.choice.variant: float(tried.values[0]) for tried in scores_of_rows(data)}
    >>> round(values["true_score"], 4), round(values["highest_score"], 4)
    (0.55, 0.65)
    """
    labels = element_labels(data)
    if labels is None or data.outputs.size > MOST_SCORES or np.isnan(data.outputs.min()):
        return
    kind, usual = row_kind(data)
    unit = bool(data.outputs.min() >= 0 and data.outputs.max() <= 1)
    for activations in ((),) if unit else (usual,):
        scores = activated(data.outputs, activations).astype(np.float64)
        for weights in weights_of(data):
            values = list(_of_scores(labels, scores, weights))
            if kind == "one_hot":  # where rows sum to 1, soft Dice is the score of the true class
                values = [each for each in values if each[0] is not metrics.SOFT_DICE]
                true = (scores * labels).sum(axis=1)
                values.append((metrics.TRUE_SCORE, float(np.average(true, weights=weights))))
                highest = float(np.average(scores.max(axis=1), weights=weights))
                values.append((metrics.HIGHEST_SCORE, highest))
            for metric, value in values:
                yield as_tried(
                    metric,
                    kind,
                    costs.METRIC[metric.name],
                    value,
                    activations=activations,
                    weighting="ignored" if weights is None else "used",
                )


def _of_scores(labels: Array, scores: Array, weights: Array | None) -> list[tuple[Metric, float]]:
    gaps = np.abs(scores - labels)
    distance = float(np.average(gaps.mean(axis=1), weights=weights))
    square = float(np.average((gaps**2).mean(axis=1), weights=weights))
    found = [
        (metrics.ONE_MINUS_MAE, 1 - distance),
        (metrics.ONE_MINUS_MSE, 1 - square),
        (metrics.ROOT_MSE, float(np.sqrt(square))),
    ]
    w = np.ones(len(labels)) if weights is None else weights
    both, every = float((w @ (scores * labels)).sum()), float((w @ (scores + labels)).sum())
    if every and every > both:
        found += [(metrics.SOFT_DICE, 2 * both / every), (metrics.SOFT_IOU, both / (every - both))]
    return found


def _trapezoids(sweep: Sweep) -> float:
    counts = sweep.result.counts
    chosen = np.asarray(counts.true_positives + counts.false_positives, np.float64)
    precision = np.divide(counts.true_positives, chosen, out=np.ones(len(chosen)), where=chosen > 0)
    found = np.asarray(counts.true_positives)
    recall = found / found[0]
    return float(-np.diff(recall) @ (precision[1:] + precision[:-1]) / 2)
