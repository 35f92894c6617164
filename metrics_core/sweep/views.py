"""Which scores and labels a sweep is over, for each kind of problem."""

from __future__ import annotations

import numpy as np

from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.large_arrays import cut_rows
from metrics_core.numeric.threads import each_block
from metrics_core.steps.shared import Steps
from metrics_core.sweep.checks import NAMED, nan_in_rows
from metrics_core.sweep.state import Sweep


def sweep_of(
    steps: Steps, class_index: int | None = None, *, weighted: bool = False
) -> Sweep | None:
    """Sweep the scores against "is it this class".

    Parameters
    ----------
    steps : Steps
        Of one or several outputs per sample; the scores after the activation are swept.
    class_index : int, optional
        One class against the rest: its column, from 0 to C - 1. None takes every element of every
        column as a separate sample ("micro"). One unit has scores of class 1 only: None or 1.
    weighted : bool
        Whether `sample_weight` counts, where there is one.

    Returns
    -------
    Sweep or None
        None where the labels are class indices against class indices, or labels that should be 0
        or 1 are not. A class index that is out of range is positive in no column.

    Raises
    ------
    InputError
        Where a score is NaN, naming the rows, or the class does not exist.

    Examples
    --------
    >>> from metrics_core.predictions import Predictions
    >>> steps = Steps(Predictions.of([2, 0], [[0.1, 0.2, 0.7], [0.3, 0.5, 0.2]]))
    >>> sweep_of(steps).at(0.4).precision, sweep_of(steps, 2).at(0.4).precision
    (0.5, 1.0)
    """
    data = steps.predictions
    if data.kind == "class_indices":
        return None
    scores, column = steps.scores, _column(data.n_outputs, class_index)
    if scores.ndim == 2 and column is not None:
        scores = scores[:, column]
    if data.kind == "sparse":
        positive = (
            data.labels[:, None] == np.arange(data.n_outputs)
            if column is None
            else (data.labels == column)
        )
    else:
        some = slice(None) if data.labels.ndim == 1 or column is None else (slice(None), column)
        labels, positive = data.labels[some], steps.positive[some]
        if labels.dtype != bool and not _same(labels, positive, steps.threads):
            return None
    weight = data.sample_weight if weighted else None
    if scores.ndim == 2:
        _check_rows(scores)
        weight = None if weight is None else np.repeat(weight, data.n_outputs)
    return Sweep.of(scores.reshape(-1), positive.reshape(-1), weight)


def _same(labels: Array, positive: Array, threads: int) -> bool:
    def work(rows: slice) -> bool:
        return np.array_equal(labels[rows], positive[rows])

    return all(each_block(work, cut_rows(labels), threads))


def _column(n_outputs: int, class_index: int | None) -> int | None:
    """The column that is swept, None for all."""
    if class_index is None:
        return None
    if n_outputs == 1 and class_index == 1:
        return 0
    if n_outputs == 1:
        raise InputError(
            "class_index",
            "must be 1 or None with one unit, whose score is that of class 1",
            class_index,
            "Read class 0 from the same sweep: it is everything that is not above the threshold.",
        )
    if not 0 <= class_index < n_outputs:
        raise InputError(
            "class_index",
            "must be a class from 0 to {last}",
            class_index,
            "Leave it out to take all classes together.",
            last=n_outputs - 1,
        )
    return class_index


def _check_rows(scores: Array) -> None:
    """Refuse NaN in several columns by row, before they are flattened."""
    if scores.dtype.kind != "f" or not np.isnan(scores.min()):
        return
    (rows,) = np.nonzero(np.isnan(scores).any(axis=1))
    raise nan_in_rows(len(rows), rows[:NAMED].tolist())
