"""A question: its way to answer, the answer locked in, and the answer in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from accuracy_lens.learn.lessons import views
from accuracy_lens.learn.lessons.progress import SKIPPED
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.view.events import selected_rows
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import plain, prose, tried
from accuracy_lens.words.text import error_words, say
from metrics_core.errors import InputError
from metrics_core.lessons.grading import grade, marked_rows
from metrics_core.lessons.parts.questions import Choice, Marks, Number, Place, Question
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message

_WIDTHS = (2.0, 3.0)
LOCK_IN = Message("Lock in the answer")


def paragraphs(messages: Sequence[Message]) -> None:
    """Sentences of a lesson, each a paragraph."""
    message: Message
    for message in messages:
        st.markdown(prose(say(message)))


def ask(
    workings: Workings, question: Question, where: str, lock: Callable[[str], None],
    label: Message = LOCK_IN,
) -> None:  # fmt: skip
    """Ask a question beside its data; nothing of what is right is shown.

    Parameters
    ----------
    workings : Workings
    question : Question
    where : str
        Part of the keys: which question, on which data.
    lock : callable
        Called in a callback with an answer that can be graded.
    label : Message
        Of the button.
    """
    left, right = st.columns(_WIDTHS, gap="medium")
    there, moved = workings, None
    with left:
        paragraphs(workings.texts(question.ask))
        match question:
            case Choice():
                control = View.lesson_choice.of(where)
                texts = {
                    each.name: workings.text(each.text, each.recipe) for each in question.options
                }
                widgets.radio(
                    control, say("Your prediction"), list(texts),
                    format_func=lambda name: prose(say(texts[name])),
                )  # fmt: skip
                read: Callable[[], str] = control.read
            case Number():
                typed = View.lesson_number.of(where)
                widgets.text(typed, say("Your prediction"), max_chars=40, width=240)
                read = typed.read
            case Place():
                moved = View.try_threshold.of(where)
                moved.default = workings.recipe(question.moves[0]).settings.threshold
                placed = widgets.number(
                    moved, say("Threshold"), step=0.05, format="%.6g", width=180
                )
                there = workings.with_settings(question.moves, threshold=float(placed))
                place = moved
                read = lambda: f"{float(place.read()):.6g}"  # noqa: E731
            case Marks():
                told = st.empty()
                read = partial(_marked, f"marks_{where}")
        st.button(
            say(label), type="primary", key="lesson_lock",
            on_click=_lock, args=(workings, question, read, lock),
        )  # fmt: skip
        if VISITOR.answer_refused is not None:
            st.error(prose(say(VISITOR.answer_refused)))
            VISITOR.answer_refused = None
    with right:
        if isinstance(question, Marks):
            rows = views.show_samples(
                workings, question.recipe, solved=False, mark=f"marks_{where}"
            )
            shown = ", ".join(map(str, rows))
            none = Message("Tick the rows in the table.")
            some = Message("Marked: row {rows}", {"rows": shown, "n": len(rows)},
                           plural="Marked: rows {rows}")  # fmt: skip
            told.caption(plain(say(some if rows else none)))
        else:
            views.show_data(there, question.recipe, solved=False, control=moved)


def _marked(key: str) -> str:
    return ",".join(map(str, sorted(selected_rows(key))))


def _lock(
    workings: Workings, question: Question, read: Callable[[], str], lock: Callable[[str], None]
) -> None:
    answer = (read() or "").strip()
    VISITOR.answer_refused = None
    if not answer:
        VISITOR.answer_refused = Message("Answer first; a guess is good enough.")
        return
    found = tried(lambda: grade(workings, question, answer))
    if isinstance(found, InputError):
        VISITOR.answer_refused = error_words(found)
        return
    lock(answer)


def answer_words(workings: Workings, question: Question, answer: str) -> Message:
    """An answer as a reader says it."""
    match question:
        case Choice():
            named = {each.name: each for each in question.options}
            chosen = named.get(answer)
            if chosen is not None:
                return workings.text(chosen.text, chosen.recipe)
        case Marks():
            n_samples = workings.evaluation(question.recipe).predictions.n_samples
            rows = sorted(marked_rows(answer, n_samples))
            values = {"rows": ", ".join(map(str, rows)), "n": len(rows)}
            return Message("row {rows}", values, plural="rows {rows}")
    return Message("{answer}", {"answer": answer})


def is_answer(workings: Workings, question: Question, answer: str) -> bool:
    """Whether what a link has for a question can be graded."""
    return not isinstance(tried(lambda: grade(workings, question, answer)), InputError)


def show_locked(workings: Workings, question: Question, answer: str) -> None:
    """The question with the answer that was locked in."""
    left, right = st.columns(_WIDTHS, gap="medium")
    with left:
        paragraphs(workings.texts(question.ask))
        if answer == SKIPPED:
            st.markdown(say("You chose to see the answer without a prediction."))
        else:
            said = answer_words(workings, question, answer)
            st.markdown(prose(say("Your prediction: {answer}", answer=said)))
            st.caption(say("It is locked in; the next step shows what is true."))
    with right:
        views.show_data(workings, question.recipe, solved=False)
