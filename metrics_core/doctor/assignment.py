"""Which class stands for which: the best one-to-one assignment."""

from __future__ import annotations

import numpy as np

from metrics_core.arrays import Array


def best_assignment(gain: Array) -> Array:
    """Give each row one column of its own so that the sum of the gains is the highest.

    Parameters
    ----------
    gain : ndarray, shape (m, m)
        Finite numbers.

    Returns
    -------
    ndarray of int64, shape (m,)
        The column of each row.

    Notes
    -----
    The Hungarian method with potentials and shortest augmenting paths, O(m³) (Kuhn 1955, Munkres
    1957; the form of Jonker and Volgenant).

    Examples
    --------
    >>> best_assignment(np.array([[1, 9, 0], [8, 9, 0], [0, 0, 1]])).tolist()
    [1, 0, 2]
    """
    size = len(gain)
    cost = np.zeros((size + 1, size + 1))
    cost[1:, 1:] = -np.asarray(gain, np.float64)
    of_row, of_column = np.zeros(size + 1), np.zeros(size + 1)
    owner = np.zeros(size + 1, np.int64)
    for row in range(1, size + 1):
        owner[0] = row
        _augment(cost, of_row, of_column, owner)
    chosen = np.empty(size, np.int64)
    chosen[owner[1:] - 1] = np.arange(size)
    return chosen


def _augment(cost: Array, of_row: Array, of_column: Array, owner: Array) -> None:
    """Find the cheapest way to place the row that waits in column 0, and go it."""
    distance = np.full(len(owner), np.inf)
    before = np.zeros(len(owner), np.int64)
    done = np.zeros(len(owner), bool)
    column = 0
    while owner[column]:
        done[column] = True
        row = owner[column]
        reach = cost[row] - of_row[row] - of_column
        better = ~done & (reach < distance)
        distance[better], before[better] = reach[better], column
        column = int(np.where(done, np.inf, distance).argmin())
        step = distance[column]
        of_row[owner[done]] += step
        of_column[done] -= step
        distance[~done] -= step
    while column:
        owner[column] = owner[before[column]]
        column = int(before[column])
