"""Where the visitor is: which lesson, which step, and the answers so far."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import streamlit as st

from accuracy_lens.components.mounting import component
from accuracy_lens.learn.lessons import kept
from accuracy_lens.learn.lessons.progress import (
    COOKIE,
    SKIPPED,
    Walk,
    read_answers,
    read_walks,
    steps_of,
    write_answers,
    write_walks,
)
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.lessons.parts.lesson import Lesson

_JS = Path(__file__).with_name("lessons.js")


def begin() -> None:
    """Read the address, and once what the browser kept; call it before anything is drawn."""
    if VISITOR.walks is None:
        VISITOR.walks = read_walks(unquote(st.context.cookies.get(COOKIE) or ""), kept.find)
    widgets.kept(View.lesson, View.step, View.answers)
    lesson = here()
    if lesson is not None and VIEW.step not in steps_of(lesson):
        if VIEW.step:
            st.warning(plain(say(
                "There is no step “{name}” in this lesson; this is the first.",
                name=VIEW.step[:60],
            )))  # fmt: skip
        VIEW.step = steps_of(lesson)[0]
    if lesson is not None:
        VIEW.answers = write_answers(answers())


def here() -> Lesson | None:
    """The lesson in view; None where the list is."""
    return kept.find(VIEW.lesson)


def walk_of(name: str) -> Walk:
    """How far the visitor is in a lesson."""
    found: Walk = (VISITOR.walks or {}).get(name, Walk())
    return found


def answers() -> dict[str, str]:
    """The answers in the lesson in view: those that were kept, and those in the address."""
    lesson = here()
    if lesson is None:
        return {}
    return {**walk_of(lesson.name).answers, **read_answers(VIEW.answers, steps_of(lesson))}


def note(name: str, answer: str) -> None:
    """Keep the answer of a step of the lesson in view."""
    lesson = here()
    assert lesson is not None
    found = {**answers(), name: answer}
    VIEW.answers = write_answers(found)
    _keep(lesson.name, Walk(walk_of(lesson.name).furthest, found))


def go(step: str) -> None:
    """Turn to a step; ask in a callback."""
    VISITOR.answer_refused = None
    VIEW.step = step


def skip(questions: tuple[str, ...]) -> None:
    """Show what is true without an answer to some questions; ask in a callback."""
    for name in questions:
        note(name, SKIPPED)


def open_lesson(name: str) -> None:
    """Open a lesson where the visitor left it; ask in a callback."""
    VISITOR.answer_refused = None
    VIEW.lesson, VIEW.step = name, walk_of(name).furthest
    VIEW.answers = write_answers(walk_of(name).answers)


def start_again(name: str) -> None:
    """Forget what was answered in a lesson and open it at its first step; ask in a callback."""
    _keep(name, Walk())
    open_lesson(name)


def leave() -> None:
    """Turn to the list; ask in a callback."""
    VIEW.lesson = VIEW.step = VIEW.answers = ""


def remember() -> None:
    """Keep where the visitor is, in the address and in the browser; call it at the end of a run."""
    lesson = here()
    if lesson is not None:
        steps, walk = steps_of(lesson), walk_of(lesson.name)
        seen = [steps.index(name) for name in (walk.furthest, VIEW.step) if name in steps]
        _keep(lesson.name, Walk(steps[max(seen)], answers()))
    widgets.tell_kept(View.lesson, View.step, View.answers)
    text = write_walks(VISITOR.walks or {})
    data = {"cookie": COOKIE, "kept": text}
    component("lessons", _JS)(key="lesson_progress", data=data, height=1)


def _keep(name: str, walk: Walk) -> None:
    others = {each: other for each, other in (VISITOR.walks or {}).items() if each != name}
    VISITOR.walks = {**others, name: walk}
