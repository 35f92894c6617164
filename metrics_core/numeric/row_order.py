"""The order of rows by a value, in as little memory as a sort can do with."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array

_BLOCK = 65_536
_LAST = np.uint64(0xFFFF_FFFF)
_SIGN = np.uint32(0x8000_0000)


def row_order(values: Array) -> Array:
    """Row numbers in ascending order of a value; equal values keep their order.

    Values of up to 32 bits are sorted in place, with the row number in the lower half of a 64-bit
    key; wider ones by numpy's stable sort.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Bool, integer or float; fewer than 2**32. NaN comes last; -0.0 equals 0.0.

    Returns
    -------
    ndarray of uint32, shape (n,)

    Examples
    --------
    >>> row_order(np.array([0.5, np.nan, -1.0, 0.5], np.float32)).tolist()
    [2, 0, 3, 1]
    """
    if values.dtype.itemsize > 4:
        return np.argsort(values, kind="stable").astype(np.uint32)
    keys = np.empty(len(values), np.uint64)
    for start in range(0, len(values), _BLOCK):
        block = _rising(values[start : start + _BLOCK]).astype(np.uint64)
        block <<= np.uint64(32)
        block |= np.arange(start, start + len(block), dtype=np.uint64)
        keys[start : start + _BLOCK] = block
    keys.sort()
    keys &= _LAST
    return keys.astype(np.uint32)


def _rising(block: Array) -> Array:
    """Unsigned numbers of 32 bits that sort in the same order."""
    if block.dtype.kind in "bu":
        return block.astype(np.uint32)
    if block.dtype.kind == "i":
        return block.astype(np.int32).view(np.uint32) ^ _SIGN
    bits = (block.astype(np.float32) + np.float32(0)).view(np.uint32)
    rising = np.where(bits & _SIGN, ~bits, bits | _SIGN)
    rising[np.isnan(block)] = _LAST
    return rising
