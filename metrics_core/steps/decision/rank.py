"""The rank of the true class in each row, and whether it is in the top k."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.numeric.threads import cut, each_block
from metrics_core.rules import K
from metrics_core.steps.decision.blocks import FEW, blocks, transposed

_WIDENED = 131_072
"""Bytes that numpy makes integers of at once, to sum them."""
NEVER = -1
"""The rank of a true class in no top k: a label out of range, or a row that is not finite."""


def rank_of_true_class(scores: Array, true_class: Array, threads: int = 1) -> Array:
    """Count, for each row, the scores that are strictly greater than that of the true class.

    Parameters
    ----------
    scores : ndarray, shape (n, C)
    true_class : ndarray, shape (n,)
        Class indices; floats are cut towards zero.
    threads : int
        How many work on blocks of rows; the ranks are the same.

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

    def work(rows: slice) -> None:
        ranks[rows] = rank_of_block(scores[rows], true_class[rows])

    each_block(work, blocks(scores), threads)
    return ranks


def rank_of_block(scores: Array, true_class: Array) -> Array:
    """Rank as `rank_of_true_class` does, one of the `blocks` of rows: ``(rows,)``, signed integers.

    Examples
    --------
    >>> rank_of_block(np.array([[0.5, 0.2, 0.3]]), np.array([2])).tolist()
    [1]
    """
    n_classes = scores.shape[1]
    rank_all = _rank_in_columns if n_classes <= FEW else _rank_in_rows
    inside = (true_class > -1) & (true_class < n_classes)
    if not inside.all():
        true_class = np.where(inside, true_class, 0)
    rank = rank_all(scores, true_class.astype(np.intp, copy=False))
    rank[~inside] = NEVER
    if not np.isfinite([scores.min(), scores.max()]).all():
        rank[~np.isfinite(scores).all(axis=1)] = NEVER
    return rank


def _rank_in_columns(block: Array, index: Array) -> Array:
    columns = transposed(block)
    own = columns.reshape(-1).take(index * len(block) + np.arange(len(block)))
    higher = (columns > own).view(np.uint8)
    return np.asarray(np.add.reduce(higher, axis=0, dtype=np.uint8).view(np.int8))


def _rank_in_rows(block: Array, index: Array) -> Array:
    own = block[np.arange(len(block)), index]
    higher = (block > own[:, None]).view(np.uint8)
    n_classes, rank = block.shape[1], np.empty(len(block), np.int32)
    for rows in cut(len(block), max(1, _WIDENED // n_classes)):
        part = higher[rows].reshape(-1)
        np.add.reduceat(part, np.arange(0, part.size, n_classes), dtype=np.int32, out=rank[rows])
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
    K.check(k)
    return (rank >= 0) & (rank < k)
