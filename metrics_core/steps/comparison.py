"""Step 4: from decisions and labels to matches, or to errors where nothing is decided."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array


def equal(y_true: Array, decisions: Array) -> Array:
    """Compare labels with decisions, element by element and exactly.

    Labels are cast to a floating dtype of the decisions first, as Keras 3 does. NaN equals
    nothing; -0.0 equals 0.0; a smoothed label such as 0.95 equals neither 0 nor 1.

    Examples
    --------
    >>> equal(np.array([0, 1, 2]), np.array([False, True, True])).tolist()
    [True, True, False]
    """
    if decisions.dtype.kind == "f" and y_true.dtype != decisions.dtype:
        with np.errstate(over="ignore"):
            y_true = y_true.astype(decisions.dtype)
    return np.equal(y_true, decisions)


def equal_output(y_true: Array, outputs: Array) -> Array:
    """Compare labels with the outputs themselves, in the dtype of the outputs.

    Against whole numbers a label such as 1.5 is cut to 1 first, as ``keras.metrics.Accuracy`` does.

    Examples
    --------
    >>> equal_output(np.array([0.5, 1.0]), np.array([0, 2])).tolist()
    [True, False]
    """
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(np.equal(y_true.astype(outputs.dtype), outputs))


def equal_as_positive(y_true: Array, decisions: Array) -> Array:
    """Compare after every label other than 0 has become 1, as ``keras.metrics.Precision`` does.

    Examples
    --------
    >>> equal_as_positive(np.array([0, 1, 2]), np.array([False, True, True])).tolist()
    [True, True, True]
    """
    positive = y_true if y_true.dtype == bool else y_true != 0
    return np.asarray(np.equal(positive, decisions))


def all_equal(y_true: Array, decisions: Array) -> Array:
    """Whether every element of a row is equal: shape (n, C) becomes (n,).

    Examples
    --------
    >>> all_equal(np.array([[0, 1], [1, 1]]), np.array([[False, True], [True, False]])).tolist()
    [True, False]
    """
    return np.asarray(equal(y_true, decisions).all(axis=1))


def absolute_error(y_true: Array, scores: Array) -> Array:
    """``|score - label|`` for each element, in the scores' floating dtype (integers: float32).

    Examples
    --------
    >>> absolute_error(np.array([0, 1]), np.array([0.25, 0.25])).tolist()
    [0.25, 0.75]
    """
    return np.abs(_difference(y_true, scores))


def squared_error(y_true: Array, scores: Array) -> Array:
    """``(score - label)²`` for each element, in the scores' floating dtype (integers: float32).

    Examples
    --------
    >>> squared_error(np.array([0, 1]), np.array([0.5, 0.5])).tolist()
    [0.25, 0.25]
    """
    with np.errstate(over="ignore"):
        return np.square(_difference(y_true, scores))


def _difference(y_true: Array, scores: Array) -> Array:
    dtype = scores.dtype if scores.dtype.kind == "f" else np.dtype(np.float32)
    with np.errstate(invalid="ignore", over="ignore"):
        return np.subtract(scores, y_true, dtype=dtype, casting="unsafe")
