"""Labels and outputs that write the same classes in two ways, brought to one."""

from __future__ import annotations

import re

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.naming import is_score
from metrics_core.reading.columns.profile import probe_of
from metrics_core.reading.columns.relation import separation
from metrics_core.reading.columns.roles import Roles
from metrics_core.reading.limits import shorten
from metrics_core.reading.table import RawTable

MOST_CLASSES = 1000
"""Whole numbers up to this on both sides are class indices, and else amounts."""
_LEAST_SCORES = 10
_LEAST_POINTS = 3
_FIRST = 10_000
_OF_CLASS_0 = re.compile(r"(.*?)[\s_.:\-\[(=]*0[\])]*")


def one_coding(
    y_true: Array, y_pred: Array, roles: Roles, notes: list[Message]
) -> tuple[Array, Array]:
    """Labels and outputs with classes from 0 on, and a note on what was changed.

    Labels -1 and 1 become 0 and 1, unless `Roles.keep_signs`; one-hot labels beside class indices
    become class indices; the probability of class 0 alone becomes that of class 1.

    Parameters
    ----------
    y_true, y_pred : ndarray
        ``(n,)`` or ``(n, C)``.
    roles : Roles
        The names of the columns.
    notes : list of Message
        To which the notes are added.

    Examples
    --------
    >>> one_coding(np.array([-1, 1]), np.array([0.2, 0.7]), Roles(), notes := [])[0].tolist()
    [0, 1]
    >>> print(notes[0])
    The labels -1 and 1 are read as 0 and 1; Keras compares them as they are, and counts every -1 \
as wrong.
    """
    if roles.keep_signs and _is_signed(y_true):
        notes.append(Message("The labels -1 and 1 are used as they are."))
    elif _is_signed(y_true):
        y_true = (y_true > 0).astype(np.int64)
        if _is_signed(y_pred):
            y_pred = (y_pred > 0).astype(np.int64)
            notes.append(Message("The classes -1 and 1 are read as 0 and 1 on both sides."))
        else:
            notes.append(
                Message(
                    "The labels -1 and 1 are read as 0 and 1; Keras compares them as they are, and "
                    "counts every -1 as wrong."
                )
            )
    if _are_indices_of(y_true, y_pred):
        notes.append(Message("The one-hot labels are read as class indices, as the outputs are."))
        return y_true.argmax(axis=1), y_pred.astype(np.int64)
    if len(roles.outputs) == 1 and is_of_class_0(roles.outputs[0], y_true, y_pred):
        shown = {"output": shorten(roles.outputs[0])}
        notes.append(
            Message(
                "{output} is the probability of class 0; the output is that of class 1: "
                "1 - {output}.",
                shown,
            )
        )
        return y_true, y_pred.dtype.type(1) - y_pred
    return y_true, y_pred


def has_signed_labels(table: RawTable, roles: Roles) -> bool:
    """Whether the labels are -1 and 1 beside a single output, so that they can be read in two ways.

    Examples
    --------
    >>> from metrics_core.reading import read_columns
    >>> table = read_columns(b"y,p\\n-1,0.2\\n1,0.7\\n", "x.csv")
    >>> has_signed_labels(table, Roles(labels=("y",), outputs=("p",)))
    True
    """
    if len(roles.labels) != 1 or len(roles.outputs) != 1:
        return False
    labels, output = table.columns[roles.labels[0]], table.columns[roles.outputs[0]]
    known = labels.data if labels.missing is None else labels.data[~labels.missing]
    return not labels.is_text and output.width == 1 and _is_signed(known)


def _is_signed(array: Array) -> bool:
    """Whether all values are -1 or 1, and both occur."""
    if array.ndim > 1 or array.dtype.kind not in "if" or not len(array):
        return False
    probe = probe_of(array)
    if not np.any(probe == -1) or not np.all(np.abs(probe) == 1):
        return False
    return bool(np.all(np.abs(array) == 1)) and bool(np.any(array == 1))


def _are_indices_of(y_true: Array, y_pred: Array) -> bool:
    """Whether labels are one-hot and outputs the indices of their columns."""
    if y_true.ndim != 2 or y_true.shape[1] < 2 or y_pred.ndim != 1 or not len(y_pred):
        return False
    if y_true.dtype.kind not in "biuf" or y_pred.dtype.kind not in "iuf":
        return False
    if y_pred.min() < 0 or y_pred.max() >= y_true.shape[1] or np.any(y_pred % 1 != 0):
        return False
    whole = (y_true == 0) | (y_true == 1)
    return bool(np.all(whole) and np.all(y_true.sum(axis=1) == 1))


def is_of_class_0(output: str, y_true: Array, y_pred: Array) -> bool:
    """Whether a name ends in 0 behind a word for scores, and labels 1 have the lower values.

    Examples
    --------
    >>> is_of_class_0("prob_0", np.array([0, 1]), np.array([0.9, 0.2]))
    True
    """
    found = _OF_CLASS_0.fullmatch(output)
    if found is None or not is_score(found[1]) or y_true.ndim > 1 or y_pred.ndim > 1:
        return False
    if y_pred.dtype.kind != "f" or y_true.dtype.kind not in "biuf":
        return False
    true, pred = probe_of(y_true), probe_of(y_pred)
    some = ~(np.isnan(true) | np.isnan(pred))
    true, pred = true[some], pred[some]
    if not np.all((true == 0) | (true == 1)) or not np.all((pred >= 0) & (pred <= 1)):
        return False
    return separation(true == 1, pred) < 0


def indices_on_both_sides(y_true: Array, y_pred: Array) -> Kind | None:
    """Class indices against class indices, also where a file keeps whole numbers as floats."""
    if any(side.ndim > 1 and side.shape[1] > 1 for side in (y_true, y_pred)):
        return None
    kinds = {y_true.dtype.kind, y_pred.dtype.kind}
    if "f" not in kinds or not kinds <= set("iuf") or not y_true.size or not y_pred.size:
        return None
    for part in (slice(_FIRST), slice(None)):  # fractions show in the first rows
        if not all(_are_counts(side[part]) for side in (y_pred, y_true)):
            return None
    highest = max(float(y_true.max()), float(y_pred.max()))
    return "class_indices" if 1 < highest <= MOST_CLASSES else None


def scores_in_whole_numbers(y_true: Array, y_pred: Array) -> bool:
    """Whether whole numbers beside labels 0 and 1 are scores rather than classes.

    Per cent and bytes take ten values or more, beyond half of the scale. Others, such as points,
    take three or more, and most of them are neither 0 nor 1; of predicted classes most would be.

    Examples
    --------
    >>> y_true = np.arange(20) % 2
    >>> scores_in_whole_numbers(y_true, 5 * np.arange(20)), scores_in_whole_numbers(y_true, y_true)
    (True, False)
    >>> scores_in_whole_numbers(y_true, np.arange(20) - 7)
    True
    """
    if any(side.ndim > 1 and side.shape[1] > 1 for side in (y_true, y_pred)) or not y_pred.size:
        return False
    if y_true.dtype.kind not in "biuf" or y_pred.dtype.kind not in "iuf":
        return False
    if not np.all((y_true == 0) | (y_true == 1)) or not np.all(y_pred == np.floor(y_pred)):
        return False
    lowest, highest = y_pred.min(), y_pred.max()
    if lowest >= -1 and highest <= 1:
        return False
    n_values = len(np.unique(y_pred))
    beyond_half = any(scale / 2 < highest <= scale for scale in (100, 255))
    if lowest >= 0 and beyond_half and n_values >= _LEAST_SCORES:
        return True
    if n_values < _LEAST_POINTS or not 0 < np.count_nonzero(y_true) < y_true.size:
        return False
    as_classes = np.count_nonzero((y_pred == 0) | (y_pred == 1))
    return bool(as_classes < y_pred.size / 2)


def _are_counts(values: Array) -> bool:
    """Whether all values are whole numbers from 0 on."""
    return bool(np.all((values >= 0) & (values == np.floor(values))))
