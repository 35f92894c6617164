"""The kinds of problem that labels and outputs can describe, and how to tell which."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

Kind = Literal["binary", "one_hot", "sparse", "multi_label", "class_indices"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ONE_OUTPUT: tuple[Kind, ...] = ("binary", "class_indices")
"""The kinds with one output per sample."""
CLASS_INDICES: tuple[Kind, ...] = (*ONE_OUTPUT, "sparse")
"""The kinds whose labels are class indices, one per sample."""
KIND_WORDS: dict[Kind, Message] = {
    "binary": Message("one output per sample"),
    "one_hot": Message("one-hot labels"),
    "sparse": Message("class indices as labels"),
    "multi_label": Message("multi-hot labels"),
    "class_indices": Message("class indices on both sides"),
}
_PROBE = 65_536


def guess_kind(y_true: Array, y_pred: Array) -> Kind:
    """Tell from shapes, dtypes and values what kind of problem the arrays describe.

    One output per sample is ``class_indices`` where both arrays hold integers and any exceeds 1,
    else ``binary``. C outputs against one label per row are ``sparse``. (n, C) labels are
    ``one_hot`` where every row sums to 1 within 1e-3 (smoothed labels included), else
    ``multi_label``.

    Examples
    --------
    >>> guess_kind(np.array([0, 3]), np.array([1, 3]))
    'class_indices'
    """
    if y_pred.ndim == 1 or y_pred.shape[1] == 1:
        whole = y_true.dtype.kind in "iu" and y_pred.dtype.kind in "iu"
        return "class_indices" if whole and max(y_true.max(), y_pred.max()) > 1 else "binary"
    if y_true.ndim == 1 or y_true.shape[1] == 1:
        return "sparse"
    for start in range(0, len(y_true), _PROBE):
        sums = y_true[start : start + _PROBE].sum(axis=1, dtype=np.float64)
        if not np.all(np.abs(sums - 1.0) <= 1e-3):
            return "multi_label"
    return "one_hot"


def check_kind(kind: Kind, y_true: Array, y_pred: Array) -> None:
    """Refuse a kind that does not fit the shapes of labels and outputs.

    Raises
    ------
    InputError
        For an unknown kind, and where labels or outputs have the wrong number of columns.

    Examples
    --------
    >>> check_kind("sparse", np.array([2, 0]), np.zeros((2, 3)))
    """
    if kind not in KINDS:
        raise InputError(
            "kind",
            "must be one of {kinds}",
            repr(kind),
            "Leave it out to let it be guessed.",
            kinds=", ".join(KINDS),
        )
    units = 1 if y_pred.ndim == 1 else y_pred.shape[1]
    columns = 1 if y_true.ndim == 1 else y_true.shape[1]
    expected = (1 if kind in CLASS_INDICES else units, 1 if kind in ONE_OUTPUT else units)
    if (columns, units) != expected or (kind not in ONE_OUTPUT and units < 2):
        raise InputError(
            "y_true",
            Message(
                "must fit the outputs: {kind} labels against {n} output per sample",
                {"kind": kind, "n": units},
                plural="must fit the outputs: {kind} labels against {n} outputs per sample",
            ),
            Message(
                "labels of shape {labels} and outputs of shape {outputs}",
                {"labels": y_true.shape, "outputs": y_pred.shape},
            ),
            "Choose another kind of labels or other output columns.",
        )
