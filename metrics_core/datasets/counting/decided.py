"""Which class of sharded data is taken for which, where the output is the predicted class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np

from metrics_core.counting.confusion import Confusion
from metrics_core.datasets.blocks import blocks_of
from metrics_core.datasets.columns.asked import Asked
from metrics_core.datasets.shards import Shard


@dataclass(frozen=True)
class CountingDecisions:
    """A file of predicted classes."""

    shard: Shard
    asked: Asked


def count_decisions(task: CountingDecisions) -> Confusion:
    """Count one file: of the classes that are known, or of those that it has."""
    known = len(task.asked.columns.classes)
    return reduce(joined, _parts(task, known), Confusion.empty(max(known, 2)))


def _parts(task: CountingDecisions, known: int) -> Iterator[Confusion]:
    for block in blocks_of(task.shard, task.asked):
        highest = int(max(block.labels.max(), block.scores.max()))
        n_classes = known or highest + 1
        yield Confusion.of(block.labels, block.scores, n_classes, block.weights)


def joined(one: Confusion, two: Confusion) -> Confusion:
    """The counts of both, of as many classes as either has.

    Examples
    --------
    >>> joined(Confusion.of([0], [0], 1), Confusion.of([1], [2], 3)).counts.tolist()
    [[1, 0, 0], [0, 0, 1], [0, 0, 0]]
    """
    n_classes = max(one.n_classes, two.n_classes)
    return _grown(one, n_classes).merge(_grown(two, n_classes))


def _grown(confusion: Confusion, n_classes: int) -> Confusion:
    more = (0, n_classes - confusion.n_classes)
    squares = confusion.weight_squares
    return Confusion(
        np.pad(confusion.counts, more),
        np.pad(confusion.unanswered, more),
        None if squares is None else np.pad(squares, ((0, 0), more)),
    )
