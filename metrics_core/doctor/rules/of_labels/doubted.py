"""Labels that sure outputs contradict more often than their own confidence allows."""

from __future__ import annotations

import numpy as np

from metrics_core.doctor.case import Case, percent, share
from metrics_core.doctor.finding import N_SAMPLE_ROWS, Finding
from metrics_core.label_errors import LabelErrors, find_label_errors
from metrics_core.label_errors.finding import probabilities_of
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

_FEWEST_SAMPLES, _FEWEST = 100, 10
_SURE = 0.95
_LOWEST_ACCURACY = 0.8
_MOST = 0.3
_TIMES, _DEVIATIONS = 3, 5


def wrong_labels(case: Case) -> Finding | None:
    """Labels that are probably wrong, by confident learning."""
    if case.n < _FEWEST_SAMPLES or case.decided or case.constant or case.scale is not None:
        return None
    scores = probabilities_of(case.steps)
    if scores is None:
        return None
    sure, right = _sure_elements(case, scores)
    top = np.where(scores > 0.5, scores, 1 - scores) if case.kind in _EACH else scores.max(axis=1)
    if right.mean() < _LOWEST_ACCURACY or not sure.any():
        return None
    against, confidence = ~right[sure], top[sure].astype(np.float64)
    seen, expected = int(np.count_nonzero(against)), float((1 - confidence).sum())
    if seen < _FEWEST or seen > _MOST * right.size or seen < _TIMES * expected:
        return None
    if (seen - expected) / max(expected, 1.0) ** 0.5 < _DEVIATIONS:
        return None
    if not _stays(against, confidence):
        return None
    found = find_label_errors(case.steps)
    if found is None or not found.suspect.any():
        return None
    return _told(case, found, seen, int(np.count_nonzero(sure)), expected)


_EACH = ("binary", "multi_label")


def _sure_elements(case: Case, scores: Array) -> tuple[Array, Array]:
    """Where the outputs are sure, and where their decision equals the label."""
    if case.kind in _EACH:
        right = (scores > 0.5) == (case.predictions.labels == 1)
        return (scores >= _SURE) | (scores <= 1 - _SURE), right
    return scores.max(axis=1) >= _SURE, scores.argmax(axis=1) == case.true_class


def _stays(against: Array, confidence: Array) -> bool:
    """Whether the surest fifth errs as often as the least sure: over-confident outputs do not."""
    low, high = np.quantile(confidence, (0.2, 0.8))
    surest, least = against[confidence >= high], against[confidence <= low]
    return bool(surest.mean() >= least.mean() / 2)


def _told(case: Case, found: LabelErrors, seen: int, sure: int, expected: float) -> Finding:
    kept = ~found.suspect
    wrong = sum(joint.result * int(joint.given.sum()) for joint in found.joints)
    given = sum(int(joint.given.sum()) for joint in found.joints)
    return Finding(
        severity="note",
        title=Message("Labels that are probably wrong"),
        seen=Message(
            "Of {sure:,} outputs that are at least 95 % sure, {n:,} contradicts its label; were "
            "they as good as they are sure, {expected} would. By confident learning {share} of the "
            "labels are wrong.",
            {"sure": sure, "n": seen, "expected": f"{expected:.1f}",
             "share": percent(wrong / given)},
            plural="Of {sure:,} outputs that are at least 95 % sure, {n:,} contradict their label; "
            "were they as good as they are sure, {expected} would. By confident learning {share} "
            "of the labels are wrong.",
        ),
        consistent_with=Message(
            "Labels given by mistake, or outputs that are sure of what they do not know."
        ),
        sure="possible",
        remedy=Message(
            "Look at these samples, the surest first, and correct the labels that are wrong. Leave "
            "no sample out because the model errs there."
        ),
        code="given = p[np.arange(len(p)), y]  # probability of the given label\n"
        "t = np.array([given[y == c].mean() for c in range(p.shape[1])])\n"
        "likely = np.where(p >= t, p, -1).argmax(axis=1)\n"
        "suspect = (p >= t).any(axis=1) & (likely != y)",
        rows=found.order[:N_SAMPLE_ROWS].astype(np.int64),
        counterfactual=Message(
            "without the samples that are doubted: {value} instead of {now}",
            {"value": share(case.value_of_rows(kept)), "now": share(case.accuracy)},
        ),
    )  # fmt: skip
