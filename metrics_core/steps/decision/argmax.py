"""The class of the highest score in each row, as TensorFlow chooses it."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.numeric.threads import cut, each_block
from metrics_core.steps.decision.blocks import FEW, blocks, transposed, wide

_ROWS, _READ, _COPIED = 4_096, 4_194_304, 262_144
"""At most so many rows of many classes at once; so many scores, and fewer where they are copied."""


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
    choose, parts = _argmax_of_columns, blocks(scores)
    if scores.shape[1] > FEW:
        as_is = scores.flags.c_contiguous and scores.dtype == wide(scores.dtype)
        rows_each = (_READ if as_is else _COPIED) // scores.shape[1]
        choose, parts = _argmax_of_rows, cut(len(scores), max(1, min(_ROWS, rows_each)))

    def work(rows: slice) -> None:
        chosen[rows] = choose(scores[rows], signed_zero)

    each_block(work, parts, threads)
    return chosen


def _argmax_of_columns(block: Array, signed_zero: bool) -> Array:
    """Compare few classes with the highest of each row, all rows of a block at once."""
    columns = transposed(block)
    floats = columns.dtype.kind == "f"
    lowest = np.finfo(columns.dtype).min if floats else None
    best = np.fmax.reduce(columns, axis=0, initial=lowest)
    hits = (columns == best).view(np.uint8)
    hits *= np.arange(len(columns), 0, -1, dtype=np.uint8)[:, None]  # the first counts most
    index = np.uint8(len(columns)) - hits.max(axis=0)
    if floats:
        index[best == lowest] = 0
        if signed_zero:
            _pass_over_minus_zero(block, index, best)
    return np.asarray(index)


def _argmax_of_rows(block: Array, signed_zero: bool) -> Array:
    """Take numpy's choice among many classes and correct it where Keras chooses otherwise."""
    block = np.ascontiguousarray(block, wide(block.dtype))
    index = block.argmax(axis=1)
    best = block.reshape(-1).take(np.arange(0, block.size, block.shape[1]) + index)
    if best.dtype.kind == "f":
        unsure = ~(best > np.finfo(best.dtype).min) | (best == 0)
        for rows in blocks(block) if unsure.any() else ():
            _correct(block[rows], index[rows], best[rows], signed_zero)
    return np.asarray(index)


def _correct(block: Array, index: Array, best: Array, signed_zero: bool) -> None:
    """Choose again, in place, where NaN, the lowest number or -0.0 was chosen."""
    lowest = np.finfo(best.dtype).min
    (odd,) = np.nonzero(~(best > lowest))
    if len(odd):
        clean = np.where(np.isnan(block[odd]), -np.inf, block[odd])
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
