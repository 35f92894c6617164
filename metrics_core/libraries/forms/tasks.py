"""Arguments as torchmetrics takes them since 0.10: the caller says what they are."""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np

from metrics_core.libraries.question import Options, Question, Read
from metrics_core.libraries.refusal import LibraryRefusal
from metrics_core.numeric.arrays import Array
from metrics_core.steps.activation import activate

_AVERAGES = ("micro", "macro", "weighted")


class Rules(NamedTuple):
    """What differs between versions.

    Attributes
    ----------
    micro_by_pairs : bool
        Whether the micro average counts pairs of label and prediction, and so refuses labels
        beyond the classes.
    squeezes_one_sample : bool
        Whether a single sample cannot be put into the top k.
    outside_ignored_fails : bool
        Whether a label to ignore that is no class fails with a top k.
    task_needs_k : bool
        Whether ``task="multiclass"`` is refused without `top_k`, whose default is None.
    """

    micro_by_pairs: bool = False
    squeezes_one_sample: bool = False
    outside_ignored_fails: bool = False
    task_needs_k: bool = False


def binary(question: Question, options: Options) -> Read:
    """Labels 0 and 1 against one output each, of the same shape."""
    y_true, ignored = question.y_true, options["ignore_index"]
    _check_threshold(options)
    _check_shape(question)
    _check_labels(question, ignored)
    _check_one_number(question, {**options, "average": "micro"}, 1)
    scores, activation = _activated(question)
    kept = y_true.reshape(-1) != ignored if ignored is not None else slice(None)
    return Read(
        kind="class_indices" if scores.dtype.kind in "iub" else "binary",
        labels=y_true.reshape(-1)[kept],
        scores=scores.reshape(-1)[kept],
        activation=activation,
    )


def multilabel(question: Question, options: Options) -> Read:
    """Rows of labels 0 and 1 against rows of outputs."""
    y_true, ignored = question.y_true, options["ignore_index"]
    _check_threshold(options)
    _check_average(options)
    _check_shape(question)
    if y_true.shape[1] != options["num_labels"]:
        raise LibraryRefusal(
            "Labels of {columns} columns do not fit `num_labels` {number}.",
            columns=y_true.shape[1],
            number=options["num_labels"],
        )
    _check_labels(question, ignored)
    _check_one_number(question, options, 2)
    scores, activation = _activated(question)
    return Read(
        kind="multi_label",
        labels=y_true,
        scores=scores,
        activation=activation,
        n_classes=y_true.shape[1],
        ignored=None if ignored is None else y_true == ignored,
    )


def multiclass(question: Question, options: Options, rules: Rules) -> Read:
    """Class indices against a row of outputs each, or against class indices."""
    y_true, y_pred = question.y_true, question.y_pred
    n_classes, top_k = cast("int", options["num_classes"]), cast("int", options["top_k"])
    ignored = cast("int | None", options["ignore_index"])
    _check_average(options)
    if top_k > n_classes:
        raise LibraryRefusal(
            "A top {k} of {classes} classes is refused.", k=top_k, classes=n_classes
        )
    indices = y_pred.ndim == y_true.ndim
    flat: Array = y_pred.reshape(-1)
    scores: Array
    if y_pred.ndim == y_true.ndim + 1:
        if y_pred.dtype.kind != "f" or y_pred.shape[1] != n_classes:
            raise LibraryRefusal(
                "Outputs of {columns} columns do not fit `num_classes` {number}.",
                columns=y_pred.shape[1],
                number=n_classes,
            )
        scores = np.moveaxis(y_pred, 1, -1).reshape(-1, n_classes)
        fits = y_pred.shape[2:] == y_true.shape[1:]
    else:
        scores, fits = flat, y_pred.shape == y_true.shape
    if not fits:
        raise LibraryRefusal(
            "Shape {outputs} of the outputs does not fit shape {labels} of the labels.",
            outputs=y_pred.shape,
            labels=y_true.shape,
        )
    if indices and y_pred.dtype.kind == "f" and np.isnan(y_pred).any():
        raise LibraryRefusal("Outputs that are not a number are refused.")
    labels = y_true.reshape(-1)
    allowed = n_classes + (ignored is not None)
    for values in (labels, scores) if indices else ():
        if len(np.unique(values)) > allowed:
            raise LibraryRefusal(
                "There are more than {allowed} different classes.", allowed=allowed
            )
    kept = np.ones(len(labels), bool) if ignored is None else labels != ignored
    inside = ignored is not None and 0 <= ignored < n_classes
    if top_k > 1 and ignored is not None and not inside and rules.outside_ignored_fails:
        raise LibraryRefusal("A label to ignore that is no class is refused with a top k.")
    if top_k > 1 and rules.squeezes_one_sample and len(labels) == 1:
        raise LibraryRefusal("A single sample is refused with a top k.")
    if options["average"] != "micro" or rules.micro_by_pairs or top_k > 1:
        _check_pairs(labels[kept], n_classes)
    _check_one_number(question, options, 1)
    return Read(
        kind="class_indices" if indices else "sparse",
        labels=labels[kept],
        scores=scores[kept],
        n_classes=n_classes,
    )


def of_task(question: Question, options: Options, rules: Rules) -> Read:
    """Whatever the argument `task` says."""
    match options["task"]:
        case "binary":
            return binary(question, options)
        case "multilabel":
            return multilabel(question, options)
        case None:
            raise LibraryRefusal("The argument `task` is missing.", missing=True)
        case _:
            if options["top_k"] is None and rules.task_needs_k:
                raise LibraryRefusal("`top_k` must be given: its default, None, is refused.")
            return multiclass(question, options, rules)


def _activated(question: Question) -> tuple[Array, str]:
    """A sigmoid for each batch that has a value outside 0 to 1."""
    if question.y_pred.dtype.kind in "iub":
        return question.y_pred, "none"
    applied = set()

    def activated(batch: Array) -> Array:
        outside = bool(batch.size) and not bool((batch >= 0).all() and (batch <= 1).all())
        applied.add(outside)
        return activate(batch, "sigmoid") if outside else batch

    scores = question.in_batches(activated)
    return scores, "sigmoid_some" if len(applied) > 1 else "sigmoid" if True in applied else "none"


def _check_threshold(options: Options) -> None:
    threshold = cast("float", options["threshold"])
    if not 0 <= threshold <= 1:
        raise LibraryRefusal(
            "The threshold must lie from 0 to 1; it is {threshold}.", threshold=threshold
        )


def _check_average(options: Options) -> None:
    if options["average"] not in (*_AVERAGES, "none", None):
        raise LibraryRefusal("There is no average {average}.", average=repr(options["average"]))


def _check_one_number(question: Question, options: Options, axes: int) -> None:
    """Refuse what gives a number for each class, or for each sample of several positions."""
    if options["multidim_average"] == "samplewise":
        if question.y_true.ndim <= axes:
            raise LibraryRefusal("samplewise needs one more axis: several positions a sample.")
        raise LibraryRefusal("It gives a number for each sample, not one for all.", several=True)
    if options.get("average", "micro") not in _AVERAGES:
        raise LibraryRefusal("It gives a number for each class, not one for all.", several=True)


def _check_shape(question: Question) -> None:
    if question.y_true.shape != question.y_pred.shape:
        raise LibraryRefusal(
            "Shape {outputs} of the outputs does not fit shape {labels} of the labels.",
            outputs=question.y_pred.shape,
            labels=question.y_true.shape,
        )


def _check_labels(question: Question, ignored: object) -> None:
    allowed = np.array([0, 1] if ignored is None else [0, 1, ignored], np.int64)
    whole = question.y_pred.dtype.kind in "iub"
    if not np.isin(question.y_true, allowed).all() or (
        whole and not np.isin(question.y_pred, [0, 1]).all()
    ):
        raise LibraryRefusal("Labels and predicted labels must be 0 or 1.")


def _check_pairs(labels: Array, n_classes: int) -> None:
    if labels.size and not (labels.min() >= 0 and labels.max() < n_classes):
        raise LibraryRefusal(
            "Labels must lie from 0 to {last}: there is one beyond.", last=n_classes - 1
        )
