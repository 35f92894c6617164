"""A refused input becomes one readable sentence; the only place that catches `InputError`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import streamlit as st

from accuracy_lens.words.text import say_error
from metrics_core.errors import InputError

Result = TypeVar("Result")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")
_ADDRESS = re.compile(r"(https?(?=:)|www(?=\.)|@)", re.IGNORECASE)
_JOINER = "\N{WORD JOINER}"
"""Has no width and breaks an address, which Markdown links to even where it is escaped."""


def plain(text: str) -> str:
    """Text that Markdown shows as it stands, so that a file's name or column cannot add a link.

    Examples
    --------
    >>> plain("![a](b)")
    '\\\\!\\\\[a\\\\]\\\\(b\\\\)'
    >>> plain("www.a.b") == "www\\N{WORD JOINER}\\\\.a\\\\.b"
    True
    """
    return _MARKDOWN.sub(r"\\\1", _ADDRESS.sub(rf"\1{_JOINER}", text))


def prose(text: str) -> str:
    """The same, but what stands between backticks is shown as code.

    Examples
    --------
    >>> prose("[a] and `b_c`")
    '\\\\[a\\\\] and `b_c`'
    """
    return "".join(
        part if part.startswith("`") else plain(part) for part in re.split(r"(`[^`\n]+`)", text)
    )


def attempt(action: Callable[[], None]) -> str | None:
    """Do something; the sentence of its `InputError` where it is refused, otherwise None."""
    try:
        action()
    except InputError as error:
        return say_error(error)
    return None


def tried(action: Callable[[], Result]) -> Result | InputError:
    """Do something; what it gives, or the `InputError` that refuses it, for who wants its parts."""
    try:
        return action()
    except InputError as error:
        return error


@contextmanager
def explained() -> Iterator[None]:
    """Show the sentence of an `InputError` where the block stands, and go on after it."""
    try:
        yield
    except InputError as error:
        st.error(prose(say_error(error)))
