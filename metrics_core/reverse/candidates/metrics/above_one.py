"""Numbers above 1: every label against every output, and sums that were not divided by all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import ALL_TO, COMMON, Tried, size_costs
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.choice import Hits
from metrics_core.reverse.recipes.readings import Reading, activated
from metrics_core.reverse.recipes.recipe import Averaging
from metrics_core.steps.comparison import equal
from metrics_core.steps.decision.argmax import argmax
from metrics_core.steps.decision.threshold import above

_MOST_LABELS = 100


def above_one(data: Predictions) -> Iterator[Tried]:
    """What a forgotten or a wrong division gives, for the plain decisions.

    Examples
    --------
    >>> data = Predictions.of([0, 1, 1, 1], [0.9, 0.2, 0.8, 0.7])
    >>> [(t.averaging, t.values.tolist()) for t in above_one(data)][:2]
    [('broadcast_sum', [2.5]), ('number', [2.0])]
    """
    if data.kind == "multi_label":
        return
    labels = argmax(data.labels) if data.kind == "one_hot" else data.labels
    for choice, chosen in _choices(data, labels):
        total = int(choice.hits.sum(dtype=np.int64))
        if data.kind != "one_hot":
            yield from _broadcasts(choice, labels, chosen)
        yield _tried(choice, "number", np.array([32]), np.array([float(total)]))
        sizes = np.array([s for s in _sizes(data.n_samples) if s <= data.n_samples], np.int64)
        n = data.n_samples
        before = np.concatenate([[0], np.cumsum(choice.hits, dtype=np.int64)])
        full = n // sizes
        tail = n - full * sizes
        in_full = before[full * sizes]
        last = np.divide(total - in_full, tail, out=np.zeros(len(sizes)), where=tail > 0)
        batches = full + (tail > 0)
        values: list[tuple[Averaging, Array]] = [
            ("per_batch", total / batches),
            ("per_full_batch", np.where(tail > 0, in_full / full, np.nan)),
            ("per_batch_size", total / sizes),
            ("batch_sum", in_full / sizes + last),
        ]
        for averaging, each in values:
            yield _tried(choice, averaging, sizes, np.where(each > 1, each, np.nan))


def _sizes(n_samples: int) -> list[int]:
    return sorted({*range(2, min(n_samples, ALL_TO) + 1), *COMMON} - {1})


def _choices(data: Predictions, labels: Array) -> Iterator[tuple[Hits, Array]]:
    if data.kind == "binary":
        for activations in ((), ("sigmoid",)):
            scores = activated(data.outputs, activations)
            for threshold in (0.5,) if activations else (0.5, 0.0):
                chosen = above(scores, threshold)
                cost = costs.ZERO_THRESHOLD if threshold == 0 else 0
                yield _hits(data, "binary_accuracy", labels, chosen, cost, activations, threshold)
    elif data.kind == "class_indices":
        yield _hits(data, "accuracy", labels, data.outputs, 0)
    else:
        sparse = "sparse_" if data.kind == "sparse" else ""
        chosen = argmax(data.outputs)
        yield _hits(data, f"{sparse}categorical_accuracy", labels, chosen, 0)


def _hits(
    data: Predictions,
    variant: str,
    labels: Array,
    chosen: Array,
    cost: int,
    activations: tuple[str, ...] = (),
    threshold: float = 0.5,
) -> tuple[Hits, Array]:
    hits = Hits(
        reading=Reading("as_is"),
        activations=activations,
        variant=variant,
        kind=data.kind,
        cost=cost + costs.ACTIVATION[activations],
        hits=equal(labels, chosen),
        threshold=threshold,
    )
    return hits, chosen


def _broadcasts(choice: Hits, labels: Array, chosen: Array) -> Iterator[Tried]:
    """Labels ``(n, 1)`` against decisions ``(n,)``, of all rows or of each batch."""
    different = np.unique(labels)
    if len(different) > _MOST_LABELS:
        return
    n = len(labels)
    true, predicted = (
        np.array([np.count_nonzero(side == label) for label in different], np.float64)
        for side in (labels, chosen)
    )
    value = float(true @ predicted) / n
    yield _tried(choice, "broadcast_sum", np.array([32]), np.array([value]))
    sizes = np.array([size for size in sorted(COMMON) if 8 <= size < n])
    if not len(sizes) or len(different) * n > 4_000_000:
        return
    values = np.zeros(len(sizes))
    for label in different:
        ours, theirs = (
            np.concatenate([[0], np.cumsum(side == label)]) for side in (labels, chosen)
        )
        for index, size in enumerate(sizes.tolist()):
            ends = np.append(np.arange(0, n, size), n)
            values[index] += float(np.diff(ours[ends]) @ np.diff(theirs[ends])) / n
    yield _tried(choice, "broadcast_batches", sizes, np.where(values > 1, values, np.nan))


def _tried(choice: Hits, averaging: Averaging, sizes: Array, values: Array) -> Tried:
    cost = choice.cost + costs.AVERAGING[averaging]
    each = np.array([cost]) if len(sizes) == 1 else cost + size_costs(sizes)
    return Tried(
        choice=choice,
        averaging=averaging,
        weighting="ignored",
        values=values,
        sizes=sizes,
        costs=each,
    )
