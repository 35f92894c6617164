"""What is right: found by computing, on whatever data the workings have."""

from __future__ import annotations

import numpy as np

from metrics_core.lessons.parts.conditions import all_hold
from metrics_core.lessons.parts.questions import Choice, Marks, Number, Option, Place, Question
from metrics_core.lessons.parts.values import number
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message

CLOSE = 1e-9
"""Numbers that are no further apart are the same."""


def truth(workings: Workings, question: Question) -> Message:
    """The right answer in words.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> workings = Workings(lesson("six-probabilities"))
    >>> str(truth(workings, workings.lesson.questions["accuracy"]))
    '0.83'
    """
    match question:
        case Choice():
            (right,) = right_options(workings, question)
            return workings.text(right.text, right.recipe)
        case Number():
            value = number(question.truth, workings)
            return Message("{number}", {"number": f"{value:,.{question.digits}f}"})
        case Place():
            return Message("for example {threshold:g}", {"threshold": question.example})
        case Marks():
            rows = np.flatnonzero(question.truth.rows(workings))
            shown = ", ".join(str(row) for row in rows)
            values = {"n": len(rows), "rows": shown}
            return Message("row {rows}", values, plural="rows {rows}")


def right_options(workings: Workings, question: Choice) -> list[Option]:
    """The options that are right on these data: one, where the question is sound.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> workings = Workings(lesson("six-probabilities"))
    >>> asked = workings.lesson.questions["misprint"]
    >>> [option.name for option in right_options(workings, asked)]
    ['balanced']
    """

    def holds(option: Option) -> bool:
        if option.value is None or question.truth is None:
            return all_hold(option.condition, workings)
        return abs(number(option.value, workings) - number(question.truth, workings)) <= CLOSE

    return [option for option in question.options if holds(option)]
