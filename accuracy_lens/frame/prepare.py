"""The dialog that prepares a link: what it shows, what it locks, and its QR code."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st

from accuracy_lens.view import arranged
from accuracy_lens.view.arranged import LOCKABLE, PARTS
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import CONTROLS, VIEW, View
from accuracy_lens.view.pages import ROOM
from accuracy_lens.view.state import VISITOR
from accuracy_lens.view.stored import address
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.language import IN_LINK
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import CATALOG
from metrics_core.messages import Message

_OWN = ("view", "hidden", "locked", "cards", "seal", "story")


def button() -> bool:
    """Draw the button that opens the dialog; whether it was pressed."""
    return st.button(say("Prepare a link"), icon=":material/qr_code_2:", key="prepare")


def open_dialog() -> None:
    """Open it."""
    st.dialog(say("Prepare a link"), width="large")(_ask)()


def _ask() -> None:
    """Ask what the link shows, and show the link; a move inside runs this alone again."""
    st.caption(say("The link opens this page with these data and settings, as you choose here."))
    here = [name for name in LOCKABLE if name == "data" or CONTROLS[name].stored]
    left, right = st.columns(2, gap="medium")
    with left:
        present = widgets.toggle(
            View.share_view,
            say("Presentation view"),
            help=say("Large type and nothing around the page, for a projector."),
        )
        story = widgets.toggle(View.share_story, say("What to look for is shown"))
    parts: dict[str, Message] = {**{name: LOCKABLE[name] for name in here}, **PARTS}
    with right:
        shown = widgets.multiselect(
            View.share_shown, say("Shown"), list(parts), default=list(parts),
            format_func=lambda name: say(parts[name]),
        )  # fmt: skip
        locked = widgets.multiselect(
            View.share_locked, say("Locked"), here, default=[],
            format_func=lambda name: say(LOCKABLE[name]),
            help=say("Shown as they are now, and disabled."),
        )  # fmt: skip
        cards = widgets.multiselect(
            View.share_cards, say("Cards"), sorted(_cards()), default=[],
            format_func=lambda name: say(CATALOG[name].title),
            placeholder=say("All; in the presentation view the accuracies"),
        )  # fmt: skip
    hidden = [name for name in parts if name not in shown]
    url = link(present=present, story=story, hidden=hidden, locked=locked, cards=cards)
    with left:
        show_code(url)
        if "data" in here:
            label = say("Ask a class about this view")
            st.page_link(ROOM.script, label=label, icon=":material/groups:")
    _show(url)


def _cards() -> set[str]:
    return {str(key[1]) for key in VISITOR.evaluations if isinstance(key, tuple)}


def link(
    *, present: bool, story: bool, hidden: list[str], locked: list[str], cards: list[str]
) -> str:
    """The address of the view as it stands, arranged as the visitor asks.

    Parameters
    ----------
    present, story : bool
        Whether it is the presentation view, and whether what to look for is shown.
    hidden, locked, cards : list of str
        Names as in `accuracy_lens.view.arranged`.
    """
    query = {name: list(texts) for name, texts in address().items() if name not in _OWN}
    own: Mapping[str, str] = {
        "view": arranged.PRESENT if present else "",
        "hidden": ",".join(hidden),
        "locked": ",".join(locked),
        "cards": ",".join(cards),
        "seal": arranged.seal(tuple(locked)) if locked else "",
        "story": "" if story else "false",
        IN_LINK: VIEW.language,
    }
    query |= {name: [text] for name, text in own.items() if text}
    url = st.context.url or ""
    return f"{url}{'' if urlsplit(url).path else '/'}?{urlencode(query, doseq=True)}"


def _show(url: str) -> None:
    st.code(url, language=None, wrap_lines=True)
    tell_local(url)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.link_button(say("Open it in a new tab"), url, icon=":material/open_in_new:")
        if VIEW.data == "upload":
            st.caption(plain(say("The file is not in the link: who opens it is asked for it.")))


def tell_local(url: str) -> None:
    """Say that no other device gets to an address, where that is so."""
    if (urlsplit(url).hostname or "") in ("localhost", "127.0.0.1", "::1"):
        st.caption(
            say(
                "This address is that of your own computer: another device reaches the page only "
                "where the server listens to the network, and by the name of that computer."
            )
        )


def show_code(url: str, width: int = 200) -> None:
    """An address as a QR code, as wide as asked in pixels."""
    try:
        code = segno.make(url, micro=False, error="l", boost_error=False)
    except segno.DataOverflowError:
        st.caption(say("The link is too long for a QR code."))
        return
    svg = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    st.image(svg, width=width, alt=say("QR code"))
