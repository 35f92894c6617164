"""The samples in which A and B part: filter, both ways through the steps, and a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import streamlit as st

from accuracy_lens.components.chart_table import arrow_table
from accuracy_lens.components.one_sample import show_trace
from accuracy_lens.components.sample_rows import PAGE, page_of
from accuracy_lens.explore.compare import answers
from accuracy_lens.explore.compare.decided import Marks
from accuracy_lens.report import exports
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.view.events import selected_cells
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.language import later
from accuracy_lens.words.text import say
from metrics_core.compare.parting import COMPARED, differences_of
from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

FILTERS: Mapping[str, Message] = {
    "either": Message("right in one alone"),
    "a": Message("right in A alone"),
    "b": Message("right in B alone"),
    "neither": Message("wrong in both"),
    "otherwise": Message("predicted otherwise"),
    "all": Message("all samples"),
}


def kept(marks: Marks, which: str) -> Array | None:
    """A mask over the samples; None for all of them."""
    a, b = marks.right_a, marks.right_b
    match which:
        case "either":
            return np.asarray(a != b)
        case "a":
            return np.asarray(a & ~b)
        case "b":
            return np.asarray(b & ~a)
        case "neither":
            return np.asarray(~a & ~b)
        case "otherwise":
            return marks.other
    return None


def pick_filter() -> str:
    """Draw the heading of the table; which samples it shows."""
    st.markdown(f"## {say('Samples in A and in B')}")
    return widgets.select(
        View.apart, say("Show"), list(FILTERS),
        format_func=lambda name: say(FILTERS[name]), width=240,
    )  # fmt: skip


def show_samples(a: Evaluation, b: Evaluation, marks: Marks, which: str) -> None:
    """The table; a click on a cell shows its sample in A and in B.

    Parameters
    ----------
    which : str
        From `pick_filter`.
    """
    data = a.predictions
    mask = kept(marks, which)
    n = data.n_samples if mask is None else int(np.count_nonzero(mask))
    st.text(
        say("{shown:,} of {n:,} sample", plural="{shown:,} of {n:,} samples",
            shown=n, n=data.n_samples)
    )  # fmt: skip
    if n:
        n_pages = -(-n // PAGE)
        if n_pages < VIEW.apart_page:
            View.apart_page.write_start()
        above = st.container()
        page = widgets.pagination(View.apart_page, n_pages) if n_pages > 1 else 1
        rows = page_of(data.n_samples, mask, None, descending=False, page=page)
        VISITOR.rows = rows
        with above:
            st.dataframe(
                table_of(a, b, marks, rows), hide_index=True, key="apart_rows", height=300,
                on_select=_open, selection_mode="single-cell", alt=say("Samples in A and in B"),
                column_config={say("row"): st.column_config.NumberColumn(pinned=True)},
            )  # fmt: skip
        st.download_button(
            say("{n:,} sample as CSV", plural="{n:,} samples as CSV", n=n),
            later(lambda: _csv(a, b, marks, mask)),
            "a-and-b.csv", "text/csv", on_click="ignore", key="apart_csv",
        )  # fmt: skip
    show_sample(a, b, mask)


def table_of(a: Evaluation, b: Evaluation, marks: Marks, rows: Array) -> pa.Table:
    """Some samples with what they are in A and in B."""
    data = a.predictions
    columns: dict[str, Any] = {say("row"): rows}
    if data.sample_ids is not None:
        columns[say("id")] = [str(each) for each in data.sample_ids[rows].tolist()]
    labels = a.steps.true_class[rows] if data.kind in ("one_hot", "sparse") else data.labels[rows]
    columns[say("label")] = _shown(labels, a)
    for name, side, right in (("A", a, marks.right_a), ("B", b, marks.right_b)):
        part = side.only(rows)
        scores, decisions = part.scores, part.decisions
        columns[say("{name}: score", name=name)] = _scores(scores, decisions)
        columns[say("{name}: predicted", name=name)] = _shown(decisions, side)
        columns[say("{name}: right", name=name)] = ["✓" if good else "✗" for good in right[rows]]
    marks_of_rows = differences_of(a, b, rows)
    first = marks_of_rows.argmax(axis=0)
    steps = [
        COMPARED[step] if some else None
        for step, some in zip(first, np.any(marks_of_rows, axis=0), strict=True)
    ]
    columns[say("part at step")] = [
        "" if step is None else say("{number} {step}", number=int(step), step=step.title)
        for step in steps
    ]
    return arrow_table(columns)


def _scores(scores: Array, decisions: Array) -> list[str]:
    """The score of one output, else the highest of the row."""
    if scores.ndim == 1:
        return [f"{value:.6g}" for value in scores.tolist()]
    return [f"{value:.6g}" for value in scores.max(axis=1).tolist()]


def _shown(values: Array, side: Evaluation) -> list[str]:
    """Classes by their names, several joined; numbers as they are."""
    data = side.predictions
    names = data.class_names
    if values.ndim == 2:
        each = names or tuple(map(str, range(values.shape[1])))
        return ["; ".join(each[i] for i in np.flatnonzero(row)) for row in np.asarray(values) != 0]
    if names is None or side.decision.name in ("none", "rank"):
        return [f"{value:g}" for value in values.astype(np.float64).tolist()]
    whole = values.astype(np.float64)
    return [
        names[int(v)] if v.is_integer() and 0 <= v < len(names) else f"{v:g}"
        for v in whole.tolist()
    ]


def _open() -> None:
    """After a cell was clicked: its sample is the one in view."""
    for position, _ in selected_cells("apart_rows")[:1]:
        assert VISITOR.rows is not None
        VIEW.sample = int(VISITOR.rows[position])


def _csv(a: Evaluation, b: Evaluation, marks: Marks, mask: Array | None) -> bytes:
    """Outputs, predictions and verdicts of both, for the samples that are shown."""
    extra: dict[str, Array] = {}
    for name, side, right in (("A", a, marks.right_a), ("B", b, marks.right_b)):
        if name == "B":
            outputs = side.predictions.outputs
            for index in range(side.predictions.n_outputs):
                title = "" if outputs.ndim == 1 else side.predictions.class_name(index)
                column = outputs if outputs.ndim == 1 else outputs[:, index]
                extra[say("B: output {name}", name=title).rstrip()] = column
        decisions = side.decisions
        if decisions.ndim == 1:
            extra[say("{name}: predicted", name=name)] = decisions.astype(np.int64)
        extra[say("{name}: right", name=name)] = right
    rows = slice(None) if mask is None else mask
    return exports.samples_csv(a.predictions, a.steps, {}, rows, extra)


def show_sample(a: Evaluation, b: Evaluation, mask: Array | None) -> None:
    """One sample on its way through the steps in A and in B, side by side."""
    n = a.predictions.n_samples
    if VIEW.sample >= n:
        View.sample.write_start()
    if not View.sample.stored and mask is not None and mask.any():
        VIEW.sample = int(np.argmax(mask))
    st.markdown(f"## {say('One sample in A and in B')}")
    index = int(widgets.number(View.sample, say("Row of the sample"), 0, n - 1, step=1, width=170))
    marks = differences_of(a, b, slice(index, index + 1))[:, 0].tolist()
    st.markdown(plain(say(answers.sample_words(marks))))
    for name, side, column in zip(("A", "B"), (a, b), st.columns(2, gap="medium"), strict=True):
        with column:
            st.markdown(f"**{name}**")
            show_trace(side, index, f"trace_{name}")
