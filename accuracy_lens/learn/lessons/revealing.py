"""The prediction beside the truth, and the step that makes the difference."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.components.one_sample import show_trace
from accuracy_lens.learn.lessons import views
from accuracy_lens.learn.lessons.asking import answer_words, paragraphs
from accuracy_lens.learn.lessons.progress import SKIPPED
from accuracy_lens.words.feedback import plain, prose
from accuracy_lens.words.text import say
from metrics_core.lessons.grading import Grade
from metrics_core.lessons.lesson import Reveal
from metrics_core.lessons.revealing import Revealed, reveal
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message

VERDICTS = {
    "right": Message("✓ Right."),
    "wrong": Message("✗ Not right."),
    "coarse": Message("Right as far as it goes."),
}


def show_reveal(workings: Workings, step: Reveal, answer: str) -> None:
    """What was predicted, what is true and why, and two recipes step by step."""
    given = None if answer in ("", SKIPPED) else answer
    shown = reveal(workings, step, given)
    question = workings.lesson.questions[step.of]
    left, right = st.columns(2, gap="medium")
    with left:
        if shown.grade is not None and given is not None:
            said = answer_words(workings, question, given)
            st.markdown(prose(say("Your prediction: {answer}", answer=said)))
            show_verdict(shown.grade)
    with right:
        st.markdown(f"**{prose(say('The answer: {truth}', truth=shown.truth))}**")
        paragraphs(shown.text)
    _show_recipes(workings, shown)


def show_verdict(given: Grade) -> None:
    """Whether an answer is right, and what is said to it."""
    with st.container(key=f"verdict_{given.verdict}"):
        st.markdown(f"**{say(VERDICTS[given.verdict])}**")
        st.markdown(prose(say(given.words)))


def _show_recipes(workings: Workings, shown: Revealed) -> None:
    parting = shown.parting
    lit = None if parting is None else parting.step
    st.markdown(f"**{plain(say(views.number_of(workings, shown.view)))}**")
    views.show_steps(workings, shown.view, lit)
    if not shown.beside:
        views.show_data(workings, shown.view, solved=True)
        return
    number = views.number_of(workings, shown.beside)
    own = shown.grade is not None and shown.grade.recipe == shown.beside
    said = (
        say("Where your answer comes from: {number}", number=number)
        if own
        else say("Compared with: {number}", number=number)
    )
    st.markdown(f"**{plain(said)}**")
    views.show_steps(workings, shown.beside, lit, "strip_beside")
    if parting is None or parting.sample is None:
        return
    columns = st.columns(2, gap="medium")
    for name, column in zip((shown.view, shown.beside), columns, strict=True):
        with column:
            st.markdown(f"**{plain(say(views.title_of(workings, name)))}**")
            show_trace(workings.evaluation(name), parting.sample, f"trace_{name}")
