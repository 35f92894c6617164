"""Scores that equal the threshold or one another, so that a convention decides."""

from __future__ import annotations

import numpy as np

from metrics_core.doctor.case import VISIBLE, Case, share
from metrics_core.doctor.finding import Finding, some_rows
from metrics_core.messages import Message
from metrics_core.steps.decision import effective_threshold


def threshold_ties(case: Case) -> Finding | None:
    """Scores that equal the threshold and so are decided 0."""
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
            "{count:,} of {total:,} scores are exactly {threshold}. They are not above it and are "
            "decided 0.",
            {"count": count, "total": case.scores.size, "threshold": threshold},
        ),
        consistent_with=Message(
            "Votes or averages of few parts, rounded outputs, or a sigmoid of 0."
        ),
        sure="certain",
        remedy=Message("Say which side such a score is on; `>=` is not `>`."),
        code=f"decided = y_pred >= {threshold}",
        rows=some_rows(ties),
        counterfactual=Message(
            "with these scores as 1: {value} instead of {now}",
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
            "The outputs are float16, whose steps at {threshold} are {step} wide. {count:,} of "
            "{total:,} scores are the nearest number to the threshold, so their side is unknown.",
            {
                "threshold": threshold,
                "step": f"{step:.2g}",
                "count": count,
                "total": scores.size,
            },
        ),
        consistent_with=Message("A mixed-precision model whose last layer was left in float16."),
        sure="possible",
        remedy=Message("Give the last layer the dtype float32."),
        code="layers.Dense(1, activation='sigmoid', dtype='float32')",
        rows=some_rows(near),
        counterfactual=Message(
            "with these scores as 1: {value} instead of {now}",
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
    own = case.scores[np.arange(case.n), np.maximum(case.true_class, 0)]
    equal = np.count_nonzero(case.scores == own[:, None], axis=1)
    tied = inside & (rank + equal > k)
    count = int(np.count_nonzero(tied))
    if count == 0:
        return None
    name = f"{'sparse_' if case.kind == 'sparse' else ''}top_k_categorical_accuracy"
    now = case.of(name).result
    strict = float(np.count_nonzero(inside & ~tied)) / case.n
    return Finding(
        severity="warning" if count >= VISIBLE * case.n else "note",
        title=Message("Ties at place {k}", {"k": k}),
        seen=Message(
            "In {count:,} of {total:,} samples the output of the true class equals others across "
            "place {k}. Keras counts all of them as in the top {k}.",
            {"count": count, "total": case.n, "k": k},
        ),
        consistent_with=Message(
            "Outputs that are saturated at 0 or 1, rounded, or votes of few parts."
        ),
        sure="certain",
        remedy=Message("Keep more digits of the outputs, or give both numbers."),
        code="model.predict(x).astype('float64')  # before any rounding",
        rows=some_rows(tied),
        counterfactual=Message(
            "with such ties as wrong: {value} instead of {now}",
            {"value": share(strict), "now": share(now)},
        ),
    )


def argmax_ties(case: Case) -> Finding | None:
    """Rows whose highest score stands in several columns; the first of them is chosen."""
    if case.constant:
        return None
    scores = case.scores
    highest = scores.max(axis=1)
    tied = np.count_nonzero(scores == highest[:, None], axis=1) > 1
    count = int(np.count_nonzero(tied))
    if count == 0:
        return None
    own = scores[np.arange(case.n), np.maximum(case.true_class, 0)]
    could = int(np.count_nonzero(tied & (case.true_class >= 0) & (own == highest)))
    lucky = int(np.count_nonzero(tied & (case.true_class == case.decided_class)))
    return Finding(
        severity="warning" if could >= VISIBLE * case.n else "note",
        title=Message("Several highest outputs in a row"),
        seen=Message(
            "In {count:,} of {total:,} rows the highest output stands in several columns, and the "
            "first of them is chosen. The true class is among them in {could}, chosen in {lucky}.",
            {"count": count, "total": case.n, "could": could, "lucky": lucky},
        ),
        consistent_with=Message("Outputs that are saturated, rounded, or votes of few parts."),
        sure="certain",
        remedy=Message(
            "Keep more digits of the outputs; logits tie more rarely than probabilities."
        ),
        code="layers.Dense(n_classes)  # and from_logits=True in the loss",
        rows=some_rows(tied),
    )
