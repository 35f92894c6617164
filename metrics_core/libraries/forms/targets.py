"""Arguments as scikit-learn takes them: it looks at the values to tell what they are."""

from __future__ import annotations

import numpy as np

from metrics_core.libraries.forms.plain import scores_of_one
from metrics_core.libraries.question import Options, Question, Read
from metrics_core.libraries.refusal import LibraryRefusal
from metrics_core.numeric.arrays import Array


def type_of(values: Array) -> str:
    """``binary``, ``multiclass``, ``multilabel``, ``continuous``, or that of several columns.

    Examples
    --------
    >>> [type_of(np.array(each)) for each in ([0, 1], [0, 1, 2], [[0, 1], [1, 1]], [0.5, 1])]
    ['binary', 'multiclass', 'multilabel', 'continuous']
    """
    several = values.ndim == 2 and values.shape[1] > 1
    few = len(np.unique(values)) <= 2
    if several and few and np.array_equal(values, values.astype(np.int64)):
        return "multilabel"
    suffix = "-multioutput" if several else ""
    if values.dtype.kind == "f" and not np.array_equal(values, values.astype(np.int64)):
        return f"continuous{suffix}"
    return f"multiclass{suffix}" if not few or several else "binary"


def numbers_of_one(question: Question, options: Options) -> Read:
    """Scores of label 1, one a sample."""
    _check_numbers(question.y_pred)
    return scores_of_one(question, options)


def decided(question: Question, options: Options) -> Read:
    """Predicted classes, or indicators of many labels."""
    y_true, y_pred = question.y_true, question.y_pred
    _check_numbers(y_pred)
    if len(y_true) != len(y_pred):
        raise LibraryRefusal(
            "{labels} labels do not fit {outputs} outputs.",
            labels=len(y_true),
            outputs=len(y_pred),
        )
    kinds = {type_of(y_true), type_of(y_pred)}
    kinds = {"multiclass"} if kinds == {"binary", "multiclass"} else kinds
    if len(kinds) > 1:
        first, second = sorted(kinds)
        raise LibraryRefusal(
            "Labels and predictions are of two types, {first} and {second}: it takes predicted "
            "classes, no scores.",
            first=first,
            second=second,
        )
    (kind,) = kinds
    if kind not in ("binary", "multiclass", "multilabel"):
        raise LibraryRefusal("It does not take values of the type {kind}.", kind=kind)
    weights = question.sample_weight
    if kind == "multilabel":
        return Read(
            kind="multi_label",
            labels=y_true,
            scores=y_pred.astype(np.int64),
            n_classes=y_true.shape[1],
            weights=weights,
        )
    labels, chosen = y_true.reshape(-1), y_pred.reshape(-1)
    classes = np.unique(np.concatenate([labels, chosen]))
    labels, chosen = np.searchsorted(classes, labels), np.searchsorted(classes, chosen)
    return Read(
        kind="class_indices",
        labels=labels,
        scores=chosen,
        n_classes=len(classes),
        weights=weights,
    )


def decided_of_one(question: Question, options: Options) -> Read:
    """Predicted classes, one a sample."""
    read = decided(question, options)
    if read.kind == "multi_label":
        raise LibraryRefusal("It does not take values of the type {kind}.", kind="multilabel")
    return read


def scored(question: Question, options: Options) -> Read:
    """Class indices against scores of all classes, or labels 0 and 1 against scores of label 1."""
    y_true, y_pred, weights = question.y_true, question.y_pred, question.sample_weight
    _check_numbers(y_pred)
    labels = options["labels"]
    kind = type_of(y_true)
    if kind == "binary" and labels is not None and len(labels) > 2:  # type: ignore[arg-type]
        kind = "multiclass"
    if y_pred.ndim == 1:
        if kind != "binary":
            raise LibraryRefusal("Labels of more than two classes need a score for each class.")
        if options["k"] != 1:  # both classes are among the two highest
            return Read(
                kind="class_indices", labels=y_true, scores=y_true, weights=weights, n_classes=2
            )
        inside = bool(y_pred.min() >= 0 and y_pred.max() <= 1)
        chosen = (y_pred > (0.5 if inside else 0)).astype(np.int64)
        return Read(kind="class_indices", labels=y_true, scores=chosen, weights=weights)
    classes = np.unique(y_true) if labels is None else np.asarray(labels)
    if kind == "binary":
        raise LibraryRefusal("Two classes need one score a sample, that of the second class.")
    if len(classes) != y_pred.shape[1]:
        raise LibraryRefusal(
            "The labels have {labels} classes and the scores {scores}: name them all in `labels`.",
            labels=len(classes),
            scores=y_pred.shape[1],
        )
    if not np.isin(y_true, classes).all():
        raise LibraryRefusal("There is a label that `labels` does not name.")
    return Read(
        kind="sparse",
        labels=np.searchsorted(classes, y_true),
        scores=y_pred,
        n_classes=y_pred.shape[1],
        weights=weights,
    )


def _check_numbers(y_pred: Array) -> None:
    if y_pred.dtype.kind == "f" and np.isnan(y_pred).any():
        raise LibraryRefusal("Outputs that are not a number are refused.")
