"""What stands around every page: the name, and above the page its question and the data in view."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from accuracy_lens.frame import story
from accuracy_lens.frame.columns import columns_line
from accuracy_lens.frame.wanted import tell_other
from accuracy_lens.view import arranged, prepared
from accuracy_lens.view.state import Source
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say

_HERE = Path(__file__).parent
ICON = str(_HERE / "icon.png")
SIDEBAR = 340
"""Width in pixels; the three ways to get data fit side by side."""


def arrange() -> None:
    """Draw the page as a prepared link arranges it; call it before anything else is drawn."""
    arranged.draw()
    if arranged.is_presented():
        st.html(_HERE / "present.css")
    if style := arranged.hiding():
        st.html(style)


def sign() -> None:
    """Write the product's name and what it is for, and set the page's margins."""
    st.html(_HERE / "page.css")
    label = json.dumps(say("Data and pages"))
    st.html(f"<style>[data-testid=stExpandSidebarButton]::after {{ content: {label} }}</style>")
    st.markdown(f"### Accuracy Lens\n{say('How an accuracy is really computed, step by step.')}")


def describe(source: Source, *, lens: bool) -> None:
    """Write the question of a scenario, the description line, and what was made up.

    Parameters
    ----------
    source : Source
    lens : bool
        Whether the page has a lens, beside which it writes what to look for.
    """
    story.show_question(source, beside=lens)
    data = source.predictions
    line = say(prepared.summary(data.digest, data).line)
    st.markdown(f"**{plain(source.title)}** — {plain(line)}")
    if "file" in source.origin:
        columns_line()
        tell_other(source)
    if not (lens and story.is_beside(source)):
        for note in source.notes[: 1 if source.story else None]:
            st.caption(plain(say(note)))
