"""The way into a room: a code for students, a lesson for teachers."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.learn.lessons.own import known
from accuracy_lens.learn.lessons.steps import workings_title
from accuracy_lens.learn.room import view_in, visit
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.view.state import VISITOR, Source
from accuracy_lens.words.feedback import plain, prose
from accuracy_lens.words.text import say
from metrics_core.catalog.variant import Variant


def show() -> None:
    """Both."""
    if VISITOR.room_refused is not None:
        st.error(prose(say(VISITOR.room_refused)))
        VISITOR.room_refused = None
    st.markdown(plain(say(
        "A class takes a lesson together: everybody predicts on a device of their own, the "
        "answers are shown, the class talks and votes again, and then sees what is true."
    )))  # fmt: skip
    left, right = st.columns(2, gap="large")
    with left, st.container(border=True, key="room_enter"):
        st.markdown(f"## {say('I am a student')}")
        widgets.text(
            View.room_code, say("Code of the room"), max_chars=12, on_change=_enter,
            placeholder="KPRWNC", width=240,
        )  # fmt: skip
        st.button(say("Enter"), type="primary", key="room_go", on_click=_enter)
    with right, st.container(border=True, key="room_teach"):
        st.markdown(f"## {say('I am a teacher')}")
        titles = {name: say(workings_title(name)) for name in known()}
        widgets.select(
            View.room_lesson, say("Lesson"), list(titles), format_func=titles.__getitem__
        )
        st.button(
            say("Open a room"), type="primary", key="room_begin", icon=":material/groups:",
            on_click=visit.open_room,
        )  # fmt: skip
        if (found := view_in.in_view()) is not None:
            _offer_view(*found)
        st.caption(plain(say(
            "No sign-in and no names; nothing is kept but how often each answer was given, for a "
            "day at most. A lesson of your own is shown to who enters the room."
        )))  # fmt: skip


def _offer_view(source: Source, variant: Variant) -> None:
    """A question about what was in view, in place of a lesson."""
    said = say("Or ask for {metric} of {data}, with the settings in view.",
               metric=say(variant.title), data=source.title)  # fmt: skip
    st.markdown(prose(said))
    st.button(
        say("Ask about this view"), key="room_ask", icon=":material/help:",
        on_click=visit.ask_about_view,
    )  # fmt: skip


def _enter() -> None:
    if VIEW.room_code.strip():
        visit.enter(VIEW.room_code)
