"""The prediction beside the truth, and the step that makes the difference."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import streamlit as st

from accuracy_lens.components.one_sample import show_traced
from accuracy_lens.learn.lessons import views
from accuracy_lens.learn.lessons.asking import answer_words, paragraphs
from accuracy_lens.learn.lessons.progress import SKIPPED
from accuracy_lens.view.arranged import is_presented
from accuracy_lens.words.feedback import plain, prose
from accuracy_lens.words.text import say
from metrics_core.lessons.grading import Grade, marked_rows
from metrics_core.lessons.parting import parting
from metrics_core.lessons.parts.lesson import Reveal
from metrics_core.lessons.parts.questions import Choice, Marks, Place, Question
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
    with st.container(key="lesson_told"):
        if given is None:
            left = right = st.container()
        else:
            left, right = st.columns(2, gap="medium")
    with left:
        if shown.grade is not None and given is not None:
            said = answer_words(workings, question, given)
            st.markdown(prose(say("Your prediction: {answer}", answer=said)))
            show_verdict(shown.grade)
    with right:
        st.markdown(f"**{prose(say('The answer: {truth}', truth=shown.truth))}**")
        paragraphs(shown.text)
    marked = None
    match question:
        case Place():
            threshold = question.example if given is None else float(given)
            workings = workings.with_settings(question.moves, threshold=threshold)
            with right:
                views.show_numbers(workings, question.moves)
        case Marks() if given is not None:
            n_samples = workings.evaluation(question.recipe).predictions.n_samples
            marked = marked_rows(given, n_samples)
    _show_recipes(workings, shown, marked, placed=isinstance(question, Place))


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


def _show_recipes(
    workings: Workings, shown: Revealed, marked: Collection[int] | None, *, placed: bool
) -> None:
    parted = shown.parting
    alike = bool(shown.beside) and _judged_alike(workings, shown.view, shown.beside)
    lit = None if parted is None or alike else parted.step
    if not (placed and is_presented()):  # its numbers stand beside the answer
        st.markdown(f"**{plain(say(views.number_of(workings, shown.view)))}**")
        views.show_steps(workings, shown.view, lit)
    if not shown.beside:
        views.show_data(workings, shown.view, solved=True, marked=marked, wide=True)
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
    if alike:
        st.caption(plain(say("Both judge every sample alike.")))
    if parted is not None and parted.sample is not None:
        _show_sample(workings, (shown.view, shown.beside), parted.step, parted.sample)


def _judged_alike(workings: Workings, *names: str) -> bool:
    first, second = (workings.evaluation(name) for name in names)
    same = np.array_equal(first.sample_values(), second.sample_values(), equal_nan=True)
    return bool(same and workings.result(names[0]) == workings.result(names[1]))


def _show_sample(workings: Workings, names: tuple[str, str], parted: Step, row: int) -> None:
    """The sample at which two recipes part, under both."""
    titles = views.names_apart(workings, names)
    first, second = (workings.evaluation(name) for name in names)
    weights = [float(each.weight(row).mean()) for each in (first, second)]
    values = [each.sample_values()[row] for each in (first, second)]
    if values[0] == values[1] and weights[0] != weights[1]:
        st.caption(
            plain(
                say(
                    "Sample {row} is judged alike in both. It counts {first:g} in “{title}” and "
                    "{second:g} in “{other}”.",
                    row=row,
                    first=weights[0],
                    second=weights[1],
                    title=titles[names[0]],
                    other=titles[names[1]],
                )
            )
        )
    elif values[0] == values[1] and parted is Step.AGGREGATION:
        st.caption(
            plain(say("Sample {row} is judged alike in both; only the last step differs.", row=row))
        )
    with st.container(key="lesson_traces"):
        columns = st.columns(2, gap="medium")
    for name, column in zip(names, columns, strict=True):
        with column:
            title: Message = titles[name]
            st.markdown(f"**{plain(say(title))}**")
            found = traced(workings, name, row)
            show_traced(workings.evaluation(name), found, f"trace_{name}")
