"""The choice among the data sets that the operator of the server named."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.jobs.looks import data_sets
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.words.feedback import explained
from accuracy_lens.words.text import say
from metrics_core.datasets.places.named import Named


def pick_dataset() -> None:
    """Draw the choice; what is chosen is the control's value, see `chosen_dataset`."""
    with explained():
        names = list(data_sets())
        if not names:
            st.caption(say("The operator of this server has named no data sets."))
            return
        widgets.select(View.dataset, say("Data set"), names)


def chosen_dataset() -> Named | None:
    """The data set in view; None where none of that name is there."""
    with explained():
        return data_sets().get(VIEW.dataset)
    return None
