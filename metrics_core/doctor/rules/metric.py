"""A metric that answers another question than the labels ask."""

from __future__ import annotations

import numpy as np

from metrics_core.doctor.case import VISIBLE, Case, percent, share
from metrics_core.doctor.finding import Finding, Severity, no_rows, some_rows
from metrics_core.messages import Message
from metrics_core.settings import Settings


def element_wise(case: Case) -> Finding | None:
    """Binary accuracy on one-hot labels counts the zeros that are easy to get right.

    For outputs whose rows sum to 1 the loss was hardly binary cross-entropy, so it is a note.
    """
    elements = case.of("binary_accuracy").result
    gap = elements - case.accuracy
    if abs(gap) < VISIBLE or case.predictions.n_classes < 2:
        return None
    units = case.settings.activation == "sigmoid" or case.summary.rows_sum_to_one is False
    classes = case.predictions.n_classes
    severity: Severity = "serious" if gap > 0.2 else "warning"
    return Finding(
        severity=severity if units else "note",
        title=Message("Element-wise accuracy on one-hot labels"),
        seen=Message(
            "Element by element, {elements} of {total:,} comparisons are right; predicting 0 "
            "everywhere would give {zeros}. By the highest output, {now} of the rows are right.",
            {
                "elements": percent(elements),
                "total": case.size,
                "zeros": percent(1 - 1 / classes),
                "now": percent(case.accuracy),
            },
        ),
        consistent_with=Message(
            "`metrics=['accuracy']` with binary cross-entropy, where the loss chooses the metric "
            "(Keras up to 2.3.1, tf.keras up to 2.0)."
        ),
        sure="likely" if units else "possible",
        remedy=Message("Name the metric: categorical accuracy compares one class per sample."),
        code="metrics=['categorical_accuracy']",
        rows=case.of_rows(lambda: some_rows(case.seen.matches == 0), no_rows()),
        counterfactual=Message(
            "element-wise {elements}, by the highest output {now}",
            {"elements": share(elements), "now": share(case.accuracy)},
        ),
    )


def argmax_multi_hot(case: Case) -> Finding | None:
    """Argmax of a row with several ones is the first of them; the others do not count."""
    labels = case.predictions.y_true
    ones = np.count_nonzero(labels, axis=1)
    odd = ones != 1
    count = int(np.count_nonzero(odd))
    if count == 0 or not case.label_values.whole:
        return None
    highest = float((labels.argmax(axis=1) == case.steps.argmax).mean())
    gap = abs(highest - case.accuracy)
    if gap < VISIBLE:
        return None
    return Finding(
        severity="warning" if gap >= 0.05 else "note",
        title=Message("The highest output on multi-hot labels"),
        seen=Message(
            "{n:,} of {total:,} rows of labels does not have exactly one 1. Categorical accuracy "
            "compares the highest output with the first 1 and gives {highest}.",
            {"n": count, "total": case.n, "highest": share(highest)},
            plural="{n:,} of {total:,} rows of labels do not have exactly one 1. Categorical "
            "accuracy compares the highest output with the first 1 and gives {highest}.",
        ),
        consistent_with=Message(
            "`metrics=['accuracy']` where the shapes choose the metric (tf.keras from 2.2 on, "
            "Keras 3): (n, C) labels are taken as one-hot."
        ),
        sure="certain",
        remedy=Message("Name the metric: binary accuracy counts every label separately."),
        code="metrics=['binary_accuracy']",
        rows=some_rows(odd),
        counterfactual=Message("element-wise: {now}", {"now": share(case.accuracy)}),
    )


def categorical_one_unit(case: Case) -> Finding | None:
    """Argmax over one column is 0 on both sides, so categorical accuracy is always 1."""
    if case.predictions.y_pred.ndim != 2 or 1 - case.accuracy < VISIBLE:
        return None
    return Finding(
        severity="note",
        title=Message("Categorical accuracy over one unit"),
        seen=Message(
            "The outputs have shape {shape}. With a single column, the highest is always column 0, "
            "for the labels as well: categorical accuracy is 1.0000 whatever the model does.",
            {"shape": str(case.predictions.y_pred.shape)},
        ),
        consistent_with=Message(
            "A printed accuracy of exactly 1.0000 from `metrics=['categorical_accuracy']`."
        ),
        sure="certain",
        remedy=Message("Use binary accuracy with one unit."),
        code="metrics=['binary_accuracy']",
        counterfactual=Message("by the threshold: {now}", {"now": share(case.accuracy)}),
    )


def exact_match(case: Case) -> Finding | None:
    """``keras.metrics.Accuracy`` compares the outputs themselves with the labels."""
    if case.raw.dtype.kind != "f":
        return None
    exact = case.of("accuracy")
    between = case.scores != np.floor(case.scores)
    if not between.any() or abs(exact.result - case.accuracy) < VISIBLE:
        return None
    return Finding(
        severity="note",
        title=Message("Exact equality on outputs that are not classes"),
        seen=Message(
            "{n:,} of {total:,} outputs is not a whole number and equals no label. "
            "`keras.metrics.Accuracy` gives {exact}.",
            {
                "n": int(np.count_nonzero(between)),
                "total": between.size,
                "exact": share(exact.result),
            },
            plural="{n:,} of {total:,} outputs are not whole numbers and equal no label. "
            "`keras.metrics.Accuracy` gives {exact}.",
        ),
        consistent_with=Message(
            "`keras.metrics.Accuracy()` in place of `'accuracy'`: the class, not the name."
        ),
        sure="certain",
        remedy=Message(
            "Use the metric that turns outputs into classes, or do so before comparing."
        ),
        code="metrics=['accuracy']  # not keras.metrics.Accuracy()",
        rows=some_rows(between),
        counterfactual=Message("after the decision: {now}", {"now": share(case.accuracy)}),
    )


def k_too_large(case: Case) -> Finding | None:
    """With k not below the number of classes every sample is in the top k.

    Keras's default k is a note: nobody chose it.
    """
    k, classes = case.settings.k, case.predictions.n_classes
    if k < classes:
        return None
    name = f"{'sparse_' if case.kind == 'sparse' else ''}top_k_categorical_accuracy"
    less = classes - 1
    return Finding(
        severity="note" if k == Settings.k else "warning",
        title=Message("Top-k accuracy that cannot fail"),
        seen=Message(
            "k is {k} and there are {classes} classes, so the true class is always among the top "
            "k: {value}.",
            {"k": k, "classes": classes, "value": share(case.of(name).result)},
        ),
        consistent_with=Message("Keras's default k, which is 5."),
        sure="certain",
        remedy=Message("Choose a k below the number of classes."),
        code=f"keras.metrics.TopKCategoricalAccuracy(k={less})",
        counterfactual=Message(
            "with k = {k}: {value}", {"k": less, "value": share(case.of(name, k=less).result)}
        ),
        apply={"k": less},
    )
