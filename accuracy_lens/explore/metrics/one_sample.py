"""One sample on the Metrics page: its way through the five steps."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.components.one_sample import show_trace
from accuracy_lens.explore.metrics import controls
from accuracy_lens.words.text import say
from metrics_core.evaluation import Evaluation


def show_sample(evaluation: Evaluation) -> None:
    """One sample's way through the steps, in a sentence, a formula and a table."""
    st.markdown(f"## {say('One sample')}")
    show_trace(evaluation, controls.pick_sample(evaluation.predictions), "trace")
