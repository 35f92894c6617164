"""The parts of the classes page: the answer, the matrix, the classes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from accuracy_lens.components.chart_table import show_table
from accuracy_lens.components.charts import tools
from accuracy_lens.explore.classes import charts, controls
from accuracy_lens.explore.classes.answers import (
    answer,
    averages_frame,
    called,
    class_frame,
    never,
    worst,
)
from accuracy_lens.explore.classes.computed import LabelTable
from accuracy_lens.explore.classes.matrix import (
    Matrix,
    matrix_of,
)
from accuracy_lens.view.control_table.table import VIEW
from accuracy_lens.view.events import selected_points
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import amount, figure, say, say_all
from metrics_core.counting.confusion import Confusion
from metrics_core.counting.intervals import wilson
from metrics_core.counting.per_class import PerClass
from metrics_core.messages import Message

_CLICKED: dict[str, Any] = tools("confusion-matrix") | {"doubleClickDelay": 1}
"""On a touch screen the first tap tells the numbers and the second chooses; they are two clicks."""


def show_answer(confusion: Confusion, labels: Sequence[str], of: Message) -> None:
    """The accuracy in one line, and under it what goes wrong most.

    Parameters
    ----------
    of : Message
        The accuracy, and what it is of.
    """
    st.markdown(f"## {plain(say(of))}")
    lines = [answer(confusion), *worst(confusion, labels)]
    st.markdown(plain(say_all(lines)))
    if confusion.unanswered.any():
        st.markdown(plain(say(
            "Answered: {answered} of {total} ({share}); accuracy of the answers: {accuracy}.",
            answered=amount(confusion.answered), total=amount(confusion.count),
            share=figure(confusion.coverage), accuracy=figure(confusion.accuracy_of_answered),
        )))  # fmt: skip


def show_labels_answer(table: LabelTable, labels: Sequence[str]) -> None:
    """The accuracy by element of multi-hot labels, and the label that is found least often."""
    counts, metrics = table.counts, table.per_class
    right = float(np.sum(counts.true_positives + counts.true_negatives))
    total = float(np.sum(counts.count))
    size = table.n_effective * len(labels)
    share = right / total if total else 0.0
    low, high = wilson(share * size, size)
    title = say("Accuracy {value}, each label of each sample on its own", value=figure(share))
    st.markdown(f"## {title}")
    lines = [say(
        "{right} of {total} elements right, 95 % interval {low} to {high}.",
        right=amount(right), total=amount(total), low=figure(low), high=figure(high),
    )]  # fmt: skip
    lowest = int(np.argmin(np.where(metrics.support > 0, metrics.recall, np.inf)))
    if metrics.support[lowest] > 0:
        lines.append(say(
            "Lowest recall: {name} with {recall}, {right} of {total}.",
            name=labels[lowest], recall=figure(float(metrics.recall[lowest])),
            right=amount(float(metrics.hits[lowest])), total=amount(float(metrics.support[lowest])),
        ))  # fmt: skip
    st.markdown(plain(say_all(lines)))
    st.caption(plain(say(
        "There is no matrix of all labels: a sample can have several labels at once, so no label"
        " is mistaken for another. Each is predicted on its own, with the same threshold."
    )))  # fmt: skip


def show_matrix(
    confusion: Confusion, labels: Sequence[str], title: str, beside: DeltaGenerator
) -> tuple[Matrix, tuple[int, int]]:
    """The matrix with its controls; the matrix in view and the cell that is chosen.

    Parameters
    ----------
    beside : DeltaGenerator
        Where the samples of a cell are listed, and a cell is chosen by keyboard.
    """
    st.markdown(f"## {plain(title)}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by, order, most = controls.pick_look(confusion.n_classes)
    matrix = matrix_of(confusion, order, most)
    chart = st.container()
    with beside:
        st.markdown(f"## {say('Samples of a cell')}")
        chosen = controls.pick_cell(matrix, labels)
    with chart:
        key = f"matrix_{VISITOR.matrix_clicks}"
        st.plotly_chart(
            charts.matrix_figure(matrix, by, labels, chosen),
            key=key,
            on_select=partial(_choose_cell, key),
            selection_mode="points",
            config=_CLICKED,
            alt=say("Confusion matrix; choose a cell by keyboard with the fields below"),
        )
        true = [called(row, labels) for row in matrix.rows]
        predicted = [called(column, labels) for column in matrix.columns]
        show_table(
            say("Confusion matrix"),
            {say("true class"): true}
            | {
                say("predicted as {name}", name=name): matrix.counts[:, index]
                for index, name in enumerate(predicted)
            },
        )
        if matrix.others:
            st.caption(plain(say(
                "The {shown} classes in the most confusions are shown; others: {others}."
                        " Cells of the others are grey.",
                shown=len(matrix.rows) - 1, others=len(matrix.others),
            )))  # fmt: skip
    return matrix, chosen


def _choose_cell(key: str) -> None:
    """After a click: choose the cell, and draw the chart anew without plotly's own selection."""
    for point in selected_points(key)[:1]:
        true, predicted, _ = point["customdata"]
        VIEW.true, VIEW.predicted = int(true), int(predicted)
        VISITOR.matrix_clicks += 1


def show_classes(metrics: PerClass, labels: Sequence[str], n_effective: float) -> None:
    """One row per class, and the averages over classes."""
    st.markdown(f"## {say('Each class against all others')}")
    _show_table(class_frame(metrics, labels, n_effective), "class_table", say("Classes"))
    _show_table(averages_frame(metrics), "averages", say("Averages over classes"))
    for sentence in never(metrics, labels):
        st.caption(plain(say(sentence)))
    st.caption(say(
        "The accuracy of a class against the rest counts every sample that is rightly not "
        "predicted as it, so its average is no accuracy over all classes."
    ))  # fmt: skip
    st.caption(say(
        "The intervals are Wilson's 95 % intervals; with weights they use the effective number of"
        " samples. Macro is the mean over the classes that occur among labels or predictions."
    ))  # fmt: skip


def _show_table(frame: pd.DataFrame, key: str, alt: str) -> None:
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
