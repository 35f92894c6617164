"""The calls of libraries beside Keras that give a number on the data in view."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.view.caches import session_cache
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.libraries.usual import usual_answers
from metrics_core.predictions import Predictions
from metrics_core.reverse import Reported

MOST_OUTPUTS = 200_000
"""Outputs up to which the calls are made."""


@session_cache(entries=4)
def every_call(digest: str, _data: Predictions) -> tuple[tuple[str, str, float, bool], ...]:
    """Library with versions, call, number and whether it was run, of calls not refused."""
    if _data.outputs.size > MOST_OUTPUTS:
        return ()
    return tuple(
        (found.title, found.usual.call, found.value, bool(found.rows[-1].ran))
        for found in usual_answers(_data)
        if found.value is not None
    )


def show_libraries(data: Predictions, reported: Reported) -> None:
    """List the calls that give the number at the digits that were typed."""
    found = [
        say("{library}: {call}", library=title, call=call)
        if ran
        else say("{library}: {call} (by its documentation, not run)", library=title, call=call)
        for title, call, value, ran in every_call(data.digest, data)
        if reported.low <= value <= reported.high
    ]
    if not found:
        return
    st.text(say("Calls of libraries that give it on these outputs"))
    st.markdown("\n".join(f"- {plain(line)}" for line in found))
