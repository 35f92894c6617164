"""The metric classes beside accuracy by name: from labels and outputs to the number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.releases.counted import overlap
from metrics_core.releases.counted.confusion import Counts, Elements, count, count_columns, elements
from metrics_core.releases.counted.rules import Counting
from metrics_core.releases.counted.scores import f_score
from metrics_core.releases.rules.refusal import refuse
from metrics_core.releases.rules.shapes import together
from metrics_core.steps.activation import activate
from metrics_core.sweep.binned import (
    THRESHOLDS,
    area_of_rates,
    exceeded,
    precision_area,
    precision_at_recall,
    share,
)

_BELOW_ALL = -1e10
_EPSILON = 1e-7
_TILED = frozenset({"AUC", "PrecisionAtRecall"})
"""Classes that lay labels and scores along all thresholds: without weights they must fit."""
_ELEMENTS = frozenset({"class_id", "top_k"})


def counted_metric(
    name: str,
    options: Mapping[str, Any],
    labels: Array,
    outputs: Array,
    weights: Array | None,
    lengths: Array,
    rules: Counting,
) -> Array:
    """Compute a metric class over all batches.

    Parameters
    ----------
    name : str
        ``Precision``, ``Recall``, ``AUC``, ``PrecisionAtRecall``, ``F1Score``, ``FBetaScore``,
        ``BinaryIoU`` or ``MeanIoU``.
    options : mapping
        Its arguments.
    labels, outputs, weights : ndarray
        As a release takes them in ``evaluate``.
    lengths : ndarray of int
        How many samples each batch has.
    rules : Counting

    Returns
    -------
    ndarray
        One number, or one per column for an F-score without average.

    Examples
    --------
    >>> data = np.float32([[1], [0], [1]]), np.float32([[0.9], [0.8], [0.2]])
    >>> asked = {"weights": None, "lengths": np.array([3]), "rules": Counting()}
    >>> float(counted_metric("Precision", {}, *data, **asked))
    0.5
    """
    if name in {"F1Score", "FBetaScore"}:
        return f_score(labels, outputs, weights, **options)
    if name == "BinaryIoU":
        return np.asarray(
            overlap.binary_overlap(labels, outputs, weights, lengths, rules, **options)
        )
    if name == "MeanIoU":
        return np.asarray(overlap.mean_overlap(labels, outputs, weights, lengths, rules, **options))
    if options.get("from_logits"):
        outputs = activate(outputs, "sigmoid")
    narrowed = {key: value for key, value in options.items() if key in _ELEMENTS}
    columns = bool(options.get("multi_label"))
    if columns and not rules.shapes_equal and labels.ndim == outputs.ndim:
        labels = np.broadcast_to(labels, together(labels.shape, outputs.shape))
    tiled = name in _TILED and weights is None and not rules.shapes_equal
    if tiled and labels.size != outputs.size:
        refuse(
            "The shapes {labels} and {outputs} are not equal.",
            labels=labels.shape,
            outputs=outputs.shape,
        )
    found = elements(labels, outputs, weights, lengths, rules, columns=columns, **narrowed)
    rest = {key: value for key, value in options.items() if key not in {*narrowed, "from_logits"}}
    if name == "AUC":
        return np.asarray(_area(found, rules, **rest))
    if name == "PrecisionAtRecall":
        return np.asarray(_precision_at(found, rules, **rest))
    threshold = rest.get("thresholds", _BELOW_ALL if "top_k" in narrowed else 0.5)
    counts = count(found, lambda scores: (scores > np.float32(threshold)).astype(np.intp), 1)
    whole = counts.found + counts.wrong if name == "Precision" else counts.positives
    return np.asarray(share(counts.found, whole)[0])


def _area(
    found: Elements,
    rules: Counting,
    *,
    num_thresholds: int = THRESHOLDS,
    curve: str = "ROC",
    summation_method: str = "interpolation",
    multi_label: bool = False,
) -> float:
    """The area, or the mean of those of the columns; the ends of the grid lie outside 0 to 1."""
    within = np.arange(1, num_thresholds - 1) / (num_thresholds - 1)
    grid = np.concatenate([[-_EPSILON], within, [1 + _EPSILON]]).astype(np.float32)

    def above(scores: Array) -> Array:
        if not rules.buckets:
            return _below(grid, scores)
        return np.where(np.isnan(scores), 0, np.maximum(exceeded(scores, num_thresholds), 1))

    if not multi_label:
        every = [count(found, above, num_thresholds)]
    elif found.scores.ndim != 2:
        refuse("With multi_label, the outputs must have two axes.")
    else:
        every = count_columns(found, above, num_thresholds)
    return float(np.mean([_area_of(counts, curve, summation_method) for counts in every]))


def _below(grid: Array, scores: Array) -> Array:
    """How many thresholds lie below each score; none below NaN."""
    return np.where(np.isnan(scores), 0, np.searchsorted(grid, scores.astype(np.float32)))


def _area_of(counts: Counts, curve: str, summation: Any) -> float:
    recall = share(counts.found, counts.positives)
    if curve == "ROC":
        return area_of_rates(share(counts.wrong, counts.negatives), recall, summation)
    if summation == "interpolation":
        return precision_area(counts.found, counts.wrong, counts.positives)
    precision = share(counts.found, counts.found + counts.wrong)
    return area_of_rates(recall, precision, summation)


def _precision_at(
    found: Elements, rules: Counting, *, recall: float, num_thresholds: int = THRESHOLDS
) -> float:
    """The highest precision at a threshold of the grid whose recall is enough, else 0."""
    grid = (np.arange(num_thresholds) / (num_thresholds - 1)).astype(np.float32)

    def above(scores: Array) -> Array:
        if not rules.buckets:
            return _below(grid, scores)
        return exceeded(scores, num_thresholds)

    counts = count(found, above, num_thresholds)
    return precision_at_recall(counts.found, counts.wrong, recall, counts.positives)
