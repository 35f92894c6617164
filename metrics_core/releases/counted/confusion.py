"""Counts of hits and false alarms above thresholds, over all batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.releases.counted.rules import Counting
from metrics_core.releases.rules.refusal import refuse
from metrics_core.releases.rules.shapes import same_rank, squeezed_pair, together
from metrics_core.sweep.binned import counts_above

_BELOW_ALL = np.float32(-1e10)
Above = Callable[[Array], Array]
"""Says of each score how many thresholds it exceeds."""


@dataclass(frozen=True, eq=False)
class Elements:
    """Elements of a batch, or of all batches: their labels, scores and weights, of one shape."""

    positive: Array
    scores: Array
    weights: Array | None


@dataclass(frozen=True, eq=False)
class Counts:
    """The weight of hits and false alarms above each threshold, and of labels 1 and 0."""

    found: Array
    wrong: Array
    positives: float
    negatives: float


def elements(
    labels: Array,
    outputs: Array,
    weights: Array | None,
    lengths: Array,
    rules: Counting,
    *,
    columns: bool = False,
    class_id: int | None = None,
    top_k: int | None = None,
) -> Elements:
    """Bring labels, outputs and weights to one shape, batch by batch where they broadcast.

    Parameters
    ----------
    labels, outputs, weights : ndarray
        As ``evaluate`` takes them.
    lengths : ndarray of int
        How many samples each batch has.
    rules : Counting
    columns : bool
        Whether the columns of the outputs are kept apart; otherwise all are flattened before
        labels meet outputs of another shape.
    class_id, top_k : int or None
        Arguments of ``Precision`` and ``Recall``.
    """
    labels, outputs = _one_rank(labels, outputs, rules)
    if labels.shape == outputs.shape:
        return _of_batch(labels, outputs, weights, rules, class_id, top_k)
    if rules.shapes_equal:
        refuse(
            "The shapes {labels} and {outputs} are not equal.",
            labels=labels.shape,
            outputs=outputs.shape,
        )
    parts = [
        _of_batch(labels[rows], outputs[rows], None if weights is None else weights[rows], rules,
                  class_id, top_k)
        for rows in _batches(lengths)
    ]  # fmt: skip
    every = [_met(part, columns) for part in parts]
    return Elements(
        np.concatenate([part.positive for part in every]),
        np.concatenate([part.scores for part in every]),
        None if weights is None else np.concatenate([_weights_of(part) for part in every]),
    )


def count(found: Elements, above: Above, thresholds: int) -> Counts:
    """Count all elements, whatever their columns."""
    positive = found.positive.reshape(-1)
    weights = None if found.weights is None else found.weights.reshape(-1).astype(np.float64)
    hits, wrong = counts_above(above(found.scores.reshape(-1)), positive, weights, thresholds)
    each = np.ones(len(positive)) if weights is None else weights
    return Counts(hits, wrong, float(each[positive].sum()), float(each[~positive].sum()))


def count_columns(found: Elements, above: Above, thresholds: int) -> list[Counts]:
    """Count each column apart.

    Examples
    --------
    >>> each = Elements(np.array([[True, False]]), np.array([[0.7, 0.6]]), None)
    >>> [counts.found.tolist() for counts in count_columns(each, lambda s: (s > 0.5) * 1, 1)]
    [[1.0], [0.0]]
    """
    columns = range(found.scores.shape[1])
    return [
        count(
            Elements(
                found.positive[:, at],
                found.scores[:, at],
                None if found.weights is None else found.weights[:, at],
            ),
            above,
            thresholds,
        )
        for at in columns
    ]


def _met(part: Elements, columns: bool) -> Elements:
    """A batch with labels, scores and weights of one shape."""
    each = [part.positive, part.scores, _weights_of(part)]
    if not columns:
        each = [array.reshape(-1) for array in each]
    shape = together(each[0].shape, each[1].shape)
    return Elements(*(np.broadcast_to(array, shape) for array in each))


def _weights_of(part: Elements) -> Array:
    return np.ones(()) if part.weights is None else part.weights


def _batches(lengths: Array) -> Iterator[slice]:
    stops = np.cumsum(lengths)
    for start, stop in zip(stops - lengths, stops, strict=True):
        yield slice(int(start), int(stop))


def _one_rank(labels: Array, outputs: Array, rules: Counting) -> tuple[Array, Array]:
    if rules.shapes_equal:
        return squeezed_pair(labels, outputs, ask=True)
    outputs, labels = same_rank(outputs, labels)
    return labels, outputs


def _of_batch(
    labels: Array,
    outputs: Array,
    weights: Array | None,
    rules: Counting,
    class_id: int | None,
    top_k: int | None,
) -> Elements:
    each = None if weights is None else _fitted(weights, labels, outputs, rules)
    if top_k is not None:
        outputs = _only_highest(outputs, top_k)
    if class_id is not None:
        if not class_id < min(labels.shape[-1], outputs.shape[-1]) or outputs.ndim == 1:
            refuse("There is no column {column} among {columns}.", column=class_id,
                   columns=outputs.shape[-1])  # fmt: skip
        if each is not None and not rules.keeps_class_axis:
            refuse("Weights of shape {shape} do not fit a single column.", shape=each.shape)
        keep = slice(class_id, class_id + 1)
        labels, outputs = labels[..., keep], outputs[..., keep]
    if each is None:
        return Elements(labels.astype(bool), outputs, None)
    if together(each.shape, outputs.shape) != outputs.shape:
        refuse("Weights of shape {shape} do not fit the outputs.", shape=each.shape)
    return Elements(labels.astype(bool), outputs, np.broadcast_to(each, outputs.shape))


def _fitted(weights: Array, labels: Array, outputs: Array, rules: Counting) -> Array:
    """Give weights the rank of the outputs."""
    if rules.shapes_equal:
        return weights[..., None] if weights.ndim == outputs.ndim - 1 else weights
    weights = weights[..., None]
    return weights[..., 0] if weights.ndim == labels.ndim + 1 else weights


def _only_highest(outputs: Array, k: int) -> Array:
    """Put all but the k highest outputs of a row below every threshold."""
    if k > outputs.shape[-1]:
        refuse("There are no {k} outputs among {columns}.", k=k, columns=outputs.shape[-1])
    rows = outputs.reshape(-1, outputs.shape[-1])
    kept = np.zeros(rows.shape, bool)
    np.put_along_axis(kept, np.argsort(-rows, axis=1, kind="stable")[:, :k], values=True, axis=1)
    return np.asarray(np.where(kept, rows, _BELOW_ALL).reshape(outputs.shape))
