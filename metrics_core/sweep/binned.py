"""Counts above a grid of thresholds and the areas between them, as `keras.metrics.AUC` has them."""

from __future__ import annotations

from typing import Literal

import numpy as np

from metrics_core.numeric.arrays import Array

THRESHOLDS = 200
"""Keras's default ``num_thresholds``."""
Summation = Literal["interpolation", "minoring", "majoring"]


def exceeded(scores: Array, thresholds: int = THRESHOLDS) -> Array:
    """How many thresholds of an even grid from 0 to 1 lie below each score.

    Parameters
    ----------
    scores : ndarray
        Cut to 0 and 1 in float32, as Keras does. NaN exceeds none.
    thresholds : int

    Notes
    -----
    Follows the buckets of ``_update_confusion_matrix_variables_optimized`` of Keras: a score times
    the number of steps, rounded up.

    Examples
    --------
    >>> exceeded(np.array([0.0, 0.5, 0.6, 1.0]), 3).tolist()
    [0, 1, 2, 2]
    """
    single = np.clip(scores.astype(np.float32, copy=False), np.float32(0), np.float32(1))
    steps = np.ceil(single * np.float32(thresholds - 1))
    if np.isnan(steps).any():
        steps = np.nan_to_num(steps)
    return np.asarray(steps.astype(np.intp))


def counts_above(
    above: Array, positive: Array, weights: Array | None, thresholds: int
) -> tuple[Array, Array]:
    """The weight of label 1, and of label 0, above each threshold.

    Parameters
    ----------
    above : ndarray of int, shape (n,)
        How many thresholds each score exceeds, from 0 to `thresholds`.
    positive : ndarray of bool, shape (n,)
    weights : ndarray or None, shape (n,)
    thresholds : int

    Examples
    --------
    >>> found, wrong = counts_above(np.array([1, 2]), np.array([True, False]), None, 3)
    >>> found.tolist(), wrong.tolist()
    ([1.0, 0.0, 0.0], [1.0, 1.0, 0.0])
    """
    both = np.bincount(2 * above + positive, weights, 2 * thresholds + 2).reshape(-1, 2)[1:]
    sums = np.cumsum(both[::-1], axis=0, dtype=np.float64)[::-1]
    return sums[:, 1], sums[:, 0]


def bucket_counts(
    scores: Array, positive: Array, weights: Array | None = None
) -> tuple[Array, Array]:
    """The weight of label 1, and of label 0, above each of the 200 thresholds of ``AUC``.

    Parameters
    ----------
    scores : ndarray, shape (n,)
        Cut to 0 and 1 in float32, as Keras does; not NaN.
    positive : ndarray of bool, shape (n,)
    weights : ndarray or None, shape (n,)

    Notes
    -----
    The lowest threshold is below 0, so that every score is above it.

    Examples
    --------
    >>> found, wrong = bucket_counts(np.array([0.0, 0.3, 1.0]), np.array([False, True, True]))
    >>> found[[0, 50, 198]].tolist(), wrong[[0, 1]].tolist()
    ([2.0, 2.0, 1.0], [1.0, 0.0])
    """
    return counts_above(np.maximum(exceeded(scores), 1), positive, weights, THRESHOLDS)


def roc_area(found: Array, wrong: Array) -> float:
    """The area under the ROC curve by trapezoids, 0 where only one label occurs, as in Keras.

    Examples
    --------
    >>> roc_area(*bucket_counts(np.array([0.2, 0.7]), np.array([False, True])))
    1.0
    """
    return area_of_rates(share(wrong, wrong[0]), share(found, found[0]))


def precision_area(found: Array, wrong: Array, positives: float | None = None) -> float:
    """The area under precision and recall, interpolated as Davis and Goadrich (2006) do.

    Parameters
    ----------
    found, wrong : ndarray
    positives : float or None
        The weight of label 1, where some is above no threshold.

    Examples
    --------
    >>> precision_area(*bucket_counts(np.array([0.2, 0.7]), np.array([False, True])))
    1.0
    """
    whole = found[0] if positives is None else positives
    if not whole:
        return 0.0
    above, gained = found + wrong, found[:-1] - found[1:]
    steps = above[:-1] - above[1:]
    slope = np.divide(gained, steps, out=np.zeros(len(steps)), where=steps > 0)
    rest = found[1:] - slope * above[1:]
    both = (above[:-1] > 0) & (above[1:] > 0)
    ratio = np.divide(above[:-1], above[1:], out=np.ones(len(steps)), where=both)
    return float(np.sum(slope * (gained + rest * np.log(ratio))) / whole)


def precision_at_recall(
    found: Array, wrong: Array, least: float, positives: float | None = None
) -> float:
    """The highest precision at a threshold where the recall is enough, as in Keras; else 0.

    Parameters
    ----------
    found, wrong : ndarray
        The weight of labels 1 and 0 above each threshold.
    least : float
        Compared with the recall in float32.
    positives : float or None
        The weight of label 1; that above the lowest threshold where None.

    Examples
    --------
    >>> precision_at_recall(np.array([2.0, 1.0, 0.0]), np.array([2.0, 0.0, 0.0]), 0.5)
    1.0
    """
    recall = share(found, found[0] if positives is None else positives)
    enough = recall.astype(np.float32) >= np.float32(least)
    return float(share(found, found + wrong)[enough].max(initial=0.0))


def area_of_rates(across: Array, up: Array, summation: Summation = "interpolation") -> float:
    """The area between neighbouring thresholds, by trapezoids or by the lower or higher side.

    Examples
    --------
    >>> area_of_rates(np.array([1.0, 0.0]), np.array([1.0, 0.5]), "minoring")
    0.5
    """
    if summation == "interpolation":
        heights = (up[:-1] + up[1:]) / 2
    else:
        heights = (np.minimum if summation == "minoring" else np.maximum)(up[:-1], up[1:])
    return float(np.sum((across[:-1] - across[1:]) * heights))


def share(part: Array, whole: Array | float) -> Array:
    """Divide; 0 where nothing can be divided by, as in Keras.

    Examples
    --------
    >>> share(np.array([1.0, 2.0]), np.array([0.0, 4.0])).tolist()
    [0.0, 0.5]
    """
    whole = np.broadcast_to(whole, part.shape)
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole != 0)
