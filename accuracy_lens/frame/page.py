"""What stands around every page: the name, and above the page its question and the data in view."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from accuracy_lens.frame import story
from accuracy_lens.frame.upload.columns import columns_line
from accuracy_lens.frame.upload.wanted import tell_other
from accuracy_lens.view import arranged, prepared
from accuracy_lens.view.pages import PAGES, PageRow
from accuracy_lens.view.state import Source
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say

_HERE = Path(__file__).parent
STYLE = _HERE / "page.css"
"""The front page has it too, before anything is drawn."""
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
    st.html(STYLE)
    label = json.dumps(say("Data and pages"), ensure_ascii=False)
    st.html(f"<style>[data-testid=stExpandSidebarButton]::after {{ content: {label} }}</style>")
    st.markdown(f"**Accuracy Lens**  \n{say('How an accuracy is really computed, step by step.')}")


def link_pages(pages: Mapping[PageRow, Page]) -> None:
    """Link every page, section by section.

    Streamlit's own navigation has a list that is none to a screen reader, and comes before what
    stands below it, which it then pushes down.
    """
    with st.container(key="pages", gap=None):
        for section, rows in groupby(PAGES, key=lambda row: row.section):
            st.caption(say(section))
            for row in rows:
                st.page_link(pages[row], width="stretch")


def heading(title: str) -> None:
    """Write the one heading of the first level that a page has."""
    st.title(title, anchor=False)


def name_window(title: str, source: Source | None) -> None:
    """Name the page and the data in the title of the window."""
    if source is None:
        name = say("{page} · Accuracy Lens", page=title)
    else:
        name = say("{page} · {data} · Accuracy Lens", page=title, data=source.title)
    st.set_page_config(page_title=name)


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
