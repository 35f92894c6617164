"""Labels ``(n,)`` against outputs ``(n, 1)``: numpy makes n x n comparisons of them."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array


def all_against_all(labels: Array, counts: Array, predicted: Array) -> float:
    """The mean of n x n matches: each of n labels against each of n decisions.

    Parameters
    ----------
    labels, counts : ndarray, shape (m,)
        The different labels, and how often each occurs.
    predicted : ndarray, shape (n,)

    Examples
    --------
    >>> all_against_all(np.array([0, 1]), np.array([1, 3]), np.array([True, True, False, False]))
    0.5
    """
    pairs = zip(labels, counts.tolist(), strict=True)
    matches = sum(count * int(np.count_nonzero(predicted == label)) for label, count in pairs)
    return float(matches / len(predicted) ** 2)
