"""Scores that equal the threshold or each other, so that a convention decides."""

from __future__ import annotations

import numpy as np

from metrics_core.doctor.case import VISIBLE, Case, share
from metrics_core.doctor.finding import Finding, some_rows
from metrics_core.messages import Message
from metrics_core.steps.decision.threshold import effective_threshold


def threshold_ties(case: Case) -> Finding | None:
    """Scores that equal the threshold and so are predicted as 0."""
    if case.scores.dtype == np.float16 or case.constant:
        return None
    threshold = case.settings.threshold
    ties = case.scores == effective_threshold(threshold, case.scores.dtype)
    count = int(np.count_nonzero(ties))
    if count == 0:
        return None
    below = float(np.nextafter(np.float32(threshold), np.float32(-np.inf)))
    other = case.value(threshold=below)
    return Finding(
        severity="warning" if abs(other - case.accuracy) >= VISIBLE else "note",
        title=Message("Scores that equal the threshold"),
        seen=Message(
            "{n:,} of {total:,} scores is exactly {threshold}. It is not above the threshold, so "
            "it is predicted as 0.",
            {"n": count, "total": case.scores.size, "threshold": threshold},
            plural="{n:,} of {total:,} scores are exactly {threshold}. They are not above the "
            "threshold, so they are predicted as 0.",
        ),
        consistent_with=Message(
            "Votes or averages over a few models, rounded outputs, or a sigmoid of 0."
        ),
        sure="certain",
        remedy=Message("State which side such a score falls on; `>=` is not `>`."),
        code=f"predicted = y_pred >= {threshold}",
        rows=some_rows(ties),
        counterfactual=Message(
            "with these scores predicted as 1: {value} instead of {now}",
            {"value": share(other), "now": share(case.accuracy)},
        ),
    )


def float16_at_threshold(case: Case) -> Finding | None:
    """Half-precision scores so near the threshold that rounding may have moved them across."""
    if case.scores.dtype != np.float16:
        return None
    threshold = case.settings.threshold
    step = float(np.spacing(np.float16(threshold))) if abs(threshold) < 65504 else 0.0
    step = max(step, 2.0**-24)
    scores = case.scores.astype(np.float32)
    near = np.abs(scores - np.float32(threshold)) <= np.float32(step / 2)
    count = int(np.count_nonzero(near))
    if count == 0:
        return None
    other = case.value(threshold=threshold - step)
    return Finding(
        severity="warning" if abs(other - case.accuracy) >= VISIBLE else "note",
        title=Message("Half precision at the threshold"),
        seen=Message(
            "The outputs are float16, which has steps of {step} around {threshold}. {n:,} of "
            "{total:,} scores is the float16 number nearest to the threshold, so which side it "
            "belongs to is unknown.",
            {
                "threshold": threshold,
                "step": f"{step:.2g}",
                "n": count,
                "total": scores.size,
            },
            plural="The outputs are float16, which has steps of {step} around {threshold}. {n:,} "
            "of {total:,} scores are the float16 number nearest to the threshold, so which side "
            "they belong to is unknown.",
        ),
        consistent_with=Message("A mixed-precision model whose last layer was left in float16."),
        sure="possible",
        remedy=Message("Give the last layer the dtype float32."),
        code="layers.Dense(1, activation='sigmoid', dtype='float32')",
        rows=some_rows(near),
        counterfactual=Message(
            "with these scores predicted as 1: {value} instead of {now}",
            {"value": share(other), "now": share(case.accuracy)},
        ),
    )


def top_k_ties(case: Case) -> Finding | None:
    """True classes that are in the top k only because ties share the better rank."""
    k, classes = case.settings.k, case.predictions.n_classes
    if k < 1 or k >= classes or case.constant:
        return None
    rank = case.steps.rank
    inside = (rank >= 0) & (rank < k)
    of_true = case.scores[np.arange(case.n), np.maximum(case.true_class, 0)]
    equal = np.count_nonzero(case.scores == of_true[:, None], axis=1)
    tied = inside & (rank + equal > k)
    count = int(np.count_nonzero(tied))
    if count == 0:
        return None
    name = f"{'sparse_' if case.kind == 'sparse' else ''}top_k_categorical_accuracy"
    now = case.of(name).result
    strict = float(np.count_nonzero(inside & ~tied)) / case.n
    return Finding(
        severity="warning" if count >= VISIBLE * case.n else "note",
        title=Message("Ties at rank {k}", {"k": k}),
        seen=Message(
            "In {count:,} of {total:,} samples the true class is tied with others at rank {k}. "
            "Keras counts all of them as in the top {k}.",
            {"count": count, "total": case.n, "k": k},
        ),
        consistent_with=Message(
            "Outputs that are saturated at 0 or 1, rounded, or votes of a few models."
        ),
        sure="certain",
        remedy=Message("Keep more digits of the outputs, or report both numbers."),
        code="model.predict(x).astype('float64')  # before any rounding",
        rows=some_rows(tied),
        counterfactual=Message(
            "with these ties counted as wrong: {value} instead of {now}",
            {"value": share(strict), "now": share(now)},
        ),
    )


def argmax_ties(case: Case) -> Finding | None:
    """Rows whose highest score occurs in several columns; the first of them is predicted."""
    if case.constant:
        return None
    scores = case.scores
    highest = scores.max(axis=1)
    tied = np.count_nonzero(scores == highest[:, None], axis=1) > 1
    count = int(np.count_nonzero(tied))
    if count == 0:
        return None
    of_true = scores[np.arange(case.n), np.maximum(case.true_class, 0)]
    could = int(np.count_nonzero(tied & (case.true_class >= 0) & (of_true == highest)))
    lucky = int(np.count_nonzero(tied & (case.true_class == case.predicted_class)))
    return Finding(
        severity="warning" if could >= VISIBLE * case.n else "note",
        title=Message("Rows with more than one highest output"),
        seen=Message(
            "In {count:,} of {total:,} rows the highest output occurs in several columns, and the "
            "first of them is predicted. Rows where the true class is among them: {could}; where "
            "it is the one predicted: {lucky}.",
            {"count": count, "total": case.n, "could": could, "lucky": lucky},
        ),
        consistent_with=Message("Outputs that are saturated, rounded, or votes of a few models."),
        sure="certain",
        remedy=Message(
            "Keep more digits of the outputs; logits tie less often than probabilities."
        ),
        code="layers.Dense(n_classes)  # and from_logits=True in the loss",
        rows=some_rows(tied),
    )
