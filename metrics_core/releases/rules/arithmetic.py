"""What the metric functions of a release compute, element by element."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.releases.rules.refusal import refuse
from metrics_core.releases.rules.release import Release, Returns
from metrics_core.releases.rules.shapes import same_rank, squeezed, together
from metrics_core.steps.decision.argmax import argmax
from metrics_core.steps.decision.rank import in_top, rank_of_true_class
from metrics_core.steps.decision.rounding import round_half_even
from metrics_core.steps.decision.threshold import above

ALIGNING = frozenset({"accuracy", "binary_accuracy", "mean_absolute_error", "mean_squared_error"})
"""The functions that bring labels and outputs to one rank, where a release does."""


@dataclass(frozen=True, eq=False)
class Computed:
    """What a metric function computed from its inputs, before it takes a mean.

    Attributes
    ----------
    values : ndarray
        One number per element or sample.
    returns : {"batch", "row", "element"}
        What the function gives back: one mean, means over the last axis, or `values`.
    """

    values: Array
    returns: Returns

    def collapse(self) -> Array:
        """The array that the function returns.

        Examples
        --------
        >>> Computed(np.array([[0.0, 1.0]], "f4"), "row").collapse().tolist()
        [0.5]
        """
        if self.returns == "element":
            return self.values
        axis = None if self.returns == "batch" else -1
        dtype = self.values.dtype
        return np.asarray(self.values.mean(axis=axis, dtype=np.float64).astype(dtype))


def binary_accuracy(
    labels: Array, outputs: Array, row: Release, threshold: float = 0.5
) -> Computed:
    """Compare rounded outputs, or outputs above the threshold, with the labels."""
    _check_dtypes(labels, outputs, row)
    labels, outputs = aligned(labels, outputs, row)
    together(labels.shape, outputs.shape)
    if row.rounds and threshold == 0.5:
        predicted = round_half_even(outputs)
    else:
        predicted = above(outputs, threshold)
    returns: Returns = "batch" if row.means_everything else row.binary_returns
    return Computed(_flags(labels == predicted), returns)


def categorical_accuracy(labels: Array, outputs: Array, row: Release) -> Computed:
    """Compare the column of the highest label with that of the highest output."""
    classes = _argmax(labels, row)
    if not row.matches_keep_shape:
        return _equal_classes(classes, classes, outputs, row)
    return _equal_classes(classes, _index_labels(classes, outputs, "squeeze"), outputs, row)


def sparse_categorical_accuracy(labels: Array, outputs: Array, row: Release) -> Computed:
    """Compare the label with the column of the highest output."""
    _check_sparse_dtype(labels, row)
    classes = _index_labels(labels, outputs, row.sparse_labels)
    found = _equal_classes(labels, classes, outputs, row)
    column = found.values.ndim > 1 and found.values.shape[-1] == 1
    if row.matches_keep_shape and column:
        return Computed(found.values[..., 0], found.returns)
    return found


def accuracy(labels: Array, outputs: Array, row: Release) -> Computed:
    """Compare the output itself with the label."""
    if row.exact_shapes and labels.shape != outputs.shape:
        refuse(
            "The shapes {labels} and {outputs} are not equal.",
            labels=labels.shape,
            outputs=outputs.shape,
        )
    labels, outputs = aligned(labels, outputs, row)
    together(labels.shape, outputs.shape)
    if row.exact_casts == "labels":
        labels = labels.astype(outputs.dtype)
    else:
        outputs = outputs.astype(labels.dtype)
    return Computed(_flags(labels == outputs), row.exact_returns)


def top_k_categorical_accuracy(labels: Array, outputs: Array, row: Release, k: int = 5) -> Computed:
    """Look for the column of the highest label among the k highest outputs."""
    if outputs.ndim < 2 or (outputs.ndim > 2 and row.top_k_outputs != "any"):
        _refuse_rank(outputs)
    classes = _argmax(labels, row)
    flat = classes.reshape(-1) if classes.ndim else classes
    found = _in_top_k(flat, outputs, row, k)
    return _top_k(found.reshape(classes.shape), row)


def sparse_top_k_categorical_accuracy(
    labels: Array, outputs: Array, row: Release, k: int = 5
) -> Computed:
    """Look for the label among the k highest outputs."""
    if outputs.ndim < 2 or (outputs.ndim > 2 and row.top_k_outputs == "matrix"):
        _refuse_rank(outputs)
    classes = _index_labels(labels, outputs, row.top_k_labels)
    found = _in_top_k(classes, outputs, row, k)
    return _top_k(found.reshape(labels.shape) if row.top_k_keeps_shape else found, row)


def mean_absolute_error(labels: Array, outputs: Array, row: Release) -> Computed:
    """Take the mean of the distances over the last axis."""
    return Computed(np.abs(_difference(labels, outputs, row)), _means(row))


def mean_squared_error(labels: Array, outputs: Array, row: Release) -> Computed:
    """Take the mean of the squared distances over the last axis."""
    return Computed(np.square(_difference(labels, outputs, row)), _means(row))


def mean_pred(labels: Array, outputs: Array, row: Release) -> Computed:
    """Take the mean of all outputs; a function that users write, not one of Keras."""
    return Computed(outputs, "batch")


def _means(row: Release) -> Returns:
    return "batch" if row.means_everything else "row"


def aligned(labels: Array, outputs: Array, row: Release) -> tuple[Array, Array]:
    """Bring labels and outputs to one rank where the release does."""
    if row.aligns_ranks == "never":
        return labels, outputs
    return same_rank(labels, outputs, expand=row.aligns_ranks == "expand")


def _check_sparse_dtype(labels: Array, row: Release) -> None:
    dtype = labels.dtype.name
    if row.sparse_dtypes == "float32" and dtype != "float32":
        refuse(
            "The labels are {dtype}, and this function compares float32 labels only.", dtype=dtype
        )
    if row.sparse_dtypes == "as_argmax" and dtype not in {"float32", "int64"}:
        refuse(
            "The labels are {dtype}, and this function compares labels of float32 or int64 only.",
            dtype=dtype,
        )


def _flags(matches: Array) -> Array:
    return np.asarray(matches, dtype=np.float32)


def _check_dtypes(labels: Array, outputs: Array, row: Release) -> None:
    if row.same_dtypes and labels.dtype != outputs.dtype:
        refuse(
            "The labels are {labels} and the outputs {outputs}, and this function takes one dtype "
            "only.",
            labels=labels.dtype.name,
            outputs=outputs.dtype.name,
        )


def _argmax(values: Array, row: Release) -> Array:
    flat = values.reshape(-1, values.shape[-1])
    chosen = argmax(flat, signed_zero=row.minus_zero_below_zero)
    return chosen.reshape(values.shape[:-1])


def _equal_classes(given: Array, classes: Array, outputs: Array, row: Release) -> Computed:
    """Compare class indices, which may have lost an axis since they were given."""
    chosen = _argmax(outputs, row)
    shape = together(classes.shape, chosen.shape)
    values = _flags(classes == chosen)
    if row.matches_keep_shape and classes.ndim < given.ndim:
        if values.size != given.size:
            refuse("Matches of shape {shape} do not fit the labels.", shape=shape)
        values = values.reshape(given.shape)
    if row.means_everything:
        return Computed(values, "batch")
    return Computed(values.astype(bool) if row.flags_are_bool else values, "element")


def _index_labels(labels: Array, outputs: Array, rule: str) -> Array:
    if rule == "max":
        return np.asarray(labels.max(axis=-1))
    if rule == "flatten":
        return labels.reshape(-1)
    if labels.ndim != outputs.ndim or (rule == "squeeze_one" and labels.shape[-1] != 1):
        return labels
    return squeezed(labels)


def _difference(labels: Array, outputs: Array, row: Release) -> Array:
    if not row.errors_cast:
        _check_dtypes(labels, outputs, row)
    labels, outputs = aligned(labels, outputs, row)
    together(labels.shape, outputs.shape)
    return np.asarray(outputs - labels.astype(outputs.dtype))


def _refuse_rank(outputs: Array) -> None:
    refuse("Top-k takes outputs with two axes only; these have {axes}.", axes=outputs.ndim)


def _in_top_k(classes: Array, outputs: Array, row: Release, k: int) -> Array:
    if outputs.dtype != np.float32:
        refuse("Top-k takes float32 outputs only; these are {dtype}.", dtype=outputs.dtype.name)
    scores = outputs.reshape(-1, outputs.shape[-1])
    if classes.shape != (len(scores),):
        refuse(
            "Top-k needs one label per row: {rows} labels of one axis. The labels have the shape "
            "{shape}.",
            rows=len(scores),
            shape=classes.shape,
        )
    inside = (classes > -1) & (classes < scores.shape[1])
    if row.top_k_out_of_range == "raises" and not inside.all():
        refuse("A label has no column among the {columns} outputs.", columns=scores.shape[1])
    return _flags(in_top(rank_of_true_class(scores, classes), k))


def _top_k(found: Array, row: Release) -> Computed:
    return Computed(found, "batch" if row.top_k_returns == "batch" else "element")
