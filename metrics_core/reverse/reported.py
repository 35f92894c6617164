"""The number that somebody saw: what was typed, and which exact values print like that."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.typed_number import TypedNumber

_MOST_DIGITS = 17
_ONE_ADDITION = 3e-10
_ROUNDED_ONCE = 2.5e-7
_MANY = 3e-5


@dataclass(frozen=True)
class Reported:
    """A number as it was printed, and the interval of values that print like it.

    Printing rounds the binary value to the nearest decimal, an exact tie to the even digit, and the
    value may have been a float32 or a float64. So both ends belong to the interval, wider by half a
    unit in the last place of float32. Many digits show the float32 sums themselves, which lie
    beside the exact mean: the interval is never narrower than `tolerance` to either side.

    Attributes
    ----------
    value : float
        Finite; some metrics, such as Cohen's kappa, are below 0 where guessing is better.
    digits : int
        Decimals, 0 to 17.
    tolerance : float
        How far a float32 sum may lie from the exact mean, see `sum_tolerance`.

    Raises
    ------
    InputError
        If either is out of its range.

    Examples
    --------
    >>> Reported(0.9, 2).holds(np.array([0.8949, 0.895, 0.9, 0.905, 0.9051])).tolist()
    [False, True, True, True, False]
    """

    value: float
    digits: int
    tolerance: float = _ROUNDED_ONCE

    def __post_init__(self) -> None:
        if not np.isfinite(self.value):
            raise InputError(
                "reported",
                "must be a finite number",
                self.value,
                "Type the number as it was printed, such as 0.9000.",
            )
        if not 0 <= self.digits <= _MOST_DIGITS or int(self.digits) != self.digits:
            raise InputError(
                "digits",
                "must be a whole number from 0 to {most}",
                self.digits,
                "Give the number of decimals that were printed: 4 for 0.9000.",
                most=_MOST_DIGITS,
            )

    @property
    def width(self) -> float:
        """How far apart the ends are."""
        return self.high - self.low

    @property
    def low(self) -> float:
        """The least value that prints like it."""
        return self.value - self.half

    @property
    def high(self) -> float:
        """The greatest value that prints like it."""
        return self.value + self.half

    @property
    def half(self) -> float:
        """How far a value may lie from the number and print like it."""
        single = float(np.spacing(np.float32(max(abs(self.value), 2.0**-20)))) / 2
        return max(0.5 * 10.0**-self.digits + single, self.tolerance)

    def holds(self, values: Array) -> Array:
        """Which of the exact values print like it; NaN does not."""
        return np.asarray((values >= self.low) & (values <= self.high))

    def rounded(self, value: float) -> str:
        """A value at the digits that were typed."""
        return f"{value:.{self.digits}f}"


@dataclass(frozen=True)
class Typed:
    """One way to read what was typed.

    Attributes
    ----------
    value : float
    digits : int
        Decimals of the value.
    per_cent : bool
        Whether a number above 1 without a sign was taken for per cent.
    """

    value: float
    digits: int
    per_cent: bool = False


def typed_readings(text: str) -> tuple[Typed, ...]:
    """How a typed number can be read: above 1 and without a sign also as per cent, that first.

    Raises
    ------
    InputError
        If it is not a number; see `parse_reported`.

    Examples
    --------
    >>> [(each.value, each.digits, each.per_cent) for each in typed_readings("90.5")]
    [(0.905, 3, True), (90.5, 1, False)]
    >>> [each.value for text in ("152.24", "1", "90 %") for each in typed_readings(text)]
    [152.24, 1.0, 0.9]
    """
    typed = _parsed(text)
    plain = Typed(*_value(typed))
    if typed.per_cent or not 1 < plain.value <= 100:
        return (plain,)
    return Typed(*_value(typed.as_per_cent), per_cent=True), plain


def sum_tolerance(n_samples: int) -> float:
    """How far the float32 totals of so many samples lie from the exact mean, at most.

    One rounding for few; measured on real releases: 2.8e-6 for the sums of 10,000 fractions. It
    grows with the number of additions, and is cut at 3e-5.

    Examples
    --------
    >>> sum_tolerance(100), round(sum_tolerance(10_000), 8)
    (2.5e-07, 3e-06)
    """
    return min(max(_ONE_ADDITION * n_samples, _ROUNDED_ONCE), _MANY)


def parse_reported(text: str) -> tuple[float, int]:
    """Read a number and its decimals from what was typed.

    Parameters
    ----------
    text : str
        A decimal with a point or a comma, in scientific notation or per cent; a minus sign counts.

    Returns
    -------
    value : float
        Per cent are divided by 100.
    digits : int
        Decimals of the value: ``"90.00 %"`` has 4.

    Raises
    ------
    InputError
        If it is not such a number.

    Examples
    --------
    >>> parse_reported("0.9000"), parse_reported("90.00 %"), parse_reported("9.0e-1")
    ((0.9, 4), (0.9, 4), (0.9, 2))
    >>> parse_reported("-0.12")
    (-0.12, 2)
    """
    return _value(_parsed(text))


def _parsed(text: str) -> TypedNumber:
    typed = TypedNumber.parse(text)
    if typed is None:
        raise InputError(
            "reported",
            "must be a number such as 0.9000, 90.00 % or 9.0e-1",
            repr(text[:40]),
            "Type the number as it was printed.",
        )
    return typed


def _value(typed: TypedNumber) -> tuple[float, int]:
    return Reported(float(typed.literal), typed.digits).value, typed.digits
