"""The best one-to-one assignment of classes, exactly."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array


def best_assignment(gain: Array) -> Array:
    """Choose one column for each row so that the sum of the chosen gains is greatest.

    Parameters
    ----------
    gain : ndarray, shape (m, m)
        Finite; exact for whole numbers up to 2**53.

    Returns
    -------
    ndarray of int64, shape (m,)
        The column of each row, each column once. Where several are best, one of them.

    Notes
    -----
    Shortest augmenting paths with dual prices (Kuhn and Munkres; Jonker and Volgenant, 1987): m
    paths of at most m steps, each one row of numpy.

    Examples
    --------
    >>> best_assignment(np.array([[1, 9, 0], [9, 2, 0], [0, 8, 3]])).tolist()
    [1, 0, 2]
    """
    cost = float(gain.max(initial=0)) - gain.astype(np.float64)
    size = len(cost)
    row_price, column_price = np.zeros(size), np.zeros(size)
    owner = np.full(size, -1)
    for start in range(size):
        _augment(cost, start, row_price, column_price, owner)
    chosen = np.empty(size, np.int64)
    chosen[owner] = np.arange(size)
    return chosen


def _augment(cost: Array, start: int, row_price: Array, column_price: Array, owner: Array) -> None:
    """Give one more row a column, along the cheapest path of exchanges."""
    size = len(cost)
    distance, previous = np.full(size, np.inf), np.full(size, -1)
    done = np.zeros(size, bool)
    row, column, reached = start, -1, 0.0
    while True:
        through = reached + cost[row] - row_price[row] - column_price
        better = ~done & (through < distance)
        distance[better], previous[better] = through[better], column
        column = int(np.where(done, np.inf, distance).argmin())
        done[column], reached = True, float(distance[column])
        if owner[column] < 0:
            break
        row = int(owner[column])
    saved = reached - distance[done]
    row_price[start] += reached
    inner = done & (owner >= 0)
    row_price[owner[inner]] += reached - distance[inner]
    column_price[done] -= saved
    while column >= 0:
        before = int(previous[column])
        owner[column] = owner[before] if before >= 0 else start
        column = before
