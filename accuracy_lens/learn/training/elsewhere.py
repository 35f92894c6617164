"""What the other pages say of a training run: that it goes on, or has ended, and the way back."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.jobs.runs import registry
from accuracy_lens.view.pages import TRAINING
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say

POLL_SECONDS = 2.0


def tell() -> None:
    """Draw the line, and keep the run alive; nothing where no run is, or its end was seen."""
    name = VISITOR.run
    if not name or name == VISITOR.run_seen:
        return
    states = registry.RUNS.states(name)
    if states is None:
        return
    going = not all(state.over for state in states)
    st.fragment(_line, run_every=POLL_SECONDS if going else None)(name)


def _line(name: str) -> None:
    registry.RUNS.touch(name, elsewhere=True)
    states = registry.RUNS.states(name) or ()
    if all(state.phase == "done" for state in states):
        words = say("The training run has ended.")
    elif all(state.over for state in states):
        words = say("The training run has ended before its last epoch.")
    else:
        words = say("A training run goes on.")
    with st.container(horizontal=True, vertical_alignment="center", key="run_elsewhere"):
        st.caption(plain(words), width="content")
        st.page_link(TRAINING.script, label=say("Back to the run"))
