"""F-scores as `keras.metrics.FBetaScore` counts them: outputs of two axes, column by column."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.releases.rules.refusal import refuse

_EPSILON = np.float32(1e-7)
_NEARLY_ZERO = np.float32(1e-9)


def f_score(
    labels: Array,
    outputs: Array,
    weights: Array | None,
    *,
    average: str | None = None,
    beta: float = 1.0,
    threshold: float | None = None,
) -> Array:
    """Count hits, false alarms and misses; a score per column, or their mean.

    Parameters
    ----------
    labels, outputs : ndarray, shape (n, C)
        Labels count by their number: 0.5 is half a hit.
    weights : ndarray or None, shape (n,)
    average : {None, "micro", "macro", "weighted"}
    beta : float
    threshold : float or None
        None predicts the columns with the highest output of a row, all of them where it is shared,
        none where it is 0.

    Examples
    --------
    >>> labels, outputs = np.float32([[1, 0], [0, 1]]), np.float32([[0.9, 0.2], [0.8, 0.1]])
    >>> f_score(labels, outputs, None).round(4).tolist()
    [0.6667, 0.0]
    """
    if labels.ndim != 2 or outputs.ndim != 2:
        refuse(
            "F-scores need labels and outputs of two axes; the shapes are {labels} and {outputs}.",
            labels=labels.shape,
            outputs=outputs.shape,
        )
    if labels.shape != outputs.shape and 1 not in {labels.shape[1], outputs.shape[1]}:
        refuse(
            "The shapes {labels} and {outputs} are not equal.",
            labels=labels.shape,
            outputs=outputs.shape,
        )
    if threshold is None:
        highest = outputs.max(axis=1, keepdims=True)
        predicted = (outputs >= highest) & (np.abs(outputs) > _NEARLY_ZERO)
    else:
        predicted = outputs > np.float32(threshold)
    ones = predicted.astype(np.float64)
    each = np.ones((len(outputs), 1)) if weights is None else weights[:, None].astype(np.float64)
    axis = None if average == "micro" else 0
    hits, alarms, misses, actual = (
        np.sum(each * part, axis=axis)
        for part in (ones * labels, ones * (1 - labels), (1 - ones) * labels, labels)
    )
    precision, recall = hits / (hits + alarms + _EPSILON), hits / (hits + misses + _EPSILON)
    square = beta**2
    scores = precision * recall / (square * precision + recall + _EPSILON) * (1 + square)
    if average == "weighted":
        return np.asarray(np.sum(scores * (actual / (np.sum(actual) + _EPSILON))))
    return np.asarray(scores if average is None else np.mean(scores))
