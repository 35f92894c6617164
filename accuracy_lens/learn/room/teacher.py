"""What a teacher sees, and shows to the class: the step, how many have answered, the way on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from accuracy_lens.frame.prepare import show_code
from accuracy_lens.learn.room import invitation, scene, tools, visit
from accuracy_lens.learn.room.database.opened import store
from accuracy_lens.learn.room.database.rules import LOBBY, Action, Phase, plan_of, possible
from accuracy_lens.learn.room.database.store import Room
from accuracy_lens.learn.room.questions import asked, workings_of
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import plain, prose
from accuracy_lens.words.text import say
from metrics_core.messages import Message

SECONDS = 1.0
"""Between two looks at how many have answered."""
LABELS: Mapping[Action, Message] = {
    Action.BACK: Message("Back"),
    Action.OPEN: Message("Open the vote"),
    Action.CLOSE: Message("Close the vote"),
    Action.SHOW: Message("Show the answers"),
    Action.AGAIN: Message("Talk, then vote again"),
    Action.REVEAL: Message("Reveal what is true"),
    Action.RESET: Message("Clear this vote"),
    Action.NEXT: Message("Next"),
}
"""In the order of the buttons."""
_ICONS = {
    Action.BACK: "arrow_back", Action.OPEN: "how_to_vote", Action.CLOSE: "front_hand",
    Action.SHOW: "bar_chart", Action.AGAIN: "forum", Action.REVEAL: "visibility",
    Action.RESET: "restart_alt", Action.NEXT: "arrow_forward",
}  # fmt: skip
_WIDTHS = (5.0, 1.0)


def show(room: Room) -> None:
    """The step in view, for the teacher and on the projector."""
    workings = workings_of(room)
    plan = plan_of(workings.lesson)
    with st.container(horizontal=True, vertical_alignment="center", key="lesson_head"):
        st.markdown(f"## {prose(say(workings.text(workings.lesson.title)))}", width="stretch")
        at, steps = plan.steps.index(room.state.step), len(plan.steps) - 2
        if 0 < at <= steps:
            values: dict[str, Any] = {"step": at, "steps": steps}
            st.caption(plain(say("Step {step} of {steps}", **values)), width="content")
        st.fragment(_count, run_every=SECONDS)(room)
    if room.state.step == LOBBY:
        invitation.show(room)
    else:
        _show_step(room)
    _show_ways(room, possible(room.state, plan))
    tools.show(room)


def _show_step(room: Room) -> None:
    question = asked(room, room.state.step)
    left, right = st.columns(_WIDTHS, gap="medium")
    with left, st.container(key="lesson_step"):
        if question is None:
            scene.show_step(room)
        else:
            scene.show_question(room, question)
    with right, st.container(key="room_join"):
        st.markdown(f"**{room.code}**")
        show_code(visit.link(room.code), 130)


def _count(room: Room) -> None:
    """How many are here or have answered; draws the page anew when another device steers."""
    now = store().room(room.code)
    if now is None or now.version != room.version:
        st.rerun()
    n, seated = store().turnout(room.code, room.state.step, room.state.round)
    if room.state.phase is Phase.READY or room.state.step == LOBBY:
        said = say("{n} student is here", plural="{n} students are here", n=seated)
    else:
        said = say("Answered: {n} of {total}", n=n, total=seated)
    st.markdown(f"**{plain(said)}**", width="content")


def _best(room: Room, actions: tuple[Action, ...]) -> Action:
    """What a teacher most likely does next."""
    state = room.state
    first = {
        Phase.READY: Action.OPEN,
        Phase.OPEN: Action.CLOSE,
        Phase.CLOSED: Action.SHOW,
        Phase.SHOWN: Action.AGAIN if Action.AGAIN in actions else Action.REVEAL,
        Phase.REVEALED: Action.NEXT,
    }[state.phase]
    return first if first in actions else Action.NEXT


def _show_ways(room: Room, actions: tuple[Action, ...]) -> None:
    best = _best(room, actions)
    with st.container(horizontal=True, key="lesson_ways"):
        for action in LABELS:
            if action in actions:
                starts = action is Action.NEXT and room.state.step == LOBBY
                st.button(
                    say("Begin the lesson") if starts else say(LABELS[action]),
                    key=f"room_{action}",
                    icon=f":material/{_ICONS[action]}:",
                    type="primary" if action is best else "secondary",
                    on_click=_steer, args=(room, action),
                )  # fmt: skip


def _steer(room: Room, action: Action) -> None:
    VISITOR.answer_refused = None
    plan = plan_of(workings_of(room).lesson)
    store().steer(room, visit.secret_of(room.code), action, plan)
