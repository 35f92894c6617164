"""A reported metric as the exact interval of values that print like it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from metrics_core.errors import InputError

METRICS = (
    "accuracy", "precision", "recall", "f_beta", "specificity", "balanced_accuracy", "npv",
)  # fmt: skip
"""What can be reported of a 2 x 2 matrix."""
_NUMBER = re.compile(r"(\d{1,9})?(?:[.,](\d{0,15}))?\s*(%?)")


@dataclass(frozen=True)
class Figure:
    """A number between 0 and 1 and the values that print like it.

    Printed numbers were rounded half up, rounded half to even, or cut off. The first two are
    accepted together: half a unit of the last digit to either side, both ends belong to it.

    Attributes
    ----------
    value : Fraction
    digits : int
        Decimals of the share: ``"87.5 %"`` has 3.
    per_cent : bool
        Whether it was read as per cent.

    Examples
    --------
    >>> figure = Figure.parse("accuracy", "87.5 %")
    >>> figure.value, figure.digits, figure.low, figure.high
    (Fraction(7, 8), 3, Fraction(1749, 2000), Fraction(1751, 2000))
    """

    value: Fraction
    digits: int
    per_cent: bool = False

    @classmethod
    def parse(cls, argument: str, text: str) -> Figure:
        """Read what was typed; a number above 1 is per cent, with or without its sign.

        Raises
        ------
        InputError
            Naming `argument`, if the text is no share and no percentage.

        Examples
        --------
        >>> Figure.parse("recall", "87,5") == Figure.parse("recall", "87.5 %")
        True
        >>> Figure.parse("recall", "0.80")
        Figure(value=Fraction(4, 5), digits=2, per_cent=False)
        """
        found = _NUMBER.fullmatch(text.strip())
        if found is None or not (found[1] or found[2]):
            raise _refused(argument, text)
        decimals = found[2] or ""
        value = Fraction(int((found[1] or "") + decimals), 10 ** len(decimals))
        per_cent = bool(found[3]) or value > 1
        if per_cent:
            value /= 100
        if value > 1:
            raise _refused(argument, text)
        return cls(value, len(decimals) + 2 * per_cent, per_cent)

    @property
    def unit(self) -> Fraction:
        """One unit of the last digit."""
        return Fraction(1, 10**self.digits)

    @property
    def low(self) -> Fraction:
        """The least value that rounds to it."""
        return self.value - self.unit / 2

    @property
    def high(self) -> Fraction:
        """The greatest value that rounds to it."""
        return self.value + self.unit / 2

    def range_of(self, cut_off: bool) -> tuple[Fraction, Fraction, bool]:
        """Least and greatest value, and whether the greatest is left out."""
        if cut_off:
            return self.value, self.value + self.unit, True
        return self.low, self.high, False

    def holds(self, value: Fraction, *, cut_off: bool = False) -> bool:
        """Whether an exact value prints like it.

        Examples
        --------
        >>> figure = Figure(Fraction(66, 100), 2)
        >>> figure.holds(Fraction(2, 3)), figure.holds(Fraction(2, 3), cut_off=True)
        (False, True)
        """
        low, high, is_open = self.range_of(cut_off)
        return low <= value < high if is_open else low <= value <= high


def nearest_counts(figure: Figure, n: int) -> tuple[int, ...]:
    """The counts of n samples just below and just above a number; one where it is exact.

    Examples
    --------
    >>> nearest_counts(Figure(Fraction(7, 8), 3), 6), nearest_counts(Figure(Fraction(1, 2), 1), 6)
    ((5, 6), (3,))
    """
    share = figure.value * n
    return tuple(sorted({floor(share), ceil(share)}))


def fitting_sizes(figure: Figure, most: int = 6, limit: int = 100_000) -> tuple[int, ...]:
    """The smallest numbers of samples of which a count rounds to a number.

    Examples
    --------
    >>> fitting_sizes(Figure(Fraction(7, 8), 3), 3)
    (8, 16, 24)
    """
    found: list[int] = []
    for n in range(1, limit + 1):
        if ceil(figure.low * n) <= floor(figure.high * n):
            found.append(n)
            if len(found) == most:
                break
    return tuple(found)


def _refused(argument: str, text: str) -> InputError:
    return InputError(
        argument,
        "must be a share such as 0.875 or a percentage such as 87.5 %",
        repr(text[:40]),
        "Type the number as it was reported, with its digits.",
    )
