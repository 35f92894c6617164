"""What is wrong with a lesson though it is well written: found by computing all of it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from metrics_core.errors import InputError
from metrics_core.lessons.checks import fresh, sound
from metrics_core.lessons.grading import grade
from metrics_core.lessons.parts.conditions import all_hold
from metrics_core.lessons.parts.lesson import Check, Lesson, Predict, Step, Try
from metrics_core.lessons.parts.questions import Place
from metrics_core.lessons.rendering import lines
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message

_SEEDS = range(5)


def faults(lesson: Lesson) -> list[Message]:
    """Compute every recipe, question, goal, check and sentence, and say what does not hold.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> faults(lesson("six-probabilities"))
    []
    """
    workings = Workings(lesson)
    try:
        return _found(workings)
    except InputError as error:
        said = {"argument": error.argument, "rule": error.rule, "received": error.received}
        return [Message("`{argument}` {rule}. Got {received}.", said)]


def _found(workings: Workings) -> list[Message]:
    for name in workings.lesson.recipes:
        workings.result(name)
    steps = workings.lesson.steps
    found = [fault for step in steps for fault in _of_step(workings, step)]
    if found:
        return found  # checks and sentences need questions that are sound
    for step in steps:
        if isinstance(step, Check):
            for seed in _SEEDS:
                fresh(workings, step, seed)
    return list(_unsaid(workings))


def _of_step(workings: Workings, step: Step) -> Iterator[Message]:
    match step:
        case Predict(question=question):
            if not sound(workings, question):
                yield Message(
                    "Question {name} needs one right answer, and no wrong one that looks the same.",
                    {"name": question.name},
                )
            elif isinstance(question, Place) and not _meets_its_goal(workings, question):
                yield Message(
                    "Question {name}: its example does not meet the goal.", {"name": question.name}
                )
        case Try():
            there = workings.with_settings(step.moves, **step.example)
            if all_hold(step.goal, workings) or not all_hold(step.goal, there):
                yield Message(
                    "Task {name}: its example must reach the goal, and the start must not.",
                    {"name": step.name},
                )


def _meets_its_goal(workings: Workings, question: Place) -> bool:
    return grade(workings, question, repr(question.example)).verdict == "right"


def _unsaid(workings: Workings) -> Iterator[Message]:
    """Sentences whose numbers cannot be computed."""
    for line in lines(workings):
        values = line.words.values.values()
        if any(isinstance(value, float) and math.isnan(value) for value in values):
            yield Message(
                "The sentence needs a number that cannot be computed: {text}",
                {"text": line.words},
            )
