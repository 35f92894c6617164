"""How far a share that was counted can be from the true one."""

from __future__ import annotations

import math


def wilson(right: float, count: float, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's interval of a share, for 95 of 100 by default.

    Parameters
    ----------
    right, count : float
        ``0 <= right <= count``; no samples give (0, 1).
    z : float
        Standard deviations of the normal distribution.

    Notes
    -----
    E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927.

    Examples
    --------
    >>> [round(end, 4) for end in wilson(5, 6)]
    [0.4365, 0.9699]
    """
    if count <= 0:
        return 0.0, 1.0
    at, square = right / count, z * z
    middle = (at + square / (2 * count)) / (1 + square / count)
    spread = at * (1 - at) / count + square / (4 * count * count)
    half = z * math.sqrt(spread) / (1 + square / count)
    return max(0.0, middle - half), min(1.0, middle + half)
