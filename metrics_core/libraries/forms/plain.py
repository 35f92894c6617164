"""Arguments that are taken as they are: labels, and one output or a row of outputs for each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from metrics_core.libraries.question import Options, Question, Read
from metrics_core.libraries.refusal import LibraryRefusal
from metrics_core.numeric.arrays import Array
from metrics_core.steps.activation import activate


def scores_of_one(question: Question, options: Options) -> Read:
    """One output a sample, labels 0 and 1."""
    y_true, y_pred = question.y_true.reshape(-1), question.y_pred.reshape(-1)
    return Read(kind="binary", labels=y_true, scores=y_pred, weights=question.sample_weight)


def scores_of_classes(question: Question, options: Options) -> Read:
    """A row of outputs a sample, labels that are class indices."""
    y_pred = question.y_pred
    return Read(
        kind="sparse",
        labels=question.y_true.reshape(-1),
        scores=y_pred,
        n_classes=y_pred.shape[1],
        weights=question.sample_weight,
    )


def numbers_of_classes(question: Question, options: Options) -> Read:
    """The same with 0 for what is not a number."""
    read, missing = scores_of_classes(question, options), np.isnan(question.y_pred)
    if not missing.any():
        return read
    return replace(read, scores=np.where(missing, 0, read.scores), activation="zeroed")


def margins_of_classes(question: Question, options: Options) -> Read:
    """The same where a softmax comes first: a row with NaN or infinity is NaN throughout."""
    read = scores_of_classes(question, options)
    missing = ~np.isfinite(read.scores.max(axis=1, keepdims=True))
    if not missing.any():
        return read
    return replace(read, scores=np.where(missing, np.nan, read.scores))


def scores_of_either(question: Question, options: Options) -> Read:
    """One output a sample, or a row of them."""
    several = question.y_pred.ndim == 2 and question.y_pred.shape[1] > 1
    return (scores_of_classes if several else scores_of_one)(question, options)


def objective_of_one(question: Question, options: Options) -> Read:
    """One margin a sample, which a logistic objective turns into a probability."""
    read = scores_of_one(question, options)
    logistic = str(options["objective"]) in ("binary:logistic", "binary")
    if not logistic:
        return read
    return Read(
        kind="binary",
        labels=read.labels,
        scores=activate(read.scores, "sigmoid"),
        activation="always",
        weights=read.weights,
    )


def outputs_of_last_axis(question: Question, options: Options) -> Read:
    """Outputs whose last axis are the classes, of samples or of steps of time."""
    y_pred, y_true = question.y_pred, question.y_true.reshape(-1)
    rows = y_pred.reshape(-1, y_pred.shape[-1])
    _same_length(y_true, rows)
    return Read(kind="sparse", labels=y_true, scores=rows, n_classes=rows.shape[1])


def outputs_or_one(question: Question, options: Options) -> Read:
    """Flax and CLU: rows of outputs, or one output per sample where a threshold is given."""
    several = question.y_pred.ndim == question.y_true.ndim + 1
    if several == (options.get("threshold") is not None):
        raise LibraryRefusal(
            "Shape {outputs} of the outputs does not fit shape {labels} of the labels.",
            outputs=question.y_pred.shape,
            labels=question.y_true.shape,
        )
    return (outputs_of_last_axis if several else scores_of_one)(question, options)


def pairs(question: Question, options: Options) -> Read:
    """Predicted classes beside labels, one a sample."""
    return Read(
        kind="class_indices",
        labels=question.y_true.reshape(-1),
        scores=question.y_pred.reshape(-1),
        weights=question.sample_weight,
    )


def elements_after_sigmoid(question: Question, options: Options) -> Read:
    """Every element by itself, after a sigmoid that is applied unless it is turned off."""
    y_true, y_pred = question.y_true.reshape(-1), question.y_pred.reshape(-1)
    _same_length(y_true, y_pred)
    if not options["sigmoid"]:
        return Read(kind="binary", labels=y_true, scores=y_pred)
    return Read(
        kind="binary", labels=y_true, scores=activate(y_pred, "sigmoid"), activation="always"
    )


def decided_or_classes(question: Question, options: Options) -> Read:
    """Ignite: decisions 0 and 1, decisions of many labels, or a row of outputs a sample."""
    y_true, y_pred = question.y_true, question.y_pred
    if options.get("round"):
        y_pred = np.rint(y_pred)
    if y_pred.ndim == y_true.ndim + 1:
        return scores_of_classes(question, options)
    for name, values in (("y_pred", y_pred), ("y", y_true)):
        if not np.isin(values, (0, 1)).all():
            raise LibraryRefusal(
                "For binary cases, `{name}` must consist of 0 and 1: it takes no probabilities.",
                name=name,
            )
    if not options.get("is_multilabel"):
        labels, chosen = y_true.reshape(-1), y_pred.reshape(-1)
        return Read(kind="class_indices", labels=labels, scores=chosen)
    return Read(
        kind="multi_label",
        labels=y_true,
        scores=y_pred.astype(np.int64),
        n_classes=y_true.shape[1],
    )


def _same_length(labels: Array, outputs: Array) -> None:
    if len(labels) != len(outputs):
        raise LibraryRefusal(
            "{labels} labels do not fit {outputs} outputs.",
            labels=len(labels),
            outputs=len(outputs),
        )
