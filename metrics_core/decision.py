"""Step 2: from scores to decisions."""

from __future__ import annotations

import numpy as np

from metrics_core.arrays import Array
from metrics_core.errors import InputError

NEVER = -1
"""The rank of a true class in no top k: a label out of range, or a row that is not finite."""
_BLOCK = 262_144


def round_half_even(scores: Array) -> Array:
    """Round to the nearest whole number, halves to the even one.

    Parameters
    ----------
    scores : ndarray
        Any shape. Integers come back as they are.

    Returns
    -------
    ndarray
        Same shape and dtype. 0.5 gives 0, 1.5 and 2.5 give 2, -0.7 gives -1; NaN and infinities
        stay.

    Notes
    -----
    The rule of ``binary_accuracy`` in Keras up to 2.3.1 (``keras.backend.round``).

    Examples
    --------
    >>> round_half_even(np.array([0.5, 1.5, 2.5, 0.50000006])).tolist()
    [0.0, 2.0, 2.0, 1.0]
    """
    return scores if scores.dtype.kind in "iub" else np.rint(scores)


def effective_threshold(threshold: float, dtype: np.dtype[np.generic]) -> np.generic:
    """The number that scores of this dtype are really compared with.

    Keras turns the threshold into float32 first, so that 0.3 means 0.300000011920929 against
    float64 scores. Float16 and integer scores are compared as float32, as Keras 3 does.

    Raises
    ------
    InputError
        If the threshold is NaN or infinite.

    Examples
    --------
    >>> float(effective_threshold(0.3, np.dtype("f8")))
    0.30000001192092896
    """
    if not np.isfinite(threshold):
        raise InputError(
            "threshold",
            "must be a finite number",
            threshold,
            "Use 0.5 for probabilities or 0.0 for logits.",
        )
    with np.errstate(over="ignore"):
        single = np.float32(threshold)
        return np.float64(single) if dtype == np.float64 else single


def above(scores: Array, threshold: float) -> Array:
    """Decide class 1 where the score is strictly greater than the threshold.

    Parameters
    ----------
    scores : ndarray
        Any shape.
    threshold : float
        Finite. A score equal to it is class 0. See `effective_threshold` for its rounding.

    Returns
    -------
    ndarray of bool
        Same shape. NaN is class 0.

    Notes
    -----
    The rule of ``keras.metrics.binary_accuracy`` in tf.keras and Keras 3.

    Examples
    --------
    >>> above(np.array([0.5, 0.50000006, np.nan], dtype="f4"), 0.5).tolist()
    [False, True, False]
    """
    return scores > effective_threshold(threshold, scores.dtype)


def argmax(scores: Array, *, signed_zero: bool = True) -> Array:
    """Choose the class of the highest score in each row, as TensorFlow's kernel does on a CPU.

    Parameters
    ----------
    scores : ndarray, shape (n, C)
        Scores, or one-hot labels.
    signed_zero : bool
        Whether -0.0 is below 0.0, as in Keras 3. Earlier releases hold them equal.

    Returns
    -------
    ndarray of int64, shape (n,)
        Ties go to the lowest index. NaN is skipped wherever it stands. A row in which nothing is
        above the lowest finite number gives 0.

    Examples
    --------
    >>> argmax(np.array([[0.2, 0.7, 0.7], [np.nan, 0.1, 0.3], [-np.inf] * 3])).tolist()
    [1, 2, 0]
    """
    chosen = np.empty(len(scores), np.int64)
    wide = np.promote_types(scores.dtype, np.float32)
    rows = max(1, _BLOCK // scores.shape[1])
    for start in range(0, len(scores), rows):
        block = scores[start : start + rows]
        index = block.argmax(axis=1)
        if scores.dtype.kind == "f":
            _keras_argmax(block.astype(wide, copy=False), index, signed_zero)
        chosen[start : start + rows] = index
    return chosen


def _keras_argmax(block: Array, index: Array, signed_zero: bool) -> None:
    """Correct numpy's choice in the few rows where Keras chooses otherwise."""
    best = block[np.arange(len(block)), index]
    limits = np.finfo(block.dtype)
    (odd,) = np.nonzero(~(best > limits.min))
    if len(odd):
        clean = np.where(np.isnan(block[odd]), -np.inf, block[odd])
        index[odd] = clean.argmax(axis=1)
        best[odd] = clean[np.arange(len(odd)), index[odd]]
        index[odd[~(best[odd] > limits.min)]] = 0
    if signed_zero:
        (zero,) = np.nonzero((best == 0) & np.signbit(best))
        part = block[zero]
        minus = (part == 0) & np.signbit(part)
        below = np.where(minus, -limits.tiny, part)
        index[zero] = np.where(np.isnan(part), -np.inf, below).argmax(axis=1)


def rank_of_true_class(scores: Array, true_class: Array) -> Array:
    """Count, for each row, the scores that are strictly greater than that of the true class.

    Parameters
    ----------
    scores : ndarray, shape (n, C)
    true_class : ndarray, shape (n,)
        Class indices; floats are cut towards zero.

    Returns
    -------
    ndarray of int32, shape (n,)
        0 for the highest; ties share the better rank. `NEVER` (-1) where the label is out of range
        or NaN, or where any score of the row is NaN or infinite. The sample is in the top k where
        ``0 <= rank < k``, so that one ranking serves every k.

    Notes
    -----
    Follows TensorFlow's ``in_top_k``, which Keras's top-k accuracies call.

    Examples
    --------
    >>> rank_of_true_class(np.array([[0.5, 0.2, 0.3], [0.4, 0.4, 0.2]]), np.array([2, 1])).tolist()
    [1, 0]
    """
    n_classes = scores.shape[1]
    with np.errstate(invalid="ignore"):
        inside = (true_class > -1) & (true_class < n_classes)
        index = np.where(inside, true_class, 0).astype(np.intp)
    rank = np.empty(len(scores), np.int32)
    rows = max(1, _BLOCK // n_classes)
    for start in range(0, len(scores), rows):
        block = scores[start : start + rows]
        own = block[np.arange(len(block)), index[start : start + rows]]
        rank[start : start + rows] = np.count_nonzero(block > own[:, None], axis=1)
        if scores.dtype.kind == "f":
            finite = np.isfinite(block).all(axis=1)
            rank[start : start + rows][~finite] = NEVER
    rank[~inside] = NEVER
    return rank


def in_top(rank: Array, k: int) -> Array:
    """Decide, from `rank_of_true_class`, whether the true class is among the k highest.

    Parameters
    ----------
    rank : ndarray of int
    k : int
        0 or more. 0 is never in; from the number of classes on, every finite row with a label in
        range is in.

    Raises
    ------
    InputError
        If k is negative or not a whole number.

    Examples
    --------
    >>> in_top(np.array([0, 1, NEVER]), 1).tolist()
    [True, False, False]
    """
    if k < 0 or not float(k).is_integer():
        raise InputError("k", "must be a whole number, 0 or more", k, "Keras's default is 5.")
    return (rank >= 0) & (rank < k)
