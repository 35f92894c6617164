"""Classes of a data set: the matrix, each class, top-k, and rows of a cell by a second look."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from accuracy_lens.components import charts
from accuracy_lens.explore.classes import answers, panels
from accuracy_lens.explore.classes.computed import LabelTable
from accuracy_lens.sharded import samples
from accuracy_lens.sharded.settings import InView, at_labels, at_threshold
from accuracy_lens.view.control_table import controls
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import amount, figure, say
from metrics_core.counting.confusion import Confusion
from metrics_core.counting.top_k import TopK
from metrics_core.datasets.counting.labels import LabelCounts
from metrics_core.datasets.looking import Look
from metrics_core.kinds import Kind


def show(view: InView, look: Look) -> None:
    """Draw what the files were read for."""
    if look.labels is not None and look.classes is None:
        _show_labels(view, look.labels, look.found.dtype)
        return
    if look.classes is not None:
        show_matrix(view, look.classes.confusion, look.kind)
        _show_top_k(look.classes.top_k)
        return
    threshold, counts = at_threshold(view, look.found)
    show_matrix(replace(view, threshold=threshold), Confusion.of_table(counts.table), look.kind)


def show_matrix(view: InView, confusion: Confusion, kind: Kind) -> None:
    """The matrix, rows of a cell by a second look, and the metrics of each class."""
    names = view.names[: confusion.n_classes]
    of = answers.title_of(
        confusion.accuracy, kind, confusion.n_classes, view.threshold, by_class=False
    )
    st.markdown(f"## {plain(say(of))}")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        title = say("Confusion matrix")
        _, cell = panels.show_matrix(confusion, names, title, right)
    with right:
        samples.show_cell(view, cell)
    if kind == "binary" and view.asked.weighted:
        st.caption(say("With weights, intervals of each class would need single weights."))
    else:
        panels.show_classes(confusion.per_class(), names, answers.effective_size(confusion))


def _show_labels(view: InView, labels: LabelCounts, dtype: np.dtype[Any]) -> None:
    """Each of several labels of a sample on its own."""
    _, place = at_labels(view, labels, dtype)
    table = LabelTable(labels.counts(place), labels.per_label(place), labels.effective_size)
    panels.show_labels_answer(table, view.names)
    panels.show_classes(table.per_class, view.names, table.n_effective)


def _show_top_k(found: TopK) -> None:
    st.markdown(f"## {say('Top-k accuracy for every k')}")
    k = controls.pick_k()
    value = found.accuracy(k)
    st.markdown(plain(say(
        "Top-{k} accuracy {value} ({count} of {total}).",
        k=k, value=figure(value), count=amount(round(value * found.count, 6)),
        total=amount(found.count),
    )))  # fmt: skip
    st.plotly_chart(
        charts.top_k_figure(found.accuracies, k),
        key="top_k",
        config=charts.tools("top-k-accuracy"),
        alt=say("Accuracy for every k: {value} at k = {k}", value=figure(value), k=k),
    )
