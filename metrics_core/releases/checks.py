"""What ``evaluate`` refuses before a metric is computed: targets, weights and losses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.releases.rules.arithmetic import aligned
from metrics_core.releases.rules.functions import missing
from metrics_core.releases.rules.refusal import refuse
from metrics_core.releases.rules.release import Loss, LossForm, Release
from metrics_core.releases.rules.shapes import same_rank, squeezed_pair, together

_CLASS_NAMES = {
    "binary_crossentropy": "BinaryCrossentropy",
    "categorical_crossentropy": "CategoricalCrossentropy",
    "sparse_categorical_crossentropy": "SparseCategoricalCrossentropy",
    "mean_squared_error": "MeanSquaredError",
    "hinge": "Hinge",
}
_SPARSE, _CATEGORICAL = "sparse_categorical_crossentropy", "categorical_crossentropy"


def check_form(loss: Loss, form: LossForm, row: Release) -> None:
    """Refuse a loss class that the release lacks."""
    if form.startswith("class") and loss not in row.loss_classes:
        raise missing("loss", _CLASS_NAMES[loss], row)


def check_target(labels: Array, outputs: Array, loss: Loss, form: LossForm, row: Release) -> None:
    """Refuse labels whose shape a built-in loss does not go with, before anything runs."""
    if form == "custom":
        return
    expected = (*outputs.shape[1:-1], 1) if loss == _SPARSE else outputs.shape[1:]
    compared = list(zip(labels.shape[1:], outputs.shape[1:], strict=False))
    sizes = loss in row.sizes_checked and any(own != other for own, other in compared)
    whole = row.target_check == "shape" and labels.shape[1:] != expected
    if row.one_column_refused and loss == _CATEGORICAL and labels.shape[-1] == 1:
        refuse("Categorical crossentropy needs one-hot labels; these have one column.")
    if whole or (row.target_check == "sizes" and sizes):
        refuse(
            "With the loss {loss}, the labels of a sample must have the shape {expected}; they "
            "have {shape}.",
            loss=loss,
            expected=expected,
            shape=labels.shape[1:],
        )


def check_weights(weights: Array | None, labels: Array, mode: str | None, row: Release) -> None:
    """Refuse a mode that does not fit the labels, and weights that do not fit the mode."""
    if not row.temporal_mode:
        return
    if mode == "temporal" and labels.ndim < 3:
        refuse(
            "The sample weight mode {mode} needs labels with three axes or more; they have {axes}.",
            mode=repr(mode),
            axes=labels.ndim,
        )
    if weights is not None and weights.ndim != (2 if mode == "temporal" else 1):
        refuse(
            "Sample weights with {axes} axes do not fit the sample weight mode {mode}.",
            axes=weights.ndim,
            mode=repr(mode),
        )


def check_loss(
    labels: Array,
    outputs: Array,
    weights: Array | None,
    loss: Loss,
    lengths: Sequence[int],
    row: Release,
) -> None:
    """Refuse what the loss itself cannot compute.

    Parameters
    ----------
    labels, outputs : ndarray
        As the loss gets them.
    weights : ndarray or None
    loss : str
    lengths : sequence of int
        The lengths that batches have; shapes fit or not batch by batch.
    row : Release
    """
    if row.aligns_ranks != "never":
        labels, outputs = aligned(labels, outputs, row)
    elif row.loss_squeezes:
        labels, outputs = squeezed_pair(labels, outputs, ask=True)
    if loss == _SPARSE:
        values = _check_sparse(labels, outputs, row)
    elif loss in row.loss_same_shape and labels.shape != outputs.shape:
        refuse(
            "The loss {loss} needs labels shaped like the outputs, {expected}; they have {shape}.",
            loss=loss,
            expected=outputs.shape,
            shape=labels.shape,
        )
    else:
        values = max(labels.shape, outputs.shape, key=len)[1:-1]
    for length in lengths:
        if loss != _SPARSE:
            together((length, *labels.shape[1:]), (length, *outputs.shape[1:]))
        if weights is not None and row.loss_aligns_weights:
            losses = (length, *values) if outputs.ndim > 1 else ()
            shapes = losses, (length, *weights.shape[1:])
            expand = row.aligns_ranks == "expand"
            together(*(array.shape for array in same_rank(*map(np.empty, shapes), expand=expand)))


def _check_sparse(labels: Array, outputs: Array, row: Release) -> tuple[int, ...]:
    rows = outputs.shape[:-1]
    column = labels.ndim == outputs.ndim and labels.shape[-1] == 1
    shape = labels.shape[:-1] if column else labels.shape
    if labels.size != np.prod(rows) or (row.sparse_loss_by_rank and shape != rows):
        refuse(
            "Sparse categorical crossentropy needs one label for each of the outputs' rows, "
            "{expected}; the labels have the shape {shape}.",
            expected=rows,
            shape=labels.shape,
        )
    columns = outputs.shape[-1]
    outside = ~((labels > -1) & (labels < columns))
    if outside.any():
        refuse(
            "The sparse loss refuses the label {label}: it is not between 0 and {last}.",
            label=labels[outside].flat[0],
            last=columns - 1,
        )
    return rows[1:]
