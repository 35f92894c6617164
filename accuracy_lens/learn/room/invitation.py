"""How a class gets into a room: code, address and QR code, large enough for the last row."""

from __future__ import annotations

import time
from typing import Any

import streamlit as st

from accuracy_lens.frame.prepare import show_code, tell_local
from accuracy_lens.learn.room import visit
from accuracy_lens.learn.room.database.store import Room
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say


def show(room: Room) -> None:
    """Code, address and QR code."""
    url = visit.link(room.code)
    left, right = st.columns(2, gap="large", vertical_alignment="center")
    with left:
        st.markdown(say("Scan the code, or open the address below and type these letters:"))
        st.html(f'<p class="room_code">{room.code}</p>')
        st.code(st.context.url or "", language=None, wrap_lines=True)
        tell_local(url)
        hours: dict[str, Any] = {"n": max(round((room.ends - time.time()) / 3600), 1)}
        st.caption(
            plain(
                say(
                    "No sign-in and no names. The room ends by button, or by itself in {n} hour; "
                    "then its answers are forgotten.",
                    plural="No sign-in and no names. The room ends by button, or by itself in {n} "
                    "hours; then its answers are forgotten.",
                    **hours,
                )
            )
        )
    with right:
        show_code(url, 380)
