"""Softmax down the samples instead of across the classes, then the highest output."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Tried, size_costs
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.choice import Hits
from metrics_core.reverse.recipes.readings import Reading
from metrics_core.steps.comparison import equal
from metrics_core.steps.decision.argmax import argmax

SIZES = (8, 16, 32, 50, 64, 100, 128, 256, 512)
"""Batch sizes that are tried."""
MOST_SCORES = 4_000_000
"""Scores up to which it is tried in batches too."""
_WAY = ("softmax_samples",)


def over_samples(data: Predictions) -> Iterator[Tried]:
    """The accuracy after a softmax over the samples, of all rows or of each batch.

    Examples
    --------
    >>> data = Predictions.of([0, 0], [[2.0, 1.0], [4.0, 9.0]])
    >>> [tried.values.tolist() for tried in over_samples(data)]
    [[0.5]]
    """
    if data.kind not in ("sparse", "one_hot") or not np.all(np.isfinite(data.outputs)):
        return
    labels = argmax(data.labels) if data.kind == "one_hot" else data.labels
    scores = data.outputs.astype(np.float64)
    parts = np.exp(scores - scores.max(axis=0))
    hits = equal(labels, argmax(parts / parts.sum(axis=0)))
    sparse = "sparse_" if data.kind == "sparse" else ""
    choice = Hits(
        reading=Reading("as_is"),
        activations=_WAY,
        variant=f"{sparse}categorical_accuracy",
        kind=data.kind,
        cost=costs.ACTIVATION[_WAY],
        hits=hits,
    )
    yield Tried(
        choice=choice,
        averaging="pooled",
        weighting="ignored",
        values=np.array([hits.mean()]),
        sizes=np.array([32]),
        costs=np.array([choice.cost]),
    )
    sizes = np.array([size for size in SIZES if size < data.n_samples])
    if not len(sizes) or scores.size > MOST_SCORES:
        return
    yield Tried(
        choice=choice,
        averaging="within_batches",
        weighting="ignored",
        values=np.array([_accuracy(labels, scores, size) for size in sizes.tolist()]),
        sizes=sizes,
        costs=choice.cost + costs.AVERAGING["within_batches"] + size_costs(sizes),
    )


def _accuracy(labels: Array, scores: Array, size: int) -> float:
    starts = np.arange(0, len(scores), size)
    lengths = np.diff(np.append(starts, len(scores)))
    highest = np.maximum.reduceat(scores, starts, axis=0)
    parts = np.exp(scores - np.repeat(highest, lengths, axis=0))
    sums = np.add.reduceat(parts, starts, axis=0)
    chosen = argmax(parts / np.repeat(sums, lengths, axis=0))
    return float(equal(labels, chosen).mean())
