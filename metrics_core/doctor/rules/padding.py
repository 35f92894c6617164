"""Rows that are only padding and should not count."""

from __future__ import annotations

import math

import numpy as np

from metrics_core.doctor.case import Case, share
from metrics_core.doctor.finding import Finding, some_rows
from metrics_core.doctor.rules.of_labels.labels import marker
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

_RUN = 5


def padding(case: Case) -> Finding | None:
    """Samples that are only padding: marked by a label, without a label, or all alike."""
    sign = marker(case)
    if sign is not None:
        marks = case.predictions.labels == sign
        why = Message("They have the label {label}, which is not a class.", {"label": f"{sign:g}"})
    else:
        why, marks = Message("They have no 1 among their labels."), _unlabelled(case)
        if marks is None:
            why = Message("They are consecutive, with the same outputs and the same label.")
            marks = _repeated(case)
    if marks is None:
        return None
    kept = case.value_of_rows(~marks)
    count = int(np.count_nonzero(marks))
    return Finding(
        severity="warning",
        title=Message("Padding counted as samples"),
        seen=Message(
            "Rows that look like padding: {count:,} of {total:,}. {why} The share of them counted "
            "as right is {right}.",
            {
                "count": count,
                "total": case.n,
                "why": why,
                "right": share(float(case.seen.sample_values(marks).mean())),
            },
        ),
        consistent_with=Message(
            "Rows that pad sequences or batches, or samples marked to be ignored."
        ),
        sure="likely" if sign is not None else "possible",
        remedy=Message("Give such rows a sample weight of 0, or leave them out."),
        code="model.evaluate(x, y, sample_weight=real_rows.astype('float32'))",
        rows=some_rows(marks),
        counterfactual=Message(
            "without these rows: {value} instead of {now}",
            {"value": share(kept), "now": share(case.accuracy)},
        ),
    )


def _unlabelled(case: Case) -> Array | None:
    """Rows of zeros among labels that are one-hot otherwise.

    Were the ones thrown in independently, as in multi-hot labels, so few empty rows would go with
    several rows of two ones or more (Poisson).
    """
    if case.kind not in ("one_hot", "multi_label") or not case.label_values.are(0, 1):
        return None
    ones = np.count_nonzero(case.predictions.y_true, axis=1)
    empty = ones == 0
    count = int(np.count_nonzero(empty))
    if not 0 < count < case.n or int(ones.max()) > 1:
        return None
    share_empty = count / case.n
    several = case.n * (1 - share_empty * (1 - math.log(share_empty)))
    return empty if several >= 5 else None


def _repeated(case: Case) -> Array | None:
    """Runs of rows with label 0 and equal outputs, where other rows do not repeat.

    Outputs that are saturated repeat by themselves; they count only at the end of the data.
    """
    outputs, kind = case.raw, case.kind
    if kind == "class_indices" or outputs.dtype.kind != "f" or case.n < 4 * _RUN:
        return None
    same = outputs[1:] == outputs[:-1]
    same = same if same.ndim == 1 else same.all(axis=1)
    changes = np.flatnonzero(~same)
    starts = np.concatenate(([0], changes + 1))
    lengths = np.diff(np.concatenate((starts, [case.n])))
    longest = int(lengths.argmax())
    first, length = int(starts[longest]), int(lengths[longest])
    if length < _RUN or length > 0.95 * case.n:
        return None
    value = outputs[first]
    marks = outputs == value if outputs.ndim == 1 else (outputs == value).all(axis=1)
    marks = marks & _label_zero(case)
    count = int(np.count_nonzero(marks))
    others = int((lengths[lengths > 1] - 1).sum()) - (count - 1)
    at_end = first + length == case.n and count == length
    saturated = bool(((value == 0) | (value == 1)).any())
    in_runs = bool(marks[first : first + length].all()) and count < 0.95 * case.n
    plain = in_runs and count >= 0.01 * case.n and others <= 0.01 * case.n
    return marks if plain and (at_end or not saturated) and _in_runs(marks) else None


def _in_runs(marks: Array) -> bool:
    """Whether hardly any marked row stands alone."""
    near = np.zeros(len(marks), bool)
    near[1:] |= marks[:-1]
    near[:-1] |= marks[1:]
    return int(np.count_nonzero(marks & near)) >= 0.9 * int(np.count_nonzero(marks))


def _label_zero(case: Case) -> Array:
    if case.kind == "multi_label":
        return np.asarray((case.predictions.y_true == 0).all(axis=1))
    return np.asarray(case.true_class <= 0)
