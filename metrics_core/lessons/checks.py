"""Fresh data for a question, and whether a question is worth asking on some data."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from metrics_core.errors import InputError
from metrics_core.lessons.parts.conditions import Condition, all_hold
from metrics_core.lessons.parts.lesson import Check
from metrics_core.lessons.parts.questions import Choice, Marks, Number, Place, Question
from metrics_core.lessons.parts.values import number
from metrics_core.lessons.truths import CLOSE, right_options
from metrics_core.lessons.workings import Workings
from metrics_core.numeric.arrays import Array

TRIES = 300
"""Seeds that are tried before a check is given up."""
_CANDIDATES = 200


def fresh(workings: Workings, check: Check, seed: int) -> tuple[Workings, int]:
    """The lesson on data from a seed, or from the next one on which the question is sound.

    Parameters
    ----------
    workings : Workings
        The lesson on its own data.
    check : Check
    seed : int
        0 or more.

    Returns
    -------
    workings : Workings
    seed : int
        The seed that was used: the same seed always leads to the same.

    Raises
    ------
    InputError
        If none of `TRIES` seeds gives a sound question.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> workings = Workings(lesson("six-probabilities"))
    >>> check = workings.lesson.steps[-1]
    >>> fresh(workings, check, 4)[1] == fresh(workings, check, 4)[1]
    True
    """
    question = workings.lesson.questions[check.of]
    for tried in range(seed, seed + TRIES):
        drawn = {name: source.of_seed(tried).predictions() for name, source in check.fresh.items()}
        there = workings.on(drawn)
        if all_hold(check.needs, there) and sound(there, question):
            return there, tried
    raise InputError(
        "check",
        "must find data on which the question has one right answer",
        workings.lesson.name,
        "Ask for less in `needs`, or draw other data.",
    )


def sound(workings: Workings, question: Question) -> bool:
    """Whether a question has one right answer, and no wrong one that looks the same.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> workings = Workings(lesson("six-probabilities"))
    >>> all(sound(workings, question) for question in workings.lesson.questions.values())
    True
    """
    match question:
        case Choice():
            return _sound_choice(workings, question)
        case Number():
            truth = number(question.truth, workings)
            mistakes = [m.value for m in question.mistakes if m.value is not None]
            values = [truth, *(number(value, workings) for value in mistakes)]
            apart = 10.0**-question.digits
            return bool(np.isfinite(truth)) and _all_apart(values, apart - CLOSE)
        case Place():
            return not all_hold(question.goal, workings) and reachable(workings, question)
        case Marks():
            right = question.truth.rows(workings)
            marked = [m.marked for m in question.mistakes if m.marked is not None]
            sets = [right, *(each.rows(workings) for each in marked)]
            different = all(not np.array_equal(a, b) for a, b in combinations(sets, 2))
            return bool(0 < right.sum() < len(right)) and different


def reachable(workings: Workings, question: Place) -> bool:
    """Whether some threshold meets the goal of a question.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> workings = Workings(lesson("a-rare-class"))
    >>> reachable(workings, workings.lesson.questions["cheaper"])
    True
    """
    return placed(workings, question, question.goal) is not None


def placed(
    workings: Workings, question: Place, conditions: tuple[Condition, ...]
) -> Workings | None:
    """The workings at the first threshold, from below, at which some conditions hold; or None.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> workings = Workings(lesson("a-rare-class"))
    >>> asked = workings.lesson.questions["cheaper"]
    >>> placed(workings, asked, asked.goal).value("cost") < workings.value("half_cost")
    True
    """
    for threshold in _thresholds(workings.evaluation(question.moves[0]).scores):
        there = workings.with_settings(question.moves, threshold=threshold)
        if all_hold(conditions, there):
            return there
    return None


def _sound_choice(workings: Workings, question: Choice) -> bool:
    offered = [option.value for option in question.options if option.value is not None]
    values = [number(value, workings) for value in offered]
    texts = {str(workings.text(each.text, each.recipe)) for each in question.options}
    return (
        len(right_options(workings, question)) == 1
        and len(texts) == len(question.options)
        and _all_apart(values, CLOSE)
    )


def _all_apart(values: list[float], distance: float) -> bool:
    return all(abs(a - b) > distance for a, b in combinations(values, 2))


def _thresholds(scores: Array) -> list[float]:
    """Between every two scores that differ, or between some of them where they are many."""
    distinct = np.unique(scores[np.isfinite(scores)].astype(np.float64))
    middles = (distinct[:-1] + distinct[1:]) / 2
    step = max(1, len(middles) // _CANDIDATES)
    found: list[float] = [float(distinct[0]) - 1, *middles[::step].tolist(), float(distinct[-1])]
    return found
