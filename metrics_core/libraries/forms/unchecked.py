"""Arguments as Lightning took them before torchmetrics: shapes alone tell what they are."""

from __future__ import annotations

from typing import cast

import numpy as np

from metrics_core.counting.confusion import MOST_CLASSES
from metrics_core.libraries.question import Options, Question, Read
from metrics_core.libraries.refusal import LibraryRefusal
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.decision.argmax_of_libraries import highest_or_nan

_AVERAGES = ("micro", "macro", "weighted")


def thresholded_or_highest(question: Question, options: Options) -> Read:
    """``Accuracy``: outputs of the shape of the labels, or with one more axis for the classes."""
    labels, outputs = question.y_true, _highest(question)
    if labels.shape != outputs.shape:
        raise _misfit(question)
    if outputs.dtype.kind != "f":
        return Read(kind="class_indices", labels=labels.reshape(-1), scores=outputs.reshape(-1))
    if labels.size == len(labels):
        return Read(kind="binary", labels=labels.reshape(-1), scores=outputs.reshape(-1))
    columns = labels.reshape(len(labels), -1)
    return Read(
        kind="multi_label",
        labels=columns,
        scores=outputs.reshape(len(outputs), -1),
        n_classes=columns.shape[1],
    )


def whole_numbers(question: Question, options: Options) -> Read:
    """``accuracy``: class indices; outputs of the shape of the labels are truncated to such.

    Labels from `num_classes` on do not count.
    """
    reduction = options["class_reduction"]
    if reduction in ("none", None):
        raise LibraryRefusal("It gives a number for each class, not one for all.", several=True)
    if reduction not in _AVERAGES:
        raise LibraryRefusal("There is no average {average}.", average=repr(reduction))
    labels, outputs = question.y_true.reshape(-1), _highest(question).reshape(-1)
    if labels.shape != outputs.shape:
        raise _misfit(question)
    floats = outputs.dtype.kind == "f"
    if floats and not np.isfinite(outputs).all():
        raise LibraryRefusal("Outputs that are not finite numbers are refused.")
    number = cast("int | None", options["num_classes"])
    if number is None:
        number = int(max(labels.max(), outputs.max())) + 1
    if min(labels.min(), np.trunc(outputs).min()) < 0:
        raise LibraryRefusal("Labels and predictions must not be below 0.")
    if number > MOST_CLASSES:
        raise LibraryRefusal("So many classes take too much memory: {number:,}.", number=number)
    chosen = outputs.astype(np.int64)
    kept = labels < number
    return Read(
        kind="class_indices",
        labels=labels[kept],
        scores=chosen[kept],
        n_classes=number,
        activation="truncated" if floats else "none",
    )


def _highest(question: Question) -> Array:
    y_true, y_pred = question.y_true, question.y_pred
    if y_pred.ndim == y_true.ndim + 1:
        return highest_or_nan(y_pred) if y_pred.ndim == 2 else y_pred.argmax(axis=1)
    return y_pred


def _misfit(question: Question) -> LibraryRefusal:
    return LibraryRefusal(
        "Shape {outputs} of the outputs does not fit shape {labels} of the labels.",
        outputs=question.y_pred.shape,
        labels=question.y_true.shape,
    )
