"""What an argument must keep: every rule with its sentence and its remedy, in one form."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from numbers import Real

import numpy as np

from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array

_BLOCK = 65_536
_SMALLEST, _LARGEST = np.float64(np.finfo(np.float32).tiny), np.float64(np.finfo(np.float32).max)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What one argument, or one field of some settings, must keep.

    Attributes
    ----------
    argument : str
    holds : callable
        Takes the value, then those of the fields that `beside` names.
    sentence, remedy : str
        As in `InputError`: the rule, and what to do.
    values : mapping
        What placeholders in the sentence stand for.
    beside : tuple of str
        Other fields that the rule depends on; rules about these come first.

    Examples
    --------
    >>> Rule(
    ...     argument="epochs", holds=lambda n: n > 0, sentence="must be above 0", remedy="Use 1."
    ... ).check(3)
    """

    argument: str
    holds: Callable[..., bool]
    sentence: str
    remedy: str
    values: Mapping[str, object] = field(default_factory=dict)
    beside: tuple[str, ...] = ()

    def check(self, value: object, *beside: object) -> None:
        """Refuse a value that breaks the rule.

        Raises
        ------
        InputError
        """
        if not self.holds(value, *beside):
            received = repr(value) if isinstance(value, str | tuple) else value
            raise InputError(self.argument, self.sentence, received, self.remedy, **self.values)


def check_fields(settings: object, rules: Iterable[Rule]) -> None:
    """Refuse the first field that breaks its rule, in the order of the rules.

    Raises
    ------
    InputError

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> check_fields(SimpleNamespace(k=3), [K])
    """
    for rule in rules:
        beside = (getattr(settings, name) for name in rule.beside)
        rule.check(getattr(settings, rule.argument), *beside)


def real(value: object) -> float:
    """The value as a float; NaN, which keeps no rule, for what is no number.

    Examples
    --------
    >>> real(2), real("2"), real(10**400)
    (2.0, nan, inf)
    """
    try:
        return float(value) if isinstance(value, Real) else math.nan
    except OverflowError:
        return math.inf


def is_whole(value: object, low: float, high: float = math.inf) -> bool:
    """Whether it is a whole number, a float or an int, within both ends.

    Examples
    --------
    >>> is_whole(5.0, 0), is_whole(5.5, 0), is_whole(-1, 0), is_whole(math.inf, 0)
    (True, False, False, False)
    """
    number = real(value)
    return low <= number <= high and number.is_integer()


K = Rule(
    argument="k",
    holds=lambda k: is_whole(k, 0),
    sentence="must be a whole number, 0 or more",
    remedy="Keras's default is 5.",
)
"""The k of top-k, as a setting and as an argument."""


def check_weights(argument: str, weights: Array, number_of: Callable[[int], int] = int) -> None:
    """Refuse weights ``(n,)`` of samples that are negative, not finite, or no float32.

    Keras weighs in float32, where larger numbers are infinite and smaller ones are 0; sums,
    squares and products of those that it holds are numbers in float64. `number_of` gives the number
    of the row at a place.

    Raises
    ------
    InputError
        Names the first row.

    Examples
    --------
    >>> check_weights("sample_weight", np.array([0.5, 0.0]))
    """
    for start in range(0, len(weights), _BLOCK):
        block = weights[start : start + _BLOCK]
        good = np.isfinite(block) & (block >= 0)
        if not good.all():
            row = int(np.argmin(good))
            raise InputError(
                argument,
                "must be finite and not negative",
                f"{block[row]} in row {number_of(start + row)}",
                "Give samples that should not count the weight 0.",
            )
        held = (block == 0) | ((block >= _SMALLEST) & (block <= _LARGEST))
        if not held.all():
            row = int(np.argmin(held))
            raise InputError(
                argument,
                "must be 0 or from {smallest:.2g} to {largest:.2g}, the numbers of float32",
                f"{block[row]} in row {number_of(start + row)}",
                "Multiply all weights by one number: no weighted mean changes.",
                smallest=_SMALLEST,
                largest=_LARGEST,
            )
