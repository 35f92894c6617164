"""A refused input becomes one readable sentence; the only place that catches `InputError`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.wording import say_error
from metrics_core.errors import InputError

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")


def plain(text: str) -> str:
    """Text that Markdown shows as it stands, so that a file's name or column cannot add a link.

    Examples
    --------
    >>> plain("![a](b)")
    '\\\\!\\\\[a\\\\]\\\\(b\\\\)'
    """
    return _MARKDOWN.sub(r"\\\1", text)


def attempt(action: Callable[[], None]) -> str | None:
    """Do something; the sentence of its `InputError` where it is refused, otherwise None."""
    try:
        action()
    except InputError as error:
        return say_error(error)
    return None


@contextmanager
def explained() -> Iterator[None]:
    """Show the sentence of an `InputError` where the block stands, and go on after it."""
    try:
        yield
    except InputError as error:
        st.error(plain(say_error(error)))
