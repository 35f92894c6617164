"""How many pairs of one row of each label the scores put in the right order."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.sweep.rows import BLOCK, SortedRows

_FARTHEST = 8


def twice_won(rows: SortedRows) -> float:
    """Twice the weight of the pairs in which label 1 has the higher score; ties count once.

    Without weights it is a whole number, and exact.

    Notes
    -----
    The statistic of Mann and Whitney, On a test of whether one of two random variables is
    stochastically larger than the other, 1947. Among equal scores label 0 is sorted first, so that
    the zeros below every one are all that it beats and all that it ties with; where few scores are
    equal, the latter are found by looking at neighbours.

    Examples
    --------
    >>> scores, positive = np.array([0.1, 0.4, 0.4, 0.8]), np.array([False, False, True, True])
    >>> twice_won(SortedRows.of(scores, positive))
    7
    """
    tied = None if rows.weights is not None else _tied_neighbours(rows)
    return _by_runs(rows) if tied is None else 2 * _zeros_below_ones(rows) - tied


def _zeros_below_ones(rows: SortedRows) -> int:
    """The sum, over the rows of label 1, of the rows of label 0 that come before them."""
    total, ones = 0, 0
    step = np.arange(BLOCK, dtype=rows.keys.dtype)
    for start in range(0, len(rows.keys), BLOCK):
        label = rows.keys[start : start + BLOCK] & 1
        count = int(np.count_nonzero(label))
        label *= step[: len(label)]
        total += int(label.sum(dtype=label.dtype)) + start * count
        ones += count
    return total - ones * (ones - 1) // 2


def _tied_neighbours(rows: SortedRows) -> int | None:
    """How many pairs of one row of each label have equal scores; None where many are equal.

    From the highest score down: there probabilities are rounded most, so that one soon knows.
    """
    total = 0
    for sign in rows.signs:
        keys = rows.keys[sign]
        for start in reversed(range(0, len(keys) - 1, BLOCK)):
            block = keys[start : start + BLOCK]
            differ = keys[start + 1 : start + BLOCK + 1] ^ block[: len(keys) - start - 1]
            near = np.flatnonzero(differ <= 1)
            if len(near) > BLOCK // 3:
                return None
            rows_near, apart = near + start, 1
            while len(near):
                total += int(np.count_nonzero(differ.take(near)))
                apart += 1
                if apart > _FARTHEST:
                    return None
                rows_near = rows_near.take(near) if apart > 2 else rows_near
                rows_near = rows_near[: np.searchsorted(rows_near, len(keys) - apart)]
                differ = keys.take(rows_near + apart) ^ keys.take(rows_near)
                near = np.flatnonzero(differ <= 1)
    return total


def _by_runs(rows: SortedRows) -> float:
    won, last_1, last_0 = 0, 0, 0
    for _, ends, ones, zeros in rows.runs():
        if not len(ends):
            continue
        won += (ones[0] - last_1).item() * (zeros[0] + last_0).item()
        last_1, last_0 = ones[-1], zeros[-1]
        gained: Array = np.diff(ones)
        gained *= zeros[1:] + zeros[:-1]
        won += gained.sum().item()
    return won
