"""Counting labels against a threshold in one pass, in blocks that fit the cache."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array, check_numeric
from metrics_core.steps.decision import effective_threshold

_BLOCK = 262_144
_WEIGHTED_BLOCK = 65_536
Cells = tuple[float, float, float, float]


def count_cells(
    labels: npt.ArrayLike,
    scores: npt.ArrayLike,
    threshold: float,
    weights: npt.ArrayLike | None = None,
) -> Cells:
    """Count in one pass over the arrays, block by block.

    Parameters
    ----------
    labels : array_like
        0 or 1 each, or booleans; any shape.
    scores : array_like
        The same shape. NaN is never above.
    threshold : float
        Finite; compared as `metrics_core.steps.decision.above` compares it.
    weights : array_like, optional
        The same shape. Without weights the counts are whole numbers, else sums in float64.

    Returns
    -------
    tuple of four numbers
        Label 0 not above and above the threshold, then label 1 not above and above.

    Raises
    ------
    InputError
        Where the shapes differ, a label is neither 0 nor 1, or the threshold is not finite.

    Examples
    --------
    >>> count_cells([0, 1, 1], [0.2, 0.7, 0.4], 0.5)
    (1, 0, 1, 1)
    """
    label, score = np.asarray(labels), np.asarray(scores)
    check_numeric("labels", label)
    check_numeric("scores", score)
    _check_shape("labels", label, score)
    limit = effective_threshold(threshold, score.dtype)
    if weights is None:
        return _plain(label.reshape(-1), score.reshape(-1), limit)
    weight = np.asarray(weights)
    check_numeric("weights", weight)
    _check_shape("weights", weight, score)
    return _weighted(label.reshape(-1), score.reshape(-1), limit, weight.reshape(-1))


def _plain(labels: Array, scores: Array, limit: np.generic) -> Cells:
    n, n_above, n_positive, n_both = len(scores), 0, 0, 0
    room = np.empty((2, min(n, _BLOCK)), bool)
    for start in range(0, n, _BLOCK):
        rows = slice(start, min(start + _BLOCK, n))
        above = np.greater(scores[rows], limit, out=room[0, : rows.stop - start])
        positive = _positive(labels, rows, room[1, : rows.stop - start])
        n_above += int(np.count_nonzero(above))
        n_positive += int(np.count_nonzero(positive))
        n_both += int(np.count_nonzero(np.logical_and(above, positive, out=above)))
    wrong = n_above - n_both
    return n - n_positive - wrong, wrong, n_positive - n_both, n_both


def _weighted(labels: Array, scores: Array, limit: np.generic, weights: Array) -> Cells:
    n, sums = len(scores), np.zeros(4)
    room = np.empty(min(n, _WEIGHTED_BLOCK), bool)
    for start in range(0, n, _WEIGHTED_BLOCK):
        rows = slice(start, min(start + _WEIGHTED_BLOCK, n))
        cell = (scores[rows] > limit).astype(np.intp)
        cell += 2 * _positive(labels, rows, room[: len(cell)])
        sums += np.bincount(cell, weights=weights[rows], minlength=4)
    below_0, above_0, below_1, above_1 = sums.tolist()
    return below_0, above_0, below_1, above_1


def _positive(labels: Array, rows: slice, room: Array) -> Array:
    """Where the label is 1; every other label must be 0."""
    part = labels[rows]
    if part.dtype == bool:
        return part
    if part.dtype.kind in "iu" and 0 <= int(np.bitwise_or.reduce(part)) <= 1:
        return part.view(bool) if part.itemsize == 1 else np.equal(part, 1, out=room)
    zeros = int(np.count_nonzero(np.equal(part, 0, out=room)))
    positive = np.equal(part, 1, out=room)
    if zeros + int(np.count_nonzero(positive)) != len(part):
        row = int(np.argmax((part != 0) & (part != 1)))
        raise InputError(
            "labels",
            "must be 0 or 1",
            f"{part[row]} in row {rows.start + row}",
            "Map the labels to 0 and 1 first.",
        )
    return positive


def _check_shape(argument: str, array: Array, scores: Array) -> None:
    if array.shape != scores.shape:
        raise InputError(
            argument,
            "must have the shape of the scores, {shape}",
            f"shape {array.shape}",
            "Check that both come from the same samples.",
            shape=scores.shape,
        )
