"""Which class of sharded data is taken for which, and how high the true class ranks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from metrics_core.counting.confusion import Confusion
from metrics_core.counting.top_k import TopK
from metrics_core.datasets.blocks import Block, blocks_of
from metrics_core.datasets.columns.asked import Asked
from metrics_core.datasets.shards import Shard
from metrics_core.steps.decision.argmax import argmax


@dataclass(frozen=True, eq=False)
class Classes:
    """The highest output of each row against its label.

    Attributes
    ----------
    confusion : Confusion
    top_k : TopK
    """

    confusion: Confusion
    top_k: TopK

    @classmethod
    def empty(cls, n_classes: int) -> Classes:
        """Of no rows."""
        return cls(Confusion.empty(n_classes), TopK.empty(n_classes))

    def merge(self, other: Classes) -> Classes:
        """The counts of both parts."""
        return Classes(self.confusion.merge(other.confusion), self.top_k.merge(other.top_k))


@dataclass(frozen=True)
class CountingClasses:
    """A file of several outputs."""

    shard: Shard
    asked: Asked


def count_classes(task: CountingClasses) -> Classes:
    """Count one file."""
    parts = map(of_block, blocks_of(task.shard, task.asked))
    return reduce(Classes.merge, parts, Classes.empty(len(task.asked.columns.y_pred)))


def of_block(block: Block) -> Classes:
    """Count some rows, each of which has one class, on one thread: each core has a task."""
    true, scores = block.true_class, block.scores
    return Classes(
        Confusion.of(true, argmax(scores), scores.shape[1], block.weights),
        TopK.of(true, scores, block.weights, threads=1),
    )
