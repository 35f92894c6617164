"""A scenario's question at the top of every page, and what to look for beside the lens."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.view.state import Source
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say

_LENS_AND_NUMBERS = (2.0, 3.0)
_BESIDE_STORY = (1.3, 1.8, 2.4)


def show_question(source: Source, *, beside: bool) -> None:
    """Write the question of a scenario, with the way to what to look for; other data have none.

    Parameters
    ----------
    source : Source
    beside : bool
        Whether the page has a place for it beside its lens (`columns_beside`).
    """
    if source.question is None:
        return
    with st.container(key="question", horizontal=True, vertical_alignment="center", wrap=False):
        st.markdown(f"## {plain(say(source.question))}", width="stretch")
        if beside:
            widgets.toggle(View.story, say("What to look for"))
        else:
            with st.popover(say("What to look for")):
                _show(source)


def is_beside(source: Source) -> bool:
    """Whether what to look for stands beside the lens of the page that is drawn."""
    return bool(source.story) and VIEW.story


def columns_beside(source: Source) -> tuple[DeltaGenerator, DeltaGenerator]:
    """The columns of the lens and of its numbers; what to look for is written in one beside them.

    Call it after `show_question`.
    """
    if not is_beside(source):
        left, right = st.columns(_LENS_AND_NUMBERS, gap="medium")
        return left, right
    first, left, right = st.columns(_BESIDE_STORY, gap="small")
    with first:
        _show(source)
    return left, right


def column_beside(source: Source) -> DeltaGenerator:
    """The same where the lens has its numbers in it."""
    if not is_beside(source):
        return st.container()
    first, rest = st.columns((_BESIDE_STORY[0], sum(_BESIDE_STORY[1:])), gap="small")
    with first:
        _show(source)
    return rest


def columns_below(source: Source) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Below the lens of that page: two columns; where what to look for takes one, two rows."""
    if is_beside(source):
        return st.container(), st.container()
    left, right = st.columns((2, 1), gap="medium")
    return left, right


def _show(source: Source) -> None:
    with st.container(key="story_text", gap="xsmall"):
        st.markdown("\n".join(f"- {plain(say(sentence))}" for sentence in source.story))
        for note in source.notes:
            st.caption(plain(say(note)))
