"""A refused formula: the sentence, and the part that it is about."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say_error
from metrics_core.errors import InputError
from metrics_core.formula import FormulaError

_AHEAD, _WIDTH = 24, 72


def show_refusal(error: InputError, text: str) -> None:
    """Show what is wrong in a sentence, and where in the formula."""
    st.error(plain(say_error(error)))
    if isinstance(error, FormulaError):
        st.code(pointed(text, error.column, error.end), language=None)


def pointed(text: str, column: int, end: int) -> str:
    """The formula with its faulty part underlined; a part of it where it is long.

    Examples
    --------
    >>> print(pointed("mean(y_tru)", 5, 10))
    mean(y_tru)
         ^^^^^
    """
    line = "".join(" " if letter.isspace() else letter for letter in text)
    first = max(0, min(column - _AHEAD, len(line) - _WIDTH))
    part = line[first : first + _WIDTH]
    before = "…" if first else ""
    after = "…" if first + _WIDTH < len(line) else ""
    start = column - first + len(before)
    length = max(1, min(end, first + _WIDTH) - column)
    return f"{before}{part}{after}\n{' ' * start}{'^' * length}"
