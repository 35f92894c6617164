"""What a student sees: the step that the teacher is at, and the way to answer."""

from __future__ import annotations

from functools import partial

import streamlit as st

from accuracy_lens.learn.lessons import asking, views
from accuracy_lens.learn.lessons.own import NAME as OWN
from accuracy_lens.learn.room import scene
from accuracy_lens.learn.room.opened import store
from accuracy_lens.learn.room.questions import Asked, asked, workings_of
from accuracy_lens.learn.room.rules import END, LOBBY, Phase
from accuracy_lens.learn.room.store import Room
from accuracy_lens.view.pages import LESSONS
from accuracy_lens.view.state import VISITOR
from accuracy_lens.view.table import View
from accuracy_lens.words.feedback import plain, prose
from accuracy_lens.words.text import say
from metrics_core.messages import Message

SECONDS, FEW = 2.0, 50
"""Between two looks at where the teacher is, for so many students; more look less often."""
_WIDTHS = (2.0, 3.0)
_TOLD: dict[Phase, Message] = {
    Phase.READY: Message("Think about it: you can answer once the vote is open."),
    Phase.CLOSED: Message("The vote is closed."),
    Phase.SHOWN: Message("Talk about it with your neighbours; there may be a second vote."),
}


def show(room: Room) -> None:
    """The step in view, for a student."""
    _, n_seated = store().turnout(room.code, room.state.step, room.state.round)
    every = SECONDS * max(n_seated / FEW, 1.0)
    st.fragment(_follow, run_every=every)(room.code, room.version)
    _show_head(room)
    question = asked(room, room.state.step)
    with st.container(key="lesson_step"):
        if room.state.step == LOBBY:
            _show_lobby()
        elif question is None:
            scene.show_step(room)
        else:
            _show_question(room, question)


def _follow(code: str, version: int) -> None:
    """Draw the page anew once the teacher has done something."""
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


def _show_question(room: Room, question: Asked) -> None:
    state = room.state
    answers = [
        store().answer(room.code, state.step, number, VISITOR.voter)
        for number in range(1, state.round + 1)
    ]
    if not state.is_open:
        said = next(filter(None, reversed(answers)), "")
        _tell(room, question, said)
        scene.show_question(room, question, said)
        return
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


def _tell(room: Room, question: Asked, answer: str) -> None:
    """What is to be done now, and the own answer."""
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
