"""Outputs that went through one activation too many."""

from __future__ import annotations

import math

import numpy as np

from metrics_core.doctor.case import Case, share
from metrics_core.doctor.finding import Finding, Severity
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

_SIGMOID_OF_1 = 0.7310586
_SIGMOID_OF_HALF = 0.6224593312018546
"""The sigmoid of 0.5: where a probability of one half lands after a second sigmoid."""


def double_sigmoid(case: Case) -> Finding | None:
    """A sigmoid on top of numbers between 0 and 1 lies between 0.5 and 0.7311.

    Outputs in that range that do better at the threshold in view went through one sigmoid only.
    """
    summary, activation = case.summary, case.settings.activation
    one_unit = case.kind in ("binary", "multi_label")
    if activation == "sigmoid" and summary.form == "probabilities":
        if summary.rows_sum_to_one and not one_unit:
            return None
        spread = summary.low < 0.1 and summary.high > 0.9
        return Finding(
            severity="serious" if spread and one_unit and case.n >= 20 else "warning",
            title=Message("A sigmoid on top of probabilities"),
            seen=Message(
                "The outputs already lie between {low} and {high}; after the sigmoid in view "
                "none of them is below 0.5.",
                {"low": f"{summary.low:.4g}", "high": f"{summary.high:.4g}"},
            ),
            consistent_with=Message("A last layer with a sigmoid, followed by another sigmoid."),
            sure="likely" if spread else "possible",
            remedy=Message("Use the outputs as they are."),
            code="scores = y_pred  # probabilities already",
            counterfactual=Message(
                "without an activation: {value} instead of {now}",
                {"value": share(case.value(activation="none")), "now": share(case.accuracy)},
            ),
            apply={"activation": "none"},
        )
    if activation != "none" or case.n < 10 or not 0.5 <= summary.low < summary.high < 0.73106:
        return None
    undone = one_unit and abs(case.settings.threshold - _SIGMOID_OF_HALF) < 0.01
    if undone or summary.high - summary.low < 0.12:
        return None
    if not one_unit:
        return _saved_after_sigmoid(case, "warning")
    moved = case.of(case.main, threshold=_SIGMOID_OF_HALF)
    changed = np.count_nonzero(moved.matches != case.seen.matches)
    gain = np.count_nonzero(moved.matches) - np.count_nonzero(case.seen.matches)
    if gain < -2 * math.sqrt(changed):
        return None
    return _saved_after_sigmoid(case, "serious" if gain > 0 else "warning")


def _saved_after_sigmoid(case: Case, severity: Severity) -> Finding:
    one_unit = case.kind in ("binary", "multi_label")
    moved = {"threshold": _SIGMOID_OF_HALF} if one_unit else {}
    return Finding(
        severity=severity,
        title=Message("Outputs that went through two sigmoids"),
        seen=Message(
            "All {count:,} outputs lie between {low} and {high}. The sigmoid of a number between 0 "
            "and 1 lies between 0.5 and {most}.",
            {
                "count": case.raw.size,
                "low": f"{case.summary.low:.4f}",
                "high": f"{case.summary.high:.4f}",
                "most": f"{_SIGMOID_OF_1:.4f}",
            },
        ),
        consistent_with=Message("A sigmoid applied to probabilities before they were saved."),
        sure="likely",
        remedy=Message(
            "Undo the second sigmoid, or compare with {threshold}.",
            {"threshold": f"{_SIGMOID_OF_HALF:.4f}"},
        ),
        code="y_pred = np.log(y_pred / (1 - y_pred))",
        counterfactual=Message(
            "with a threshold of {threshold}: {value} instead of {now}",
            {
                "threshold": f"{_SIGMOID_OF_HALF:.4f}",
                "value": share(case.value(**moved)),
                "now": share(case.accuracy),
            },
        )
        if one_unit
        else None,
        apply=moved,
    )


def double_softmax(case: Case) -> Finding | None:
    """A softmax or sigmoid on rows that sum to 1, in the view or before the outputs were saved."""
    activation = case.settings.activation
    if case.summary.rows_sum_to_one is not True or case.constant:
        return None
    if activation == "none":
        return _saved_after_softmax(case)
    return Finding(
        severity="warning",
        title=Message("A {activation} on top of a softmax", {"activation": activation}),
        seen=Message(
            "The rows of outputs already sum to 1; with the {activation} in view, the mean of the "
            "highest score falls from {before} to {after}.",
            {
                "activation": activation,
                "before": share(_mean_highest(case.raw)),
                "after": share(_mean_highest(case.scores)),
            },
        ),
        consistent_with=Message("A last layer with a softmax, followed by another activation."),
        sure="likely",
        remedy=Message(
            "Use the outputs as they are. The highest output of a row stays the highest either way."
        ),
        code="scores = y_pred  # probabilities already",
        counterfactual=Message(
            "without an activation: {value} instead of {now}",
            {"value": share(case.value(activation="none")), "now": share(case.accuracy)},
        ),
        apply={"activation": "none"},
    )


def _saved_after_softmax(case: Case) -> Finding | None:
    """Undo a softmax: if what went in were probabilities, every number lies within 0 and 1."""
    low, high = case.summary.low, case.summary.high
    if case.n < 10 or low <= 0 or high > low * math.e * 1.01:
        return None
    before = np.log(case.raw.astype(np.float64))
    before += (1 - before.sum(axis=1, keepdims=True)) / before.shape[1]
    inside = bool((before > -1e-3).all() and (before < 1 + 1e-3).all())
    confident = float(np.median(before.max(axis=1)))
    if not inside or confident < min(0.95, 1.2 / before.shape[1] + 0.2):
        return None
    return Finding(
        severity="warning",
        title=Message("Outputs that went through two softmaxes"),
        seen=Message(
            "No output is above {high} or below {low}. Removing one softmax raises the mean of the "
            "highest output from {after} to {before} and leaves rows of probabilities.",
            {
                "high": f"{high:.4f}",
                "low": f"{low:.4f}",
                "after": share(_mean_highest(case.raw)),
                "before": share(_mean_highest(before)),
            },
        ),
        consistent_with=Message(
            "A softmax layer, and a line of code that applies softmax again to what "
            "`model.predict` returned."
        ),
        sure="likely" if confident > 0.8 else "possible",
        remedy=Message(
            "Remove one softmax. Argmax stays the same, but confidence and loss change."
        ),
        code="y_pred = model.predict(x)  # the last layer has its softmax",
    )


def _mean_highest(scores: Array) -> float:
    return float(scores.max(axis=1).mean(dtype=np.float64))
