"""Step 5 of a row of the catalogue: what is averaged, what each weighs, and the state of all."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TypeVar

import numpy as np

from metrics_core.catalog.variant import Variant
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.threads import cut, each_block
from metrics_core.settings import Settings
from metrics_core.steps.aggregation.batches import BatchMeans, batch_means
from metrics_core.steps.aggregation.mean import Mean
from metrics_core.steps.aggregation.per_class import PerClassMean
from metrics_core.steps.aggregation.total import Total
from metrics_core.steps.choices.aggregation import AVERAGES, Parts
from metrics_core.steps.choices.decision.argmax import ARGMAX
from metrics_core.steps.choices.decision.rank import RANK
from metrics_core.steps.choices.weights import sample_weights
from metrics_core.steps.shared import Steps

State = Mean | PerClassMean
_BLOCK = 262_144
_Result = TypeVar("_Result")


def matches_of(row: Variant, steps: Steps, settings: Settings) -> Array:
    """What is averaged: bool for accuracies, floating for errors; ``(n,)`` or ``(n, C)``.

    Examples
    --------
    >>> from metrics_core.catalog.rows import variant
    >>> from metrics_core.predictions import Predictions
    >>> steps = Steps(Predictions.of([0, 1, 1], [0.2, 0.7, 0.4]))
    >>> matches_of(variant("binary_accuracy"), steps, Settings()).tolist()
    [True, True, False]
    """
    decision = row.decision_for(steps.predictions.kind)
    return row.comparison.compare(steps, decision, settings)


def parts_of(row: Variant, steps: Steps, settings: Settings) -> Parts:
    """Who counts for a row, and how much, times the weights of samples and classes.

    Examples
    --------
    >>> from metrics_core.catalog.rows import variant
    >>> from metrics_core.predictions import Predictions
    >>> steps = Steps(Predictions.of([0, 1, 1], [0.2, 0.7, 0.4], sample_weight=[1, 2, 3]))
    >>> ((factor, weights),) = parts_of(variant("recall"), steps, Settings(weighted=True))
    >>> factor, weights.tolist()
    (1.0, [0, 2, 3])
    """
    kind = steps.predictions.kind
    parts = row.aggregation.parts(steps, row.decision_for(kind), settings)
    weights = sample_weights(steps, settings)
    if weights is None:
        return parts
    if row.elementwise(kind):
        weights = np.broadcast_to(weights[:, None], steps.scores.shape)
    return tuple(
        (factor, weights if chosen is None else chosen * weights) for factor, chosen in parts
    )


def state_of(row: Variant, steps: Steps, settings: Settings) -> State:
    """The state of all samples; means go over them a block at a time, and the blocks merge.

    Examples
    --------
    >>> from metrics_core.catalog.rows import variant
    >>> from metrics_core.predictions import Predictions
    >>> steps = Steps(Predictions.of([0, 1, 1], [0.2, 0.7, 0.4]))
    >>> state_of(variant("recall"), steps, Settings()).result
    0.5
    """
    how = row.aggregation if settings.aggregation is None else AVERAGES[settings.aggregation]
    value = row.comparison.one_value(steps, settings)
    if value is not None:
        if not how.by_batch:
            return Mean(Total(value), Total(1.0))
        values = _custom_batches(row, steps, settings)
        return BatchMeans(Total.of(values), Total(float(len(values))))
    if how.by_class and row.averaged_by_class(steps.predictions.kind):
        matches, ((_, weights),) = matches_of(row, steps, settings), parts_of(row, steps, settings)
        return PerClassMean.of(matches, steps.true_class, weights, places=steps.places)
    if how.by_batch:

        def of_batches(part: Steps) -> BatchMeans:
            means = _plain_batches(row, part, settings)
            return BatchMeans(Total.of(means), Total(float(len(means))))

        by_block = _each_part(of_batches, row, steps, settings, _rows_of_batches(steps, settings))
        return reduce(BatchMeans.merge, by_block, BatchMeans.empty())

    def means_of(part: Steps) -> list[tuple[float, Mean]]:
        matches = matches_of(row, part, settings)
        counted = parts_of(row, part, settings)
        return [(factor, Mean.of(matches, counts)) for factor, counts in counted]

    parts = _each_part(means_of, row, steps, settings, _rows_of_block(row, steps, settings))
    means: list[Mean] = [
        reduce(Mean.merge, (mean for _, mean in column)).scaled(column[0][0])
        for column in zip(*parts, strict=True)
    ]
    return reduce(Mean.merge, means)


def batch_values(row: Variant, steps: Steps, settings: Settings) -> Array:
    """What each batch gives where batches are averaged: ``(m,)``.

    Examples
    --------
    >>> from metrics_core.catalog.rows import variant
    >>> from metrics_core.predictions import Predictions
    >>> steps = Steps(Predictions.of([0, 1, 1], [0.2, 0.7, 0.4]))
    >>> batch_values(variant("binary_accuracy"), steps, Settings(batch_size=2)).tolist()
    [1.0, 0.0]
    """
    if row.comparison.one_value(steps, settings) is not None:
        return _custom_batches(row, steps, settings)

    def of_batches(part: Steps) -> Array:
        return _plain_batches(row, part, settings)

    rows = _rows_of_batches(steps, settings)
    return np.concatenate(_each_part(of_batches, row, steps, settings, rows))


def _rows_of_block(row: Variant, steps: Steps, settings: Settings) -> int:
    """Few rows of many outputs; counts of what the steps keep for each row look at nothing else."""
    weighted = settings.weighted or settings.class_weight is not None
    if row.decision_for(steps.predictions.kind) in (ARGMAX, RANK) and not weighted:
        return _BLOCK
    labels_as_they_are = steps.predictions.labels.dtype == bool  # others take an array of their own
    return max(1, (1 + labels_as_they_are) * _BLOCK // steps.predictions.n_outputs)


def _each_part(
    work: Callable[[Steps], _Result], row: Variant, steps: Steps, settings: Settings, n_rows: int
) -> list[_Result]:
    """What a function makes of each block of rows; what blocks share is made before them."""
    threads = steps.threads
    if threads > 1:
        nobody = steps.only(slice(0))
        matches_of(row, nobody, settings)
        parts_of(row, nobody, settings)
    blocks = cut(steps.predictions.n_samples, n_rows)
    return each_block(lambda rows: work(steps.only(rows)), blocks, threads)


def _custom_batches(row: Variant, steps: Steps, settings: Settings) -> Array:
    parts = steps.blocks(settings.batch_size)
    return np.array([row.comparison.on_batch(part, settings) for part in parts])


def _plain_batches(row: Variant, part: Steps, settings: Settings) -> Array:
    """The same where there are values per sample."""
    matches = matches_of(row, part, settings)
    width = matches.size // len(matches)
    weights = _flat_weights(parts_of(row, part, settings))
    return batch_means(matches.reshape(-1), settings.batch_size * width, weights)


def _rows_of_batches(steps: Steps, settings: Settings) -> int:
    """Blocks of whole batches."""
    rows = _BLOCK // steps.predictions.n_outputs
    return settings.batch_size * max(1, rows // settings.batch_size)


def _flat_weights(parts: Parts) -> Array | None:
    flat = [
        factor * np.asarray(part, np.float64).reshape(-1)
        for factor, part in parts
        if part is not None
    ]
    return sum(flat[1:], flat[0]) if flat else None
