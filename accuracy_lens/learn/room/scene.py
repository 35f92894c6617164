"""The step in view, as teacher and students see it alike."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.learn.lessons import revealing, trying, views
from accuracy_lens.learn.lessons.asking import paragraphs
from accuracy_lens.learn.lessons.steps import show_read
from accuracy_lens.learn.room.answers import rounds_of, show_answers
from accuracy_lens.learn.room.database.rules import END
from accuracy_lens.learn.room.database.store import Room
from accuracy_lens.learn.room.database.tally import places
from accuracy_lens.learn.room.questions import Asked, workings_of
from accuracy_lens.words.feedback import plain, prose
from accuracy_lens.words.text import say
from metrics_core.lessons.parts.lesson import Read, Try
from metrics_core.lessons.parts.questions import Choice

_WIDTHS = (2.0, 3.0)


def show_step(room: Room) -> None:
    """A step that asks nothing: what to read, what to try, or the sentence to keep."""
    workings = workings_of(room)
    name = room.state.step
    match workings.lesson.named_steps.get(name):
        case Read() as step:
            show_read(workings, step)
        case Try() as step:
            where = f"{room.code}_{name}"
            trying.show_task(workings, step, where, done=False, note=_note_nothing)
        case None if name == END:
            with st.container(border=True, key="lesson_keep"):
                st.caption(say("The sentence to keep"))
                st.markdown(f"### {prose(say(workings.text(workings.lesson.keep)))}")


def show_question(room: Room, asked: Asked, answer: str = "") -> None:
    """A question with its data, the answers of the class, and what is true, as far as it is time.

    Parameters
    ----------
    answer : str
        What the visitor answered; empty for nothing.
    """
    tell_seed(asked)
    if room.state.is_revealed:
        paragraphs(asked.workings.texts(asked.question.ask))
        show_answers(room, asked)
        revealing.show_reveal(asked.workings, asked.reveal, answer)
        return
    if room.state.shows_answers:
        _show_answers_alone(room, asked)
        return
    left, right = st.columns(_WIDTHS, gap="medium")
    with left:
        paragraphs(asked.workings.texts(asked.question.ask))
        _show_options(asked)
    with right:
        views.show_data(asked.workings, asked.question.recipe, solved=False)


def _show_answers_alone(room: Room, asked: Asked) -> None:
    """The answers beside nothing that is true; a place on the lens before the bars."""
    paragraphs(asked.workings.texts(asked.question.ask))
    answers = places(asked.workings, asked.question, rounds_of(room))
    first, second = st.container(), st.container()
    scores, bars = (first, second) if answers else (second, first)
    with bars:
        show_answers(room, asked)
    with scores:
        views.show_data(asked.workings, asked.question.recipe, solved=False, answers=answers)


def tell_seed(asked: Asked) -> None:
    """Say where the data are from, if not from the lesson."""
    if asked.seed is not None:
        said = say("The same question on other data, drawn from seed {seed}.", seed=asked.seed)
        st.caption(plain(said))


def _show_options(asked: Asked) -> None:
    if isinstance(asked.question, Choice):
        options = asked.question.options
        lines = [f"- {prose(say(asked.workings.text(o.text, o.recipe)))}" for o in options]
        st.markdown("\n".join(lines))


def _note_nothing(name: str, answer: str) -> None:
    """A task that is done together is nobody's progress."""
