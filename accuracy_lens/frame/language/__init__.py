"""The language of a visit: what the link says, else the visitor's choice, else the browser's."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from accuracy_lens.components.mounting import component
from accuracy_lens.frame import door
from accuracy_lens.view.carry import keep_choices
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.view.state import VISITOR
from accuracy_lens.view.stored import in_address, write_address
from accuracy_lens.words.language import (
    CHOICE,
    HTML_NAMES,
    IN_LINK,
    LANGUAGES,
    SOURCE,
    known,
    use,
)  # fmt: skip
from accuracy_lens.words.text import say

_HERE = Path(__file__).parent


def begin() -> None:
    """Say everything in the visitor's language from here; call it before anything is said."""
    if not View.language.stored:
        linked = in_address(IN_LINK)
        VISITOR.language_in_link = bool(linked)
        choice = st.context.cookies.get(CHOICE)
        VIEW.language = known(*linked[-1:], choice, st.context.locale) or SOURCE
    use(VIEW.language)
    if VISITOR.language_in_link:
        write_address(IN_LINK, (VIEW.language,))


def pick_language() -> None:
    """Draw the choice, and let the browser know: the page's language, and what to keep."""
    language = widgets.segments(
        View.language,
        say("Language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        label_visibility="collapsed",
        on_change=_choose,
    )
    kept = {"cookie": CHOICE, "choice": language} if VISITOR.language_chosen else {}
    mount = component("language", _HERE / "language.js")
    mount(key="page_language", data={"html": HTML_NAMES[language], **kept}, height=1)


def _choose() -> None:
    VISITOR.language_chosen = True
    door.stay()
    keep_choices()
