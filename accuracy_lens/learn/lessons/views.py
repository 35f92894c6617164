"""The views of a recipe: its five steps, its number, its scores, its samples."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import streamlit as st

from accuracy_lens.components.fractions import count_words
from accuracy_lens.components.sample_columns import column_titles
from accuracy_lens.components.sample_table import sample_table
from accuracy_lens.components.strip import show_strip
from accuracy_lens.components.threshold_lens.lens import Drawing, Still, show_lens
from accuracy_lens.components.threshold_lens.parts import boundary_of, caption_of, sides_of
from accuracy_lens.components.threshold_lens.stops import ladder
from accuracy_lens.view.arranged import is_presented
from accuracy_lens.view.control_table.control import Control
from accuracy_lens.view.events import LENS, selected_rows
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import figure, say
from metrics_core.evaluation import Evaluation
from metrics_core.lessons.parting import choices
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message
from metrics_core.overview.distribution import Distribution, distribution
from metrics_core.releases import short_title
from metrics_core.steps.step import Step

MOST_ROWS = 200
_FEW, _LOW, _HIGH = 8, 240, 360
"""In the presentation view: rows that a question shows whole, and pixels of longer tables."""
_GIVEN = ("row", "id", "label", "weight", "output", "output_top", "output_true")
_HOW = {
    "rounded": "rounding",
    "thresholded": "threshold",
    "argmax": "argmax",
    "rank": "rank",
}
"""By the column of the table of samples, the decision that it is the result of."""


def title_of(workings: Workings, name: str) -> Message:
    """What a recipe is called: the release that prints it, or the row of the catalogue."""
    recipe = workings.recipe(name)
    if recipe.release:
        return Message("accuracy in {release}", {"release": short_title(recipe.release)})
    return workings.evaluation(name).variant.title


def number_of(workings: Workings, name: str) -> Message:
    """The number of a recipe with its fraction."""
    values = {
        "title": title_of(workings, name),
        "value": figure(workings.result(name)),
        "count": count_words(workings.evaluation(name)),
    }
    return Message("{title}: {value} ({count})", values)


def show_numbers(workings: Workings, names: Sequence[str]) -> None:
    """The numbers of some recipes, side by side."""
    titles = names_apart(workings, names)
    row = st.container(horizontal=True, gap="small", key="lesson_numbers")
    for name in names:
        with row.container(gap="xsmall"):
            title: Message = titles[name]
            st.metric(plain(say(title)), figure(workings.result(name)), border=True)
            st.caption(plain(say(count_words(workings.evaluation(name)))))


def names_apart(workings: Workings, names: Sequence[str]) -> dict[str, Message]:
    """What some recipes are called; where that is the same, with the first choice that differs."""
    titles = {name: title_of(workings, name) for name in names}
    steps = {name: choices(workings, name) for name in names}
    for name, title in list(titles.items()):
        alike = [other for other in names if other != name and title_of(workings, other) == title]
        differing = [
            choice
            for at, choice in enumerate(steps[name])
            if any(steps[other][at] != choice for other in alike)
        ]
        if differing:
            values = {"title": title, "choice": differing[0]}
            titles[name] = Message("{title}: {choice}", values)
    return titles


def show_steps(workings: Workings, name: str, lit: Step | None = None, key: str = "strip") -> None:
    """The five steps of a recipe, and which of them makes the difference."""
    steps = [(choice, Message("")) for choice in choices(workings, name)]
    show_strip({name: steps}, name, lit, key)


def show_data(
    workings: Workings,
    name: str,
    *,
    solved: bool,
    control: Control[float] | None = None,
    marked: Collection[int] | None = None,
    answers: Sequence[Mapping[float, int]] = (),
    wide: bool = False,
) -> None:
    """The scores of a recipe, where they are compared with something, and its samples.

    Parameters
    ----------
    solved : bool
        Whether it is shown what is predicted and right.
    control : Control, optional
        The threshold that the lens moves.
    marked : collection of int, optional
        Rows that were marked before.
    answers : sequence of mapping of float to int
        How many of a class put the threshold where, round by round.
    wide : bool
        Whether there is room for the samples beside the scores.
    """
    scored = workings
    if not (solved or control or answers):  # what an activation does is part of what is asked
        scored = workings.with_settings((name,), activation="none")
    evaluation = scored.evaluation(name)
    beside = boundary_of(evaluation) is not None and (wide or is_presented())
    left, right = st.columns(2, gap="medium") if beside else (nullcontext(), nullcontext())
    with left:
        show_scores(evaluation, solved=solved, control=control, answers=answers)
    with right:
        show_samples(workings, name, solved=solved, marked=marked)


def show_scores(
    evaluation: Evaluation,
    *,
    solved: bool,
    control: Control[float] | None = None,
    answers: Sequence[Mapping[float, int]] = (),
) -> bool:
    """The lens, where scores are compared with something; whether they are."""
    boundary = boundary_of(evaluation)
    if boundary is None:
        return False
    spread = _spread(evaluation)
    moved = control is not None
    rungs = ladder(evaluation.steps, evaluation.settings, spread.low, spread.high, names=())
    drawing = Drawing(
        spread,
        boundary if solved or moved else None,
        sides_of(evaluation.predictions),
        caption_of(evaluation, spread) if solved or moved else Message(""),
        evaluation.predictions.n_outputs == 1 and _alike_tall(spread),
        rungs if moved else None,
        evaluation.settings.threshold,
        control=control or Still(),
        answers=answers,
    )

    def move() -> None:
        value = LENS.read()
        if control is not None and value is not None:
            control.move(float(value))

    show_lens(drawing, on_threshold=move)
    return True


def _alike_tall(spread: Distribution) -> bool:
    """Whether the bars of both sides can be seen on one scale."""
    low, high = sorted((int(spread.positive.max()), int(spread.other.max())))
    return high <= 8 * low


def _spread(evaluation: Evaluation) -> Distribution:
    steps = evaluation.steps
    if steps.predictions.kind == "sparse":
        classes = np.arange(steps.predictions.n_outputs, dtype=np.int64)
        return distribution(steps.scores, steps.true_class[:, None] == classes)
    return distribution(steps.scores, steps.positive)


def _shortest(column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    """Numbers of float32 as the shortest decimals that are them: 1e-08, not 9.99999994e-09."""
    if not pa.types.is_float32(column.type):
        return column
    return pa.array([None if each is None else float(f"{each:.8g}") for each in column.to_pylist()])


def show_samples(
    workings: Workings,
    name: str,
    *,
    solved: bool,
    mark: str = "",
    marked: Collection[int] | None = None,
) -> list[int]:
    """The table of samples; the rows that are marked in it.

    Parameters
    ----------
    solved : bool
        Whether it has what is predicted and right.
    mark : str
        Key of the table where rows can be marked; empty where they cannot.
    marked : collection of int, optional
        Rows that were marked before, to stand beside what is right.
    """
    evaluation = workings.evaluation(name)
    data, shown = evaluation.predictions, slice(0, MOST_ROWS)
    table = sample_table(data, evaluation.steps, {name: evaluation}, shown)
    decision, right = evaluation.decision, f"right_{name}"
    how = decision.boundary or decision.name
    kept = [
        column
        for column in table.column_names
        if column in _GIVEN
        or column.startswith("output_")
        or (solved and (column.startswith("activated") or column == right))
        or (solved and _HOW.get(column) == how)
    ]
    titles = column_titles(kept, data.n_outputs) | {right: say("right")}
    titles |= {column: say("predicted") for column in ("thresholded", "argmax") if column in kept}
    arrays = [_shortest(table[column]) for column in kept]
    frame = pa.table(arrays, names=[titles[column] for column in kept])
    if marked is not None:
        ticks = pa.array([row in marked for row in range(len(frame))])
        frame = frame.append_column(say("marked by you"), ticks)
    title = workings.source(workings.recipe(name).data).title
    alt = say("Samples") if title is None else say(title)
    height: int | Literal["auto"] = "auto"
    if is_presented() and (solved or len(frame) > _FEW):
        height = _LOW if solved else _HIGH
    if mark:
        st.dataframe(
            frame, hide_index=True, key=mark, alt=alt, on_select="rerun",
            selection_mode="multi-row", placeholder="–", height=height,
        )  # fmt: skip
    else:
        st.dataframe(frame, hide_index=True, alt=alt, placeholder="–", height=height)
    if data.n_samples > MOST_ROWS:
        values: dict[str, Any] = {"shown": MOST_ROWS, "n": data.n_samples}
        st.caption(say("The first {shown} of {n:,} samples.", **values))
    return sorted(selected_rows(mark)) if mark else []
