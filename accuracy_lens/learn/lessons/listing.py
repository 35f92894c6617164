"""The list of lessons: what each asks, how long it takes, and how far the visitor is."""

from __future__ import annotations

from typing import Any

import streamlit as st

from accuracy_lens.learn.lessons import kept, own, placed, visit
from accuracy_lens.learn.lessons.progress import END, steps_of
from accuracy_lens.view.control_table.table import VIEW
from accuracy_lens.words.feedback import plain, prose
from accuracy_lens.words.text import say
from metrics_core.lessons.parts.lesson import Lesson
from metrics_core.lessons.rows import lessons


def show_list() -> None:
    """All lessons, in the order in which a teacher would give them."""
    refused = placed.refusal(VIEW.lesson)
    if refused is not None:
        st.error(
            prose(
                say(
                    "The lesson “{name}” of this server cannot be used. {reason}",
                    name=VIEW.lesson[:60],
                    reason=refused,
                )
            )
        )
    elif VIEW.lesson:
        st.warning(plain(say("There is no lesson “{name}”; these are all.", name=VIEW.lesson[:60])))
    st.markdown(
        plain(
            say(
                "{n} lessons of five to ten minutes. Each asks first and shows then: you predict "
                "a number, and see which of the five steps made the difference.",
                n=len(lessons()),
            )
        )
    )
    st.caption(
        plain(
            say(
                "How far you are is kept in this browser and in the address of the page; whoever "
                "gets the address sees your answers."
            )
        )
    )
    for number, lesson in enumerate(own.known().values(), 1):
        _show_row(number, lesson)
    own.ask()


def _show_row(number: int, lesson: Lesson) -> None:
    workings = kept.workings(lesson.name)
    with (
        st.container(border=True, key=f"lesson_row_{lesson.name}"),
        st.container(horizontal=True, vertical_alignment="center"),
    ):
        with st.container(gap="xsmall", width="stretch"):
            title = say("{number}. {title}", number=number, title=workings.text(lesson.title))
            st.markdown(f"## {prose(title)}")
            st.markdown(prose(say(workings.text(lesson.question))))
            before = " ".join(say(each) for each in workings.texts(lesson.before))
            st.caption(prose(before))
        with st.container(gap="xsmall", width=190):
            st.caption(plain(say("{n} minute", plural="{n} minutes", n=lesson.minutes)))
            _show_open(lesson)


def _show_open(lesson: Lesson) -> None:
    steps, walk = steps_of(lesson), visit.walk_of(lesson.name)
    if walk.furthest == END:
        st.markdown(say("✓ Finished"))
        label, action = say("Take it again"), visit.start_again
    elif walk.furthest in steps[1:]:
        values: dict[str, Any] = {"step": steps.index(walk.furthest) + 1, "steps": len(steps) - 1}
        st.markdown(plain(say("Step {step} of {steps}", **values)))
        label, action = say("Go on"), visit.open_lesson
    else:
        label, action = say("Begin"), visit.open_lesson
    st.button(
        label, key=f"lesson_open_{lesson.name}", on_click=action, args=(lesson.name,),
        width="stretch",
    )  # fmt: skip
