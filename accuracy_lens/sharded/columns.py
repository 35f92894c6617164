"""The question about the columns of a data set: a guess on its first rows, and how to change it."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.jobs.looks import guessed
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say, say_error
from metrics_core.datasets.columns import Columns
from metrics_core.datasets.named import Named
from metrics_core.errors import InputError
from metrics_core.reading.limits import shorten

NONE = "none"


def pick_columns(data: Named) -> Columns | None:
    """Ask which columns are what; None where the answer cannot be used.

    Raises
    ------
    InputError
        Where the first file cannot be read.
    """
    guess = guessed(data.name, data.version, data.shards[0])
    if not guess.numeric:
        st.warning(say("No column of this data set holds numbers."))
        return None
    usual = guess.usual
    if isinstance(usual, InputError):
        st.warning(plain(say_error(usual)))
        usual = Columns(y_true=guess.numeric[0], y_pred=())
    with st.expander(say("Columns"), expanded=not guess.roles.sure, key="dataset_columns"):
        if not guess.roles.sure:
            st.warning(
                say("This is a guess: check which column holds the truth and which the outputs.")
            )
        for doubt in guess.roles.doubts:
            st.text(say(doubt))
        names = list(guess.numeric)
        labels = widgets.multiselect(
            View.dataset_labels.of(data.name), say("Labels"), names,
            default=[name for name in usual.labels if name in names], format_func=shorten,
            help=say("One column, or one for each column of outputs in their order."),
        )  # fmt: skip
        outputs = widgets.multiselect(
            View.dataset_outputs.of(data.name), say("Outputs"), names,
            default=[name for name in usual.y_pred if name in names], format_func=shorten,
            help=say("One column, or one for each class in their order."),
        )  # fmt: skip
        weight = widgets.select(
            View.dataset_weight.of(data.name), say("Sample weights"), [NONE, *names],
            default=usual.sample_weight or NONE,
            format_func=lambda name: say("none") if name == NONE else shorten(name),
        )  # fmt: skip
    if not (labels and outputs):
        st.caption(say("Choose the columns of the labels and of the outputs; no guess is likely."))
        return None
    columns = Columns(
        y_true=tuple(labels),
        y_pred=tuple(outputs),
        sample_weight=None if weight == NONE else weight,
    )
    if len(set(columns.names)) < len(columns.names):
        st.warning(say("Labels, outputs and weights must be different columns."))
        return None
    return columns
