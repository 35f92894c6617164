"""How much the number is worth: against the simplest rule, and for so many samples."""

from __future__ import annotations

import numpy as np

from metrics_core.counting.intervals import wilson
from metrics_core.doctor.calibration import calibration
from metrics_core.doctor.case import Case, share
from metrics_core.doctor.finding import Finding
from metrics_core.messages import Message


def majority(case: Case) -> Finding | None:
    """The accuracy is no better than always predicting the most frequent class."""
    if case.confusion is None or case.settings.aggregation == "per_class":
        return None
    by_class = case.confusion.sum(axis=1)
    if np.count_nonzero(by_class) < 2:
        return None
    right, often = int(np.count_nonzero(case.seen.matches)), int(by_class.max())
    low, high = wilson(right, case.n)
    if low > often / case.n:
        return None
    values = {
        "now": share(right / case.n),
        "low": share(low),
        "high": share(high),
        "label": int(by_class.argmax()),
        "often": share(often / case.n),
    }
    balanced = case.of("balanced_accuracy").result
    return Finding(
        severity="warning" if right <= often or case.n >= 100 else "note",
        title=Message("No better than the most frequent class"),
        seen=Message(
            "{now} of the samples are right (95 % interval {low} to {high}). Always predicting "
            "class {label} would give {often}.",
            values,
        ),
        consistent_with=Message(
            "Very unbalanced classes, or a model that has not learned to tell them apart."
        ),
        sure="certain" if high < often / case.n else "likely",
        remedy=Message(
            "Look at the balanced accuracy, and at precision and recall of the rare class."
        ),
        code="sklearn.metrics.balanced_accuracy_score(y_true, predicted)",
        counterfactual=Message("balanced accuracy: {value}", {"value": share(balanced)}),
    )


def few_samples(case: Case) -> Finding | None:
    """So few samples that the digits shown say more than is known."""
    right = float(case.seen.sample_values().sum(dtype=np.float64))
    if not np.isfinite(right):
        return None
    low, high = wilson(right, case.n)
    if high - low < 0.1:
        return None
    return Finding(
        severity="warning" if high - low >= 0.25 else "note",
        title=Message("Too few samples for this many digits"),
        seen=Message(
            "The share of correct samples is {now}, measured on {n:,} sample. The 95 % confidence "
            "interval runs from {low} to {high}; a single sample moves the number by {step}.",
            {
                "n": case.n,
                "now": share(right / case.n),
                "low": f"{low:.2f}",
                "high": f"{high:.2f}",
                "step": share(1 / case.n),
            },
            plural="The share of correct samples is {now}, measured on {n:,} samples. The 95 % "
            "confidence interval runs from {low} to {high}; a single sample moves the number by "
            "{step}.",
        ),
        consistent_with=Message("A small test set."),
        sure="certain",
        remedy=Message("Report the interval with the number, or test on more samples."),
        code="scipy.stats.binomtest(right, n).proportion_ci(method='wilson')",
    )


def bad_confidence(case: Case) -> Finding | None:
    """High accuracy, but confidence that does not say how often the outputs are right."""
    found = calibration(case)
    if found is None or found.accuracy < 0.75 or case.n < 30 or found.error - found.noise < 0.08:
        return None
    over = found.confidence > found.accuracy
    return Finding(
        severity="warning",
        title=Message("High accuracy, poorly calibrated confidence"),
        seen=Message(
            "{accuracy} of the samples are right, at a mean confidence of {confidence}. The "
            "expected calibration error is {error} (about {noise} by chance), the log loss {loss}.",
            {
                "accuracy": share(found.accuracy),
                "confidence": share(found.confidence),
                "error": share(found.error),
                "noise": share(found.noise),
                "loss": share(found.log_loss),
            },
        ),
        consistent_with=Message(
            "A model that was trained until it was overconfident, or tested on different data."
        )
        if over
        else Message("Averaged votes, strong regularization, or an activation applied twice."),
        sure="likely",
        remedy=Message(
            "Calibrate the outputs on held-out data before reading them as probabilities."
        ),
        code="sklearn.calibration.CalibratedClassifierCV(model, method='isotonic')",
    )
