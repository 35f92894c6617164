"""Labels and outputs whose shapes do not say what they mean."""

from __future__ import annotations

import numpy as np

from metrics_core.doctor.case import VISIBLE, Case, share
from metrics_core.doctor.finding import Finding, no_rows, some_rows
from metrics_core.messages import Message

_WIDTHS = range(3, 1001)
_ENOUGH = 10


def one_hot_or_sparse(case: Case) -> Finding | None:
    """One-hot labels that are read as multi-hot, element by element, or by one column."""
    if case.kind == "multi_label":
        return _read_as_multi_hot(case)
    return _flattened(case) if case.kind == "binary" else _one_column(case)


def _read_as_multi_hot(case: Case) -> Finding | None:
    ones = np.count_nonzero(case.predictions.y_true, axis=1)
    if not case.label_values.are(0, 1) or not (ones == 1).all():
        return None
    return Finding(
        severity="warning",
        title=Message("One-hot labels read as multi-hot"),
        seen=Message("Each of the {count:,} rows of labels has exactly one 1.", {"count": case.n}),
        consistent_with=Message("One class per sample, not several labels at once."),
        sure="likely",
        remedy=Message("Read the labels as one-hot and compare the highest output with the class."),
        code="keras.metrics.CategoricalAccuracy()",
        counterfactual=Message(
            "read as one-hot: {value} instead of {now}",
            {"value": share(case.as_kind("one_hot")), "now": share(case.accuracy)},
        ),
        apply={"labels": "one_hot"},
    )


def _flattened(case: Case) -> Finding | None:
    """Rows of C outputs, one below the other: exactly one label 1 in each block of C."""
    labels = case.predictions.labels
    ones = np.flatnonzero(labels == 1)
    if len(ones) < _ENOUGH or not case.label_values.are(0, 1) or case.n % len(ones):
        return None
    width = case.n // len(ones)
    if width not in _WIDTHS or not (ones // width == np.arange(len(ones))).all():
        return None
    if (np.diff(ones) == width).all():
        return None
    scores = case.scores.reshape(-1, width)
    right = float((scores.argmax(axis=1) == ones % width).mean())
    return Finding(
        severity="serious",
        title=Message("One-hot rows, flattened"),
        seen=Message(
            "In each of the {rows} blocks of {width} labels, exactly one is 1.",
            {"rows": len(ones), "width": width},
        ),
        consistent_with=Message("An array of {width} classes that was raveled.", {"width": width}),
        sure="likely",
        remedy=Message("Give labels and outputs one row per sample."),
        code=f"y_true, y_pred = y_true.reshape(-1, {width}), y_pred.reshape(-1, {width})",
        rows=some_rows(labels == 1),
        counterfactual=Message(
            "as rows of {width}, by the highest output: {value} instead of {now}",
            {"width": width, "value": share(right), "now": share(case.accuracy)},
        ),
    )


def _one_column(case: Case) -> Finding | None:
    """Labels 0 and 1 against several classes: one column of one-hot labels."""
    classes = case.predictions.n_classes
    confusion = case.confusion
    if classes < 3 or confusion is None or case.n < 30 or not case.label_values.are(0, 1):
        return None
    taken = confusion.sum(axis=0)
    right = confusion[1] + (confusion[0].sum() - confusion[0])
    column = int(right.argmax())
    best, plain = float(right[column]) / case.n, max(confusion.sum(axis=1)) / case.n
    if np.count_nonzero(taken) < 3 or best < plain + 0.1 or best < case.accuracy + 0.1:
        return None
    return Finding(
        severity="serious",
        title=Message("One column of one-hot labels, read as class indices"),
        seen=Message(
            "All labels are 0 or 1, but {predicted} classes are predicted. Label 1 agrees with "
            "class {column} in {share} of the samples.",
            {
                "predicted": int(np.count_nonzero(taken)),
                "column": column,
                "share": share(best),
            },
        ),
        consistent_with=Message(
            "Column {column} of one-hot labels in place of class indices.", {"column": column}
        ),
        sure="likely",
        remedy=Message("Use all columns of the labels, or the index of the column that is 1."),
        code="y_true = y_true_one_hot.argmax(axis=1)",
        rows=case.of_rows(
            lambda: some_rows((case.true_class == 1) & (case.predicted_class == column)),
            no_rows(),
        ),
    )


def broadcast(case: Case) -> Finding | None:
    """What ``(y_true == predicted).mean()`` gives for (n,) and (n, 1): n times n comparisons."""
    true, outputs = case.predictions.y_true, case.predictions.y_pred
    column = true.ndim == 2
    meets = true.ndim != (1 if case.kind == "sparse" else outputs.ndim)
    confusion = case.confusion
    if not meets or confusion is None:
        return None
    pairs = confusion.sum(axis=1).astype(float) * confusion.sum(axis=0)
    naive = float(pairs.sum() / case.n**2)
    if abs(naive - case.accuracy) < VISIBLE:
        return None
    return Finding(
        severity="note",
        title=Message("Shapes (n,) and (n, 1) that would broadcast"),
        seen=Message(
            "The labels have shape {true} and the outputs {outputs}. Compared with `==`, every "
            "label meets every prediction: {count:,} comparisons, of which {naive} hold.",
            {
                "true": str(true.shape),
                "outputs": str(outputs.shape),
                "count": case.n**2,
                "naive": share(naive),
            },
        ),
        consistent_with=Message(
            "A number near {naive} that was computed by hand.", {"naive": share(naive)}
        ),
        sure="certain",
        remedy=Message("Reshape both to (n,) before comparing. Keras does so by itself."),
        code="y_true = y_true.ravel()" if column else "y_pred = y_pred.ravel()",
        counterfactual=Message("sample by sample: {now}", {"now": share(case.accuracy)}),
    )
