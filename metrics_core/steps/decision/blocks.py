"""Rows of scores, cut and laid out so that walking through them is fast."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.numeric.threads import cut

FEW = 24
"""Up to so many classes walking through the columns is faster than along each row."""
_ROWS = 24_576
_BLOCK = 524_288


def blocks(scores: Array) -> list[slice]:
    """Cut the rows of an array ``(n, C)`` so that each stays in the cache, and threads seldom meet.

    Examples
    --------
    >>> [(rows.start, rows.stop) for rows in blocks(np.zeros((30_000, 10)))]
    [(0, 24576), (24576, 30000)]
    """
    return cut(len(scores), max(1, min(_ROWS, _BLOCK // scores.shape[1])))


def transposed(block: Array) -> Array:
    """The columns of a block, each contiguous.

    Examples
    --------
    >>> transposed(np.array([[0.2, 0.8]], np.float16)).dtype
    dtype('float32')
    """
    return np.ascontiguousarray(block.T, dtype=wide(block.dtype))


def wide(dtype: np.dtype[np.generic]) -> np.dtype[np.generic]:
    """The dtype in which scores are compared: Keras casts float16 to float32.

    Examples
    --------
    >>> wide(np.dtype(np.float16)), wide(np.dtype(np.int16))
    (dtype('float32'), dtype('int16'))
    """
    return np.promote_types(dtype, np.float32) if dtype.kind == "f" else dtype
