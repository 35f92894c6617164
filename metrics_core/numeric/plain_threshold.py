"""One threshold of an interval that a person can read."""

from __future__ import annotations

import numpy as np

_MOST_DECIMALS = 18


def plain_threshold(low: float, high: float) -> float | None:
    """A number with few decimals whose float32 lies from `low` up to `high` (exclusive).

    0.5 and 0 come first; None where there is no float32 between the two.

    Examples
    --------
    >>> plain_threshold(0.41, 0.4399), plain_threshold(0.2, 0.7), plain_threshold(0.1, 0.1)
    (0.42, 0.5, None)
    """
    greatest = float(np.finfo(np.float32).max)
    if low >= greatest or high <= -greatest:
        return None
    least = np.float32(max(low, -greatest))
    if float(least) < low:
        least = np.nextafter(least, np.float32(np.inf))
    if not float(least) < high:
        return None
    if low == -np.inf or high == np.inf:
        edge = high - 1 if low == -np.inf else low + 1
        middle = 0.0 if not np.isfinite(edge) else float(np.floor(edge))
    else:
        middle = low / 2 + high / 2
    tries = [0.5, 0.0, *(round(middle, decimals) for decimals in range(_MOST_DECIMALS))]
    with np.errstate(over="ignore"):
        good = (t for t in tries if low <= float(np.float32(t)) < high)
        return next((t for t in good if np.isfinite(np.float32(t))), float(least))
