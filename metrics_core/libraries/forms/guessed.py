"""Arguments as torchmetrics took them up to 0.10: shapes and types tell what they are."""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np

from metrics_core.libraries.question import Options, Question, Read
from metrics_core.libraries.refusal import LibraryRefusal
from metrics_core.numeric.arrays import Array


class Rules(NamedTuple):
    """What differs between versions.

    Attributes
    ----------
    probabilities_only : bool
        Whether outputs outside 0 to 1 are refused, and rows of them that do not sum to 1.
    outputs_below_classes : bool
        Whether outputs, probabilities too, must be below `num_classes`.
    batches_one_axis : bool
        Whether the class refuses class indices of more than one axis.
    """

    probabilities_only: bool = False
    outputs_below_classes: bool = False
    batches_one_axis: bool = False


def guessed(question: Question, options: Options, rules: Rules) -> Read:
    """One output a sample, class indices, rows of outputs, or many labels."""
    y_true, y_pred = _squeezed(question.y_true), _squeezed(question.y_pred)
    floats = y_pred.dtype.kind == "f"
    _check_values(y_true, y_pred, floats, rules)
    if y_pred.ndim == y_true.ndim:
        if y_pred.shape != y_true.shape:
            raise LibraryRefusal(
                "Shape {outputs} of the outputs does not fit shape {labels} of the labels.",
                outputs=y_pred.shape,
                labels=y_true.shape,
            )
        if floats and y_true.max() > 1:
            raise LibraryRefusal("Labels beside outputs of their own shape must be 0 or 1.")
        if not floats:
            several = y_true.ndim > 1 and not options["subset_accuracy"]
            if several and rules.batches_one_axis and question.batch_size:
                raise LibraryRefusal("Class indices of more than one axis need `mdmc_average`.")
            return _classes(y_true, y_pred, options, rules)
        if y_pred.ndim == 1:
            return _one_output(y_true, y_pred, options)
        return _many_labels(y_true, y_pred, options)
    if y_pred.ndim != y_true.ndim + 1 or not floats:
        raise LibraryRefusal(
            "Shape {outputs} of the outputs does not fit shape {labels} of the labels.",
            outputs=y_pred.shape,
            labels=y_true.shape,
        )
    sums = y_pred.sum(axis=1)
    if rules.probabilities_only and not np.isclose(sums, np.ones_like(sums)).all():
        raise LibraryRefusal("The probabilities of the classes must sum to 1.")
    if y_true.max() >= y_pred.shape[1]:
        raise LibraryRefusal("There is a label without a column of outputs.")
    top_k = options["top_k"]
    if top_k is not None and cast("int", top_k) >= y_pred.shape[1]:
        raise LibraryRefusal(
            "A top {k} of {classes} classes is refused.", k=top_k, classes=y_pred.shape[1]
        )
    return _classes(y_true, y_pred, options, rules)


def _one_output(y_true: Array, y_pred: Array, options: Options) -> Read:
    if options.get("num_classes") is not None and cast("int", options.get("num_classes")) > 1:
        raise LibraryRefusal("The outputs are one a sample, which does not fit `num_classes`.")
    if options.get("ignore_index") is not None:
        raise LibraryRefusal("With one output a sample no label can be ignored.")
    return Read(kind="binary", labels=y_true, scores=y_pred)


def _many_labels(y_true: Array, y_pred: Array, options: Options) -> Read:
    labels, scores = y_true.reshape(len(y_true), -1), y_pred.reshape(len(y_pred), -1)
    number = options.get("num_classes")
    if number is not None and number != scores.shape[1]:
        raise LibraryRefusal(
            "Labels of {columns} columns do not fit `num_labels` {number}.",
            columns=scores.shape[1],
            number=number,
        )
    return Read(kind="multi_label", labels=labels, scores=scores, n_classes=labels.shape[1])


def _classes(y_true: Array, y_pred: Array, options: Options, rules: Rules) -> Read:
    indices = y_pred.ndim == y_true.ndim
    number = cast("int | None", options.get("num_classes"))
    n_classes = y_pred.shape[1] if not indices else int(max(y_true.max(), y_pred.max())) + 1
    if number:
        beyond = rules.outputs_below_classes and number <= y_pred.max()
        if beyond or number <= y_true.max() or (not indices and number != n_classes):
            raise LibraryRefusal("The labels or outputs do not fit `num_classes`.")
        n_classes = number
    n_classes = max(2, n_classes)
    ignored = cast("int | None", options.get("ignore_index"))
    if ignored is not None and ignored >= n_classes:
        raise LibraryRefusal("The label to ignore is no class.")
    if indices and options["subset_accuracy"] and y_true.ndim > 1:
        return Read(
            kind="multi_label",
            labels=y_true.reshape(len(y_true), -1),
            scores=y_pred.reshape(len(y_pred), -1),
            n_classes=n_classes,
        )
    scores = y_pred.reshape(-1) if indices else np.moveaxis(y_pred, 1, -1).reshape(-1, n_classes)
    labels = y_true.reshape(-1)
    kept = np.ones(len(labels), bool) if ignored is None else labels != ignored
    return Read(
        kind="class_indices" if indices else "sparse",
        labels=labels[kept],
        scores=scores[kept],
        n_classes=n_classes,
        beside=None if ignored is None or indices else scores[~kept],
    )


def _check_values(y_true: Array, y_pred: Array, floats: bool, rules: Rules) -> None:
    if y_true.dtype.kind == "f" or y_true.min() < 0 or (not floats and y_pred.min() < 0):
        raise LibraryRefusal("Labels must be whole numbers from 0 on.")
    if floats and rules.probabilities_only and (y_pred.min() < 0 or y_pred.max() > 1):
        raise LibraryRefusal("The outputs must be probabilities: there are values outside 0 to 1.")


def _squeezed(values: Array) -> Array:
    if len(values) == 1:
        return values.squeeze()[None] if values.squeeze().shape else values.reshape(1)
    return values.squeeze()
