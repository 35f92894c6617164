"""The class of the highest score in each row, as TensorFlow chooses it."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.numeric.threads import cut, each_block
from metrics_core.steps.decision.blocks import FEW, blocks, transposed, wide

_ROWS = 4_096


def argmax(scores: Array, *, signed_zero: bool = True, threads: int = 1) -> Array:
    """Choose the class of the highest score in each row, as TensorFlow's kernel does on a CPU.

    Parameters
    ----------
    scores : ndarray, shape (n, C)
        Scores, or one-hot labels.
    signed_zero : bool
        Whether -0.0 is below 0.0, as in Keras 3. Earlier releases hold them equal.
    threads : int
        How many work on blocks of rows; the classes are the same.

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
    few = scores.shape[1] <= FEW
    choose = _argmax_of_columns if few else _argmax_of_rows

    def work(rows: slice) -> None:
        chosen[rows] = choose(scores[rows], signed_zero)

    each_block(work, blocks(scores) if few else cut(len(scores), _ROWS), threads)
    return chosen


def _argmax_of_columns(block: Array, signed_zero: bool) -> Array:
    """Walk through few classes, all rows of a block at once."""
    columns = transposed(block)
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
    index = np.empty(len(block), np.intp)
    best = np.empty(len(block), wide(block.dtype))
    for rows in blocks(block):
        part = np.ascontiguousarray(block[rows], best.dtype)
        part.argmax(axis=1, out=index[rows])
        places = np.arange(0, part.size, part.shape[1])
        places += index[rows]
        part.reshape(-1).take(places, out=best[rows], mode="clip")
    if best.dtype.kind == "f":
        unsure = ~(best > np.finfo(best.dtype).min) | (best == 0)
        for rows in blocks(block) if unsure.any() else ():
            _correct(block[rows], index[rows], best[rows], signed_zero)
    return index


def _correct(block: Array, index: Array, best: Array, signed_zero: bool) -> None:
    """Choose again, in place, where NaN, the lowest number or -0.0 was chosen."""
    lowest = np.finfo(best.dtype).min
    (odd,) = np.nonzero(~(best > lowest))
    if len(odd):
        clean = block[odd].astype(best.dtype, copy=False)
        clean = np.where(np.isnan(clean), -np.inf, clean)
        index[odd] = clean.argmax(axis=1)
        best[odd] = clean[np.arange(len(odd)), index[odd]]
        index[odd[~(best[odd] > lowest)]] = 0
    if signed_zero:
        _pass_over_minus_zero(block, index, best)


def _pass_over_minus_zero(block: Array, index: Array, best: Array) -> None:
    """Where -0.0 was chosen, choose again with it below 0.0."""
    (zero,) = np.nonzero(best == 0)
    zero = zero[np.signbit(block[zero, index[zero]])]
    if len(zero):
        part = block[zero].astype(best.dtype, copy=False)
        minus = (part == 0) & np.signbit(part)
        below = np.where(minus, -np.finfo(best.dtype).tiny, part)
        index[zero] = np.where(np.isnan(part), -np.inf, below).argmax(axis=1)
