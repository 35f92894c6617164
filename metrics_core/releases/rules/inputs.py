"""What comes in, as a release takes it: float32, batches, labels with the axis it adds."""

from __future__ import annotations

from typing import get_args

import numpy as np
import numpy.typing as npt

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array, check_numeric, frozen
from metrics_core.releases.rules.release import Loss, LossForm, Release

QUIET = np.errstate(all="ignore")
"""For functions that compute with infinities and NaN on purpose, as Keras does."""


def check_loss_name(loss: str) -> None:
    """Refuse a loss that is not modelled."""
    if loss not in get_args(Loss):
        raise InputError(
            "loss",
            "must be one of {names}",
            repr(loss),
            "Write the full name.",
            names=", ".join(get_args(Loss)),
        )


def numbers(argument: str, values: npt.ArrayLike) -> Array:
    """Take an array of numbers; anything else is refused.

    Raises
    ------
    InputError
        For text, objects and rows of unequal length.

    Examples
    --------
    >>> numbers("y_true", [0, 1]).shape
    (2,)
    """
    array = frozen(argument, values)
    check_numeric(argument, array)
    return array


def single(array: Array) -> Array:
    """Make an array float32 with subnormal numbers as zeros, as ``evaluate`` computes with it.

    Examples
    --------
    >>> single(np.array([1e-40, -1e-40, 0.25])).tolist()
    [0.0, -0.0, 0.25]
    """
    narrow = array.astype(np.float32, copy=False)
    subnormal = (np.abs(narrow) < np.finfo(np.float32).tiny) & (narrow != 0)
    if not subnormal.any():
        return narrow
    return np.asarray(np.where(subnormal, np.copysign(np.float32(0), narrow), narrow))


def labels_in_evaluate(
    labels: Array, outputs: Array, loss: Loss, form: LossForm, row: Release
) -> Array:
    """Give labels the dtype and the axis that a release gives them in ``evaluate``.

    Parameters
    ----------
    labels : ndarray
        Any numeric dtype.
    outputs : ndarray, shape (n, C) or (n, t, C)
    loss, form : str
    row : Release

    Returns
    -------
    ndarray
        float32, or int32 with fractions cut where the sparse loss says so; ``(n,)`` may have
        become ``(n, 1)``.
    """
    taken = single(labels)
    known = loss == "sparse_categorical_crossentropy" and form in row.recognised_forms
    if row.sparse_loss_casts and known:
        taken = taken.astype(np.int32)
    adds = row.column_labels == "always" or (
        row.column_labels == "matrix_outputs" and outputs.ndim == 2
    )
    return taken[:, None] if adds and taken.ndim == 1 else taken


def check_lengths(labels: Array, outputs: Array, weights: Array | None) -> None:
    """Refuse arrays without samples or of unequal length.

    Raises
    ------
    InputError
        If so.
    """
    if labels.ndim == 0 or outputs.size == 0:
        rows = Message("no rows")
        raise InputError("y_pred", "needs one row or more", rows, "Give some samples.")
    for argument, array in (("y_true", labels), ("sample_weight", weights)):
        if array is not None and (array.ndim == 0 or len(array) != len(outputs)):
            raise InputError(
                argument,
                "must have one row for each of the {rows} rows of y_pred",
                array.shape,
                "Check that both come from the same samples.",
                rows=len(outputs),
            )


def batch_lengths(rows: int, batch_size: int) -> Array:
    """Say how many samples each batch has; the last may be shorter.

    Raises
    ------
    InputError
        If the batch size is below 1.

    Examples
    --------
    >>> batch_lengths(7, 3).tolist()
    [3, 3, 1]
    """
    if batch_size < 1:
        raise InputError("batch_size", "must be 1 or more", batch_size, "Keras's default is 32.")
    starts = np.arange(0, rows, batch_size)
    return np.diff(np.append(starts, rows))
