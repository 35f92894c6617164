"""Conditions on the numbers of a lesson, and how far a goal is from being reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from metrics_core.lessons.parts.values import Computing, Value, number

_CLOSE = 1e-9
RELATIONS: dict[str, Callable[[float, float], bool]] = {
    "below": lambda left, right: left < right - _CLOSE,
    "above": lambda left, right: left > right + _CLOSE,
    "equal": lambda left, right: abs(left - right) <= _CLOSE,
    "differs": lambda left, right: abs(left - right) > _CLOSE,
    "at_least": lambda left, right: left >= right - _CLOSE,
    "at_most": lambda left, right: left <= right + _CLOSE,
}


@dataclass(frozen=True)
class Condition:
    """Two values and how they should compare.

    Attributes
    ----------
    left, right : Value
    relation : str
        A key of `RELATIONS`; numbers within 1e-9 are equal.
    """

    left: Value
    relation: str
    right: Value

    def holds(self, workings: Computing) -> bool:
        """Whether they do."""
        return self.progress(workings).reached

    def progress(self, workings: Computing) -> Progress:
        """Where the left value stands."""
        left, right = number(self.left, workings), number(self.right, workings)
        return Progress(left, self.relation, right, RELATIONS[self.relation](left, right))


@dataclass(frozen=True)
class Progress:
    """How far a condition is from being met.

    Attributes
    ----------
    value : float
        What it is now.
    relation : str
        What it should be to `wanted`.
    wanted : float
    reached : bool

    Examples
    --------
    >>> round(Progress(0.7, "at_least", 0.9, False).missing, 4)
    0.2
    """

    value: float
    relation: str
    wanted: float
    reached: bool

    @property
    def missing(self) -> float:
        """The distance that is left; 0 where it is reached."""
        return 0.0 if self.reached else abs(self.wanted - self.value)


def all_hold(conditions: tuple[Condition, ...], workings: Computing) -> bool:
    """Whether every condition is met.

    Examples
    --------
    >>> from metrics_core.lessons.parts.values import Given
    >>> all_hold((Condition(Given(1), "below", Given(2)),), None)
    True
    """
    return all(each.holds(workings) for each in conditions)
