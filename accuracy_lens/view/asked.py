"""What a link asked for, and what the page shows instead where it cannot be had."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from accuracy_lens.view import arranged
from accuracy_lens.view.controls import useless_settings
from accuracy_lens.view.pages import MISSING
from accuracy_lens.view.state import VISITOR, Link
from accuracy_lens.view.stored import address, strike_from_address
from accuracy_lens.view.table import CONTROLS
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.settings import Settings


def read_link() -> None:
    """Keep the query of the link that opened the visit; call it before any widget is drawn."""
    if VISITOR.link is None:
        asked = address()
        missing = asked.pop(MISSING, ("",))[-1]
        VISITOR.link = Link(asked, missing)
        if missing:
            strike_from_address(MISSING)


def show_unmet(page: str, *, drawn: bool) -> None:
    """One sentence for each wish of the link that was not met; call it after the page is drawn.

    A sentence goes when its control is moved, and all go when the page is turned or other data are
    opened.

    Parameters
    ----------
    page : str
        A name of the page that is in view.
    drawn : bool
        Whether it was drawn, and not what stands in its place while there are no data.
    """
    link = VISITOR.link
    assert link is not None
    if drawn and not link.page:
        link.page = page
    if link.page in ("", page):
        for sentence in _unmet(link, page):
            st.warning(plain(sentence))


def _unmet(link: Link, page: str) -> Iterator[str]:
    if link.missing:
        yield say(
            "There is no page “{name}”; this is {page}.", name=_short(link.missing), page=page
        )
    yield from arranged.unmet()
    for name, texts in link.asked.items():
        if not _is_known(name):
            yield say(
                "The link sets “{name}”, which no page has; it is left out.", name=_short(name)
            )
        elif name in link.drawn:
            control, value, shown = link.drawn[name]
            if control.stored and control.read() == value and not _is_same(texts, value, shown):
                yield say(
                    "The link asks for “{asked}” as {name}, which cannot be set here; "
                    "“{shown}” is shown instead.",
                    asked=_short(", ".join(texts)), name=name, shown=_short(shown),
                )  # fmt: skip
        elif link.page and _is_useless(name):
            yield say("The link sets {name}, which this view has no use for.", name=name)


def _is_same(texts: tuple[str, ...], value: object, shown: str) -> bool:
    """Whether the texts of a link are the value that a control holds.

    Examples
    --------
    >>> _is_same(("0.250",), 0.25, "0.25"), _is_same(("TRUE",), True, "True")
    (True, True)
    >>> _is_same(("abc",), 0.5, "0.5"), _is_same(("AL001", "x"), ["AL001"], "AL001")
    (False, False)
    """
    if isinstance(value, list):
        return [text for text in texts if text] == [str(part) for part in value]
    text = texts[-1]
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            if float(text) == value:
                return True
        except ValueError:
            pass
    return text.strip().casefold() in {str(value).strip().casefold(), shown.casefold()}


def _is_known(name: str) -> bool:
    return any(
        name.startswith(f"{row.key}{row.each}") if row.each else name == row.key
        for row in CONTROLS.values()
        if row.in_url
    )


def _is_useless(name: str) -> bool:
    """Whether neither the page in view nor another has a use for a control that is not drawn.

    What is carried may be used on another page, unless the data in view have no use for it.
    """
    row = next((row for row in CONTROLS.values() if row.url_name == name and not row.each), None)
    if row is None or row.stored:
        return False
    if not row.carried:
        return True
    data = VISITOR.source
    if data is None or row.settings is not Settings:
        return False
    return row.field in useless_settings(data.predictions)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
