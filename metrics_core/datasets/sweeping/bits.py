"""Scores as whole numbers in their own order, whatever their sign, and ranges of these."""

from __future__ import annotations

from typing import Any

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.sweep.keys import CODINGS

CELL_BITS = 16
CELLS = 1 << CELL_BITS
"""Ranges that one pass tells apart."""


def ordered(scores: Array, dtype: np.dtype[Any]) -> Array:
    """Unsigned integers that sort as the scores do; -0.0 is 0.0.

    Examples
    --------
    >>> bits = ordered(np.array([-2.0, -1.0, -0.0, 0.0, 3.0]), np.dtype("f4")).tolist()
    >>> bits == sorted(bits), bits[2] == bits[3]
    (True, True)
    """
    coding = CODINGS[dtype]
    bits: Array = np.add(scores, 0, dtype=coding.floats).view(coding.whole)
    top = coding.whole(1 << (8 * dtype.itemsize - 1))
    if len(scores) and scores.min() < 0:
        signed = bits.view(np.dtype(f"i{dtype.itemsize}"))
        bits ^= (signed >> (8 * dtype.itemsize - 1)).view(coding.whole) | top
    else:
        bits |= top
    return bits


def score_of(bits: int, dtype: np.dtype[Any]) -> float:
    """The score that an integer of `ordered` stands for.

    Examples
    --------
    >>> score_of(int(ordered(np.array([-2.5]), np.dtype("f8"))[0]), np.dtype("f8"))
    -2.5
    """
    width = 8 * dtype.itemsize
    top = 1 << (width - 1)
    back = bits ^ top if bits & top else bits ^ ((1 << width) - 1)
    return float(np.array(back, CODINGS[dtype].whole).view(dtype))
