"""How far a share that was counted can be from the true one."""

from __future__ import annotations

from typing import overload

import numpy as np

from metrics_core.numeric.arrays import Array


@overload
def wilson(right: float, count: float, z: float = ...) -> tuple[float, float]: ...
@overload
def wilson(right: Array, count: float | Array, z: float = ...) -> tuple[Array, Array]: ...
@overload
def wilson(right: float, count: Array, z: float = ...) -> tuple[Array, Array]: ...
def wilson(
    right: float | Array, count: float | Array, z: float = 1.959964
) -> tuple[float, float] | tuple[Array, Array]:
    """Wilson's interval of a share, for 95 of 100 by default.

    Parameters
    ----------
    right, count : float or ndarray
        ``0 <= right <= count``; no samples give (0, 1). Arrays broadcast against one another.
    z : float
        Standard deviations of the normal distribution.

    Returns
    -------
    low, high : float or ndarray of float64
        Arrays where one of `right` and `count` is an array.

    Notes
    -----
    E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927.

    Examples
    --------
    >>> [round(end, 4) for end in wilson(5, 6)]
    [0.4365, 0.9699]
    >>> wilson(np.array([5, 0]), np.array([6, 0]))[1].round(4).tolist()
    [0.9699, 1.0]
    """
    some = np.asarray(count) > 0
    n = np.where(some, count, 1.0)
    at, square = right / n, z * z
    middle = (at + square / (2 * n)) / (1 + square / n)
    spread = at * (1 - at) / n + square / (4 * n * n)
    half = z * np.sqrt(spread) / (1 + square / n)
    low = np.where(some, np.maximum(0.0, middle - half), 0.0)
    high = np.where(some, np.minimum(1.0, middle + half), 1.0)
    if np.ndim(right) == 0 and np.ndim(count) == 0:
        return float(low), float(high)
    return low, high
