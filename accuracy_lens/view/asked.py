"""What a link asked for, and what the page shows instead where it cannot be had."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from accuracy_lens.view import arranged
from accuracy_lens.view.control_table.control import names_of_today
from accuracy_lens.view.control_table.controls import useless_settings
from accuracy_lens.view.control_table.table import CONTROLS
from accuracy_lens.view.pages import MISSING
from accuracy_lens.view.state import VISITOR, Drawn, Link
from accuracy_lens.view.stored import address, write_address
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.language import IN_LINK
from accuracy_lens.words.text import say
from metrics_core.settings import Settings


def read_link() -> None:
    """Keep the query of the link that opened the visit; call it before any widget is drawn."""
    VISITOR.choices = frozenset()
    if VISITOR.link is None:
        asked = {name: names_of_today(name, texts) for name, texts in address().items()}
        missing = asked.pop(MISSING, ("",))[-1]
        VISITOR.link = Link(asked, missing)
        if missing:
            write_address(MISSING, ())


def strike_choices() -> None:
    """Take out of the address the choices that were drawn before and are not now."""
    for key in VISITOR.choices_before - VISITOR.choices:
        write_address(key, ())
    VISITOR.choices_before |= VISITOR.choices


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
    sentences = list(_unmet(link, page)) if link.page in ("", page) else []
    for sentence in sentences:
        st.warning(plain(sentence))
    VISITOR.unmet = bool(sentences)


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
            drawn = link.drawn[name]
            kept = drawn.control.stored and drawn.control.read() == drawn.value
            if kept and not _is_same(texts, drawn):
                yield say(
                    "The link asks for “{asked}” as {name}, which cannot be set here; "
                    "“{shown}” is shown instead.",
                    asked=_short(", ".join(texts)), name=name, shown=_short(drawn.shown),
                )  # fmt: skip
        elif link.page and _is_useless(name):
            yield say("The link sets {name}, which this view has no use for.", name=name)


def _is_same(texts: tuple[str, ...], drawn: Drawn) -> bool:
    """Whether the texts of a link are what a control holds.

    Examples
    --------
    >>> threshold = Drawn(CONTROLS["threshold"], 0.25, "0.25", ("0.25",))
    >>> _is_same(("0.250",), threshold), _is_same(("abc",), threshold)
    (True, False)
    >>> muted = Drawn(CONTROLS["muted"], ["AL001"], "AL001", ("al001",))
    >>> _is_same(("al001",), muted), _is_same(("al001", "x"), muted)
    (True, False)
    """
    if isinstance(drawn.value, list):
        return [text.casefold() for text in texts if text] == list(drawn.names)
    text = texts[-1]
    if isinstance(drawn.value, int | float) and not isinstance(drawn.value, bool):
        try:
            if float(text) == drawn.value:
                return True
        except ValueError:
            pass
    return text.strip().casefold() in {drawn.names[0].casefold(), drawn.shown.casefold()}


def _is_known(name: str) -> bool:
    return name == IN_LINK or any(
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
