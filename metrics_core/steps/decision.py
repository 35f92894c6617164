"""Step 3: from scores to decisions."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.rules import K

NEVER = -1
"""The rank of a true class in no top k: a label out of range, or a row that is not finite."""
_FEW = 24
"""Up to so many classes walking through the columns is faster than along each row."""
_ROWS = 16_384
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
    for rows, index in argmax_blocks(scores, signed_zero=signed_zero):
        chosen[rows] = index
    return chosen


def argmax_blocks(scores: Array, *, signed_zero: bool = True) -> Iterator[tuple[slice, Array]]:
    """Choose the classes as `argmax` does, a block of rows at a time.

    Yields
    ------
    rows : slice
        Of consecutive rows; all of them cover the scores in order.
    index : ndarray of whole numbers, shape (rows,)
        Of any integer dtype.

    Examples
    --------
    >>> [(rows.stop, index.tolist()) for rows, index in argmax_blocks(np.array([[0.2, 0.7]]))]
    [(1, [1])]
    """
    choose = _argmax_of_columns if scores.shape[1] <= _FEW else _argmax_of_rows
    for rows in blocks(scores):
        yield rows, choose(scores[rows], signed_zero)


def _argmax_of_columns(block: Array, signed_zero: bool) -> Array:
    """Walk through few classes, all rows of a block at once."""
    columns = _transposed(block)
    if columns.dtype.kind == "f":
        best = np.full(len(block), np.finfo(columns.dtype).min)
    else:
        best = columns[0].copy()
    index, higher = np.zeros(len(block), np.uint8), np.empty(len(block), bool)
    is_higher = higher.view(np.uint8)
    for number, column in enumerate(columns):
        np.greater(column, best, out=higher)
        np.multiply(is_higher, np.uint8(number), out=is_higher)
        np.maximum(index, is_higher, out=index)
        np.fmax(best, column, out=best)
    if signed_zero and columns.dtype.kind == "f":
        _pass_over_minus_zero(block, index, best)
    return index


def _argmax_of_rows(block: Array, signed_zero: bool) -> Array:
    """Take numpy's choice among many classes and correct it where Keras chooses otherwise."""
    block = block.astype(_wide(block.dtype), copy=False)
    index = block.argmax(axis=1)
    if block.dtype.kind == "f":
        best = block[np.arange(len(block)), index]
        lowest = np.finfo(block.dtype).min
        (odd,) = np.nonzero(~(best > lowest))
        if len(odd):
            clean = np.where(np.isnan(block[odd]), -np.inf, block[odd])
            index[odd] = clean.argmax(axis=1)
            best[odd] = clean[np.arange(len(odd)), index[odd]]
            index[odd[~(best[odd] > lowest)]] = 0
        if signed_zero:
            _pass_over_minus_zero(block, index, best)
    return np.asarray(index)


def _pass_over_minus_zero(block: Array, index: Array, best: Array) -> None:
    """Where -0.0 was chosen, choose again with it below 0.0."""
    (zero,) = np.nonzero(best == 0)
    zero = zero[np.signbit(block[zero, index[zero]])]
    if len(zero):
        part = block[zero].astype(best.dtype, copy=False)
        minus = (part == 0) & np.signbit(part)
        below = np.where(minus, -np.finfo(best.dtype).tiny, part)
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
    ranks = np.empty(len(scores), np.int32)
    for rows, rank in rank_blocks(scores, true_class):
        ranks[rows] = rank
    return ranks


def rank_blocks(scores: Array, true_class: Array) -> Iterator[tuple[slice, Array]]:
    """Rank the true classes as `rank_of_true_class` does, a block of rows at a time.

    Yields
    ------
    rows : slice
        Of consecutive rows; all of them cover the scores in order.
    rank : ndarray of whole numbers, shape (rows,)
        Of any signed integer dtype.

    Examples
    --------
    >>> ranked = rank_blocks(np.array([[0.5, 0.2, 0.3]]), np.array([2]))
    >>> [(rows.stop, rank.tolist()) for rows, rank in ranked]
    [(1, [1])]
    """
    rank_all = _rank_in_columns if scores.shape[1] <= _FEW else _rank_in_rows
    for rows in blocks(scores):
        block, labels = scores[rows], true_class[rows]
        inside = (labels > -1) & (labels < scores.shape[1])
        if not inside.all():
            labels = np.where(inside, labels, 0)
        rank = rank_all(block, labels.astype(np.intp, copy=False))
        rank[~inside] = NEVER
        if not np.isfinite([block.min(), block.max()]).all():
            rank[~np.isfinite(block).all(axis=1)] = NEVER
        yield rows, rank


def _rank_in_columns(block: Array, index: Array) -> Array:
    columns = _transposed(block)
    own = columns.reshape(-1).take(index * len(block) + np.arange(len(block)))
    higher = (columns > own).view(np.uint8)
    return np.asarray(np.add.reduce(higher, axis=0, dtype=np.uint8).view(np.int8))


def _rank_in_rows(block: Array, index: Array) -> Array:
    own = block[np.arange(len(block)), index]
    higher = (block > own[:, None]).view(np.uint8)
    starts = np.arange(0, higher.size, block.shape[1])
    return np.add.reduceat(higher.reshape(-1), starts, dtype=np.int32)


def blocks(scores: Array) -> Iterator[slice]:
    """Cut the rows of an array ``(n, C)`` so that each part stays in the cache while in work.

    Examples
    --------
    >>> [(rows.start, rows.stop) for rows in blocks(np.zeros((20_000, 10)))]
    [(0, 16384), (16384, 20000)]
    """
    rows = max(1, min(_ROWS, _BLOCK // scores.shape[1]))
    return (slice(start, min(start + rows, len(scores))) for start in range(0, len(scores), rows))


def _transposed(block: Array) -> Array:
    """The columns of a block, each contiguous."""
    return np.ascontiguousarray(block.T, dtype=_wide(block.dtype))


def _wide(dtype: np.dtype[np.generic]) -> np.dtype[np.generic]:
    """The dtype in which scores are compared: Keras casts float16 to float32."""
    return np.promote_types(dtype, np.float32) if dtype.kind == "f" else dtype


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
    K.check(k)
    return (rank >= 0) & (rank < k)
