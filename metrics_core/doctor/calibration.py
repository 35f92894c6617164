"""How sure the outputs are, and whether they are right as often."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from metrics_core.doctor.case import Case
from metrics_core.numeric.arrays import Array

_BINS = 15
_EPSILON = 1e-7
"""Where Keras clips probabilities before the logarithm."""


def probabilities(case: Case) -> Array | None:
    """The scores in view as probabilities, (n,) or (n, C); None where they cannot be read so.

    Logits are sent through a sigmoid (one unit) or a softmax (several), per cent are divided by
    100. Outputs that are all 0 or 1 are decisions, whose confidence is unknown.
    """
    if case.decided:
        return None
    in_view = case.settings.activation
    one_unit = case.kind == "binary"
    if not one_unit and case.kind not in ("one_hot", "sparse"):
        return None
    if in_view == "none" and case.scale is not None:
        return np.asarray(case.raw / case.scale)
    if one_unit:
        raw = in_view == "none" and case.summary.form == "logits"
        return case.steps_under("sigmoid").scores if raw else case.scores
    if in_view == "softmax" or (in_view == "none" and case.summary.rows_sum_to_one):
        return case.scores
    if in_view == "none" and case.summary.form == "logits":
        return case.steps_under("softmax").scores
    return None


def confidence(case: Case) -> Array | None:
    """The probability that each sample gives its predicted class, (n,)."""
    found = probabilities(case)
    if found is None:
        return None
    if found.ndim == 2:
        return np.asarray(found.max(axis=1))
    return np.asarray(np.where(found > 0.5, found, 1 - found))


@dataclass(frozen=True)
class Calibration:
    """Confidence against what is right.

    Attributes
    ----------
    error : float
        Expected calibration error in 15 bins of equal width.
    noise : float
        What that error would be on average for a calibrated model of this many samples.
    confidence, accuracy : float
        Means over the samples, each predicted as its more probable class.
    log_loss : float
        Mean of -log of the true class's probability, clipped at 1e-7 as in Keras.
    """

    error: float
    noise: float
    confidence: float
    accuracy: float
    log_loss: float


def calibration(case: Case) -> Calibration | None:
    """Measure the confidence of the scores in view; None where they are not probabilities.

    Notes
    -----
    Guo, Pleiss, Sun and Weinberger, On calibration of modern neural networks, 2017.
    """
    found, sure = probabilities(case), confidence(case)
    if found is None or sure is None or case.true_class.min() < 0 or not np.isfinite(sure).all():
        return None
    true = case.true_class
    if found.ndim == 2:
        right = case.steps.argmax == true
        of_true = found[np.arange(case.n), true]
    else:
        right = (found > 0.5) == (true == 1)
        of_true = np.where(true == 1, found, 1 - found)
    bins = np.minimum((sure * _BINS).astype(np.intp), _BINS - 1)
    sums = np.bincount(bins, sure, _BINS)
    gaps = np.bincount(bins, right, _BINS) - sums
    spread = np.bincount(bins, sure * (1 - sure), _BINS)
    loss = -np.log(np.clip(of_true.astype(np.float64), _EPSILON, 1 - _EPSILON)).mean()
    return Calibration(
        float(np.abs(gaps).sum()) / case.n,
        float(np.sqrt(2 / math.pi * np.maximum(spread, 0)).sum()) / case.n,
        float(sums.sum()) / case.n,
        float(right.mean()),
        float(loss),
    )
