"""Counts of classes -> the cells in view, and the samples of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from metrics_core.counting.confusion import Confusion
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

NO_CLASS, OTHERS, ANY = -1, -2, -3
"""What stands for a class in a cell: no prediction, all that are not shown, all there are."""
By = Literal["true", "predicted", "all"]
Order = Literal["class-order", "size", "confusion"]
ORDERS: dict[Order, Message] = {
    "class-order": Message("class order"),
    "size": Message("size"),
    "confusion": Message("confusion"),
}
SHARES: dict[str, By | None] = {
    "counts": None,
    "of-true-class": "true",
    "of-predicted": "predicted",
    "of-all": "all",
}
SHARE_WORDS: dict[str, Message] = {
    "counts": Message("counts"),
    "of-true-class": Message("% of true class"),
    "of-predicted": Message("% of predicted class"),
    "of-all": Message("% of all"),
}
MOST_WHOLE = 30
"""Up to so many classes all of them are shown."""


@dataclass(frozen=True, eq=False)
class Matrix:
    """The cells in view.

    Attributes
    ----------
    rows, columns : tuple of int
        The class of each row and column, or one of the numbers in `SPECIAL`.
    counts : ndarray, shape (rows, columns)
    others : tuple of int
        Classes gathered in the last row and column of classes.
    hits_of_others : float
        What is right among the cell of `OTHERS` with itself.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    counts: Array
    others: tuple[int, ...] = ()
    hits_of_others: float = 0

    def shares(self, by: By) -> Array:
        """The counts as shares of their row, their column or all, 0.0 where there are none."""
        axis = {"true": 1, "predicted": 0, "all": None}[by]
        whole = self.counts.sum(axis=axis, keepdims=True)
        zeros = np.zeros(self.counts.shape)
        return np.asarray(np.divide(self.counts, whole, out=zeros, where=whole != 0))


def matrix_of(confusion: Confusion, order: Order, most: int) -> Matrix:
    """Choose and order the classes that are shown.

    Parameters
    ----------
    confusion : Confusion
    order : {"class-order", "size", "confusion"}
        ``size`` puts classes with more samples first, ``confusion`` those side by side that are
        most often mistaken for one another.
    most : int
        With more classes than this, those in the most confusions are shown and the others gathered.

    Examples
    --------
    >>> matrix = matrix_of(Confusion.of([0, 1, 2, 2], [0, 2, 2, 1], 3), "size", 2)
    >>> matrix.rows, matrix.columns, matrix.counts.tolist()
    ((2, 1, -2), (2, 1, -2), [[1, 1, 0], [1, 0, 0], [0, 0, 1]])
    """
    counts, n = confusion.counts, confusion.n_classes
    errors = counts.copy()
    np.fill_diagonal(errors, 0)
    part = errors.sum(axis=0) + errors.sum(axis=1) + confusion.unanswered
    shown = np.sort(np.argsort(-part, kind="stable")[:most]) if n > most else np.arange(n)
    if order == "size":
        shown = shown[np.argsort(-confusion.support[shown], kind="stable")]
    elif order == "confusion":
        shown = shown[_chain(errors[np.ix_(shown, shown)])]
    others = np.setdiff1d(np.arange(n), shown)
    hits = counts.diagonal()[others].sum().item()
    sets = [shown[index : index + 1] for index in range(len(shown))]
    if len(others):
        sets.append(others)
    by_row = np.stack([counts[rows].sum(axis=0) for rows in sets])
    cells = np.stack([by_row[:, columns].sum(axis=1) for columns in sets], axis=1)
    keys = (*shown.tolist(), *([OTHERS] if len(others) else []))
    columns = keys
    if confusion.unanswered.any():
        lost = np.array([confusion.unanswered[rows].sum() for rows in sets])
        cells, columns = np.column_stack([cells, lost]), (*keys, NO_CLASS)
    return Matrix(keys, columns, cells, tuple(others.tolist()), hits)


def _chain(errors: Array) -> list[int]:
    """Begin with the two most confused classes and go on at the end with the closer one."""
    near = (errors + errors.T).astype(np.float64)
    np.fill_diagonal(near, -1.0)
    if len(near) < 2:
        return list(range(len(near)))
    first, second = np.unravel_index(int(near.argmax()), near.shape)
    chain = [int(first), int(second)]
    free = np.ones(len(near), bool)
    free[chain] = False
    while free.any():
        ends = np.where(free, near[[chain[0], chain[-1]]], -np.inf)
        side, new = np.unravel_index(int(ends[::-1].argmax()), ends.shape)
        chain.insert(0 if side == 1 else len(chain), int(new))
        free[new] = False
    return chain


def members(key: int, matrix: Matrix) -> tuple[int, ...] | None:
    """The classes that a row or column stands for; None for all."""
    if key == ANY:
        return None
    return matrix.others if key == OTHERS else (key,)


def rows_of_cell(
    true: Array, predicted: Array, matrix: Matrix, true_key: int, predicted_key: int
) -> Array:
    """Row numbers of the samples in a cell ``(m,)``, ascending."""
    mask = np.ones(len(true), bool)
    for values, key in ((true, true_key), (predicted, predicted_key)):
        classes = members(key, matrix)
        if classes is not None:
            mask &= values == classes[0] if len(classes) == 1 else np.isin(values, classes)
    return np.flatnonzero(mask)


def predicted_scores(rows: Array, scores: Array, predicted: Array) -> Array:
    """The score of the predicted class; the highest where none was predicted.

    Parameters
    ----------
    rows : ndarray of int, shape (m,)
    scores : ndarray, shape (n,) or (n, C)
    predicted : ndarray, shape (n,)

    Examples
    --------
    >>> scores = np.array([[0.9, 0.1], [0.3, 0.7]])
    >>> predicted_scores(np.array([1]), scores, np.array([0, 1])).tolist()
    [0.7]
    """
    if scores.ndim == 1:
        return scores[rows].astype(np.float64)
    chosen = predicted[rows].astype(np.intp)
    chosen_scores = scores[rows, np.maximum(chosen, 0)].astype(np.float64)
    lost = np.flatnonzero(chosen < 0)
    chosen_scores[lost] = scores[rows[lost]].max(axis=1, initial=-np.inf)
    return chosen_scores


def most_confident_first(rows: Array, scores: Array | None, predicted: Array) -> Array:
    """The same rows, that of the highest score for the predicted class first.

    Parameters
    ----------
    rows : ndarray of int, shape (m,)
    scores : ndarray, shape (n,) or (n, C), or None
        One score speaks for class 1, and against class 0; None where there are none.
    predicted : ndarray, shape (n,)

    Examples
    --------
    >>> scores = np.array([0.6, 0.1, 0.9])
    >>> most_confident_first(np.arange(3), scores, np.array([1, 0, 1])).tolist()
    [2, 0, 1]
    """
    if scores is None:
        return rows
    chosen_scores = predicted_scores(rows, scores, predicted)
    if scores.ndim == 1:
        chosen_scores = np.where(predicted[rows] == 1, chosen_scores, -chosen_scores)
    return rows[np.argsort(-chosen_scores, kind="stable")]
