"""What is done with a whole array at once, on several threads where it is large."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.numeric.threads import cut, each_block

BLOCK = 262_144
_SHORT = 16_384
"""So few keys are sorted before another thread has begun."""


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


def sort_keys(keys: Array, threads: int = 1) -> None:
    """Sort whole numbers ``(n,)`` in place.

    With several threads each sorts a part; then what is too high in the lower half changes places
    with as much that is too low in the upper one, and in each half two sorted runs are merged,
    which takes half as much memory again for a while.

    Examples
    --------
    >>> keys = np.array([3, 1, 2], np.uint32)
    >>> sort_keys(keys)
    >>> keys.tolist()
    [1, 2, 3]
    """
    if threads < 2 or len(keys) < _SHORT:
        keys.sort()
        return
    middle = len(keys) // 2
    halves = lower, upper = keys[:middle], keys[middle:]
    each_block(lambda half: sort_keys(half, threads // 2), halves, 2)
    wrong = bisect_left(range(middle), True, key=lambda n: lower[middle - 1 - n] <= upper[n])
    too_high, too_low = lower[middle - wrong :], upper[:wrong]
    for part in cut(wrong, BLOCK):
        high = too_high[part].copy()
        too_high[part] = too_low[part]
        too_low[part] = high
    each_block(lambda half: half.sort(kind="stable"), halves, 2)
