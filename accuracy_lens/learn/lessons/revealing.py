"""The prediction beside the truth, and the step that makes the difference."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from accuracy_lens.components.one_sample import show_traced
from accuracy_lens.learn.lessons import views
from accuracy_lens.learn.lessons.asking import answer_words, paragraphs
from accuracy_lens.learn.lessons.progress import SKIPPED
from accuracy_lens.words.feedback import plain, prose
from accuracy_lens.words.text import say
from metrics_core.lessons.grading import Grade
from metrics_core.lessons.lesson import Reveal
from metrics_core.lessons.parting import Parting, parting
from metrics_core.lessons.questions import Choice, Question
from metrics_core.lessons.revealing import Revealed, reveal
from metrics_core.lessons.tracing import traced
from metrics_core.lessons.truths import right_options
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message
from metrics_core.steps.step import Step

VERDICTS: dict[str, Message] = {
    "right": Message("✓ Right."),
    "wrong": Message("✗ Not right."),
    "coarse": Message("Right as far as it goes."),
}


def show_reveal(workings: Workings, step: Reveal, answer: str) -> None:
    """What was predicted, what is true and why, and two recipes step by step."""
    given = None if answer in ("", SKIPPED) else answer
    question = workings.lesson.questions[step.of]
    shown = _beside_the_right_one(workings, question, reveal(workings, step, given))
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


def _beside_the_right_one(workings: Workings, question: Question, shown: Revealed) -> Revealed:
    """The same with the recipe of the right choice, where a wrong one with a recipe was made."""
    if shown.grade is None or not shown.grade.recipe or not isinstance(question, Choice):
        return shown
    (right,) = right_options(workings, question)
    if not right.recipe or right.recipe == shown.grade.recipe:
        return shown
    parted = parting(workings, right.recipe, shown.grade.recipe)
    return replace(shown, view=right.recipe, beside=shown.grade.recipe, parting=parted)


def show_verdict(given: Grade) -> None:
    """Whether an answer is right, and what is said to it."""
    with st.container(key=f"verdict_{given.verdict}"):
        st.markdown(f"**{say(VERDICTS[given.verdict])}**")
        st.markdown(prose(say(given.words)))


def _show_recipes(workings: Workings, shown: Revealed) -> None:
    parted = shown.parting
    lit = None if parted is None else parted.step
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
    if parted is None or parted.sample is None:
        return
    first, second = (workings.evaluation(name) for name in (shown.view, shown.beside))
    values = [each.sample_values()[parted.sample] for each in (first, second)]
    counted = [bool(each.weight(parted.sample).any()) for each in (first, second)]
    if counted[0] != counted[1]:
        names = (shown.view, shown.beside) if counted[0] else (shown.beside, shown.view)
        having, leaving = (views.title_of(workings, name) for name in names)
        st.caption(
            plain(say("Sample {row} counts in the first number and not in the second: "
                      "{first}, {second}.",
                      row=parted.sample, first=having, second=leaving))
        )  # fmt: skip
    elif values[0] == values[1] and parted.step is Step.AGGREGATION:
        st.caption(
            plain(say("Sample {row} is judged alike in both; only the last step differs.",
                      row=parted.sample))
        )  # fmt: skip
    titles = _titles(workings, shown, parted)
    columns = st.columns(2, gap="medium")
    for name, column in zip((shown.view, shown.beside), columns, strict=True):
        with column:
            st.markdown(f"**{plain(say(titles[name]))}**")
            found = traced(workings, name, parted.sample)
            show_traced(workings.evaluation(name), found, f"trace_{name}")


def _titles(workings: Workings, shown: Revealed, parted: Parting) -> dict[str, Message]:
    """What the two recipes are called; where that is the same, with the choice that differs."""
    names = (shown.view, shown.beside)
    found = {name: views.title_of(workings, name) for name in names}
    if found[shown.view] != found[shown.beside]:
        return found
    choice = dict(zip(names, (parted.first, parted.second), strict=True))
    return {
        name: Message("{title}: {choice}", {"title": title, "choice": choice[name]})
        for name, title in found.items()
    }
