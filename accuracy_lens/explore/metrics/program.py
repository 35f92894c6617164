"""The lines of Keras and of numpy that give a number of the Metrics page."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.report.formulas import programs_of
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say, say_code
from metrics_core.evaluation import Evaluation
from metrics_core.predictions import Predictions


def show_code(evaluation: Evaluation, whole: Predictions) -> None:
    """The lines of Keras and of numpy that give the number in view.

    Parameters
    ----------
    whole : Predictions
        The data in view; the evaluation may be of the column of one class.
    """
    box = widgets.expander(View.code, say("Code that gives this number"))
    if not box.open:
        return
    with box:
        st.caption(plain(evaluation.variant.keras))
        for title, lines in programs_of(evaluation, whole.kind):
            st.text(title)
            st.code(say_code(lines), wrap_lines=True)
