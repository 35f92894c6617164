"""Answers are graded by computing: what is right, and which mistake leads to what was said."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal, NoReturn

import numpy as np

from metrics_core.errors import InputError
from metrics_core.lessons.parts.conditions import all_hold
from metrics_core.lessons.parts.questions import Choice, Marks, Mistake, Number, Place, Question
from metrics_core.lessons.parts.values import Value, number
from metrics_core.lessons.truths import CLOSE, right_options, truth
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message
from metrics_core.numeric.typed_number import TypedNumber

Verdict = Literal["right", "wrong", "coarse"]
MAX_ANSWER = 2000
"""Characters of an answer."""
_FRACTION = re.compile(r"\s*(\d{1,9})\s*/\s*(\d{1,9})\s*")


@dataclass(frozen=True, kw_only=True)
class Grade:
    """What is said to an answer.

    Attributes
    ----------
    verdict : {"right", "wrong", "coarse"}
        ``coarse``: right as far as it goes, with fewer decimals than were asked for.
    words : Message
        Why it is right, or which mistake leads there.
    truth : Message
        The right answer.
    recipe : str
        The recipe that gives the answer; empty where none is known.
    """

    verdict: Verdict
    words: Message
    truth: Message
    recipe: str = ""


def grade(workings: Workings, question: Question, answer: str) -> Grade:
    """Grade an answer on the data of the workings.

    Parameters
    ----------
    workings : Workings
    question : Question
    answer : str
        The name of an option; a number as typed, also per cent or a fraction; a threshold; the rows
        that were marked, from 0, with commas between them.

    Raises
    ------
    InputError
        Where it is no answer to the question.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> workings = Workings(lesson("six-probabilities"))
    >>> asked = workings.lesson.questions["accuracy"]
    >>> [grade(workings, asked, typed).verdict for typed in ("83.3 %", "5/6", "0.8", "0.87")]
    ['right', 'right', 'coarse', 'wrong']
    """
    if len(answer) > MAX_ANSWER:
        _refuse(Message("must have {most} characters or fewer", {"most": MAX_ANSWER}), len(answer))
    match question:
        case Choice():
            return _choice(workings, question, answer)
        case Number():
            return _number(workings, question, answer)
        case Place():
            return _place(workings, question, answer)
        case Marks():
            return _marks(workings, question, answer)


def marked_rows(answer: str, n_samples: int) -> frozenset[int]:
    """The rows that an answer marks.

    Examples
    --------
    >>> sorted(marked_rows("3, 0", 6)), sorted(marked_rows("", 6))
    ([0, 3], [])
    """
    parts = [part.strip() for part in answer.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and int(part) < n_samples for part in parts):
        _refuse(
            Message(
                "must be rows from 0 to {last}, with commas between them", {"last": n_samples - 1}
            ),
            answer,
        )
    return frozenset(int(part) for part in parts)


def value_of(workings: Workings, question: Number | Place, answer: str) -> float:
    """The number that an answer is read as.

    Raises
    ------
    InputError
        Where it is none.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> workings = Workings(lesson("six-probabilities"))
    >>> asked = workings.lesson.questions["accuracy"]
    >>> [value_of(workings, asked, typed) for typed in ("75 %", "3/4", "0.75")]
    [0.75, 0.75, 0.75]
    """
    if isinstance(question, Number):
        right = number(question.truth, workings)
        return _typed(answer, right, share=question.digits > 0)[0]
    return _threshold(answer)


def _choice(workings: Workings, question: Choice, answer: str) -> Grade:
    options = {option.name: option for option in question.options}
    if answer not in options:
        _refuse(Message("must be one of {names}", {"names": ", ".join(options)}), repr(answer))
    chosen = options[answer]
    return Grade(
        verdict="right" if chosen in right_options(workings, question) else "wrong",
        words=workings.text(chosen.answer, chosen.recipe),
        truth=truth(workings, question),
        recipe=chosen.recipe,
    )


def _number(workings: Workings, question: Number, answer: str) -> Grade:
    right = number(question.truth, workings)
    typed, digits = _typed(answer, right, share=question.digits > 0)
    said = truth(workings, question)
    if abs(typed - right) <= CLOSE:
        return Grade(verdict="right", words=workings.text(question.answer), truth=said)
    exact = any(
        each.value is not None and abs(typed - number(each.value, workings)) <= CLOSE
        for each in question.mistakes
    )
    if _rounds_to(right, typed, digits) and not exact:
        if digits >= question.digits:
            return Grade(verdict="right", words=workings.text(question.answer), truth=said)
        words = Message("More decimals are needed: {n}.", {"n": question.digits})
        return Grade(verdict="coarse", words=words, truth=said)

    def leads_here(mistake: Mistake) -> bool:
        value: Value | None = mistake.value
        return value is not None and _rounds_to(
            number(value, workings), typed, max(digits, question.digits)
        )

    return _wrong(workings, question, said, [m for m in question.mistakes if leads_here(m)])


def _place(workings: Workings, question: Place, answer: str) -> Grade:
    there = workings.with_settings(question.moves, threshold=_threshold(answer))
    said = truth(workings, question)
    if all_hold(question.goal, there):
        return Grade(verdict="right", words=there.text(question.answer), truth=said)
    mistakes = [each for each in question.mistakes if all_hold(each.condition, there)]
    return _wrong(there, question, said, mistakes)


def _marks(workings: Workings, question: Marks, answer: str) -> Grade:
    right = question.truth.rows(workings)
    rows = marked_rows(answer, len(right))
    said = truth(workings, question)
    if rows == frozenset(np.flatnonzero(right).tolist()):
        return Grade(verdict="right", words=workings.text(question.answer), truth=said)
    mistakes = [
        mistake
        for mistake in question.mistakes
        if mistake.marked is not None
        and rows == frozenset(np.flatnonzero(mistake.marked.rows(workings)).tolist())
    ]
    return _wrong(workings, question, said, mistakes)


def _wrong(
    workings: Workings, question: Number | Place | Marks, said: Message, mistakes: list[Mistake]
) -> Grade:
    if not mistakes:
        return Grade(verdict="wrong", words=workings.text(question.otherwise), truth=said)
    words = workings.text(mistakes[0].answer, mistakes[0].recipe)
    return Grade(verdict="wrong", words=words, truth=said, recipe=mistakes[0].recipe)


def _threshold(answer: str) -> float:
    typed = TypedNumber.parse(answer)
    if typed is None:
        _refuse(Message("must be a number"), repr(answer))
    return float(typed.literal)


def _typed(answer: str, right: float, *, share: bool) -> tuple[float, float]:
    """The number that was typed and its decimals; 83.3 for a share is 83.3 per cent."""
    fraction = _FRACTION.fullmatch(answer)
    if fraction and int(fraction[2]):
        return int(fraction[1]) / int(fraction[2]), math.inf
    typed = TypedNumber.parse(answer)
    if typed is None:
        _refuse(Message("must be a number"), repr(answer))
    if share and 0 <= right <= 1 and 1 < float(typed.literal) <= 100:
        typed = typed.as_per_cent
    return float(typed.literal), typed.digits


def _rounds_to(value: float, typed: float, digits: float) -> bool:
    return bool(abs(value - typed) <= 0.5 * 10.0**-digits + CLOSE)


def _refuse(rule: Message, received: object) -> NoReturn:
    raise InputError("answer", rule, received, "Answer again.")
