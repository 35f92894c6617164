"""A number as somebody typed it, in its parts: nothing is rounded before it is known for what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Self

_NUMBER = re.compile(r"([+\-−–]?)(\d*)(?:[.,](\d*))?(?:[eE]([+-]?\d{1,3}))?\s*(%?)")


@dataclass(frozen=True)
class TypedNumber:
    """The parts of a decimal with a point or a comma, in scientific notation or per cent.

    Attributes
    ----------
    sign, whole, decimals, power : str
        As typed; empty where there is none.
    per_cent : bool

    Examples
    --------
    >>> typed = TypedNumber.parse("87,50 %")
    >>> float(typed.literal), typed.digits
    (0.875, 4)
    >>> TypedNumber.parse("0.9.0") is None
    True
    """

    sign: str
    whole: str
    decimals: str
    power: str
    per_cent: bool

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read what was typed; None if it is no number."""
        found = _NUMBER.fullmatch(text.strip())
        if found is None or not (found[2] or found[3]):
            return None
        return cls(found[1], found[2], found[3] or "", found[4] or "", bool(found[5]))

    @property
    def literal(self) -> str:
        """As `float` and `Fraction` read it; per cent are divided by 100."""
        sign = "-" if self.sign in ("-", "−", "–") else ""
        return f"{sign}{self.whole or 0}.{self.decimals or 0}e{self._shift}"

    @property
    def digits(self) -> int:
        """Decimals of the value: ``"90.00 %"`` has 4."""
        return max(0, len(self.decimals) - self._shift)

    @property
    def as_per_cent(self) -> Self:
        """The same number with a sign of per cent."""
        return replace(self, per_cent=True)

    @property
    def _shift(self) -> int:
        return int(self.power or 0) - 2 * self.per_cent
