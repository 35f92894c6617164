"""Compare each score with a threshold."""

from __future__ import annotations

import numpy as np

from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.large_arrays import compared


def effective_threshold(threshold: float, dtype: np.dtype[np.generic]) -> np.generic:
    """The number that scores of this dtype are really compared with.

    Keras turns the threshold into float32 first, so that 0.3 means 0.300000011920929 against
    float64 scores. Float16 and integer scores are compared as float32, as Keras 3 does.

    Raises
    ------
    InputError
        If the threshold is NaN or infinite.

    Examples
    --------
    >>> float(effective_threshold(0.3, np.dtype("f8")))
    0.30000001192092896
    """
    if not np.isfinite(threshold):
        raise InputError(
            "threshold",
            "must be a finite number",
            threshold,
            "Use 0.5 for probabilities or 0.0 for logits.",
        )
    with np.errstate(over="ignore"):
        single = np.float32(threshold)
        return np.float64(single) if dtype == np.float64 else single


def above(scores: Array, threshold: float, threads: int = 1) -> Array:
    """Decide class 1 where the score is strictly greater than the threshold.

    Parameters
    ----------
    scores : ndarray
        Any shape.
    threshold : float
        Finite. A score equal to it is class 0. See `effective_threshold` for its rounding.
    threads : int
        How many work on blocks of rows.

    Returns
    -------
    ndarray of bool
        Same shape. NaN is class 0.

    Notes
    -----
    The rule of ``keras.metrics.binary_accuracy`` in tf.keras and Keras 3.

    Examples
    --------
    >>> above(np.array([0.5, 0.50000006, np.nan], dtype="f4"), 0.5).tolist()
    [False, True, False]
    """
    return compared(np.greater, scores, effective_threshold(threshold, scores.dtype), threads)
