"""What a student sees: the step that the teacher is at, and the way to answer."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from accuracy_lens.components.mounting import component
from accuracy_lens.learn.lessons import asking, views
from accuracy_lens.learn.lessons.own import NAME as OWN
from accuracy_lens.learn.room import scene
from accuracy_lens.learn.room.database.opened import store
from accuracy_lens.learn.room.database.rules import END, LOBBY, Phase
from accuracy_lens.learn.room.database.store import Room
from accuracy_lens.learn.room.questions import Asked, asked, workings_of
from accuracy_lens.view.control_table.table import View
from accuracy_lens.view.pages import LESSONS
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import plain, prose
from accuracy_lens.words.text import say
from metrics_core.messages import Message

SECONDS = 15.0
"""Between two looks at where the teacher is, should the browser not hear of it sooner."""
_JS = Path(__file__).with_name("follow.js")
_WIDTHS = (2.0, 3.0)
_TOLD: dict[Phase, Message] = {
    Phase.READY: Message("Think about it: you can answer once the vote is open."),
    Phase.CLOSED: Message("The vote is closed."),
    Phase.SHOWN: Message("Talk about it with your neighbours; there may be a second vote."),
}


def show(room: Room) -> None:
    """The step in view, for a student."""
    _follow(room)
    _show_head(room)
    question = asked(room, room.state.step)
    with st.container(key="lesson_step"):
        if room.state.step == LOBBY:
            _show_lobby()
        elif question is None:
            scene.show_step(room)
        elif room.state.is_open:
            st.fragment(_ask)(room, question)
        else:
            _tell(room, question)


def _follow(room: Room) -> None:
    """Draw the page anew once the teacher has done something.

    The browser asks the server for the version alone (`serve.rooms`); under plain ``streamlit run``
    nobody answers it, and the fragment looks now and then.
    """
    there = {"code": room.code, "version": str(room.version)}
    component("follow", _JS)(key="room_follow", data=there, height=1, on_moved_change=lambda: None)
    st.fragment(_look, run_every=SECONDS)(room.code, room.version)


def _look(code: str, version: int) -> None:
    if store().version(code) != version:
        st.rerun()


def _show_head(room: Room) -> None:
    workings = workings_of(room)
    with st.container(horizontal=True, vertical_alignment="center", key="lesson_head"):
        st.markdown(f"## {prose(say(workings.text(workings.lesson.title)))}", width="stretch")
        st.caption(plain(say("Room {code}", code=room.code)), width="content")
        if room.ahead and room.lesson != OWN:
            here = {} if room.state.step in (LOBBY, END) else {View.step.key: room.state.step}
            st.page_link(
                LESSONS.script, label=say("Go ahead by yourself"), icon=":material/arrow_forward:",
                query_params={View.lesson.key: room.lesson, **here},
            )  # fmt: skip


def _show_lobby() -> None:
    st.markdown(f"### {say('You are in.')}")
    st.markdown(say("The lesson begins here as soon as your teacher starts it."))
    st.caption(plain(say(
        "There is no sign-in and no name: your browser keeps a random number for a day, so that "
        "you are the same voter after a reload. Two devices are two voters. Your answers are "
        "counted, and forgotten when the room ends."
    )))  # fmt: skip


def _answers(room: Room) -> list[str]:
    """What the student answered in each round; nothing where there is no answer."""
    state = room.state
    rounds = range(1, state.round + 1)
    return [store().answer(room.code, state.step, n, VISITOR.voter) for n in rounds]


def _ask(room: Room, question: Asked) -> None:
    """The open vote: what a student does here draws this part alone, not the whole page."""
    state = room.state
    answers = _answers(room)
    at = (room.code, state.step, state.round)
    scene.tell_seed(question)
    if state.round > 1:
        st.caption(say("The second vote: answer again, whether or not you have changed your mind."))
    if not answers[-1] or VISITOR.changing == at:
        where = f"{room.code}_{state.step}_{state.round}"
        label = Message("Answer") if not answers[-1] else Message("Answer anew")
        asking.ask(question.workings, question.question, where, partial(_vote, *at), label)
        return
    left, right = st.columns(_WIDTHS, gap="medium")
    with left:
        asking.paragraphs(question.workings.texts(question.question.ask))
        with st.container(key="room_answered"):
            st.markdown(f"**{say('✓ Answered.')}**")
            said_words = asking.answer_words(question.workings, question.question, answers[-1])
            st.markdown(prose(say("Your answer: {answer}", answer=said_words)))
        st.caption(say("You can change it until the vote is closed; the last answer counts."))
        st.button(say("Change the answer"), key="room_change", on_click=_change, args=at)
    with right:
        views.show_data(question.workings, question.question.recipe, solved=False)


def _tell(room: Room, question: Asked) -> None:
    """A question that cannot be answered now, with the own answer."""
    answer = next(filter(None, reversed(_answers(room))), "")
    _tell_what_to_do(room, question, answer)
    scene.show_question(room, question, answer)


def _tell_what_to_do(room: Room, question: Asked, answer: str) -> None:
    if (refused := VISITOR.answer_refused) is not None:
        st.error(prose(say(refused)))
        VISITOR.answer_refused = None
    if room.state.is_revealed:
        return
    parts = [say(_TOLD[room.state.phase])]
    if answer:
        words = asking.answer_words(question.workings, question.question, answer)
        parts.append(say("Your answer: {answer}", answer=words))
    elif room.state.phase is not Phase.READY:
        parts.append(say("You have not answered."))
    st.markdown("  \n".join(map(prose, parts)))


def _vote(code: str, step: str, number: int, answer: str) -> None:
    VISITOR.changing = None
    if not store().vote(code, step, number, VISITOR.voter, answer):
        VISITOR.answer_refused = Message(
            "Your answer came after the vote was closed, and does not count."
        )


def _change(code: str, step: str, number: int) -> None:
    VISITOR.changing = (code, step, number)
