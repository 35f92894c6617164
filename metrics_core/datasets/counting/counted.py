"""Right and wrong predictions of sharded data at some thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from metrics_core.counting.counts import Counts
from metrics_core.datasets.blocks import Block
from metrics_core.datasets.columns.asked import Asked
from metrics_core.datasets.rows import rows_of
from metrics_core.datasets.shards import Shard
from metrics_core.sweep.keys import CODINGS, settled


@dataclass(frozen=True)
class Counting:
    """A file, and the thresholds that its scores are compared with, as they are given.

    Where Keras's rounding matters, apply `effective_threshold` first. Infinite ones are allowed.
    """

    shard: Shard
    asked: Asked
    thresholds: tuple[float, ...]


def count_at(task: Counting) -> Counts:
    """Count one file: arrays ``(m,)``, one entry for each threshold."""
    kind = np.float64 if task.asked.weighted else np.int64
    nothing = Counts(*(np.zeros(len(task.thresholds), kind) for _ in range(4)))
    parts = (_counts(block, task.thresholds) for block in rows_of(task.shard, task.asked))
    return reduce(Counts.merge, parts, nothing)


def _counts(block: Block, thresholds: Sequence[float]) -> Counts:
    labels = block.labels
    weights = None if block.weights is None else block.weights.astype(np.float64)
    all_1: float = int(np.count_nonzero(labels))
    all_0: float = len(labels) - all_1
    if weights is not None:
        all_1, all_0 = float(weights[labels].sum()), float(weights[~labels].sum())
    coding = CODINGS[settled(block.scores.dtype)]
    rows: list[tuple[float, float]] = []
    for threshold in thresholds:
        above = block.scores > coding.floor(threshold)
        if weights is None:
            predicted = int(np.count_nonzero(above))
            above &= labels
            hits = int(np.count_nonzero(above))
            rows.append((hits, predicted - hits))
        else:
            weight = weights * above
            rows.append((float(weight[labels].sum()), float(weight[~labels].sum())))
    found, wrong = (np.array([row[side] for row in rows]) for side in (0, 1))
    return Counts(found, wrong, all_0 - wrong, all_1 - found)
