"""Scores that say less than scores can: decided, crowded, rounded, a column twice."""

from __future__ import annotations

import numpy as np

from metrics_core.doctor.case import VISIBLE, Case, share
from metrics_core.doctor.finding import Finding
from metrics_core.doctor.output_scale import HEAD
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

_SLIVER = 0.02
_NEAR_ONE = 1e-6
"""Scores that near 1 are told as a softmax over one unit."""
_THRESHOLDS = 200
"""How many thresholds `keras.metrics.AUC` has by default; the outer two lie beyond 0 and 1."""


def decisions(case: Case) -> Finding | None:
    """Outputs that are all 0 or 1."""
    if not case.decided:
        return None
    return Finding(
        severity="note",
        title=Message("Decisions in place of scores"),
        seen=Message(
            "All {count:,} outputs are 0 or 1. They say what was predicted, but not how sure the "
            "model was, so neither confidence nor calibration is judged.",
            {"count": case.size},
        ),
        consistent_with=Message("`predict` in scikit-learn, or outputs that were rounded."),
        sure="certain",
        remedy=Message(
            "For a ROC curve, a log loss or another threshold, save the scores as well."
        ),
        code="y_pred = model.predict_proba(x)[:, 1]"
        if case.predictions.n_outputs == 1
        else "y_pred = model.predict_proba(x)",
    )


def crowded(case: Case) -> Finding | None:
    """Scores so close to each other that 200 thresholds, or one of 0.5, do not part them."""
    if case.n < 30 or case.constant or case.decided or not case.label_values.are(0, 1):
        return None
    scores, positive = case.scores.reshape(-1), case.predictions.labels == 1
    if not np.isfinite(scores).all():
        return None
    low, high = float(scores.min()), float(scores.max())
    if low < 0 or high > 1 or low >= 1 - _NEAR_ONE or low == high:
        return None
    narrow = high - low < _SLIVER
    if not narrow and _tied(*_by_bin((scores * (_THRESHOLDS - 1)).astype(np.int16), positive)) < (
        VISIBLE / 2
    ):
        return None
    edges = np.linspace(0, 1, _THRESHOLDS)[1:-1]
    bins = np.searchsorted(edges.astype(np.float32), scores.astype(np.float32), side="left")
    ones, zeros = _by_bin(bins, positive)
    exact, coarse = _auc(*_by_score(scores, positive)), _auc(ones, zeros)
    gap = abs(exact - coarse)
    if not narrow and gap < VISIBLE:
        return None
    return Finding(
        severity="warning" if narrow or gap >= 0.02 else "note",
        title=Message("Scores crowded into a sliver of the range"),
        seen=Message(
            "The {count:,} scores lie between {low} and {high}; the 200 thresholds of "
            "`keras.metrics.AUC` part them into {parts} groups. The area under the ROC curve is "
            "{exact}, with those thresholds {coarse}.",
            {
                "count": len(scores),
                "low": f"{low:.6g}",
                "high": f"{high:.6g}",
                "parts": int(np.count_nonzero(ones + zeros)),
                "exact": share(exact),
                "coarse": share(coarse),
            },
        ),
        consistent_with=Message(
            "An activation applied twice, a very rare class, or a model at the start of training."
        ),
        sure="certain",
        remedy=Message(
            "Compute the area from all scores, and choose a threshold that lies among them."
        ),
        code="sklearn.metrics.roc_auc_score(y_true, y_pred)",
        counterfactual=Message(
            "area from all scores {exact}, with 200 thresholds {coarse}",
            {"exact": share(exact), "coarse": share(coarse)},
        ),
    )


def _by_bin(bins: Array, positive: Array) -> tuple[Array, Array]:
    """Counts of ones and zeros for each bin."""
    every = np.bincount(bins, minlength=_THRESHOLDS)
    ones = np.bincount(bins[positive], minlength=_THRESHOLDS)
    return ones.astype(float), (every - ones).astype(float)


def _tied(ones: Array, zeros: Array) -> float:
    """What ties can take from the area at most."""
    return float(ones @ zeros) / 2 / float(ones.sum() * zeros.sum())


def _by_score(scores: Array, positive: Array) -> tuple[Array, Array]:
    """Counts of ones and zeros for each distinct score, from the lowest."""
    _, at = np.unique(scores, return_inverse=True)
    size = int(at.max()) + 1
    return (
        np.bincount(at[positive], minlength=size).astype(float),
        np.bincount(at[~positive], minlength=size).astype(float),
    )


def _auc(ones: Array, zeros: Array) -> float:
    """The share of pairs in the right order, ties counting one half."""
    below = np.cumsum(zeros) - zeros
    return float(ones @ (below + zeros / 2)) / float(ones.sum() * zeros.sum())


def repeated_column(case: Case) -> Finding | None:
    """Two columns of outputs that are the same number in every row."""
    outputs = case.raw
    if (
        case.n < 10
        or outputs.ndim != 2
        or outputs.shape[1] > 1000
        or not np.isfinite(outputs).all()
    ):
        return None
    head = outputs[: min(case.n, 64)]
    _, first, at = np.unique(head, axis=1, return_index=True, return_inverse=True)
    pairs = [(int(first[group]), column) for column, group in enumerate(at.reshape(-1).tolist())]
    same = [
        (one, other)
        for one, other in pairs
        if one != other
        and (outputs[:, one] == outputs[:, other]).all()
        and (outputs[:, one] != outputs[0, one]).any()
    ]
    if not same:
        return None
    one, other = sorted(same[0])
    return Finding(
        severity="serious",
        title=Message("Two columns of outputs are the same"),
        seen=Message(
            "Column {other} equals column {one} in all {count:,} rows. Argmax takes the first of "
            "equal outputs, so class {other} is never predicted.",
            {"one": one, "other": other, "count": case.n},
        ),
        consistent_with=Message("A column that was copied twice, or p in place of 1 - p."),
        sure="certain",
        remedy=Message("Give every class its own column."),
        code="y_pred = np.column_stack([1 - p, p])"
        if outputs.shape[1] == 2
        else "y_pred = model.predict(x)",
        rows=np.arange(min(case.n, 8)),
    )


def _multiples(outputs: Array, digits: int, tolerance: float) -> bool:
    steps = outputs.astype(np.float64) * 10**digits
    return bool((np.abs(steps - np.rint(steps)) <= tolerance * 10**digits).all())


def rounded(case: Case) -> Finding | None:
    """Scores that are whole multiples of 0.1 or 0.01, of which many occur often."""
    if case.raw.dtype.kind != "f" or case.decided or case.constant or case.n < 200:
        return None
    if case.settings.activation != "none" or case.summary.form != "probabilities":
        return None
    if not np.isfinite(case.raw).all() or case.summary.low >= 1 - _NEAR_ONE:
        return None
    tolerance = 1e-3 if case.raw.dtype == np.float16 else 1e-6
    for digits in (1, 2):
        parts = (case.raw[:HEAD], case.raw)
        if all(_multiples(part, digits, tolerance) for part in parts):
            break
    else:
        return None
    steps = case.raw.astype(np.float64) * 10**digits
    distinct = len(np.unique(np.rint(steps)))
    return Finding(
        severity="note",
        title=Message("Outputs with few digits"),
        seen=Message(
            "All {count:,} outputs are multiples of {step}; only {distinct} different ones occur.",
            {"count": case.raw.size, "step": f"{10**-digits:g}", "distinct": distinct},
        ),
        consistent_with=Message(
            "Outputs that were rounded when they were saved, or the votes of a hundred trees."
        ),
        sure="certain",
        remedy=Message("Save all digits: rounding makes ties, at the threshold and in a ranking."),
        code="np.savetxt('outputs.csv', y_pred, fmt='%.9g')",
    )
