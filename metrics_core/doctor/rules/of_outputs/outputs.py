"""Outputs from which nothing can be predicted: not finite, or all the same."""

from __future__ import annotations

import numpy as np

from metrics_core.doctor.case import Case, share
from metrics_core.doctor.finding import Finding, no_rows, some_rows
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

_COUNTS_AS = {
    "binary": Message("NaN and -inf count as class 0, inf counts as class 1"),
    "multi_label": Message("NaN and -inf count as 0, inf counts as 1"),
    "one_hot": Message("Argmax skips NaN, and such a row is in no top k"),
    "sparse": Message("Argmax skips NaN, and such a row is in no top k"),
    "class_indices": Message("They equal no label"),
}


def not_finite(case: Case) -> Finding | None:
    """Outputs or labels that are NaN or infinite, and what they count as."""
    nan, infinite = case.summary.n_nan, case.summary.n_infinite
    lost = case.label_values.n_not_finite
    if not nan + infinite + lost:
        return None
    bad = _rows(~np.isfinite(case.raw)) | _rows(~np.isfinite(case.predictions.labels))
    right = case.seen.sample_values(np.flatnonzero(bad))
    kept = None
    if not bad.all():
        kept = Message(
            "without these rows: {value} instead of {now}",
            {"value": share(case.value_of_rows(~bad)), "now": share(case.accuracy)},
        )
    return Finding(
        severity="serious" if nan or lost else "warning",
        title=Message("Numbers that are not finite"),
        seen=Message(
            "NaN outputs: {nan}; infinite outputs: {infinite}; labels that are not finite: {lost}. "
            "{rule}. In the {n} row concerned, the share counted as right is {right}.",
            {
                "nan": nan,
                "infinite": infinite,
                "lost": lost,
                "rule": _COUNTS_AS[case.kind],
                "n": int(np.count_nonzero(bad)),
                "right": share(float(np.mean(right))),
            },
            plural="NaN outputs: {nan}; infinite outputs: {infinite}; labels that are not finite: "
            "{lost}. {rule}. In the {n} rows concerned, the share counted as right is {right}.",
        ),
        consistent_with=Message(
            "A diverging loss, a logarithm of 0, an overflow, or missing input values."
        ),
        sure="certain",
        remedy=Message(
            "Find where they come from: check the inputs for NaN and lower the learning rate."
        ),
        code="keras.callbacks.TerminateOnNaN()",
        rows=some_rows(bad),
        counterfactual=kept,
    )


def _rows(marks: Array) -> Array:
    return marks if marks.ndim == 1 else np.asarray(marks.any(axis=1))


def constant(case: Case) -> Finding | None:
    """Outputs that do not depend on the sample."""
    if case.n < 3 or not case.constant:
        return None
    first = case.first
    if case.kind == "binary" and len(first) == 1 and abs(float(first[0]) - 1) <= 1e-6:
        return None
    return Finding(
        severity="serious" if case.n >= 10 else "warning",
        title=Message("The same outputs for every sample"),
        seen=Message(
            "All {count:,} rows of outputs are identical, bit for bit: {values}.",
            {"count": case.n, "values": ", ".join(f"{value:.4g}" for value in first[:6].tolist())},
        ),
        consistent_with=Message(
            "Dead units, unscaled inputs, or a model that has learned nothing but a bias."
        ),
        sure="likely",
        remedy=Message(
            "Scale the inputs, lower the learning rate, and inspect the outputs of each layer."
        ),
        code="x_train = x_train / 255.0",
        rows=case.of_rows(lambda: np.arange(min(case.n, 2)), no_rows()),
    )
