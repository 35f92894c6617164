"""The share of rows whose highest score is that of the true class, without any array in between."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from metrics_core.counting.class_inputs import column, matrix, weight_column
from metrics_core.steps.aggregation import Mean, Total
from metrics_core.steps.decision import argmax, argmax_blocks


def argmax_accuracy(
    labels: npt.ArrayLike, scores: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> Mean:
    """Count the rows that argmax decides right, in one pass over blocks that stay in the cache.

    Parameters
    ----------
    labels : array_like, shape (n,), (n, 1) or (n, C)
        Class indices, or one-hot rows, of which argmax is taken as well. An index that no column
        has, or that is no whole number, is never right.
    scores : array_like, shape (n, C)
        Decided as by `metrics_core.steps.decision.argmax`.
    weights : array_like, shape (n,), optional
        Finite and not negative.

    Returns
    -------
    Mean
        A state that can be merged with that of other rows; its `result` is the accuracy, 0.0 where
        nothing counts.

    Raises
    ------
    InputError
        Where the shapes do not fit, or a weight is not finite or negative.

    Notes
    -----
    Equals ``keras.metrics.CategoricalAccuracy`` and ``SparseCategoricalAccuracy``.

    Examples
    --------
    >>> first = argmax_accuracy([1, 0], [[0.2, 0.8], [0.4, 0.6]])
    >>> first.merge(argmax_accuracy([0], [[0.5, 0.5]])).result
    0.6666666666666666
    """
    outputs = matrix("scores", scores)
    true = np.asarray(labels)
    if true.shape != outputs.shape:
        true = column("labels", true, len(outputs))
    weight = weight_column(weights, len(outputs))
    state, right = Mean.empty(), 0
    for rows, chosen in argmax_blocks(outputs):
        block = true[rows] if true.ndim == 1 else argmax(true[rows])
        matches = chosen == block
        if weight is None:
            right += int(np.count_nonzero(matches))
        else:
            state = state.merge(Mean.of(matches, weight[rows]))
    if weight is None:
        return Mean(Total(float(right)), Total(float(len(outputs))))
    return state
