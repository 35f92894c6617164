"""Labels that are not classes: quantities, probabilities, smoothed zeros and ones."""

from __future__ import annotations

import numpy as np

from metrics_core.doctor.case import Case, share
from metrics_core.doctor.finding import Finding, some_rows
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array


def are_whole(outputs: Array) -> bool:
    """Whether all outputs are whole numbers."""
    with np.errstate(invalid="ignore"):
        return bool((outputs == np.floor(outputs)).all())


def regression(case: Case) -> Finding | None:
    """Many distinct or fractional targets: a quantity, or probabilities instead of classes."""
    seen = case.label_values
    fractional = not seen.whole and len(seen.values) > 2
    many = case.kind == "binary" and len(seen.values) > 10 and not are_whole(case.raw)
    if not fractional and not many:
        return None
    soft = seen.values[0] >= 0 and seen.values[-1] <= 1 and case.kind != "sparse"
    counterfactual = None
    if soft:
        value = case.value_with((case.predictions.y_true > 0.5).astype(np.uint8))
        counterfactual = Message(
            "with labels above 0.5 taken as 1: {value}", {"value": share(value)}
        )
    elif case.kind != "sparse":
        error = case.of("mean_absolute_error").result
        counterfactual = Message("mean absolute error: {value}", {"value": f"{error:.4g}"})
    return Finding(
        severity="serious",
        title=Message("Targets that are quantities, not classes"),
        seen=Message(
            "The labels take {distinct} different values from {low} to {high}. A prediction of 0 "
            "or 1 equals hardly any of them.",
            {
                "distinct": len(seen.values),
                "low": f"{seen.values[0]:.4g}",
                "high": f"{seen.values[-1]:.4g}",
            },
        ),
        consistent_with=Message("Probabilities used as labels.")
        if soft
        else Message("A regression problem."),
        sure="likely",
        remedy=Message("Turn the labels into classes before counting.")
        if soft
        else Message("Judge a regression by its error; accuracy says nothing about it."),
        code="y_true = (y_true > 0.5).astype(int)" if soft else "metrics=['mean_absolute_error']",
        rows=some_rows((case.predictions.labels != 0) & (case.predictions.labels != 1)),
        counterfactual=counterfactual,
    )


def smoothed(case: Case) -> Finding | None:
    """Two values such as 0.05 and 0.95 in place of 0 and 1."""
    seen = case.label_values
    if len(seen.values) != 2 or not 0 <= seen.values[0] < 0.5 < seen.values[1] <= 1 or seen.whole:
        return None
    crisp = (case.predictions.y_true > 0.5).astype(np.uint8)
    by_element = case.kind != "one_hot"
    value = case.value_with(crisp)
    return Finding(
        severity="serious" if by_element else "note",
        title=Message("Smoothed labels"),
        seen=Message(
            "The labels are {low} and {high}. A prediction of 0 or 1 equals neither.",
            {"low": f"{seen.values[0]:g}", "high": f"{seen.values[1]:g}"},
        ),
        consistent_with=Message("Label smoothing done by hand, before the metric sees the labels."),
        sure="certain",
        remedy=Message("Leave smoothing to the loss, and give the metric labels of 0 and 1."),
        code="loss = keras.losses.BinaryCrossentropy(label_smoothing=0.1)",
        cured=case.with_labels(crisp) if by_element else None,
        counterfactual=Message(
            "with labels 0 and 1: {value} instead of {now}",
            {"value": share(value), "now": share(case.accuracy)},
        )
        if by_element
        else None,
    )
