"""Single rows of a data set, found by a second look at its files, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import pandas as pd
import streamlit as st

from accuracy_lens.explore.classes.answers import called
from accuracy_lens.explore.classes.matrix import ANY, NO_CLASS
from accuracy_lens.jobs.looks import SampleQuestion, samples_job
from accuracy_lens.sharded.reading import followed
from accuracy_lens.sharded.settings import InView
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.datasets.looking import Look
from metrics_core.datasets.samples import Cell, Sample
from metrics_core.steps.decision.threshold import effective_threshold

PAGE = 20
_DOUBLE = np.dtype(np.float64)
_MOST_OUTPUTS = 20


def show_cell(view: InView, chosen: tuple[int, int]) -> None:
    """The rows of a cell of the matrix, in the order of the files."""
    true, predicted = (None if key == ANY else key for key in chosen)
    if true is None and predicted is None:
        st.caption(
            say("Click a cell (tap it twice), or choose a true class and a predicted class.")
        )
        return
    if min(key for key in (true, predicted) if key is not None) < 0:
        st.caption(say("Choose one class; rows of several classes together are not looked for."))
        return
    st.markdown(plain(say(
        "{true} predicted as {predicted}",
        true=called(chosen[0], view.names), predicted=called(chosen[1], view.names),
    )))  # fmt: skip
    limit = float(effective_threshold(view.threshold, _DOUBLE))
    _find(view, Cell(true, predicted, limit), 0.5)


def show_worst(view: InView, look: Look) -> None:
    """The rows whose label is given the lowest score."""
    st.markdown(f"## {say('Most wrong')}")
    st.caption(say("The rows whose own label has the lowest score, by a second look at all files."))
    _find(view, None, 0.5 if look.calibration is not None else 0.0)


def _find(view: InView, cell: Cell | None, even: float) -> None:
    if not widgets.toggle(View.dataset_rows, say("Look for the rows")):
        return
    page = int(widgets.number(View.dataset_page, say("Page"), 1, 500, step=1, width=120))
    question = SampleQuestion(view.data.shards, view.asked, cell, PAGE * (page - 1), PAGE, even)
    key = (view.data.name, view.data.version, view.asked, cell, page, even)
    found = followed("samples", key, question, samples_job, say("Look again"))
    if found is None:
        return
    rows = cast("Sequence[Sample]", found)
    if not rows:
        st.caption(say("No rows."))
        return
    decided = view.asked.columns.of_classes
    st.dataframe(frame(rows, view.names, decided=decided), hide_index=True, alt=say("Samples"))


def frame(rows: Sequence[Sample], names: Sequence[str], *, decided: bool) -> pd.DataFrame:
    """The rows as a table: where each stands, its label, and its scores or the predicted class."""
    columns: dict[str, list[object]] = {
        say("file"): [row.file for row in rows],
        say("row"): [row.row for row in rows],
        say("label"): [names[row.label] for row in rows],
    }
    if decided:
        chosen = [int(row.scores[0]) for row in rows]
        columns[say("predicted")] = [called(NO_CLASS if c < 0 else c, names) for c in chosen]
        return pd.DataFrame(columns)
    width = len(rows[0].scores)
    for place in range(min(width, _MOST_OUTPUTS)):
        title = say("score") if width == 1 else say("score of {name}", name=names[place])
        columns[title] = [row.scores[place] for row in rows]
    return pd.DataFrame(columns)
