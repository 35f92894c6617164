"""The areas that `keras.metrics.AUC` gives with its 200 thresholds."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array

THRESHOLDS = 200
"""Keras's default ``num_thresholds``."""


def bucket_counts(
    scores: Array, positive: Array, weights: Array | None = None
) -> tuple[Array, Array]:
    """The weight of label 1, and of label 0, above each of the 200 thresholds.

    Parameters
    ----------
    scores : ndarray, shape (n,)
        Cut to 0 and 1 in float32, as Keras does; not NaN.
    positive : ndarray of bool, shape (n,)

    Notes
    -----
    Follows ``_update_confusion_matrix_variables_optimized`` of Keras 3 with its interpolated
    thresholds, where the lowest is below 0.

    Examples
    --------
    >>> found, wrong = bucket_counts(np.array([0.0, 0.3, 1.0]), np.array([False, True, True]))
    >>> found[[0, 50, 198]].tolist(), wrong[[0, 1]].tolist()
    ([2.0, 2.0, 1.0], [1.0, 0.0])
    """
    single = np.clip(scores.astype(np.float32, copy=False), np.float32(0), np.float32(1))
    buckets = np.maximum(np.ceil(single * np.float32(THRESHOLDS - 1)) - 1, 0).astype(np.intp)
    if weights is None:
        both = np.bincount(2 * buckets + positive, None, 2 * THRESHOLDS).reshape(-1, 2)
    else:
        both = np.bincount(2 * buckets + positive, weights, 2 * THRESHOLDS).reshape(-1, 2)
    above = np.cumsum(both[::-1], axis=0, dtype=np.float64)[::-1]
    return above[:, 1], above[:, 0]


def roc_area(found: Array, wrong: Array) -> float:
    """The area under the ROC curve by trapezoids, 0 where only one label occurs, as in Keras.

    Examples
    --------
    >>> roc_area(*bucket_counts(np.array([0.2, 0.7]), np.array([False, True])))
    1.0
    """
    if not (found[0] and wrong[0]):
        return 0.0
    recall, fallout = found / found[0], wrong / wrong[0]
    return float(np.sum((fallout[:-1] - fallout[1:]) * (recall[1:] + recall[:-1]) / 2))


def precision_area(found: Array, wrong: Array) -> float:
    """The area under precision and recall, interpolated as Davis and Goadrich (2006) do.

    Examples
    --------
    >>> precision_area(*bucket_counts(np.array([0.2, 0.7]), np.array([False, True])))
    1.0
    """
    if not found[0]:
        return 0.0
    above, gained = found + wrong, found[:-1] - found[1:]
    steps = above[:-1] - above[1:]
    slope = np.divide(gained, steps, out=np.zeros(len(steps)), where=steps > 0)
    rest = found[1:] - slope * above[1:]
    both = (above[:-1] > 0) & (above[1:] > 0)
    ratio = np.divide(above[:-1], above[1:], out=np.ones(len(steps)), where=both)
    return float(np.sum(slope * (gained + rest * np.log(ratio))) / found[0])
