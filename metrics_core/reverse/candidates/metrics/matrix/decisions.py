"""True and predicted classes, counted for each decision of one class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from metrics_core.counting.confusion import Confusion
from metrics_core.kinds import Kind
from metrics_core.numeric.arrays import Array, zeros_and_ones
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.metrics.as_tried import as_tried
from metrics_core.reverse.candidates.metrics.views import weights_of
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.metrics.metric import Metric
from metrics_core.reverse.recipes.readings import activated
from metrics_core.reverse.recipes.recipe import Weighting
from metrics_core.steps.choices.decision.argmax import ARGMAX
from metrics_core.steps.choices.decision.choice import NO_DECISION, Decision
from metrics_core.steps.choices.decision.threshold import THRESHOLD
from metrics_core.steps.decision.argmax import argmax
from metrics_core.steps.decision.threshold import above

MOST_CLASSES = 1_000
"""Different labels and decisions up to which the matrix is counted."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Decided:
    """True and predicted classes, counted.

    Attributes
    ----------
    kind : Kind
    labels : ndarray
        What each class is called in the data, ascending.
    matrix : Confusion
    decision : Decision
    threshold : float
    activations : tuple of str
    weighting : Weighting
    cost : int
        Of the decision.
    """

    kind: Kind
    labels: Array
    matrix: Confusion
    decision: Decision
    threshold: float = 0.5
    activations: tuple[str, ...] = ()
    weighting: Weighting = "ignored"
    cost: int = 0

    def tried(self, metric: Metric, cost: int, value: float) -> Tried:
        """A value of a metric of the matrix; `cost` is that of the metric alone."""
        return as_tried(
            metric,
            self.kind,
            self.cost + cost,
            value,
            activations=self.activations,
            threshold=self.threshold,
            weighting=self.weighting,
        )


def decisions(data: Predictions) -> Iterator[Decided]:
    """Every decision for one class, counted with and without the weights."""
    if data.kind == "multi_label":
        return
    labels = argmax(data.labels) if data.kind == "one_hot" else data.labels
    if labels.dtype.kind == "f" and not np.all(np.isfinite(labels)):
        return
    for decision, threshold, activations, cost, chosen in _chosen(data, labels):
        counted = _indexed(labels, chosen)
        if counted is None:
            return
        values, true, predicted = counted
        for weights in weights_of(data):
            yield Decided(
                kind=data.kind,
                labels=values,
                matrix=Confusion.of(true, predicted, len(values), weights),
                decision=decision,
                threshold=threshold,
                activations=activations,
                weighting="ignored" if weights is None else "used",
                cost=cost,
            )


def n_found(data: Predictions) -> int:
    """How many different classes occur among labels and decisions of one class.

    Examples
    --------
    >>> n_found(Predictions.of([0, 7, 7], [0, 7, 9]))
    3
    """
    labels = argmax(data.labels) if data.kind == "one_hot" else data.labels
    chosen = data.outputs if data.kind == "class_indices" else argmax(data.outputs)
    return len(np.union1d(labels, chosen))


def _chosen(
    data: Predictions, labels: Array
) -> Iterator[tuple[Decision, float, tuple[str, ...], int, Array]]:
    if data.kind == "class_indices":
        yield NO_DECISION, 0.5, (), 0, data.outputs
    elif data.kind == "binary":
        if not zeros_and_ones(labels):
            return
        for activations in ((), ("sigmoid",)):
            scores = activated(data.outputs, activations)
            for threshold in (0.5,) if activations else (0.5, 0.0):
                cost = costs.ZERO_THRESHOLD if threshold == 0 else 0
                yield THRESHOLD, threshold, activations, cost, above(scores, threshold) * 1
    else:
        yield ARGMAX, 0.5, (), 0, argmax(data.outputs)


def _indexed(labels: Array, chosen: Array) -> tuple[Array, Array, Array] | None:
    """The different classes of both sides, and each side as their indices."""
    low = min(labels.min(), chosen.min())
    high = max(labels.max(), chosen.max())
    whole = all(side.dtype.kind in "iub" or np.all(side == np.floor(side)) for side in
                (labels, chosen))  # fmt: skip
    if not whole:
        return None
    if low >= 0 and high < MOST_CLASSES:
        values = np.arange(int(high) + 1)
        return values, labels.astype(np.intp), chosen.astype(np.intp)
    values = np.union1d(labels, chosen).astype(np.int64)
    if len(values) > MOST_CLASSES:
        return None
    return values, np.searchsorted(values, labels), np.searchsorted(values, chosen)
