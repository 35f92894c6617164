"""Reading a data set: asked for by a button, followed while it goes on, kept for the visit."""

from __future__ import annotations

from collections.abc import Hashable
from typing import cast

import streamlit as st

from accuracy_lens.jobs.looks import LOOKS, look_job
from accuracy_lens.jobs.runs.task import Job
from accuracy_lens.jobs.runs.visit import RunState, this_visitor
from accuracy_lens.view.control_table.table import View
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import explained, plain
from accuracy_lens.words.text import say
from metrics_core.datasets.columns.cells import LACKING
from metrics_core.datasets.looking import Decided, Look, Question
from metrics_core.datasets.places.named import Named

POLL_SECONDS = 0.5


def looked(data: Named, question: Question) -> Look | Decided | None:
    """What was found; None while it is not, with the button or the progress in its place.

    The first reading of a data set waits for a button; another view of the same columns does not.
    """
    key = (data.name, data.version, question.asked)
    begun = (data.name, question.asked.columns)
    kept = VISITOR.look
    if kept is not None and kept[0] == key:
        return cast("Look | Decided", kept[1])
    if VISITOR.look_begun != begun:
        st.markdown(plain(say(
            "{n:,} file is to be read, of these columns only.",
            plural="{n:,} files are to be read, of these columns only.",
            n=len(data.shards),
        )))  # fmt: skip
        st.button(
            say("Read the data set"), type="primary", key="read", on_click=_begin, args=(begun,)
        )
        return None
    found = followed("look", key, question, look_job, say("Read again"))
    if found is not None:
        VISITOR.look = (key, found)
    elif not question.asked.drop_missing and _lacks_cells():
        st.button(
            say("Leave out rows with a missing cell or NaN"), key="drop_dataset_rows",
            on_click=View.dataset_drop.of(data.name).write, args=(True,),
        )  # fmt: skip
    return cast("Look | Decided | None", found)


def _lacks_cells() -> bool:
    """Whether the visitor's last reading was refused for a row that lacks a cell."""
    _, run = VISITOR.look_runs.get("look", (None, ""))
    state = _state(run)
    reason = None if state is None else state.reason
    return reason is not None and reason.values.get("rule") == LACKING


def _begin(begun: Hashable) -> None:
    VISITOR.look_begun = begun


def followed(name: str, key: Hashable, question: object, job: Job, again: str) -> object | None:
    """The answer of a job; None while there is none, with what is known of it in its place.

    Parameters
    ----------
    name : str
        Which of the visitor's jobs it is.
    key : hashable
        All that the answer depends on.
    question : object
    job : callable
    again : str
        What the button says that starts it again.
    """
    started = VISITOR.look_runs.get(name)
    state = None
    if started is not None and started[0] == key:
        state = _state(started[1])
    if state is None:
        with explained():
            run = LOOKS.start([question], this_visitor(), job, keys=[(name, key)])
            VISITOR.look_runs = {**VISITOR.look_runs, name: (key, run)}
            state = _state(run)
    if state is None:
        return None
    if state.phase == "done":
        return state.reports[-1]
    if state.over:
        show = st.error if state.phase == "failed" else st.info
        if state.reason is not None:
            show(plain(say(state.reason)))
        if st.button(again, key=f"again_{name}"):
            VISITOR.look_runs = {}
            st.rerun()
        return None
    st.fragment(_progress, run_every=POLL_SECONDS)(VISITOR.look_runs[name][1])
    return None


def _state(run: str) -> RunState | None:
    states = LOOKS.states(run)
    return None if states is None else states[0]


def _progress(run: str) -> None:
    LOOKS.touch(run)
    state = _state(run)
    if state is None or state.over:
        st.rerun()
    share = state.reports[-1] if state.reports else 0.0
    done = float(share) if isinstance(share, float) else 1.0
    words = say("Waiting for others who read") if state.phase == "queued" else say("Reading")
    st.progress(done, text=plain(words))
    st.button(say("Stop"), on_click=LOOKS.stop, args=(run,), key="stop_reading")
