"""What is wrong with a lesson though it is well written: found by computing all of it."""

from __future__ import annotations

from collections.abc import Iterator

from metrics_core.errors import InputError
from metrics_core.lessons.checks import fresh, sound
from metrics_core.lessons.conditions import all_hold
from metrics_core.lessons.grading import grade
from metrics_core.lessons.lesson import Check, Lesson, Predict, Step, Try
from metrics_core.lessons.questions import Place
from metrics_core.lessons.rendering import lines
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message

_SEEDS = range(5)


def faults(lesson: Lesson) -> list[Message]:
    """Compute every recipe, sentence, question, goal and check, and say what does not hold.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> faults(lesson("six-probabilities"))
    []
    """
    workings = Workings(lesson)
    try:
        for name in lesson.recipes:
            workings.result(name)
        for _ in lines(workings):
            pass
        return [fault for step in lesson.steps for fault in _of_step(workings, step)]
    except InputError as error:
        said = {"argument": error.argument, "rule": error.rule, "received": error.received}
        return [Message("`{argument}` {rule}. Got {received}.", said)]


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
                    "Question {name}: its example does not meet the goal.",
                    {"name": question.name},
                )
        case Try():
            there = workings.with_settings(step.moves, **step.example)
            if all_hold(step.goal, workings) or not all_hold(step.goal, there):
                yield Message(
                    "Task {name}: its example must reach the goal, and the start must not.",
                    {"name": step.name},
                )
        case Check():
            for seed in _SEEDS:
                fresh(workings, step, seed)


def _meets_its_goal(workings: Workings, question: Place) -> bool:
    return grade(workings, question, repr(question.example)).verdict == "right"
