"""What a step of a room asks, on which data, and what is shown once it is revealed."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from accuracy_lens.learn.lessons import kept
from accuracy_lens.learn.lessons.own import NAME as OWN
from accuracy_lens.learn.room.database.opened import store
from accuracy_lens.learn.room.database.store import Room
from accuracy_lens.view.caches import Size, shared_cache
from metrics_core.lessons.checks import fresh
from metrics_core.lessons.parsing import parse_lesson
from metrics_core.lessons.parts.lesson import Check, Predict, Reveal
from metrics_core.lessons.parts.questions import Question
from metrics_core.lessons.workings import Workings

_HOUR = 3600.0
SEED = 1
"""Of the data of a check: the whole class has the same."""


@dataclass(frozen=True)
class Asked:
    """A question in a room.

    Attributes
    ----------
    workings : Workings
        The lesson on the data on which it is asked.
    question : Question
    reveal : Reveal
        What is shown with the truth.
    seed : int or None
        That the data are drawn from, where they are not those of the lesson.
    """

    workings: Workings
    question: Question
    reveal: Reveal
    seed: int | None = None


def workings_of(room: Room) -> Workings:
    """The lesson of a room on its own data."""
    return _written(room.code) if room.lesson == OWN else kept.shipped(room.lesson)


def asked(room: Room, name: str) -> Asked | None:
    """What a step asks; None where it asks nothing."""
    workings = workings_of(room)
    lesson = workings.lesson
    match lesson.named_steps.get(name):
        case Predict(question=question):
            reveals = (step for step in lesson.steps if isinstance(step, Reveal))
            plain = Reveal(of=question.name, text=(), view=question.recipe)
            found = next((step for step in reveals if step.of == question.name), plain)
            return Asked(workings, question, found)
        case Check(of=of):
            question = lesson.questions[of]
            if room.lesson == OWN:
                there, seed = _written_check(room.code, name)
            else:
                there, seed = kept.shipped_check(room.lesson, name, SEED)
            return Asked(there, question, Reveal(of=of, text=(), view=question.recipe), seed)
    return None


@shared_cache(entries=8, size=Size(fixed=32 << 20), ttl=6 * _HOUR)
def _written(code: str) -> Workings:
    """The lesson that a teacher wrote, of the room that it is taken in."""
    return Workings(replace(parse_lesson(json.loads(store().content(code))), name=OWN))


@shared_cache(entries=8, size=Size(fixed=8 << 20), ttl=_HOUR)
def _written_check(code: str, name: str) -> tuple[Workings, int]:
    written = _written(code)
    check = written.lesson.named_steps[name]
    assert isinstance(check, Check)
    return fresh(written, check, SEED)
