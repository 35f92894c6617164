"""Round each score."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array


def round_half_even(scores: Array) -> Array:
    """Round to the nearest whole number, halves to the even one.

    Parameters
    ----------
    scores : ndarray
        Any shape. Integers come back as they are.

    Returns
    -------
    ndarray
        Same shape and dtype. 0.5 gives 0, 1.5 and 2.5 give 2, -0.7 gives -1; NaN and infinities
        stay.

    Notes
    -----
    The rule of ``binary_accuracy`` in Keras up to 2.3.1 (``keras.backend.round``).

    Examples
    --------
    >>> round_half_even(np.array([0.5, 1.5, 2.5, 0.50000006])).tolist()
    [0.0, 2.0, 2.0, 1.0]
    """
    return scores if scores.dtype.kind in "iub" else np.rint(scores)
