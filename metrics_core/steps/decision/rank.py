"""The rank of the true class in each row, and whether it is in the top k."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.rules import K
from metrics_core.steps.decision.blocks import FEW, blocks, transposed

NEVER = -1
"""The rank of a true class in no top k: a label out of range, or a row that is not finite."""


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
    rank_all = _rank_in_columns if scores.shape[1] <= FEW else _rank_in_rows
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
    columns = transposed(block)
    own = columns.reshape(-1).take(index * len(block) + np.arange(len(block)))
    higher = (columns > own).view(np.uint8)
    return np.asarray(np.add.reduce(higher, axis=0, dtype=np.uint8).view(np.int8))


def _rank_in_rows(block: Array, index: Array) -> Array:
    own = block[np.arange(len(block)), index]
    higher = (block > own[:, None]).view(np.uint8)
    starts = np.arange(0, higher.size, block.shape[1])
    return np.add.reduceat(higher.reshape(-1), starts, dtype=np.int32)


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
