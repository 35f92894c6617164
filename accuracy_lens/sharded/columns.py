"""The question about the columns of a data set: a guess on its first rows, and how to change it."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.jobs.looks import Guess, guessed
from accuracy_lens.view import widgets
from accuracy_lens.view.table import View
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say, say_error
from metrics_core.datasets.columns import Columns
from metrics_core.datasets.guessing import columns_of
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
    usual = _usual(data.name, guess)
    with st.expander(say("Columns"), expanded=not guess.roles.sure, key="dataset_columns"):
        if not guess.roles.sure:
            st.warning(
                say("This is a guess: check which column holds the truth and which the outputs.")
            )
        for doubt in guess.roles.doubts:
            st.text(say(doubt))
        names = list(guess.numeric)
        labels = widgets.select(
            View.dataset_labels.of(data.name), say("Labels"), names,
            default=usual.y_true, format_func=shorten,
        )  # fmt: skip
        outputs = widgets.multiselect(
            View.dataset_outputs.of(data.name), say("Outputs"), names,
            default=list(usual.y_pred), format_func=shorten,
            help=say("One column, or one for each class in their order."),
        )  # fmt: skip
        weight = widgets.select(
            View.dataset_weight.of(data.name), say("Sample weights"), [NONE, *names],
            default=usual.sample_weight or NONE,
            format_func=lambda name: say("none") if name == NONE else shorten(name),
        )  # fmt: skip
    if not outputs:
        st.caption(say("Choose the columns of the labels and of the outputs; no guess is likely."))
        return None
    columns = Columns(
        y_true=labels, y_pred=tuple(outputs), sample_weight=None if weight == NONE else weight
    )
    if len(set(columns.names)) < len(columns.names):
        st.warning(say("Labels, outputs and weights must be different columns."))
        return None
    return columns


def _usual(name: str, guess: Guess) -> Columns:
    """What is chosen at first: the guess, as far as it can be used."""
    try:
        found = columns_of(name, guess.roles)
    except InputError as error:
        st.warning(plain(say_error(error)))
        found = Columns(y_true=guess.numeric[0], y_pred=())
    here = [title for title in found.y_pred if title in guess.numeric]
    labels = found.y_true if found.y_true in guess.numeric else guess.numeric[0]
    return Columns(y_true=labels, y_pred=tuple(here), sample_weight=found.sample_weight)
