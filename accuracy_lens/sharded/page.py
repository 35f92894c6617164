"""A page on a data set: its columns, its reading, and what the page shows of it, or why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from accuracy_lens.frame.dataset import chosen_dataset
from accuracy_lens.sharded import classes, decided, doctor, metrics, settings, thresholds
from accuracy_lens.sharded.columns import pick_columns
from accuracy_lens.sharded.reading import looked
from accuracy_lens.view.pages import (
    CLASSES,
    COMPARE,
    DOCTOR,
    METRICS,
    NUMBER,
    THRESHOLDS,
    WHICH,
    PageRow,
)
from accuracy_lens.words.feedback import explained, plain
from accuracy_lens.words.text import say
from metrics_core.datasets.counting.left_out import left_out_words
from metrics_core.datasets.looking import Decided, Look, Question
from metrics_core.messages import Message

Draw = Callable[[settings.InView, Look], None]
_SHOWN: Mapping[PageRow, Draw] = {
    METRICS: metrics.show,
    THRESHOLDS: thresholds.show,
    CLASSES: classes.show,
    DOCTOR: doctor.show,
}
_WHY_NOT: Mapping[PageRow, Message] = {
    COMPARE: Message("Compare joins two sets of outputs sample by sample, and holds them for it."),
    WHICH: Message("Which accuracy? computes with every single output, in the order of the rows."),
    NUMBER: Message("Explain a number tries many calculations on every single output."),
}


def show(row: PageRow) -> None:
    """Draw the page."""
    data = chosen_dataset()
    if data is None:
        st.info(say("There is no data set of that name here. Choose one in the sidebar."))
        return
    st.markdown(f"**{plain(data.name)}**")
    if row in _WHY_NOT:
        st.info(plain(say(
            "{why} A data set is read file by file and never held, so it is not shown here. Take a "
            "part of it as an upload, or turn to Metrics, Thresholds, Classes or Doctor.",
            why=_WHY_NOT[row],
        )))  # fmt: skip
        return
    with explained():
        columns = pick_columns(data)
        if columns is None:
            return
        view = settings.pick(data, columns, sweeps=row is THRESHOLDS)
        if row is DOCTOR:
            view = view.as_it_came()
        found = looked(data, Question(data.shards, view.asked, view.limits))
        if found is None:
            return
        st.caption(plain(say(
            "Rows read: {rows:,}. Files: {files:,}. Bytes of these columns: {bytes:,}.",
            rows=found.n_rows + found.n_left_out, files=found.n_files, bytes=found.n_bytes,
        )))  # fmt: skip
        for note in left_out_words(found.n_left_out):
            st.caption(plain(say(note)))
        if isinstance(found, Decided):
            decided.show(row, view, found)
            return
        if row is not CLASSES or found.classes is None:
            settings.tell_threshold(view, found, of_sweep=row is THRESHOLDS)
        if row is not DOCTOR:
            doctor.show_serious(view, found)
        _SHOWN[row](view, found)
