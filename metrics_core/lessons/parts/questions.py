"""The four kinds of question, as rows: what is asked, and which answers have something to say."""

from __future__ import annotations

from dataclasses import dataclass

from metrics_core.lessons.parts.conditions import Condition
from metrics_core.lessons.parts.marked import Marked
from metrics_core.lessons.parts.texts import Text
from metrics_core.lessons.parts.values import Value


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer to choose.

    Attributes
    ----------
    name : str
        What a link and a vote call it.
    text : Text
        What stands beside the button; may use ``{result}``, ``{total}``, ``{count}`` of `recipe`.
    answer : Text
        Why it is right, or which mistake leads there.
    recipe : str
        The recipe behind it, whose trace is shown; empty for none.
    value : Value or None
        The number that it offers; it is right if that is the truth of the question.
    condition : tuple of Condition
        When it is right, where it offers no number.
    """

    name: str
    text: Text
    answer: Text
    recipe: str = ""
    value: Value | None = None
    condition: tuple[Condition, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A wrong answer that somebody may give, and where it comes from.

    Attributes
    ----------
    answer : Text
    recipe : str
    value : Value or None
        For a number.
    marked : Marked or None
        For marks.
    condition : tuple of Condition
        For a threshold; said where all hold at the threshold that was placed.
    """

    answer: Text
    recipe: str = ""
    value: Value | None = None
    marked: Marked | None = None
    condition: tuple[Condition, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of a few answers; exactly one is right on any data.

    Attributes
    ----------
    name : str
        Unique in the lesson.
    ask : tuple of Text
    recipe : str
        On whose data it is asked, and what the reveal opens.
    options : tuple of Option
    truth : Value or None
        The number of the right option; None where options have conditions.
    """

    name: str
    ask: tuple[Text, ...]
    recipe: str
    options: tuple[Option, ...]
    truth: Value | None = None


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number to type.

    Attributes
    ----------
    name, ask, recipe
        As for `Choice`.
    truth : Value
    digits : int
        Decimals that are asked for; an answer with more is held to them all.
    answer, otherwise : Text
        What is said to the right number, and to a wrong one that no mistake explains.
    mistakes : tuple of Mistake
    """

    name: str
    ask: tuple[Text, ...]
    recipe: str
    truth: Value
    digits: int
    answer: Text
    otherwise: Text
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Place:
    """A threshold to place.

    Attributes
    ----------
    name, ask, recipe
        As for `Choice`.
    moves : tuple of str
        The recipes that take the threshold.
    goal : tuple of Condition
        What must hold there.
    example : float
        A threshold at which it does, for the solution.
    answer, otherwise, mistakes
        As for `Number`.
    """

    name: str
    ask: tuple[Text, ...]
    recipe: str
    moves: tuple[str, ...]
    goal: tuple[Condition, ...]
    example: float
    answer: Text
    otherwise: Text
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Marks:
    """Samples to mark.

    Attributes
    ----------
    name, ask, recipe
        As for `Choice`.
    truth : Marked
    answer, otherwise, mistakes
        As for `Number`.
    """

    name: str
    ask: tuple[Text, ...]
    recipe: str
    truth: Marked
    answer: Text
    otherwise: Text
    mistakes: tuple[Mistake, ...] = ()


Question = Choice | Number | Place | Marks
