"""Scores as whole numbers that sort alike, with the label in the lowest bit.

The bits of a floating-point number that is not negative, read as a whole number, are in the order
of the numbers; those of negative numbers are in the reverse order. Shifting out the sign makes room
for the label, so that scores and labels together take no more bytes than the scores alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from metrics_core.numeric.arrays import Array


def settled(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """float32 where it holds every number of the dtype, else float64.

    Examples
    --------
    >>> settled(np.dtype("f2")), settled(np.dtype("i4"))
    (dtype('float32'), dtype('float64'))
    """
    single = np.dtype(np.float32)
    return single if np.promote_types(dtype, single) == single else np.dtype(np.float64)


@dataclass(frozen=True)
class Coding:
    """How numbers of one dtype become keys: shifted left by one, the label in the lowest bit.

    Parameters
    ----------
    floats, whole : type
        The type of the numbers, and the unsigned integers of as many bits.

    Examples
    --------
    >>> coding = CODINGS[np.dtype("f4")]
    >>> keys = coding.keys(np.array([0.5, 0.25], "f4"), np.array([True, False]))
    >>> coding.scores(np.sort(keys), negative=False).tolist(), (np.sort(keys) & 1).tolist()
    ([0.25, 0.5], [0, 1])
    """

    floats: type[Any]
    whole: type[Any]

    def keys(self, scores: Array, positive: Array) -> Array:
        """Keys of scores of any sign; only those of one sign compare. -0.0 becomes 0.0."""
        bits = np.add(scores, 0, dtype=self.floats).view(self.whole)
        keys: Array = bits << 1
        if len(scores) and scores.min() < 0:
            signed = bits.view(np.dtype(f"i{bits.itemsize}"))
            signed >>= 8 * bits.itemsize - 1
            keys ^= bits
            keys &= ~self.whole(1)
        keys |= positive
        return keys

    def scores(self, keys: Array, *, negative: bool) -> Array:
        """The scores that keys of one sign stand for."""
        bits = keys >> 1
        if negative:
            np.invert(bits, out=bits)
        return bits.view(self.floats)

    def floor(self, number: float) -> Any:
        """The largest number of the type that is not above another one.

        Examples
        --------
        >>> CODINGS[np.dtype("f4")].floor(0.1) < 0.1
        np.True_
        """
        if self.floats is np.float64:
            return self.floats(number)
        if not -_LARGEST <= number <= _LARGEST:
            return self.floats(
                _LARGEST if _LARGEST < number < _INFINITE else math.copysign(_INFINITE, number)
            )
        near = self.floats(number)
        return near if float(near) <= number else np.nextafter(near, -self.floats(_INFINITE))

    def floors(self, numbers: Array) -> Array:
        """The same of several numbers ``(m,)``, of float64 and none of them NaN.

        Examples
        --------
        >>> CODINGS[np.dtype("f4")].floors(np.array([0.1, 1e300, -1e300])).tolist()
        [0.09999999403953552, 3.4028234663852886e+38, -inf]
        """
        with np.errstate(over="ignore"):
            near = numbers.astype(self.floats)
            return np.where(near > numbers, np.nextafter(near, -self.floats(_INFINITE)), near)

    def key(self, score: Any, *, negative: bool) -> Any:
        """The lower of the two keys of a score, or of each of several, which are of the type."""
        bits = score.view(self.whole)
        return ~bits << 1 if negative else bits << 1


_INFINITE = math.inf
_LARGEST = float(np.finfo(np.float32).max)
CODINGS = {
    np.dtype(np.float32): Coding(np.float32, np.uint32),
    np.dtype(np.float64): Coding(np.float64, np.uint64),
}
"""By the dtype of the numbers."""
