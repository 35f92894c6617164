"""Controls to move until a goal is reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from accuracy_lens.learn.lessons import views, visit
from accuracy_lens.learn.lessons.asking import paragraphs
from accuracy_lens.view.arranged import is_presented
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.control import Control
from accuracy_lens.view.control_table.controls import AVERAGE_WORDS, AVERAGES, activation_word
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.feedback import explained, plain
from accuracy_lens.words.text import figure, say
from metrics_core.lessons.parts.conditions import Condition, Progress
from metrics_core.lessons.parts.lesson import Try
from metrics_core.lessons.parts.marked import Marked
from metrics_core.lessons.parts.values import Measure, OfSample, Value
from metrics_core.lessons.trying import attempt
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message
from metrics_core.steps.activation import ACTIVATIONS

REACHED = "reached"
_WANTED = {
    "below": Message("below {wanted}"),
    "above": Message("above {wanted}"),
    "equal": Message("{wanted}"),
    "differs": Message("anything but {wanted}"),
    "at_least": Message("at least {wanted}"),
    "at_most": Message("at most {wanted}"),
}
_COUNTED = {
    "total": Message("right"),
    "count": Message("counted"),
    "wrong": Message("wrong"),
    "ones": Message("predicted as class 1"),
    "distinct": Message("different predictions"),
}


def show_task(
    workings: Workings, task: Try, where: str, *, done: bool,
    note: Callable[[str, str], None] = visit.note,
) -> None:  # fmt: skip
    """The task, its controls, how far the goal is, and the view that follows.

    Parameters
    ----------
    where : str
        Part of the keys of the controls.
    done : bool
        Whether it was reached before.
    note : callable
        Keeps that it is reached.
    """
    left, right = st.columns((2.0, 3.0), gap="medium")
    with left:
        paragraphs(workings.texts(task.text))
        settings, lens = _pick(workings, task, where)
        with explained():
            found = attempt(workings, task, settings)
            for condition, progress in zip(task.goal, found.progress, strict=True):
                _show_progress(workings, task, condition, progress)
            if found.reached:
                with st.container(key="verdict_right"):
                    st.markdown(f"**{say('✓ Reached.')}**")
                    paragraphs(found.words)
                note(task.name, REACHED)
            elif done:
                st.caption(say("You have reached it before."))
    with right, explained():
        there = workings.with_settings(task.moves, **settings)
        views.show_numbers(there, task.moves)
        drawn = views.show_scores(there.evaluation(task.view), solved=True, control=lens)
        views.show_steps(there, task.view)
        if not (drawn and is_presented()):  # there is no room for them
            views.show_samples(there, task.view, solved=True)


def _pick(
    workings: Workings, task: Try, where: str
) -> tuple[dict[str, object], Control[float] | None]:
    """The controls of a task, each where the recipe has it at first, and that of the lens."""
    start = workings.recipe(task.view).settings
    found: dict[str, object] = {}
    lens = None
    for name in task.controls:
        match name:
            case "threshold":
                lens = View.try_threshold.of(where)
                lens.default = start.threshold
                found[name] = float(
                    widgets.number(lens, say("Threshold"), step=0.05, format="%.6g", width=180)
                )
            case "beta":
                beta = View.try_beta.of(where)
                beta.default = start.beta
                label = say("beta, for F-beta")
                found[name] = float(widgets.number(beta, label, 0.01, 100.0, step=0.5, width=180))
            case "k":
                k = View.try_k.of(where)
                k.default = start.k
                found[name] = int(widgets.number(k, say("k, for top-k"), 0, step=1, width=180))
            case "batch_size":
                size = View.try_batch.of(where)
                size.default = start.batch_size
                label = say("Batch size")
                found[name] = int(widgets.number(size, label, 1, step=1, width=180))
            case "activation":
                activation = View.try_activation.of(where)
                activation.default = start.activation
                found[name] = widgets.segments(
                    activation, say("Activation"), list(ACTIVATIONS), format_func=activation_word
                )
            case "aggregation":
                names = {average: key for key, average in AVERAGES.items()}
                average = View.try_average.of(where)
                average.default = names[start.aggregation]
                found[name] = AVERAGES[
                    widgets.select(
                        average, say("Averaging"), list(AVERAGES),
                        format_func=lambda key: say(AVERAGE_WORDS[key]), width=240,
                    )
                ]  # fmt: skip
            case "weighted":
                weighted = View.try_weighted.of(where)
                weighted.default = start.weighted
                found[name] = widgets.toggle(weighted, "sample_weight")
    return found, lens


def _show_progress(workings: Workings, task: Try, condition: Condition, progress: Progress) -> None:
    said = say(
        "{what}: {value}; wanted: {wanted}",
        what=_what(workings, task, condition.left),
        value=_shown(progress.value),
        wanted=replace(_WANTED[progress.relation], values={"wanted": _shown(progress.wanted)}),
    )
    st.markdown(plain(f"{'✓' if progress.reached else '○'} {said}"))


def _what(workings: Workings, task: Try, value: Value) -> Message:
    match value:
        case Measure(measure="result"):
            return views.names_apart(workings, task.moves)[value.recipe]
        case Measure() if value.measure in _COUNTED:
            counted = _COUNTED[value.measure]
            if len(task.moves) == 1:
                return counted
            title = views.title_of(workings, value.recipe)
            return Message("{title}: {counted}", {"title": title, "counted": counted})
        case OfSample(marked=Marked(how="differs")):
            return Message("samples that are judged differently")
    return Message("number of samples")


def _shown(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else figure(value)
