"""Metrics of true and predicted classes: averages, one class, kappa, and a label left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from metrics_core.counting.confusion import Confusion
from metrics_core.counting.counts import Counts
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.metrics.made import made
from metrics_core.reverse.candidates.metrics.views import weights_of
from metrics_core.reverse.recipes import costs, matrices
from metrics_core.reverse.recipes.figures import (
    ALL,
    AVERAGED,
    FIGURES,
    MACRO,
    MICRO,
    WEIGHTED,
    class_metric,
    figure_metric,
)
from metrics_core.reverse.recipes.readings import activated, zeros_and_ones
from metrics_core.reverse.recipes.recipe import Weighting
from metrics_core.steps import decision as decide
from metrics_core.steps.choices.decision import ARGMAX, NO_DECISION, THRESHOLD, Decision

MOST_CLASSES = 1_000
"""Different labels and decisions up to which the matrix is counted."""
MOST_SINGLE = 200
"""Classes up to which each of them is tried by itself."""
PADDING = (0, -1, -100, 255)
"""Labels that often stand for nothing, and are left out."""
_OF_ONE_CLASS = ("precision", "recall", "f1", "iou", "specificity", "accuracy")


@dataclass(frozen=True, eq=False, kw_only=True)
class Decided:
    """True and predicted classes, counted.

    Attributes
    ----------
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

    labels: Array
    matrix: Confusion
    decision: Decision
    threshold: float = 0.5
    activations: tuple[str, ...] = ()
    weighting: Weighting = "ignored"
    cost: int = 0


def of_classes(data: Predictions) -> Iterator[Tried]:
    """Every metric of the matrix, for each decision.

    Examples
    --------
    >>> data = Predictions.of([0, 1, 2, 2], [0, 2, 2, 2])
    >>> values = {tried.choice.variant: float(tried.values[0]) for tried in of_classes(data)}
    >>> round(values["f1_macro"], 4), round(values["kappa"], 4)
    (0.6, 0.5556)
    """
    for decided in decisions(data):
        yield from _of_matrix(data, decided)


def decisions(data: Predictions) -> Iterator[Decided]:
    """Every decision for one class, counted with and without the weights."""
    if data.kind == "multi_label":
        return
    labels = decide.argmax(data.labels) if data.kind == "one_hot" else data.labels
    if labels.dtype.kind == "f" and not np.all(np.isfinite(labels)):
        return
    for decision, threshold, activations, cost, chosen in _chosen(data, labels):
        counted = _indexed(labels, chosen)
        if counted is None:
            return
        values, true, predicted = counted
        for weights in weights_of(data):
            yield Decided(
                labels=values,
                matrix=Confusion.of(true, predicted, len(values), weights),
                decision=decision,
                threshold=threshold,
                activations=activations,
                weighting="ignored" if weights is None else "used",
                cost=cost,
            )


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
                yield THRESHOLD, threshold, activations, cost, decide.above(scores, threshold) * 1
    else:
        yield ARGMAX, 0.5, (), 0, decide.argmax(data.outputs)


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


def _of_matrix(data: Predictions, decided: Decided) -> Iterator[Tried]:
    matrix = decided.matrix
    seen = (matrix.support > 0) | (matrix.predicted > 0)
    if not seen.any():
        return
    counts = _of_places(matrix.one_vs_rest(), seen)
    how = {
        "activations": decided.activations,
        "threshold": decided.threshold,
        "weighting": decided.weighting,
    }
    extra, decision = decided.cost, decided.decision
    for name in AVERAGED:
        figure = FIGURES[name]
        averages = [MACRO, WEIGHTED]
        averages += [MICRO] if name in ("iou", "specificity") else []
        for average in averages:
            cost = extra + max(costs.METRIC[name], 1) + costs.AVERAGE[average.name] - 1
            if name == "recall" and average is MACRO:  # balanced accuracy under another name
                cost = extra + costs.AVERAGING["per_class"]
            metric = figure_metric(figure, average, "classes", decision)
            yield made(metric, data.kind, cost, average.of(counts, figure), **how)  # type: ignore[arg-type]
    whole = [(matrices.kappa(name, decision), value) for name, value in _kappas(matrix.counts)]
    whole.append((matrices.f1_of_means(decision), _f1_of_means(counts)))
    whole.append((matrices.error_rate(decision), 1 - matrix.accuracy))
    if data.kind != "binary":
        near = np.abs(decided.labels[:, None] - decided.labels) <= 1
        share = float((matrix.counts * near).sum() / matrix.counts.sum())
        whole.append((matrices.within_one(decision), share))
        whole.append((matrices.matthews(decision), _matthews(matrix.counts)))
        yield from _single_classes(data, decided, decided.labels[seen], counts, how)
        yield from _without(data, decided, how)
    for metric, value in whole:
        cost = extra + costs.METRIC[metric.name.removesuffix("_of_classes")]
        yield made(metric, data.kind, cost, value, **how)  # type: ignore[arg-type]


def _single_classes(
    data: Predictions, decided: Decided, labels: Array, counts: Counts, how: dict[str, object]
) -> Iterator[Tried]:
    if len(labels) > MOST_SINGLE:
        return
    for name in _OF_ONE_CLASS:
        figure = FIGURES[name]
        values = np.asarray(figure.of(counts), np.float64)
        for label, value in zip(labels.tolist(), values.tolist(), strict=True):
            cost = decided.cost + costs.METRIC[name] + costs.ONE_OF_MANY
            metric = class_metric(figure, int(label), decided.decision)
            yield made(metric, data.kind, cost, value, **how)  # type: ignore[arg-type]


def left_out(matrix: Confusion, labels: Array) -> list[int]:
    """The places of the classes that are left out: padding, and the most frequent label."""
    support = matrix.support
    places = {int(place) for place in np.flatnonzero(np.isin(labels, PADDING))}
    places.add(int(support.argmax()))
    return sorted(place for place in places if 0 < support[place] < support.sum())


def _without(data: Predictions, decided: Decided, how: dict[str, object]) -> Iterator[Tried]:
    counts, matrix = decided.matrix.counts, decided.matrix
    support = matrix.support
    every = matrix.one_vs_rest()
    for place in left_out(matrix, decided.labels):
        label = int(decided.labels[place])
        right = float(matrix.hits.sum() - counts[place, place])
        rest = float(support.sum() - support[place])
        cost = decided.cost + costs.METRIC["accuracy_without"]
        for metric, value in (
            (matrices.without_label(label, decided.decision), right / rest),
            (matrices.padded_share(label, decided.decision), right / float(support.sum())),
        ):
            more = costs.METRIC[metric.name] - costs.METRIC["accuracy_without"]
            yield made(metric, data.kind, cost + more, value, **how)  # type: ignore[arg-type]
        seen = np.asarray((every.positives + every.false_positives) > 0)
        seen[place] = False
        part = _of_places(every, seen)
        if not seen.any():
            continue
        for name in ("precision", "recall", "f1", "iou"):
            figure = FIGURES[name]
            for average in (MICRO, replace(ALL, name="macro"), WEIGHTED):
                metric = matrices.figure_without(name, average.name, label, decided.decision)
                cost = decided.cost + costs.METRIC[name] + costs.WITHOUT
                value = average.of(part, figure)
                yield made(metric, data.kind, cost, value, **how)  # type: ignore[arg-type]


def _of_places(counts: Counts, some: Array) -> Counts:
    """The counts of some of the classes."""
    sides = (
        counts.true_positives,
        counts.false_positives,
        counts.true_negatives,
        counts.false_negatives,
    )
    return Counts(*(np.asarray(side)[some] for side in sides))


def _kappas(counts: Array) -> Iterator[tuple[str, float]]:
    seen = (counts.sum(axis=0) + counts.sum(axis=1)) > 0
    matrix = counts[np.ix_(seen, seen)].astype(np.float64)
    steps, total = np.arange(len(matrix)), matrix.sum()
    chance = np.outer(matrix.sum(axis=1), matrix.sum(axis=0)) / total if total else matrix
    apart = np.abs(steps[:, None] - steps)
    kinds = {"kappa": (apart > 0) * 1.0}
    if len(matrix) > 2:
        kinds |= {"kappa_linear": apart, "kappa_quadratic": apart**2}
    for name, weights in kinds.items():
        expected = float((weights * chance).sum())
        yield name, 1 - float((weights * matrix).sum()) / expected if expected else 0.0


def _matthews(counts: Array) -> float:
    matrix = counts.astype(np.float64)
    rows, columns, total = matrix.sum(axis=1), matrix.sum(axis=0), float(matrix.sum())
    both = float(np.trace(matrix)) * total - float(rows @ columns)
    left, right = total**2 - float(rows @ rows), total**2 - float(columns @ columns)
    spread = float(np.sqrt(left) * np.sqrt(right))
    return both / spread if spread else 0.0


def _f1_of_means(counts: Counts) -> float:
    precision, recall = (MACRO.of(counts, FIGURES[name]) for name in ("precision", "recall"))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
