"""The parts of the classes page: the answer, the matrix, the samples of a cell, the classes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from accuracy_lens.components.sample_table import sample_table
from accuracy_lens.explore.classes import charts, controls
from accuracy_lens.explore.classes.answers import answer, averages_frame, called, class_frame, worst
from accuracy_lens.explore.classes.computed import LabelTable
from accuracy_lens.explore.classes.matrix import (
    ANY,
    Matrix,
    matrix_of,
    most_confident_first,
    own_scores,
    rows_of_cell,
)
from accuracy_lens.report import exports
from accuracy_lens.view.events import selected_points
from accuracy_lens.view.state import VISITOR
from accuracy_lens.view.table import VIEW
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import amount, figure, say
from metrics_core.counting.confusion import Confusion
from metrics_core.counting.intervals import wilson
from metrics_core.counting.per_class import PerClass
from metrics_core.numeric.arrays import Array
from metrics_core.steps.shared import Steps

MOST_LISTED = 200
_OUTPUTS = ("output_", "activated_")
_CLICKED: dict[str, Any] = {"displayModeBar": False, "doubleClickDelay": 1}
"""On a touch screen the first tap tells the numbers and the second chooses; they are two clicks."""


def show_answer(confusion: Confusion, labels: Sequence[str]) -> None:
    """The accuracy in one line, and under it what goes wrong most."""
    st.markdown(f"#### {say('Accuracy')} {figure(confusion.accuracy)}")
    lines = [answer(confusion), *worst(confusion, labels)]
    st.markdown(plain(" ".join(say(line) for line in lines)))
    if confusion.unanswered.any():
        st.markdown(plain(say(
            "Answered: {answered} of {total} ({share}); of the answers {accuracy} are right.",
            answered=amount(confusion.answered), total=amount(confusion.count),
            share=figure(confusion.coverage), accuracy=figure(confusion.accuracy_of_answered),
        )))  # fmt: skip


def show_labels_answer(table: LabelTable, labels: Sequence[str]) -> None:
    """The accuracy by element of multi-hot labels, and the label that is found least often."""
    counts, figures = table.counts, table.figures
    right = float(np.sum(counts.true_positives + counts.true_negatives))
    total = float(np.sum(counts.count))
    size = table.n_effective * len(labels)
    share = right / total if total else 0.0
    low, high = wilson(share * size, size)
    st.markdown(f"#### {say('Accuracy')} {figure(share)}")
    lines = [say(
        "{right} of {total} elements right, 95 % interval {low} to {high}.",
        right=amount(right), total=amount(total), low=figure(low), high=figure(high),
    )]  # fmt: skip
    class_index = int(np.argmin(np.where(figures.support > 0, figures.recall, np.inf)))
    if figures.support[class_index] > 0:
        lines.append(say(
            "Lowest recall: {name} with {recall}, {right} of {total}.",
            name=labels[class_index], recall=figure(float(figures.recall[class_index])),
            right=amount(float(figures.hits[class_index])),
            total=amount(float(figures.support[class_index])),
        ))  # fmt: skip
    st.markdown(plain(" ".join(lines)))
    st.caption(plain(say(
        "There is no matrix of all labels: a sample can have several of them at once, so that none"
        " is taken for another. Each label is decided for itself, with one threshold."
    )))  # fmt: skip


def show_matrix(
    confusion: Confusion, labels: Sequence[str], title: str
) -> tuple[Matrix, tuple[int, int]]:
    """The matrix with its controls; the matrix in view and the cell that is chosen."""
    st.markdown(f"#### {plain(title)}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by, order, most = controls.pick_look(confusion.n_classes)
    matrix = matrix_of(confusion, order, most)
    chart = st.container()
    chosen = controls.pick_cell(matrix, labels)
    with chart:
        key = f"matrix_{VISITOR.matrix_clicks}"
        st.plotly_chart(
            charts.matrix_figure(matrix, by, labels, chosen),
            key=key,
            on_select=partial(_choose_cell, key),
            selection_mode="points",
            config=_CLICKED,
            alt=say("Confusion matrix; the fields below choose a cell by keyboard"),
        )
        if matrix.others:
            st.caption(plain(say(
                "Shown are the {shown} classes in the most confusions; others: {others}."
                        " Cells of the others are grey.",
                shown=len(matrix.rows) - 1, others=len(matrix.others),
            )))  # fmt: skip
    return matrix, chosen


def _choose_cell(key: str) -> None:
    """After a click: choose the cell, and draw the chart anew without plotly's own selection."""
    for point in selected_points(key)[:1]:
        true, decided, _ = point["customdata"]
        VIEW.true, VIEW.decided = int(true), int(decided)
        VISITOR.matrix_clicks += 1


def show_cell(
    steps: Steps,
    sides: tuple[Array, Array],
    scores: Array | None,
    cell: tuple[Matrix, tuple[int, int]],
    labels: Sequence[str],
) -> None:
    """The samples of the chosen cell, the most confident first."""
    matrix, (true_key, decided_key) = cell
    st.markdown(f"#### {say('Samples of a cell')}")
    if true_key == decided_key == ANY:
        st.caption(
            say("Click a cell (tap it twice), or choose a true class and what it was decided as.")
        )
        return
    true, decided = sides
    rows = rows_of_cell(true, decided, matrix, true_key, decided_key)
    rows = most_confident_first(rows, scores, decided)
    shown = rows[:MOST_LISTED]
    words = "{true} decided as {decided}: {count} samples"
    if len(rows) > MOST_LISTED:
        words += ", the {most} most confident below" if scores is not None else ", {most} below"
    st.markdown(plain(say(
        words, true=called(true_key, labels), decided=called(decided_key, labels),
        count=f"{len(rows):,}", most=MOST_LISTED,
    )))  # fmt: skip
    if not len(rows):
        return
    table = sample_table(steps.predictions, steps, {}, shown)
    names = [called(int(class_index), labels) for class_index in decided[shown].tolist()]
    position = table.column_names.index("label") + 1
    table = table.add_column(position, "decided", pa.array(names))
    if steps.predictions.n_outputs > 1 and scores is not None:
        table = table.add_column(
            position + 1, "score", pa.array(own_scores(shown, scores, decided))
        )
    st.dataframe(
        table,
        hide_index=True,
        key="cell_samples",
        height=min(400, 37 + 35 * len(shown)),
        column_order=sorted(table.column_names, key=lambda name: name.startswith(_OUTPUTS)),
        column_config={"row": st.column_config.NumberColumn(say("row"), pinned=True)},
        alt=say("Samples of a cell"),
    )
    st.download_button(
        say("These samples as CSV"),
        lambda: exports.samples_csv(steps.predictions, steps, {}, rows),
        "cell.csv",
        "text/csv",
        on_click="ignore",
        key="cell_csv",
    )


def show_classes(figures: PerClass, labels: Sequence[str], n_effective: float) -> None:
    """One row a class, and the averages over classes."""
    st.markdown(f"#### {say('Each class against all others')}")
    _show_figures(class_frame(figures, labels, n_effective), "class_table", say("Classes"))
    _show_figures(averages_frame(figures), "averages", say("Averages over classes"))
    st.caption(say(
        "Intervals are Wilson's, for 95 of 100; with weights they rest on the effective number of"
        " samples. Macro is the mean over the classes that occur among labels or decisions."
    ))  # fmt: skip


def _show_figures(frame: pd.DataFrame, key: str, alt: str) -> None:
    config: dict[str, Any] = {
        name: st.column_config.NumberColumn(format="%.4f")
        for name in frame.columns
        if frame[name].dtype.kind == "f"
    }
    config[frame.columns[0]] = st.column_config.TextColumn(pinned=True)
    st.dataframe(
        frame,
        hide_index=True,
        key=key,
        height=min(400, 37 + 35 * len(frame)),
        column_config=config,
        alt=alt,
    )
