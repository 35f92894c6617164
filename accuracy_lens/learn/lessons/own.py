"""A lesson that a teacher wrote: uploaded or pasted, kept for the visit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from accuracy_lens.jobs.lesson_files import read_lesson
from accuracy_lens.view.caches import Size, session_cache
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import plain, prose, tried
from accuracy_lens.words.text import error_words, say
from metrics_core.errors import InputError
from metrics_core.lessons.parsing import parse_lesson
from metrics_core.lessons.parts.lesson import Lesson
from metrics_core.lessons.rows import lessons
from metrics_core.lessons.workings import Workings

NAME = "own-lesson"
"""What the address calls it, whatever it calls itself."""


def known() -> Mapping[str, Lesson]:
    """The lessons that ship with the program, and the visitor's own."""
    own = VISITOR.own_lesson
    return lessons() if own is None else {**lessons(), NAME: workings().lesson}


def workings() -> Workings:
    """The visitor's lesson on its own data."""
    own = VISITOR.own_lesson
    assert own is not None
    return _workings(own[0], own[1])


@session_cache(entries=1, size=Size(fixed=32 << 20))
def _workings(digest: str, _content: Mapping[str, object]) -> Workings:
    return Workings(replace(parse_lesson(_content), name=NAME))


def ask() -> None:
    """Ask for a file or a text; a lesson that can be used stands in the list then."""
    with widgets.expander(View.own_lesson, say("A lesson of your own")):
        st.markdown(
            prose(
                say(
                    "A lesson is one JSON or YAML file; `docs/lessons.md` says how it is written. "
                    "Nothing in it is executed, and it is kept for this visit only."
                )
            )
        )
        file = st.file_uploader(say("File"), key="lesson_file", max_upload_size=1)
        pasted = st.text_area(say("Or paste it"), key="lesson_text", height=160)
        if st.button(say("Open the lesson"), key="lesson_use"):
            _use(file.getvalue() if file is not None else pasted.encode())
            if VISITOR.lesson_refused is None:
                st.rerun()
        if VISITOR.lesson_refused is not None:
            st.error(prose(say(VISITOR.lesson_refused)))
        if VISITOR.own_lesson is not None:
            st.caption(plain(say("Your lesson stands last in the list.")))


def _use(content: bytes) -> None:
    with st.spinner(say("Computing the lesson")):
        found = tried(lambda: read_lesson(content))
    if isinstance(found, InputError):
        VISITOR.lesson_refused = error_words(found)
        return
    VISITOR.lesson_refused = None
    VISITOR.own_lesson = (hashlib.sha256(content).hexdigest(), found)
    walks = VISITOR.walks or {}
    VISITOR.walks = {name: walk for name, walk in walks.items() if name != NAME}
