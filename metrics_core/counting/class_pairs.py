"""How often each class is taken for each, counted block by block."""

from __future__ import annotations

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.threads import cut

_BLOCK, _FEW_CELLS = 65_536, 1_048_576
"""Rows at once, and as many as there are cells where these are few: each block costs a table."""


def count_pairs(true: Array, predicted: Array, n_classes: int) -> tuple[Array, Array]:
    """Count the samples of each pair of classes.

    Parameters
    ----------
    true, predicted : ndarray, shape (n,)
        As `Confusion.of` takes them.
    n_classes : int

    Returns
    -------
    counts : ndarray of int64, shape (C, C)
    unanswered : ndarray of int64, shape (C,)
        By true class, those without a prediction.

    Raises
    ------
    InputError
        For a class out of range, naming its row.

    Examples
    --------
    >>> counts, unanswered = count_pairs(np.array([0, 1, 1]), np.array([1, 1, -1]), 2)
    >>> counts.tolist(), unanswered.tolist()
    ([[0, 1], [0, 1]], [0, 1])
    """
    cells = n_classes**2
    few = cells <= _FEW_CELLS
    counts: Array | None = None
    unanswered = np.zeros(n_classes, np.int64)
    for rows in cut(len(true), max(_BLOCK, cells) if few else _BLOCK):
        row, column, is_answered = _pairs(true, predicted, rows, n_classes)
        if is_answered is not None:
            unanswered += np.bincount(row[~is_answered], minlength=n_classes)
            row, column = row[is_answered], column[is_answered]
        cell = row * n_classes
        cell += column
        if few:
            found = np.bincount(cell, minlength=cells)
            counts = found if counts is None else counts + found
        else:
            counts = np.zeros(cells, np.int64) if counts is None else counts
            np.add.at(counts, cell, 1)
    counts = np.zeros(cells, np.int64) if counts is None else counts
    return counts.reshape(n_classes, n_classes), unanswered


def weigh_pairs(
    true: Array, predicted: Array, n_classes: int, weights: Array
) -> tuple[Array, Array, Array]:
    """Sum what `count_pairs` counts by weight, in float64.

    Returns
    -------
    counts, unanswered : ndarray of float64, shape (C, C) and (C,)
    squares : ndarray of float64, shape (2, C)
        The squared weights by true class, and by predicted class.

    Examples
    --------
    >>> true, predicted, weights = np.array([0, 1]), np.array([0, -1]), np.array([0.5, 2.0])
    >>> [each.tolist() for each in weigh_pairs(true, predicted, 2, weights)]
    [[[0.5, 0.0], [0.0, 0.0]], [0.0, 2.0], [[0.25, 4.0], [0.25, 0.0]]]
    """
    counts, unanswered = np.zeros((n_classes, n_classes)), np.zeros(n_classes)
    squares = np.zeros((2, n_classes))
    for rows in cut(len(true), _BLOCK):
        row, column, is_answered = _pairs(true, predicted, rows, n_classes)
        weight, square = weights[rows], np.square(weights[rows], dtype=np.float64)
        np.add.at(squares[0], row, square)
        if is_answered is not None:
            np.add.at(unanswered, row[~is_answered], weight[~is_answered])
            row, column = row[is_answered], column[is_answered]
            weight, square = weight[is_answered], square[is_answered]
        np.add.at(squares[1], column, square)
        np.add.at(counts.reshape(-1), row * n_classes + column, weight)
    return counts, unanswered, squares


def _pairs(
    true: Array, predicted: Array, rows: slice, n_classes: int
) -> tuple[Array, Array, Array | None]:
    """Both classes of some rows, and which rows have a prediction: None where all have."""
    row, _ = _whole_block("true_class", true, rows, 0, n_classes)
    column, all_classes = _whole_block("predicted_class", predicted, rows, -1, n_classes)
    return row, column, None if all_classes else column >= 0


def _whole_block(
    argument: str, values: Array, rows: slice, lowest: int, n_classes: int
) -> tuple[Array, bool]:
    """Some rows of class indices, each from `lowest` to ``n_classes - 1``.

    Returns
    -------
    index : ndarray of intp
        The values themselves where they need no change.
    all_classes : bool
        Whether none is below 0.

    Raises
    ------
    InputError
        Names the first row whose value is not such a whole number.
    """
    block = values[rows]
    with np.errstate(invalid="ignore"):
        index = block.astype(np.intp, copy=False)
    whole = block.dtype.kind != "f" or np.array_equal(index, block)
    all_classes = bool(index.view(np.uintp).max(initial=0) < n_classes)  # below 0 it is huge
    inside = all_classes or (index.min() >= lowest and index.max() < n_classes)
    if not (whole and inside):
        good = (index == block) & (index >= lowest) & (index < n_classes)
        row = int(np.argmin(good))
        raise InputError(
            argument,
            "must be whole numbers from {lowest} to {last}",
            Message("{value} in row {row}", {"value": block[row], "row": rows.start + row}),
            "Correct the class indices, or count with more classes.",
            lowest=lowest,
            last=n_classes - 1,
        )
    return index, all_classes
