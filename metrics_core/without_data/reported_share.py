"""A reported metric as the exact interval of values that print like it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from metrics_core.errors import InputError
from metrics_core.numeric.typed_number import TypedNumber

_MOST_WHOLE, _MOST_DECIMALS = 9, 15


@dataclass(frozen=True)
class ReportedShare:
    """A number between 0 and 1, or from -1 for a correlation, and the values that print like it.

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
    >>> share = ReportedShare.parse("accuracy", "87.5 %")
    >>> share.value, share.digits, share.low, share.high
    (Fraction(7, 8), 3, Fraction(1749, 2000), Fraction(1751, 2000))
    """

    value: Fraction
    digits: int
    per_cent: bool = False

    @classmethod
    def parse(cls, argument: str, text: str, *, signed: bool = False) -> ReportedShare:
        """Read what was typed; a number above 1 is per cent, with or without its sign.

        Parameters
        ----------
        argument : str
            What the text is called.
        text : str
        signed : bool
            Whether it may be below 0, as a correlation may.

        Raises
        ------
        InputError
            Naming `argument`, if the text is no share and no percentage.

        Examples
        --------
        >>> ReportedShare.parse("recall", "87,5") == ReportedShare.parse("recall", "87.5 %")
        True
        >>> ReportedShare.parse("recall", "0.80")
        ReportedShare(value=Fraction(4, 5), digits=2, per_cent=False)
        >>> ReportedShare.parse("correlation", "-0.5", signed=True).value
        Fraction(-1, 2)
        """
        typed = TypedNumber.parse(text)
        if typed is None or not _is_plain(typed) or (typed.sign and not signed):
            raise _refused(argument, text)
        if abs(Fraction(typed.literal)) > 1:
            typed = typed.as_per_cent
        value = Fraction(typed.literal)
        if abs(value) > 1:
            raise _refused(argument, text)
        return cls(value, typed.digits, typed.per_cent)

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
        >>> share = ReportedShare(Fraction(66, 100), 2)
        >>> share.holds(Fraction(2, 3)), share.holds(Fraction(2, 3), cut_off=True)
        (False, True)
        """
        low, high, is_open = self.range_of(cut_off)
        return low <= value < high if is_open else low <= value <= high


def nearest_counts(share: ReportedShare, n: int) -> tuple[int, ...]:
    """The counts of n samples just below and just above a number; one where it is exact.

    Examples
    --------
    >>> [nearest_counts(ReportedShare(Fraction(k, 8), 3), 6) for k in (7, 4)]
    [(5, 6), (3,)]
    """
    exact = share.value * n
    return tuple(sorted({floor(exact), ceil(exact)}))


def fitting_sizes(share: ReportedShare, most: int = 6, limit: int = 100_000) -> tuple[int, ...]:
    """The smallest numbers of samples of which a count rounds to a number.

    Examples
    --------
    >>> fitting_sizes(ReportedShare(Fraction(7, 8), 3), 3)
    (8, 16, 24)
    """
    found: list[int] = []
    for n in range(1, limit + 1):
        if ceil(share.low * n) <= floor(share.high * n):
            found.append(n)
            if len(found) == most:
                break
    return tuple(found)


def _is_plain(typed: TypedNumber) -> bool:
    """Whether it has no power of ten, and not too many digits."""
    short = len(typed.whole) <= _MOST_WHOLE and len(typed.decimals) <= _MOST_DECIMALS
    return short and not typed.power


def _refused(argument: str, text: str) -> InputError:
    return InputError(
        argument,
        "must be a share such as 0.875 or a percentage such as 87.5 %",
        repr(text[:40]),
        "Type the number as it was reported, with its digits.",
    )
