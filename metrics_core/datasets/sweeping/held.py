"""The rows of a range of scores, collected from all files and sorted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from metrics_core.datasets.blocks import Block
from metrics_core.datasets.columns.asked import Asked
from metrics_core.datasets.rows import rows_of
from metrics_core.datasets.shards import Shard
from metrics_core.datasets.sweeping.bits import ordered
from metrics_core.datasets.sweeping.of_rows import sweep_rows, sweep_whole
from metrics_core.datasets.sweeping.part import Part, Place
from metrics_core.numeric.arrays import Array
from metrics_core.sweep.keys import CODINGS
from metrics_core.sweep.rows import sorted_rows
from metrics_core.sweep.state import Sweep


@dataclass(frozen=True, eq=False, kw_only=True)
class Range:
    """Scores that one task sweeps.

    Attributes
    ----------
    shards : sequence of Shard
    asked : Asked
    dtype : dtype
    n_rows : int
        At most; exact where the ranges were counted.
    ends : (int, int) or None
        The lowest and the highest score, as `ordered` gives them; None for all.
    place : Place or ndarray
        For all, thresholds that are asked for in place of a place.
    """

    shards: Sequence[Shard]
    asked: Asked
    dtype: np.dtype[Any]
    n_rows: int
    ends: tuple[int, int] | None
    place: Place | Array


def sweep_range(task: Range) -> Part | None:
    """Collect the rows, sort and sweep them; None where there are none."""
    held = hold(task)
    if isinstance(task.place, Place):
        return sweep_rows(held, task.place)
    return sweep_whole(held, task.place, task.asked.cost)


def hold(task: Range) -> Sweep:
    """Collect the rows and sort them, in the bytes of their scores and weights alone."""
    coding = CODINGS[task.dtype]
    keys = np.empty(task.n_rows, coding.whole)
    weights = np.empty(task.n_rows) if task.asked.weighted else None
    front, back = 0, task.n_rows
    for shard in task.shards:
        for block in rows_of(shard, task.asked):
            for part in _sides(_inside(block, task)):
                negative = len(part.scores) and part.scores[0] < 0
                start = front if negative else back - len(part.scores)
                rows = slice(start, start + len(part.scores))
                keys[rows] = coding.keys(part.scores, part.labels)
                if weights is not None:
                    weights[rows] = part.weights
                front, back = (rows.stop, back) if negative else (front, rows.start)
    if front < back:  # rows of weight 0 were left out
        keys = np.concatenate([keys[:front], keys[back:]])
        weights = None if weights is None else np.concatenate([weights[:front], weights[back:]])
    return Sweep(sorted_rows(coding, keys, front, weights))


def _inside(block: Block, task: Range) -> Block:
    if task.ends is None:
        return block
    first, last = task.ends
    bits = ordered(block.scores, task.dtype)
    bits -= bits.dtype.type(first)
    return _some(block, bits <= bits.dtype.type(last - first))


def _sides(block: Block) -> Iterator[Block]:
    """The rows of each sign."""
    if not len(block.scores) or block.scores.min() >= 0:
        yield block
        return
    below = block.scores < 0
    yield _some(block, below)
    yield _some(block, ~below)


def _some(block: Block, rows: Array) -> Block:
    places = np.flatnonzero(rows)
    if len(places) == len(rows):
        return block
    weights = None if block.weights is None else block.weights.take(places)
    return Block(block.rows, block.labels.take(places), block.scores.take(places), weights)
