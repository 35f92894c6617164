"""Whether label 1 is as frequent as the scores say."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.sweep.picking import bounds_at, bounds_of_parts, score_below
from metrics_core.sweep.rows import BLOCK
from metrics_core.sweep.state import Sweep

EPSILON = 1e-7
"""Where Keras clips probabilities before the logarithm."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Reliability:
    """Scores as probabilities of label 1, against how frequent it is.

    Attributes
    ----------
    edges : ndarray of float64, shape (n_bins + 1,)
        Ascending. A score belongs to the bin whose upper edge it does not exceed.
    mean_score, share_positive : ndarray of float64, shape (n_bins,)
        In each bin the mean score and the share of label 1; NaN in an empty bin.
    weight : ndarray of float64, shape (n_bins,)
        Samples in each bin, or the sum of their weights.
    ece : float
        Expected calibration error: the mean distance of the two, by the weight of the bins.
    brier : float
        Mean squared distance of score and label.
    log_loss : float
        Mean of -log of the probability given to the true label, clipped at 1e-7 as in Keras.
    """

    edges: Array
    mean_score: Array
    share_positive: Array
    weight: Array
    ece: float
    brier: float
    log_loss: float


def reliability(sweep: Sweep, n_bins: int = 15, *, equal_counts: bool = False) -> Reliability:
    """Measure calibration from a sweep alone.

    Parameters
    ----------
    sweep : Sweep
        Scores from 0 to 1.
    n_bins : int
        1 or more.
    equal_counts : bool
        False: bins of equal width from 0 to 1. True: bins of about equal weight; equal scores are
        never separated, so that few distinct scores leave bins empty.

    Raises
    ------
    InputError
        Where a score is below 0 or above 1, nothing was swept, or `n_bins` is below 1.

    Notes
    -----
    `brier` and `log_loss` do not depend on the bins. They equal scikit-learn's
    ``brier_score_loss`` and ``log_loss``, which clips at the spacing of the dtype and not at 1e-7.
    The bins of equal width are those of ``sklearn.calibration.calibration_curve``. Guo, Pleiss, Sun
    and Weinberger, On calibration of modern neural networks, 2017, measure the confidence of the
    predicted class instead, as the doctor does.

    Examples
    --------
    >>> found = reliability(Sweep.of(np.array([0.1, 0.3, 0.8, 0.9]), np.array([0, 0, 1, 0]) > 0), 2)
    >>> found.mean_score.round(4).tolist(), found.share_positive.tolist(), round(found.ece, 4)
    ([0.2, 0.85], [0.0, 0.5], 0.275)
    >>> round(found.brier, 4)
    0.2375
    """
    _check(sweep, n_bins)
    rows, total = sweep.rows, float(sweep.positives + sweep.negatives)
    edges = np.linspace(0.0, 1.0, n_bins + 1)
    inner = edges[1:-1]
    inner = bounds_of_parts(sweep, total * inner) if equal_counts else bounds_at(sweep, inner)
    bounds = np.concatenate([[0], inner, [sweep.n_rows]])
    positive, negative = np.diff(rows.below_each(bounds), axis=0).T.astype(np.float64)
    scored, squares, losses = np.zeros(n_bins), 0.0, 0.0
    for part in rows.parts(BLOCK):
        keys = rows.keys[part]
        scores = rows.coding.scores(keys, negative=False).astype(np.float64)
        is_1 = (keys & 1).astype(bool)
        weight = None if rows.weights is None else rows.weights[part].astype(np.float64)
        weighed = scores if weight is None else scores * weight
        inside = np.clip(bounds - part.start, 0, len(keys))
        for filled in np.flatnonzero(np.diff(inside)).tolist():
            scored[filled] += weighed[inside[filled] : inside[filled + 1]].sum()
        squares += _total((is_1 - scores) ** 2, weight)
        sure = np.clip(scores, EPSILON, 1.0 - EPSILON)
        losses -= _total(np.log(np.where(is_1, sure, 1.0 - sure)), weight)
    if equal_counts:
        edges = np.fmax.accumulate(np.append(sweep.low, score_below(sweep, bounds[1:])))
    weights = positive + negative
    means, shares = (
        np.divide(part, weights, out=np.full(n_bins, np.nan), where=weights != 0)
        for part in (scored, positive)
    )
    ece = math.fsum(np.abs(scored - positive)) / total
    return Reliability(
        edges=edges,
        mean_score=means,
        share_positive=shares,
        weight=weights,
        ece=ece,
        brier=squares / total,
        log_loss=losses / total,
    )


def bin_means(sweep: Sweep, n_bins: int = 15) -> tuple[Array, Array]:
    """The mean score and the share of label 1 in bins of equal width that are not empty.

    What `reliability` finds of them, without its sums over all scores.

    Parameters
    ----------
    sweep : Sweep
        Scores from 0 to 1.
    n_bins : int
        1 or more.

    Returns
    -------
    mean_score, share_positive : ndarray of float64, shape (m,)

    Examples
    --------
    >>> scores, positive = np.array([0.1, 0.3, 0.8, 0.9]), np.array([0, 0, 1, 0]) > 0
    >>> [part.tolist() for part in bin_means(Sweep.of(scores, positive), 2)]
    [[0.2, 0.8500000000000001], [0.0, 0.5]]
    """
    _check(sweep, n_bins)
    rows, inner = sweep.rows, np.linspace(0.0, 1.0, n_bins + 1)[1:-1]
    bounds = np.concatenate([[0], bounds_at(sweep, inner), [sweep.n_rows]])
    ones, zeros = np.diff(rows.below_each(bounds), axis=0).T
    scored = np.zeros(n_bins)
    for place, (start, stop) in enumerate(pairwise(bounds.tolist())):
        scores = rows.coding.scores(rows.keys[start:stop], negative=False)
        if rows.weights is not None:
            scores = scores * rows.weights[start:stop].astype(np.float64)
        scored[place] = scores.sum(dtype=np.float64)
    some = np.diff(bounds) > 0
    weight = (ones + zeros)[some]
    return scored[some] / weight, ones[some] / weight


def _total(values: Array, weight: Array | None) -> float:
    return float(values.sum() if weight is None else (values * weight).sum())


def _check(sweep: Sweep, n_bins: int) -> None:
    if n_bins < 1:
        raise InputError("n_bins", "must be 1 or more", n_bins, "15 is usual.")
    if not sweep.positives + sweep.negatives > 0:
        raise InputError(
            "sweep",
            "must have samples with a weight above 0",
            0,
            "Sweep at least one sample; leave out weights that are all 0.",
        )
    if not (sweep.low >= 0 and sweep.high <= 1):
        raise InputError(
            "sweep",
            "must have scores from 0 to 1",
            Message("{low:g} to {high:g}", {"low": sweep.low, "high": sweep.high}),
            "First apply a sigmoid to logits, or a softmax to logits of several classes.",
        )
