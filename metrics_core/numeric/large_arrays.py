"""What is done with a whole array at once, on several threads where it is large."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.numeric.threads import cut, each_block

BLOCK = 262_144


def compared(compare: np.ufunc, values: Array, number: object, threads: int = 1) -> Array:
    """Compare each value of an array of any shape with a number: bool, the same shape.

    Examples
    --------
    >>> compared(np.greater, np.array([0.2, 0.7]), 0.5, threads=2).tolist()
    [False, True]
    """
    if threads < 2:
        return np.asarray(compare(values, number))
    result = np.empty(values.shape, bool)

    def work(rows: slice) -> None:
        compare(values[rows], number, out=result[rows])

    each_block(work, cut_rows(values), threads)
    return result


def cut_rows(values: Array) -> list[slice]:
    """Cut the rows of an array of any shape into parts of about `BLOCK` values.

    Examples
    --------
    >>> [(rows.start, rows.stop) for rows in cut_rows(np.zeros((200_000, 2)))]
    [(0, 131072), (131072, 200000)]
    """
    return cut(len(values), max(1, BLOCK * len(values) // max(1, values.size)))
