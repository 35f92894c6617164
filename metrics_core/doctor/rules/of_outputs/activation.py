"""Outputs that went through the wrong activation, or through none."""

from __future__ import annotations

import math

import numpy as np

from metrics_core.doctor.case import VISIBLE, Case, share
from metrics_core.doctor.finding import Finding, no_rows, some_rows
from metrics_core.doctor.rules.of_outputs.axis import columns_sum
from metrics_core.messages import Message

_NEAR_ONE = 1e-6
"""TensorFlow's softmax over one unit gives 0.99999994 for some samples."""


def logits_at_threshold(case: Case) -> Finding | None:
    """Outputs on both sides of 0 that are compared with a threshold for probabilities.

    Outputs barely outside 0 and 1 are those of a linear model of 0 and 1 unless the threshold 0
    does better by more than chance; nothing is said about them.
    """
    threshold = case.settings.threshold
    if not case.logits_in_view or not 0 < threshold < 1:
        return None
    count, between = case.between(0.0, threshold)
    low, high = case.summary.low, case.summary.high
    wide = low < -1 or high > 2
    zero = case.of(case.main, threshold=0.0)
    gain = np.count_nonzero(zero.matches) - np.count_nonzero(case.seen.matches)
    by_chance = 2 * math.sqrt(count)
    if count == 0 or (gain <= by_chance and not wide):
        return None
    likely = wide and low < 0 and gain >= -by_chance
    one_sided = low > 0
    return Finding(
        severity="serious" if likely and count >= VISIBLE * case.size else "warning",
        title=Message(
            "Outputs above 1 compared with {threshold}, but hardly logits", {"threshold": threshold}
        )
        if one_sided
        else Message("Logits compared with {threshold}", {"threshold": threshold}),
        seen=Message(
            "The outputs range from {low} to {high}, so they are not probabilities. {n:,} of "
            "{total:,} lies between 0 and {threshold} and is predicted as 0.",
            {
                "low": f"{low:.4g}",
                "high": f"{high:.4g}",
                "n": count,
                "total": case.size,
                "threshold": threshold,
            },
            plural="The outputs range from {low} to {high}, so they are not probabilities. {n:,} "
            "of {total:,} lie between 0 and {threshold} and are predicted as 0.",
        ),
        consistent_with=Message(
            "A last layer with a ReLU, or without an activation and trained on 0 and 1. As logits "
            "all of them would stand for class 1, since none is negative."
        )
        if one_sided
        else Message(
            "A last layer without an activation: its outputs are logits, and a logit of 0 "
            "corresponds to a probability of 0.5."
        ),
        sure="likely" if likely else "possible",
        remedy=Message("Compare logits with 0, or apply a sigmoid first."),
        otherwise=Message(
            "None that these numbers bear out: comparing with 0, as for logits, makes them worse. "
            "Look at the activation of the last layer and at the loss that it was trained with."
        ),
        code="model.layers[-1].activation"
        if one_sided
        else "keras.metrics.BinaryAccuracy(threshold=0.0)",
        rows=case.of_rows(lambda: some_rows(between()), no_rows()),
        counterfactual=Message(
            "with a threshold of 0: {value} instead of {now}",
            {"value": share(zero.result), "now": share(case.accuracy)},
        ),
        apply={"threshold": 0.0},
    )


def logits_rounded(case: Case) -> Finding | None:
    """Outputs that round to something other than 0 and 1, under the rule of Keras up to 2.3."""
    if not case.logits_in_view:
        return None
    rounded = case.steps.rounded
    odd = (rounded != 0) & (rounded != 1) & np.isfinite(rounded)
    count = int(np.count_nonzero(odd))
    legacy = case.of("binary_accuracy_rounded").result
    other = case.of("binary_accuracy", threshold=0.0).result
    if count == 0 or abs(legacy - other) < VISIBLE:
        return None
    return Finding(
        severity="warning"
        if count >= 0.05 * rounded.size and 0 < case.settings.threshold < 1
        else "note",
        title=Message("Logits that round to neither 0 nor 1"),
        seen=Message(
            "{n:,} of {total:,} outputs rounds to a number other than 0 and 1, so it equals no "
            "label. Accuracy by rounding is {legacy}.",
            {"n": count, "total": rounded.size, "legacy": share(legacy)},
            plural="{n:,} of {total:,} outputs round to numbers other than 0 and 1, so they equal "
            "no label. Accuracy by rounding is {legacy}.",
        ),
        consistent_with=Message(
            "`accuracy` in standalone Keras up to 2.3.1, which rounds, after a last layer without "
            "an activation."
        ),
        sure="certain",
        remedy=Message("Apply a sigmoid before rounding, or compare the logits with 0."),
        otherwise=Message(
            "None that these numbers bear out: comparing with 0 makes them worse, so these are "
            "hardly logits. Compare with a threshold in place of rounding."
        ),
        code="layers.Dense(1, activation='sigmoid')",
        rows=some_rows(odd),
        counterfactual=Message("compared with 0: {value}", {"value": share(other)}),
        apply={"threshold": 0.0},
    )


def one_unit_softmax(case: Case) -> Finding | None:
    """A softmax over one unit is always 1, whatever the unit outputs."""
    in_view = case.settings.activation == "softmax"
    ends = case.summary.low, case.summary.high
    near = all(abs(end - 1) <= _NEAR_ONE for end in ends) and np.isfinite(case.raw).all()
    ones = case.n > 1 and near and not case.label_values.are(1)
    if not in_view and not ones:
        return None
    exact = in_view or ends == (1.0, 1.0)
    activation = "sigmoid" if case.summary.form == "logits" else "none"
    counterfactual = None
    if in_view and not ones:
        counterfactual = Message(
            "with {activation}: {value} instead of {now}",
            {
                "activation": activation,
                "value": share(case.value(activation=activation)),
                "now": share(case.accuracy),
            },
        )
    return Finding(
        severity="serious" if in_view or case.n >= 10 else "warning",
        title=Message("Softmax over one unit"),
        seen=Message(
            "Every one of the {count:,} outputs is 1, so every sample is predicted as 1.",
            {"count": case.n},
        )
        if exact
        else Message(
            "Every one of the {count:,} outputs is within a millionth of 1, so every sample is "
            "predicted as 1.",
            {"count": case.n},
        ),
        consistent_with=Message(
            "A last layer of one unit with softmax: a single unit has nothing to be compared with."
        ),
        sure="certain" if in_view else "likely",
        remedy=Message(
            "Use one unit with a sigmoid, or two units with a softmax, and retrain the model."
        ),
        code="layers.Dense(1, activation='sigmoid')",
        counterfactual=counterfactual,
        apply={"activation": activation} if in_view and not ones else {},
    )


def rows_not_one(case: Case) -> Finding | None:
    """Numbers between 0 and 1 whose rows do not sum to 1."""
    if case.settings.activation != "none" or case.summary.rows_sum_to_one is not False:
        return None
    if columns_sum(case) is not None:
        return None
    sums = case.raw.sum(axis=1, dtype=np.float64)
    off = np.abs(sums - 1) > (0.01 if case.raw.dtype == np.float16 else 1e-3)
    count = int(np.count_nonzero(off))
    if count == 0:
        return None
    return Finding(
        severity="warning",
        title=Message("Rows of outputs that do not sum to 1"),
        seen=Message(
            "In {count:,} of {total:,} rows the outputs lie between 0 and 1 but do not sum to 1; "
            "the sums range from {low} to {high}.",
            {
                "count": count,
                "total": case.n,
                "low": f"{sums.min():.4g}",
                "high": f"{sums.max():.4g}",
            },
        ),
        consistent_with=Message(
            "Sigmoid units where each sample has one class out of several, or missing columns."
        ),
        sure="certain",
        remedy=Message(
            "Use softmax and categorical cross-entropy where each sample has one class. Argmax "
            "still picks the highest output, but do not read the outputs as class probabilities."
        ),
        code=f"layers.Dense({case.predictions.n_outputs}, activation='softmax')",
        rows=some_rows(off),
    )
