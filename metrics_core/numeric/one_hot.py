"""Class indices written as one-hot rows, and back."""

from __future__ import annotations

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array


def one_hot_rows(labels: Array, n_classes: int) -> Array:
    """Class indices ``(n,)`` as read-only rows of 0 and 1: ``(n, n_classes)``, uint8.

    Raises
    ------
    InputError
        If the labels are not whole numbers from 0 to ``n_classes - 1``.

    Examples
    --------
    >>> one_hot_rows(np.array([1, 0]), 3).tolist()
    [[0, 1, 0], [1, 0, 0]]
    """
    good = (labels >= 0) & (labels < n_classes) & (labels == np.floor(labels))
    if not good.all():
        row = int(np.argmin(good))
        raise InputError(
            "y_true",
            "must be whole numbers from 0 to {last} to be written as one-hot rows",
            Message("{label} in row {row}", {"label": labels[row], "row": row}),
            "Correct the labels or keep them as class indices.",
            last=n_classes - 1,
        )
    rows = np.zeros((len(labels), n_classes), dtype=np.uint8)
    rows[np.arange(len(labels)), labels.astype(np.intp)] = 1
    rows.setflags(write=False)
    return rows


def class_indices(rows: Array) -> Array:
    """Rows ``(n, C)`` as read-only class indices ``(n,)``, int64: the first highest column.

    Examples
    --------
    >>> class_indices(np.array([[0, 1, 0], [1, 0, 0]])).tolist()
    [1, 0]
    """
    indices: Array = np.argmax(rows, axis=1)
    indices.setflags(write=False)
    return indices
