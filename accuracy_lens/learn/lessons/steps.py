"""One lesson: where the visitor is in it, the step, and the way on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from accuracy_lens.learn.lessons import asking, kept, revealing, trying, views, visit
from accuracy_lens.learn.lessons.own import known
from accuracy_lens.learn.lessons.progress import END, SKIPPED, Checked, steps_of, withheld
from accuracy_lens.report.lesson_sheet import sheet
from accuracy_lens.view.arranged import is_presented
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.view.pages import ROOM, TRAINING
from accuracy_lens.words.feedback import explained, plain, prose
from accuracy_lens.words.language import later
from accuracy_lens.words.text import say
from metrics_core.lessons.parts.lesson import Check, Lesson, Predict, Read, Reveal, Step, Try
from metrics_core.lessons.workings import Workings
from metrics_core.live_keras import EXPERIMENTS
from metrics_core.messages import Message

_KINDS: dict[type, Message] = {
    Read: Message("read"),
    Predict: Message("predict"),
    Reveal: Message("what is true"),
    Try: Message("try"),
    Check: Message("check yourself"),
}


def show_lesson(lesson: Lesson) -> None:
    """The step in view, with what stands around it."""
    workings = kept.workings(lesson.name)
    steps = steps_of(lesson)
    at = steps.index(VIEW.step)
    _show_head(workings, at)
    step = lesson.named_steps.get(VIEW.step)
    with st.container(key="lesson_step"), explained():
        if step is None:
            _show_end(workings)
        else:
            _show_step(workings, step)
    _show_ways(steps, at, waits=isinstance(step, Predict) and VIEW.step not in visit.answers())


def _show_head(workings: Workings, at: int) -> None:
    lesson = workings.lesson
    n_steps = len(lesson.steps)
    with st.container(horizontal=True, vertical_alignment="center", key="lesson_head"):
        st.markdown(f"## {prose(say(workings.text(lesson.title)))}", width="stretch")
        st.button(
            say("All lessons"), key="lesson_all", on_click=visit.leave, type="tertiary",
            icon=":material/list:",
        )  # fmt: skip
        st.page_link(
            ROOM.script, label=say("Take it with a class"), icon=":material/groups:",
            query_params={View.room_lesson.key: lesson.name},
        )  # fmt: skip
        st.download_button(
            say("Print: question sheet and solution"),
            later(lambda: sheet(workings).encode()),
            f"{lesson.name.replace(':', '-')}.html", "text/html", key="lesson_print",
            type="tertiary", icon=":material/print:",
        )  # fmt: skip
    if at == 0 or not is_presented():
        st.markdown(prose(say(workings.text(lesson.question))))
    if at < n_steps:
        kind = _KINDS[type(lesson.steps[at])]
        values: dict[str, Any] = {"step": at + 1, "steps": n_steps, "kind": kind}
        st.progress((at + 1) / n_steps, plain(say("Step {step} of {steps}: {kind}", **values)))


def _show_step(workings: Workings, step: Step) -> None:
    lesson, name, answers = workings.lesson, VIEW.step, visit.answers()
    asked = withheld(lesson, name, answers)
    where = f"{lesson.name}_{name}"
    match step:
        case _ if asked:
            _show_withheld(asked)
        case Read():
            show_read(workings, step)
        case Predict(question=question):
            answer = answers.get(question.name, "")
            fits = answer == SKIPPED or asking.is_answer(workings, question, answer)
            if answer and fits:
                asking.show_locked(workings, question, answer)
            else:
                asking.ask(workings, question, where, partial(_lock, lesson, question.name))
        case Reveal():
            revealing.show_reveal(workings, step, answers[step.of])
        case Try():
            trying.show_task(workings, step, where, done=step.name in answers)
        case Check():
            _show_check(workings, step, Checked.read(answers.get(name, "")))


def _lock(lesson: Lesson, name: str, answer: str) -> None:
    visit.note(name, answer)
    steps = steps_of(lesson)
    visit.go(steps[steps.index(name) + 1])


def show_read(workings: Workings, step: Read) -> None:
    """Sentences beside their view."""
    if not step.view:
        asking.paragraphs(workings.texts(step.text))
        _show_experiment(step)
        return
    views.show_steps(workings, step.view)
    left, right = st.columns((2.0, 3.0), gap="medium")
    with left:
        asking.paragraphs(workings.texts(step.text))
        _show_experiment(step)
    with right:
        views.show_data(workings, step.view, solved=False)


def _show_experiment(step: Read) -> None:
    if step.experiment:
        st.page_link(
            TRAINING.script,
            label=say(
                "Train it on the Training page: {title}", title=EXPERIMENTS[step.experiment].title
            ),
            query_params={"experiment": step.experiment},
            icon=":material/play_arrow:",
        )


def _show_withheld(asked: tuple[str, ...]) -> None:
    st.markdown(
        plain(
            say(
                "This step shows the answer to {n} question that you have not answered yet.",
                plural="This step shows the answers to {n} questions that you have not answered "
                "yet.",
                n=len(asked),
            )
        )
    )
    with st.container(horizontal=True):
        st.button(
            say("Go to the question"), type="primary", key="lesson_question",
            on_click=visit.go, args=(asked[0],),
        )  # fmt: skip
        st.button(
            say("Show it without a prediction"), key="lesson_anyway",
            on_click=visit.skip, args=(asked,),
        )  # fmt: skip


def _show_check(workings: Workings, step: Check, state: Checked) -> None:
    lesson, name = workings.lesson, VIEW.step
    there, seed = kept.checked(lesson.name, name, state.seed)
    question = lesson.questions[step.of]
    st.caption(plain(say("The same question on other data, drawn from seed {seed}.", seed=seed)))

    def lock(answer: str) -> None:
        visit.note(name, Checked(seed, answer).text)

    if not (state.answer and asking.is_answer(there, question, state.answer)):
        asking.ask(there, question, f"{lesson.name}_{name}_{seed}", lock)
        return
    revealing.show_reveal(there, _reveal_of(lesson, step), state.answer)
    st.button(
        say("Another one"), key="lesson_another", icon=":material/refresh:",
        on_click=visit.note, args=(name, Checked(seed + 1).text),
    )  # fmt: skip


def _reveal_of(lesson: Lesson, check: Check) -> Reveal:
    """The two recipes that a question is revealed with, as far as they are on the fresh data."""
    for step in lesson.steps:
        if isinstance(step, Reveal) and step.of == check.of:
            recipes = [lesson.recipes[name] for name in (step.view, step.beside) if name]
            if all(recipe.data in check.fresh for recipe in recipes):
                return replace(step, text=())
    return Reveal(of=check.of, text=(), view=lesson.questions[check.of].recipe)


def _show_end(workings: Workings) -> None:
    lesson = workings.lesson
    names = list(known())
    with st.container(border=True, key="lesson_keep"):
        st.caption(say("The sentence to keep"))
        st.markdown(f"### {prose(say(workings.text(lesson.keep)))}")
    at = names.index(lesson.name) if lesson.name in names else len(names)
    following = names[at + 1 :][:1]
    with st.container(horizontal=True):
        for name in following:
            title = workings_title(name)
            st.button(
                prose(say("Next lesson: {title}", title=title)), type="primary",
                key="lesson_following", on_click=visit.open_lesson, args=(name,),
            )  # fmt: skip
        st.button(
            say("Take it again"), key="lesson_again",
            on_click=visit.start_again, args=(lesson.name,),
        )  # fmt: skip


def workings_title(name: str) -> Message:
    """The title of a lesson."""
    return kept.workings(name).text(known()[name].title)


def _show_ways(steps: tuple[str, ...], at: int, *, waits: bool) -> None:
    with st.container(horizontal=True, key="lesson_ways"):
        st.button(
            say("Back"), key="lesson_back", icon=":material/arrow_back:", disabled=at == 0,
            on_click=visit.go, args=(steps[max(at - 1, 0)],),
        )  # fmt: skip
        if VIEW.step != END:
            st.button(
                say("Next"), key="lesson_next", icon=":material/arrow_forward:",
                type="secondary" if waits else "primary",
                on_click=visit.go, args=(steps[at + 1],),
            )  # fmt: skip
