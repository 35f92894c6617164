"""Classes beside scores: the threshold that made them, and whose probability a score is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.numeric.arrays import Array

ENOUGH = 6
"""Rows from which on classes that scores separate are taken for decisions on these scores."""


@dataclass(frozen=True)
class Threshold:
    """Classes that agree with ``scores > t`` for every t from `low` up to, not including, `high`.

    Attributes
    ----------
    low, high : float
    share : float
        Of the rows that agree.
    above : bool
        Whether the second class is the one above.
    """

    low: float
    high: float
    share: float
    above: bool = True


def best_threshold(second: Array, scores: Array) -> Threshold | None:
    """The threshold on scores with which most classes agree.

    Parameters
    ----------
    second : ndarray
        ``(n,)`` bool: whether a row is of the second of two classes.
    scores : ndarray
        ``(n,)`` finite numbers.

    Returns
    -------
    Threshold or None
        None where all rows are of one class or have one score.

    Examples
    --------
    >>> best_threshold(np.array([False, True, True]), np.array([0.2, 0.3, 0.9]))
    Threshold(low=0.2, high=0.3, share=1.0, above=True)
    """
    n, ones = len(second), int(np.count_nonzero(second))
    if ones in (0, n):
        return None
    order = np.argsort(scores, kind="stable")
    ranked, hits = scores[order], np.cumsum(second[order])
    ends = np.flatnonzero(ranked[1:] != ranked[:-1])
    if not ends.size:
        return None
    below = ends + 1
    right = (below - hits[ends]) + (ones - hits[ends])
    turned = n - right
    above = bool(right.max() >= turned.max())
    counts = right if above else turned
    best = int(np.argmax(counts))
    end = ends[best]
    return Threshold(float(ranked[end]), float(ranked[end + 1]), float(counts[best] / n), above)


def separation(second: Array, scores: Array) -> float:
    """2 AUC - 1: 1 where every score of the second class is higher, -1 where it is lower.

    Examples
    --------
    >>> separation(np.array([False, True, True]), np.array([0.2, 0.3, 0.9]))
    1.0
    """
    ones = int(np.count_nonzero(second))
    zeros = len(second) - ones
    if not ones or not zeros:
        return 0.0
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    won = ranks[second].sum() - ones * (ones + 1) / 2
    return float(2 * won / (ones * zeros) - 1)


def agreement(first: Array, second: Array) -> float:
    """Cohen's kappa of two columns of class codes, at least 0.

    Examples
    --------
    >>> agreement(np.array([0, 1, 1, 0]), np.array([0, 1, 1, 0]))
    1.0
    """
    if not len(first):
        return 0.0
    seen = float(np.mean(first == second))
    size = int(max(first.max(), second.max())) + 1
    shares = [np.bincount(codes, minlength=size) / len(codes) for codes in (first, second)]
    chance = float(shares[0] @ shares[1])
    return max(0.0, (seen - chance) / (1 - chance)) if chance < 1 else 0.0


def is_confidence(second: Array, scores: Array) -> bool:
    """Whether scores are the probability of the predicted class rather than of the second.

    So it is where scores of both classes reach as high and never fall below a half, or where only
    the probabilities made of both are cut at one threshold.

    Parameters
    ----------
    second : ndarray
        ``(n,)`` bool: whether the second class is predicted.
    scores : ndarray
        ``(n,)`` from 0 to 1, or from 0 to 100.

    Examples
    --------
    >>> predicted = np.array([False, True, False, True])
    >>> is_confidence(predicted, np.array([0.9, 0.7, 0.6, 0.8]))
    True
    >>> is_confidence(predicted, np.array([0.1, 0.7, 0.4, 0.8]))
    False
    """
    if not len(scores) or scores.min() < 0 or scores.max() > 100:
        return False
    if second.all() or not second.any():
        return False
    direct = best_threshold(second, scores)
    if direct is not None and direct.share == 1.0:
        return False
    top = top_of(scores)
    if scores.min() >= top / 2:
        return True
    made = best_threshold(second, np.where(second, scores, top - scores))
    return made is not None and made.share == 1.0 and made.above


def top_of(scores: Array) -> float:
    """What certainty is written as: 1, or 100 for per cent."""
    return 100.0 if scores.max() > 1 else 1.0
