"""Arguments as torchmetrics took them up to 0.10: shapes and types tell what they are."""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np

from metrics_core.libraries.question import Options, Question, Read
from metrics_core.libraries.refusal import LibraryRefusal
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.decision.argmax_of_libraries import highest_or_nan
from metrics_core.steps.decision.tied_rank import chosen_by_torch


class Rules(NamedTuple):
    """What differs between versions.

    Attributes
    ----------
    probabilities_only : bool
        Whether outputs outside 0 to 1 are refused, and rows of them that do not sum to 1.
    outputs_below_classes : bool
        Whether outputs, probabilities too, must be below `num_classes`.
    class_needs_mdmc : bool
        Whether the class has no default for `mdmc_average`.
    ranks_top_1 : bool
        Whether the highest output is chosen as the top k are.
    drops_below_0 : bool
        Whether a label to ignore may be below 0; its samples are left out before all else.
    """

    probabilities_only: bool = False
    outputs_below_classes: bool = False
    class_needs_mdmc: bool = False
    ranks_top_1: bool = False
    drops_below_0: bool = False


def guessed(question: Question, options: Options, rules: Rules) -> Read:
    """One output a sample, class indices, rows of outputs, or many labels."""
    y_true, y_pred = _squeezed(question.y_true), _squeezed(question.y_pred)
    floats = y_pred.dtype.kind == "f"
    _check_average(options)
    _check_values(question, options, rules)
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
            if options["top_k"] is not None:
                raise LibraryRefusal("A top k needs outputs, no predicted classes.")
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
        raise LibraryRefusal("With one output per sample no label can be ignored.")
    return Read(kind="binary", labels=y_true, scores=y_pred)


def _many_labels(y_true: Array, y_pred: Array, options: Options) -> Read:
    _check_one_number(options)
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
    if ignored is not None and (ignored >= n_classes or (ignored < 0 and not rules.drops_below_0)):
        raise LibraryRefusal("The label to ignore is no class.")
    scores = y_pred.reshape(-1) if indices else np.moveaxis(y_pred, 1, -1).reshape(-1, n_classes)
    labels = y_true.reshape(-1)
    if options["subset_accuracy"] and y_true.ndim > 1:
        chosen = scores if indices else _chosen(labels, scores, options, rules)
        return Read(
            kind="multi_label",
            labels=y_true.reshape(len(y_true), -1),
            scores=chosen.reshape(len(y_true), -1),
            n_classes=n_classes,
        )
    samples = None
    if y_true.ndim > 1:
        sample_wise = options.get("mdmc_average", "global")
        if sample_wise is None:
            raise LibraryRefusal("Class indices of more than one axis need `mdmc_average`.")
        if sample_wise == "samplewise":
            samples = np.repeat(np.arange(len(y_true)), labels.size // len(y_true))
    _check_one_number(options)
    kept = np.ones(len(labels), bool) if ignored is None else labels != ignored
    if ignored is not None and ignored < 0:
        ignored = None
    return Read(
        kind="class_indices" if indices else "sparse",
        labels=labels[kept],
        scores=scores[kept],
        n_classes=n_classes,
        beside=None if ignored is None or indices else scores[~kept],
        without=ignored,
        samples=None if samples is None else samples[kept],
        n_samples=len(y_true),
    )


def _chosen(labels: Array, scores: Array, options: Options, rules: Rules) -> Array:
    """The class of each row: the label where it is among the top k, else the first of these."""
    k = cast("int | None", options["top_k"])
    if k is None and not rules.ranks_top_1:
        return highest_or_nan(scores)
    marks = chosen_by_torch(scores, k or 1)
    inside = np.take_along_axis(marks, labels[:, None].astype(np.intp), axis=1)[:, 0]
    return np.where(inside, labels, marks.argmax(axis=1))


def _check_average(options: Options) -> None:
    if options.get("average") in ("macro", "weighted", "none", None) and not options.get(
        "num_classes", 1
    ):
        raise LibraryRefusal(
            "The average {average} needs `num_classes`.", average=repr(options["average"])
        )


def _check_one_number(options: Options) -> None:
    if options.get("average", "micro") in ("none", None):
        raise LibraryRefusal("It gives a number for each class, not one for all.", several=True)


def _check_values(question: Question, options: Options, rules: Rules) -> None:
    y_true, y_pred = question.y_true, question.y_pred
    floats, ignored = y_pred.dtype.kind == "f", cast("int | None", options.get("ignore_index"))
    below = rules.drops_below_0 and ignored is not None and ignored < 0
    whole = y_true.dtype.kind != "f" and (floats or y_pred.min() >= 0)
    if not whole or (y_true.min() < 0 and not below):
        raise LibraryRefusal("Labels must be whole numbers from 0 on.")
    if floats and rules.probabilities_only and question.in_batches(_outside).any():
        raise LibraryRefusal("The outputs must be probabilities: there are values outside 0 to 1.")


def _outside(batch: Array) -> Array:
    """Whether a batch goes beyond 0 to 1; where one is not a number none is seen to."""
    return np.array([batch.min() < 0 or batch.max() > 1])


def _squeezed(values: Array) -> Array:
    if len(values) == 1:
        return values.squeeze()[None] if values.squeeze().shape else values.reshape(1)
    return values.squeeze()
