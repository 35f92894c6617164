"""The form of a number without data, and its answers below."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.explain.number.headline import is_own
from accuracy_lens.explain.number.without_data.fields import labels
from accuracy_lens.explain.number.without_data.groups import CLASSES, FOLDS, show_groups
from accuracy_lens.explain.number.without_data.matrices import show_matrices
from accuracy_lens.view import state
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import CONTROLS
from accuracy_lens.words.feedback import explained
from accuracy_lens.words.text import say
from metrics_core.without_data import METRICS

_CONTROLS = {"samples": "without_n"}
_EXAMPLES = {"samples": "400", "positives": "50", "beta": "1"}


def show_without_data() -> None:
    """Draw the form and its answer; open where the data in view are not the visitor's."""
    box = st.expander(
        say("A number without data: only the counts are known"),
        expanded=not is_own(state.source()),
    )
    with box:
        st.text(
            say(
                "Type what was reported, with its digits. Rounded half up or half to even are both"
                " accepted; a fit that needs digits to be cut off is said to be one."
            )
        )
        with explained():
            show_matrices(_form())
        st.markdown(f"**{say('Several folds, or several classes')}**")
        st.caption(
            say(
                "The reported accuracy above, where one is typed, counts here as that of all folds,"
                " or of all classes, together."
            )
        )
        for kind in (FOLDS, CLASSES):
            with explained():
                show_groups(kind)


def _form() -> dict[str, str]:
    """What was typed into each field, by what the core calls it; empty ones are left out."""
    named = labels()
    texts: dict[str, str] = {}
    rows = [st.columns(many, vertical_alignment="bottom") for many in (3, 5, 5)]
    columns = [column for row in rows for column in row]
    for name, column in zip(("samples", "positives", "beta", *METRICS), columns, strict=True):
        with column:
            texts[name] = widgets.text(
                CONTROLS[_CONTROLS.get(name, f"without_{name}")],
                named[name],
                placeholder=_EXAMPLES.get(name, "0.875"),
                max_chars=24,
            ).strip()
    return {name: text for name, text in texts.items() if text}
