"""Rows drawn with replacement, as many times as requested, without touching the rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.sweep.ranking import BLOCK
from metrics_core.sweep.state import DistinctScores, Sweep

MOST_GROUPS = 4096
_CHUNK = 25


@dataclass(frozen=True, eq=False)
class Groups:
    """Neighbouring scores from the highest down, ``(g,)`` arrays each.

    Attributes
    ----------
    rows, mean, variance : ndarray, shape (2, g)
        How many rows with label 1, and with label 0, and the mean and variance of their weights.
    wins : ndarray
        The share of pairs within the group in which label 1 is above, ties half.
    ratio : ndarray
        The mean precision at the rows of label 1, over the precision at the group's last score.
    """

    rows: Array
    mean: Array
    variance: Array
    wins: Array
    ratio: Array


def groups_of(sweep: Sweep) -> Groups:
    """Join neighbouring scores into at most `MOST_GROUPS` groups; with fewer scores each is one.

    A group ends where half the share of label 1 and half that of label 0 reach the next step, so
    that rare labels form separate groups.
    """
    few = _few(sweep)
    parts: list[Array] = []
    reached = 0
    for block, counts, squares in _passes(sweep):
        if few:
            group = np.arange(reached, reached + len(block.scores))
            reached += len(group)
        else:
            above = block.above_1 / (2 * sweep.positives) + block.above_0 / (2 * sweep.negatives)
            group = np.minimum((above * MOST_GROUPS).astype(np.intp), MOST_GROUPS - 1)
        starts = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
        found, all_up_to = block.above_1 + block.at_1, block.above_0 + block.at_0
        all_up_to = all_up_to + found
        lost = block.at_1 * (block.above_0 + block.at_0 / 2)
        columns = (counts.at_1, counts.at_0, block.at_1, block.at_0, squares.at_1, squares.at_0)
        sums = [
            np.add.reduceat(c, starts) for c in (*columns, lost, block.at_1 * (found / all_up_to))
        ]
        parts.append(np.array([group[starts], *sums], np.float64))
    table = np.concatenate(parts, axis=1)[:, ::-1]
    starts = np.flatnonzero(np.concatenate([[True], table[0, 1:] != table[0, :-1]]))
    joined = np.add.reduceat(table[1:], starts, axis=1)
    rows, weight, square = joined[0:2], joined[2:4], joined[4:6]
    mean = divide(weight, rows)
    found, wrong = np.cumsum(weight, axis=1)
    pairs = weight[0] * weight[1]
    lost = joined[6] - weight[0] * (wrong - weight[1])
    return Groups(
        rows,
        mean,
        np.maximum(divide(square, rows) - mean**2, 0.0),
        1.0 - divide(lost, pairs),
        divide(joined[7] * (found + wrong), weight[0] * found),
    )


def _few(sweep: Sweep) -> bool:
    """Whether every distinct score can be a separate group."""
    distinct = 0
    for block in sweep.blocks(BLOCK):
        distinct += len(block.scores)
        if distinct > MOST_GROUPS:
            return False
    return True


def _passes(sweep: Sweep) -> Iterator[tuple[DistinctScores, DistinctScores, DistinctScores]]:
    """Weights, numbers of rows, and squares of weights of the same scores."""
    weights = sweep.rows.weights
    if weights is None:
        yield from ((block, block, block) for block in sweep.blocks(BLOCK))
        return
    plain = Sweep(replace(sweep.rows, weights=None))
    squared = Sweep(replace(sweep.rows, weights=weights.astype(np.float64) ** 2))
    yield from zip(sweep.blocks(BLOCK), plain.blocks(BLOCK), squared.blocks(BLOCK), strict=True)


def draws(groups: Groups, n_resamples: int, seed: int) -> Iterator[tuple[Array, Array]]:
    """Weights of label 1 and of label 0, ``(r, g)`` each, with both labels in every draw."""
    rng = np.random.default_rng(seed)
    cells = np.flatnonzero(groups.rows)
    rows = groups.rows.reshape(-1)[cells]
    mean, variance = groups.mean.reshape(-1)[cells], groups.variance.reshape(-1)[cells]
    spread = bool((variance > 1e-12 * mean**2).any())
    n_rows, missing = int(rows.sum()), n_resamples
    while missing:
        times = rng.multinomial(n_rows, rows / n_rows, size=min(_CHUNK, missing))
        drawn: Array = times * mean
        if spread:
            chance = np.sqrt(times * variance) * rng.standard_normal(times.shape)
            drawn = np.maximum(drawn + chance, 0.0)
        room = np.zeros((len(drawn), groups.rows.size))
        room[:, cells] = drawn
        ones, zeros = np.split(room, 2, axis=1)
        good = (ones.sum(axis=1) > 0) & (zeros.sum(axis=1) > 0)
        missing -= int(np.count_nonzero(good))
        yield ones[good], zeros[good]


def divide(part: Array, whole: Array) -> Array:
    """The quotients, 0 where the denominator is 0."""
    return np.divide(part, whole, out=np.zeros(np.shape(whole)), where=whole != 0)
