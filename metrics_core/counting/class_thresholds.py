"""A threshold of its own for each class, before the highest score decides."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from metrics_core.counting.class_inputs import column, matrix
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.decision.argmax import argmax
from metrics_core.steps.decision.blocks import blocks
from metrics_core.steps.decision.threshold import effective_threshold

UNANSWERED = -1
"""The decision where no class passes."""


def decide(scores: npt.ArrayLike, thresholds: npt.ArrayLike) -> Array:
    """Choose the highest score among the classes that are above their threshold.

    Parameters
    ----------
    scores : array_like, shape (n, C)
    thresholds : array_like, shape (C,)
        Finite. Each is compared as `decision.above` compares one: a score equal to it
        does not pass, nor does NaN.

    Returns
    -------
    ndarray of int64, shape (n,)
        Class indices; `UNANSWERED` (-1) where no class passes. Ties go to the lowest index, and
        -0.0 is below 0.0, as in `metrics_core.steps.decision.argmax.argmax`.

    Raises
    ------
    InputError
        Where there is not one finite threshold for each class.

    Examples
    --------
    >>> decide([[0.6, 0.4], [0.6, 0.3], [0.2, 0.3]], [0.7, 0.35]).tolist()
    [1, -1, -1]
    """
    outputs = matrix("scores", scores)
    limits = _limits(thresholds, outputs)
    chosen = np.empty(len(outputs), np.int64)
    lowest = _lowest(outputs.dtype)
    for rows in blocks(outputs):
        block = outputs[rows]
        passes = block > limits
        index = argmax(np.where(passes, block, lowest))
        lost = np.flatnonzero(~passes[np.arange(len(block)), index])
        first = passes[lost].argmax(axis=1)
        index[lost] = np.where(passes[lost, first], first, UNANSWERED)
        chosen[rows] = index
    return chosen


def _limits(thresholds: npt.ArrayLike, outputs: Array) -> Array:
    given = column("thresholds", thresholds)
    if len(given) != outputs.shape[1]:
        raise InputError(
            "thresholds",
            "must have one number for each of the {n_classes} classes",
            Message("{n} number", {"n": len(given)}, plural="{n} numbers"),
            "Repeat one threshold to use it for all classes.",
            n_classes=outputs.shape[1],
        )
    return np.array([effective_threshold(float(threshold), outputs.dtype) for threshold in given])


def _lowest(dtype: np.dtype[Any]) -> Any:
    """What is below every other score of this dtype."""
    if dtype.kind == "f":
        return dtype.type(-np.inf)
    return np.False_ if dtype.kind == "b" else np.iinfo(dtype).min
