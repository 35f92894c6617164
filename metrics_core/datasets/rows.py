"""The rows that are counted by threshold: one score and a bool each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.datasets.blocks import Block, blocks_of
from metrics_core.datasets.columns.asked import Asked
from metrics_core.datasets.shards import Shard


def rows_of(shard: Shard, asked: Asked) -> Iterator[Block]:
    """Of one class against the rest, or every output by itself; rows of weight 0 are left out."""
    for block in blocks_of(shard, asked):
        labels, scores, weights = block.labels, block.scores, block.weights
        if scores.ndim == 2:
            if asked.class_index is None:
                n_classes = scores.shape[1]
                if labels.ndim == 1:
                    labels = labels[:, None] == np.arange(n_classes)
                labels = labels.reshape(-1)
                weights = None if weights is None else np.repeat(weights, n_classes)
                scores = scores.reshape(-1)
            else:
                index = asked.class_index
                labels = labels == index if labels.ndim == 1 else labels[:, index]
                scores = scores[:, index]
        if weights is not None and not weights.all():
            some = weights != 0
            labels, scores, weights = labels[some], scores[some], weights[some]
        yield Block(block.rows, labels, scores, weights)
