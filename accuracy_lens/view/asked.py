"""What a link asked for, and what the page shows instead where it cannot be had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from accuracy_lens.view.control import Control
from accuracy_lens.view.state import VISITOR, address
from accuracy_lens.view.table import CONTROLS
from accuracy_lens.words.text import say


def read_link() -> None:
    """Keep the query of the link that opened the visit; call it before any widget is drawn."""
    if VISITOR.asked is None:
        VISITOR.asked = address()


def show_replaced(page: str) -> None:
    """One sentence for each wish of the link that was not met; call it after the page is drawn.

    A sentence goes when its control is moved, and all go when the page is turned.

    Parameters
    ----------
    page : str
        A name of the page that is drawn.
    """
    asked = VISITOR.asked or {}
    if VISITOR.replaced is None:
        VISITOR.replaced = page, _replaced(asked)
    first, replaced = VISITOR.replaced
    if page != first:
        return
    for name in asked:
        if not _is_known(name):
            st.warning(
                say("The link sets “{name}”, which no page has; it is left out.", name=_plain(name))
            )
    for name, (control, shown) in replaced.items():
        if control.stored and control.read() == shown[0]:
            st.warning(
                say(
                    "The link asks for “{asked}” as {name}, which cannot be set here; "
                    "“{shown}” is shown instead.",
                    asked=_plain(asked[name]), name=name, shown=_plain(shown[1]),
                )
            )  # fmt: skip


def _replaced(asked: Mapping[str, str]) -> dict[str, tuple[Control[Any], tuple[Any, str]]]:
    rows = {row.url_name: row for row in CONTROLS.values() if row.url_name and not row.each}
    drawn = VISITOR.drawn
    return {
        name: (rows[name], drawn[name])
        for name, text in asked.items()
        if name in rows and name in drawn and not _is_same(text, *drawn[name])
    }


def _is_same(text: str, value: object, shown: str) -> bool:
    """Whether the text of a link is the value that a control holds.

    Examples
    --------
    >>> _is_same("0.250", 0.25, "0.25"), _is_same("abc", 0.5, "0.5"), _is_same("TRUE", True, "True")
    (True, False, True)
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            if float(text) == value:
                return True
        except ValueError:
            pass
    return text.strip().casefold() in {str(value).casefold(), shown.casefold()}


def _is_known(name: str) -> bool:
    return any(
        name.startswith(f"{row.key}{row.each}") if row.each else name == row.key
        for row in CONTROLS.values()
        if row.in_url
    )


def _plain(text: str) -> str:
    """A visitor's text, short and with nothing that markdown reads."""
    short = text if len(text) <= 60 else f"{text[:59]}…"
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()<>#+-!|~$:" else sign for sign in short)
