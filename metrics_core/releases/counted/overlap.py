"""Overlaps (IoU) of classes in a confusion matrix, as `keras.metrics.MeanIoU` counts them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from metrics_core.counting.class_inputs import check_n_classes
from metrics_core.counting.confusion import MOST_CLASSES
from metrics_core.numeric.arrays import Array
from metrics_core.releases.counted.rules import Counting
from metrics_core.releases.rules.refusal import refuse
from metrics_core.steps.decision.argmax import argmax


def binary_overlap(
    labels: Array,
    outputs: Array,
    weights: Array | None,
    lengths: Array,
    rules: Counting,
    *,
    target_class_ids: Sequence[int] = (0, 1),
    threshold: float = 0.5,
) -> float:
    """Overlap of labels 0 and 1 with outputs at or above the threshold."""
    predicted = outputs >= np.float32(threshold)
    matrix = _matrix(labels, predicted.astype(np.float32), weights, lengths, 2, rules)
    return _mean(matrix, target_class_ids)


def mean_overlap(
    labels: Array,
    outputs: Array,
    weights: Array | None,
    lengths: Array,
    rules: Counting,
    *,
    num_classes: int,
    sparse_y_true: bool = True,
    sparse_y_pred: bool = True,
) -> float:
    """Mean overlap of the classes that occur in labels or outputs, which are class indices.

    Raises
    ------
    InputError
        For more classes than there is room for their square.
    """
    check_n_classes(num_classes, MOST_CLASSES)
    if not sparse_y_true:
        labels = _columns(labels)
    if not sparse_y_pred:
        outputs = _columns(outputs)
    matrix = _matrix(labels, outputs, weights, lengths, num_classes, rules)
    return _mean(matrix, range(num_classes))


def _columns(values: Array) -> Array:
    chosen = argmax(values.reshape(-1, values.shape[-1]), signed_zero=False)
    return chosen.reshape(values.shape[:-1])


def _matrix(
    labels: Array,
    outputs: Array,
    weights: Array | None,
    lengths: Array,
    classes: int,
    rules: Counting,
) -> Array:
    actual, predicted = (np.trunc(each.reshape(-1)) for each in (labels, outputs))
    alone = not rules.shapes_equal and len(actual) == len(lengths) == lengths.sum()
    if alone and predicted.size:  # one sample to a batch: its label meets all of its outputs
        each_has = len(predicted) // len(actual)
        actual = np.repeat(actual, each_has)
        weights = weights if weights is None else np.repeat(weights.reshape(-1), each_has)
    if actual.shape != predicted.shape:
        refuse(
            "The shapes {labels} and {outputs} are not equal.",
            labels=labels.shape,
            outputs=outputs.shape,
        )
    each = np.ones(len(actual)) if weights is None else weights.reshape(-1).astype(np.float64)
    if rules.whole_weights:
        each = np.trunc(each)
    if each.shape != actual.shape:
        refuse("Weights of shape {shape} do not fit the outputs.", shape=each.shape)
    inside = (actual >= 0) & (actual < classes) & (predicted >= 0) & (predicted < classes)
    if not rules.drops_outside and not inside.all():
        refuse("A class index is not among the {classes} classes.", classes=classes)
    cell = classes * actual[inside] + predicted[inside]
    counts = np.bincount(cell.astype(np.intp), each[inside], classes**2)
    return counts.reshape(classes, classes)


def _mean(matrix: Array, classes: Sequence[int]) -> float:
    both = np.diag(matrix)
    either = matrix.sum(axis=0) + matrix.sum(axis=1) - both
    chosen = list(classes)
    both, either = both[chosen], either[chosen]
    occurs = either > 0
    return float((both[occurs] / either[occurs]).mean()) if occurs.any() else 0.0
