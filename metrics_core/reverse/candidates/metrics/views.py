"""Labels 0 and 1 beside one score each: every way to see the data so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from metrics_core.numeric.arrays import Array, zeros_and_ones
from metrics_core.predictions import Predictions
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.readings import Reading, activated, in_range
from metrics_core.sweep import Sweep

MOST_COLUMNS = 20
"""Classes up to which each is tried against the rest."""
MOST_SCORES = 12_000_000
"""Scores of all columns together up to which each class is tried against the rest."""


@dataclass(frozen=True, eq=False, kw_only=True)
class View:
    """Labels 0 and 1 beside one score each.

    Attributes
    ----------
    reading : Reading
    activations : tuple of str
    labels : ndarray of bool, shape (n,)
    scores : ndarray, shape (n,)
    weights : ndarray or None
        Where the weights count.
    cost : int
        Of choosing one class of several.
    twice : bool
        Whether an activation is applied to outputs that are from 0 to 1 already.
    """

    reading: Reading
    activations: tuple[str, ...]
    labels: Array
    scores: Array
    weights: Array | None = None
    cost: int = 0
    twice: bool = False

    @cached_property
    def has_nan(self) -> bool:
        """Whether a score is NaN; then nothing is swept."""
        return self.scores.dtype.kind == "f" and bool(np.isnan(self.scores.min()))

    @cached_property
    def sweep(self) -> Sweep:
        """All thresholds."""
        return Sweep.of(self.scores, self.labels, self.weights)

    @property
    def reordered(self) -> bool:
        """Whether the scores can stand in another order than the outputs."""
        return self.activations != ("sigmoid",)

    @property
    def rules(self) -> tuple[float, ...]:
        """The usual thresholds: 0.5, and 0 where nothing was applied to the outputs."""
        return (0.5,) if self.activations else (0.5, 0.0)

    @cached_property
    def unit(self) -> bool:
        """Whether all scores are from 0 to 1."""
        return bool(self.scores.min() >= 0 and self.scores.max() <= 1)


def weights_of(data: Predictions) -> list[Array | None]:
    """No weights, and those that came, where any is not 0."""
    given = data.sample_weight
    if given is None or not given.any():
        return [None]
    return [None, given.astype(np.float64)]


def views(data: Predictions) -> Iterator[View]:
    """Every way to see the data as labels 0 and 1 beside scores.

    Examples
    --------
    >>> data = Predictions.of([0, 2], [[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]])
    >>> [(view.reading.column, view.activations) for view in views(data)][:2]
    [(0, ()), (1, ())]
    """
    if data.kind == "binary":
        yield from _of_one_output(data)
    elif 1 < data.n_outputs <= MOST_COLUMNS and data.outputs.size <= MOST_SCORES:
        yield from _of_columns(data)


def _of_one_output(data: Predictions) -> Iterator[View]:
    labels, name = data.labels, "as_is"
    if labels.min() == -1 and labels.max() <= 1:
        labels, name = (labels > 0) * 1, "signs"
    if not zeros_and_ones(labels):
        return
    unit = bool(data.outputs.min() >= 0 and data.outputs.max() <= 1)
    for activations in ((), ("sigmoid",)):
        scores = activated(data.outputs, activations)
        for weights in weights_of(data):
            yield View(
                reading=Reading(name),
                activations=activations,
                labels=labels == 1,
                scores=scores,
                weights=weights,
                twice=unit and bool(activations),
            )


def _of_columns(data: Predictions) -> Iterator[View]:
    several = data.kind == "multi_label"
    labels = data.labels
    if several and not zeros_and_ones(labels):
        return
    if data.kind == "one_hot":
        labels = labels.argmax(axis=1)
    if not several and not in_range(labels, data.n_outputs):
        labels = np.where(np.isin(labels, np.arange(data.n_outputs)), labels, -1)
    usual = ("sigmoid",) if several else ("softmax",)
    unit = bool(data.outputs.min() >= 0 and data.outputs.max() <= 1)
    for activations in ((), usual):
        scores = activated(data.outputs, activations)
        if activations == ("softmax",) and _rows_sum_to_one(data.outputs):
            continue
        for column in range(data.n_outputs):
            cost = costs.ONE_OF_MANY
            if data.n_outputs == 2 and not several:
                cost = 0 if column else costs.LABEL_0
            for weights in weights_of(data):
                yield View(
                    reading=Reading("one_class", column=column),
                    activations=activations,
                    labels=labels[:, column] == 1 if several else labels == column,
                    scores=np.ascontiguousarray(scores[:, column]),
                    weights=weights,
                    cost=cost,
                    twice=unit and bool(activations),
                )


def _rows_sum_to_one(outputs: Array) -> bool:
    return bool(np.all(np.abs(outputs.sum(axis=1, dtype=np.float64) - 1) < 1e-3))
