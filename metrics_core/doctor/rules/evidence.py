"""How much the number is worth: against the simplest rule, and for so many samples."""

from __future__ import annotations

import numpy as np

from metrics_core.counting.intervals import wilson
from metrics_core.doctor.calibration import calibration
from metrics_core.doctor.case import Case, share
from metrics_core.doctor.finding import Finding
from metrics_core.messages import Message


def majority(case: Case) -> Finding | None:
    """The accuracy is no better than always deciding the most frequent class."""
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
            "{now} are right (95 % interval {low} to {high}). Always deciding class {label} would "
            "give {often}.",
            values,
        ),
        consistent_with=Message(
            "Classes of very different frequency, or a model that has not learnt to tell them."
        ),
        sure="certain" if high < often / case.n else "likely",
        remedy=Message(
            "Look at the balanced accuracy and at precision and recall of the rare class."
        ),
        code="sklearn.metrics.balanced_accuracy_score(y_true, decided)",
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
        title=Message("Few samples for so many digits"),
        seen=Message(
            "Of {count:,} samples {now} are right. The true share lies between {low} and {high}, "
            "95 times of 100; one sample more or less moves the number by {step}.",
            {
                "count": case.n,
                "now": share(right / case.n),
                "low": f"{low:.2f}",
                "high": f"{high:.2f}",
                "step": share(1 / case.n),
            },
        ),
        consistent_with=Message("A small test set."),
        sure="certain",
        remedy=Message("Give the interval with the number, or test on more samples."),
        code="scipy.stats.binomtest(right, n).proportion_ci(method='wilson')",
    )


def bad_confidence(case: Case) -> Finding | None:
    """A high accuracy whose probabilities do not say how often they are right."""
    made = calibration(case)
    if made is None or made.accuracy < 0.75 or case.n < 30 or made.error - made.noise < 0.08:
        return None
    over = made.confidence > made.accuracy
    return Finding(
        severity="warning",
        title=Message("High accuracy, bad confidence"),
        seen=Message(
            "{accuracy} are right at a mean confidence of {confidence}. The expected calibration "
            "error is {error} (about {noise} by chance), the log loss {loss}.",
            {
                "accuracy": share(made.accuracy),
                "confidence": share(made.confidence),
                "error": share(made.error),
                "noise": share(made.noise),
                "loss": share(made.log_loss),
            },
        ),
        consistent_with=Message(
            "A model trained until it was too sure, or tested on other data than it saw."
        )
        if over
        else Message("Averaged votes, strong regularisation, or an activation applied twice."),
        sure="certain",
        remedy=Message(
            "Calibrate the outputs on held-out data before reading them as probabilities."
        ),
        code="sklearn.calibration.CalibratedClassifierCV(model, method='isotonic')",
    )
