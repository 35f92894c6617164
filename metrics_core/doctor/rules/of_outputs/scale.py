"""Outputs on another scale than that of probabilities: per cent, bytes, logarithms."""

from __future__ import annotations

import math

import numpy as np

from metrics_core.doctor.case import Case, share
from metrics_core.doctor.finding import Finding
from metrics_core.doctor.output_scale import PER_CENT
from metrics_core.messages import Message
from metrics_core.predictions import Predictions

_LOG_HALF = math.log(0.5)


def shares_of(case: Case) -> Finding | None:
    """Outputs from 0 to 100 or 255 that are compared as if they ran from 0 to 1."""
    scale, settings = case.scale, case.settings
    if scale is None:
        return None
    if case.kind in ("one_hot", "sparse"):
        return _rows_of_per_cent(case)
    if case.kind == "class_indices":
        return _read_as_classes(case, scale)
    if settings.activation == "none" and settings.threshold > 1:
        return None
    half = {"threshold": scale / 2, "activation": "none"}
    value = case.value(**half)
    per_cent = scale == PER_CENT
    return Finding(
        severity="serious",
        title=Message("Outputs in per cent") if per_cent else Message("Outputs from 0 to 255"),
        seen=Message(
            "The outputs range from {low} to {high}: none is negative, none is above {scale}. "
            "Compared with {threshold}, nearly everything is predicted as 1.",
            {
                "low": f"{case.summary.low:.4g}",
                "high": f"{case.summary.high:.4g}",
                "scale": f"{scale:g}",
                "threshold": settings.threshold,
            },
        ),
        consistent_with=Message("Scores in per cent, as many services write them.")
        if per_cent
        else Message("A mask or heat map that was saved as an image of bytes."),
        sure="likely" if value > case.accuracy else "possible",
        remedy=Message(
            "Divide the outputs by {scale}, or compare them with {half}.",
            {"scale": f"{scale:g}", "half": f"{scale / 2:g}"},
        ),
        otherwise=Message(
            "None that these numbers bear out: comparing with {half} makes them worse. Look up "
            "what the program that wrote them calls a score.",
            {"half": f"{scale / 2:g}"},
        ),
        code=f"y_pred = y_pred / {scale:g}",
        counterfactual=Message(
            "compared with {half}: {value} instead of {now}",
            {"half": f"{scale / 2:g}", "value": share(value), "now": share(case.accuracy)},
        ),
        apply=half,
    )


def _read_as_classes(case: Case, scale: float) -> Finding:
    """Whole per cent or bytes, which look like class indices."""
    data = case.predictions
    one_output = Predictions.of(
        data.y_true, data.y_pred / scale, kind="binary", sample_weight=data.sample_weight
    )
    value = case.under(one_output, {}).accuracy
    per_cent = scale == PER_CENT
    return Finding(
        severity="serious",
        title=Message("Outputs in per cent, read as classes")
        if per_cent
        else Message("Outputs from 0 to 255, read as classes"),
        seen=Message(
            "The labels are 0 and 1, but the outputs are whole numbers from {low} to {high}. Read "
            "as classes, only outputs of 0 and 1 could be right.",
            {"low": f"{case.summary.low:.4g}", "high": f"{case.summary.high:.4g}"},
        ),
        consistent_with=Message("Scores in per cent, rounded to whole numbers.")
        if per_cent
        else Message("A mask or heat map that was saved as an image of bytes."),
        sure="likely",
        remedy=Message(
            "Divide the outputs by {scale}, or choose one output per sample as the kind of problem "
            "and compare with {half}.",
            {"scale": f"{scale:g}", "half": f"{scale / 2:g}"},
        ),
        code=f"y_pred = y_pred / {scale:g}",
        cured=one_output,
        counterfactual=Message(
            "divided by {scale}: {value} instead of {now}",
            {"scale": f"{scale:g}", "value": share(value), "now": share(case.accuracy)},
        ),
    )


def _rows_of_per_cent(case: Case) -> Finding:
    in_view = case.settings.activation != "none"
    return Finding(
        severity="warning" if in_view else "note",
        title=Message("Outputs in per cent"),
        seen=Message(
            "Every row of {count} outputs sums to 100. The highest stays the highest; a softmax of "
            "them would be sure of everything.",
            {"count": case.predictions.n_outputs},
        ),
        consistent_with=Message("Class probabilities in per cent."),
        sure="certain",
        remedy=Message("Divide the outputs by 100 before reading them as probabilities."),
        code="y_pred = y_pred / 100",
        counterfactual=Message(
            "without an activation: {value} instead of {now}",
            {"value": share(case.value(activation="none")), "now": share(case.accuracy)},
        )
        if in_view
        else None,
        apply={"activation": "none"} if in_view else {},
    )


def log_probabilities(case: Case) -> Finding | None:
    """Outputs that are logarithms of probabilities: none above 0, whose exponentials fit."""
    if case.summary.high > 1e-3 or case.summary.low >= 0 or case.settings.activation != "none":
        return None
    if case.kind in ("one_hot", "sparse"):
        return _log_softmax(case)
    return _log_sigmoid(case)


def _log_softmax(case: Case) -> Finding | None:
    sums = np.exp(case.raw.astype(np.float64)).sum(axis=1)
    if not bool((np.abs(sums - 1) <= 1e-3).all()):
        return None
    return Finding(
        severity="note",
        title=Message("Logarithms of probabilities"),
        seen=Message(
            "The outputs range from {low} to {high}, and the exponentials of every row sum to 1. "
            "The highest output stays the highest, so the accuracy is the same.",
            {"low": f"{case.summary.low:.4g}", "high": f"{case.summary.high:.4g}"},
        ),
        consistent_with=Message("A last layer with a log-softmax."),
        sure="certain",
        remedy=Message("Take the exponential before reading them as probabilities; softmax does."),
        code="y_pred = np.exp(y_pred)",
        counterfactual=Message(
            "after a softmax: {value} instead of {now}",
            {"value": share(case.value(activation="softmax")), "now": share(case.accuracy)},
        ),
        apply={"activation": "softmax"},
    )


def _log_sigmoid(case: Case) -> Finding | None:
    """One output a label: compared with log 0.5 it must do better by more than chance."""
    if not case.summary.high > _LOG_HALF or case.settings.threshold < 0:
        return None
    moved = case.of(case.main, threshold=_LOG_HALF)
    changed = int(np.count_nonzero(moved.matches != case.seen.matches))
    gain = np.count_nonzero(moved.matches) - np.count_nonzero(case.seen.matches)
    if changed < 10 or gain <= 2 * math.sqrt(changed):
        return None
    return Finding(
        severity="serious",
        title=Message(
            "Logarithms of probabilities compared with {threshold}",
            {"threshold": case.settings.threshold},
        ),
        seen=Message(
            "The outputs range from {low} to {high}; none is above 0, so nothing is predicted as "
            "1. Compared with the logarithm of 0.5, more labels are met than by chance.",
            {"low": f"{case.summary.low:.4g}", "high": f"{case.summary.high:.4g}"},
        ),
        consistent_with=Message("A last layer with a log-sigmoid, or a logarithm taken later."),
        sure="likely" if case.summary.high > -0.1 else "possible",
        remedy=Message("Take the exponential, or compare with the logarithm of 0.5."),
        code="y_pred = np.exp(y_pred)",
        counterfactual=Message(
            "compared with {threshold}: {value} instead of {now}",
            {
                "threshold": f"{_LOG_HALF:.4f}",
                "value": share(moved.result),
                "now": share(case.accuracy),
            },
        ),
        apply={"threshold": _LOG_HALF},
    )
