"""Who the visitor is: which room, whether its teacher, and the token that the browser keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlencode

import streamlit as st

from accuracy_lens.components.mounting import component
from accuracy_lens.learn.lessons.own import NAME as OWN
from accuracy_lens.learn.room import view_in
from accuracy_lens.learn.room.database.codes import new_token, typed_code
from accuracy_lens.learn.room.database.opened import GUESSES, store
from accuracy_lens.learn.room.database.store import MOST_ROOMS, MOST_VOTERS, Room
from accuracy_lens.view.arranged import PRESENT
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.view.state import VISITOR
from accuracy_lens.view.stored import write_address
from accuracy_lens.words.language import IN_LINK
from metrics_core.messages import Message

COOKIE = "accuracy_lens_room"
MOST_STEERED = 5
"""Rooms whose secret a browser keeps; the last ones."""
_TOKEN = re.compile(r"[\w-]{20,64}", re.ASCII)
_JS = Path(__file__).with_name("room.js")


def begin() -> Room | None:
    """Read the address, and once what the browser kept; the room that the visitor is in."""
    if not VISITOR.voter:
        kept = unquote(str(st.context.cookies.get(COOKIE) or ""))
        VISITOR.voter, VISITOR.steering = read_cookie(kept)
    if View.room_lesson.asked and not View.room.asked:
        VIEW.room = ""
    widgets.kept(View.room, View.steer)
    secret, VIEW.steer = VIEW.steer, ""
    if not VIEW.room:
        return None
    code = VIEW.room = typed_code(VIEW.room) or VIEW.room[:40]
    if secret and store().is_steered_by(code, secret):
        _keep_secret(code, secret)
    room = _find(code)
    if room is None:
        VIEW.room = VISITOR.entered = ""
    return room


def _find(code: str) -> Room | None:
    """The room of a code, for who may enter it; else why not is kept to be said."""
    VISITOR.room_refused = None
    known = VISITOR.entered == code or is_teacher(code) or store().has_joined(code, VISITOR.voter)
    address = _network()
    if not known and (seconds := GUESSES.wait(address)):
        VISITOR.room_refused = Message(
            "Too many codes of rooms that do not exist came from your network. Try again in {n} "
            "second.",
            {"n": max(round(seconds), 1)},
            plural="Too many codes of rooms that do not exist came from your network. Try again in "
            "{n} seconds.",
        )
        return None
    room = store().room(code)
    if room is None and known:
        VISITOR.room_refused = Message("The room {code} has ended.", {"code": code})
    elif room is None:
        GUESSES.was_wrong(address)
        VISITOR.room_refused = Message(
            "There is no room with the code {code}, or it has ended.", {"code": code}
        )
    elif not is_teacher(code) and not store().join(code, VISITOR.voter):
        VISITOR.room_refused = Message(
            "The room {code} is full: it takes {n:,} students.", {"code": code, "n": MOST_VOTERS}
        )
        return None
    VISITOR.entered = code if room is not None else ""
    return room


def _network() -> str:
    """Where the visitor comes from; a class is behind one address."""
    return st.context.ip_address or ""


def is_teacher(code: str) -> bool:
    """Whether the visitor steers a room."""
    return code in VISITOR.steering


def secret_of(code: str) -> str:
    """The secret of a room that the visitor steers."""
    return VISITOR.steering[code]


def open_room() -> None:
    """Open a room for the lesson that is chosen; ask in a callback."""
    name = VIEW.room_lesson
    written = VISITOR.own_lesson if name == OWN else None
    _open(name, json.dumps(written[1]) if written is not None else "")


def ask_about_view() -> None:
    """Open a room with a question about what was in view; ask in a callback."""
    found = view_in.in_view()
    if found is not None:
        _open(OWN, json.dumps(view_in.lesson_of(*found)))


def _open(name: str, content: str) -> None:
    opened = store().open_room(name, content)
    if opened is None:
        VISITOR.room_refused = Message(
            "This server has {n:,} rooms open and takes no more; try again later.",
            {"n": MOST_ROOMS},
        )
        return
    code, secret = opened
    _keep_secret(code, secret)
    write_address(View.room_lesson.key, ())
    VIEW.room = VISITOR.entered = code
    VIEW.view = PRESENT


def enter(text: str) -> None:
    """Go into the room of a code that was typed; ask in a callback."""
    code = typed_code(text)
    if code:
        write_address(View.room_lesson.key, ())
        VIEW.room = code
        return
    VISITOR.room_refused = Message(
        "A code has six letters, such as KPRWNC; ask your teacher for the one of your room."
    )


def link(code: str, secret: str = "") -> str:
    """The address of a room; with its secret, that of its teacher."""
    query = {View.room.key: code, View.steer.key: secret, IN_LINK: VIEW.language}
    asked = urlencode({name: text for name, text in query.items() if text})
    return f"{st.context.url or ''}?{asked}"


def remember() -> None:
    """Keep room and token in the address and in the browser; call it at the end of a run."""
    widgets.tell_kept(View.room, View.steer)
    kept = write_cookie(VISITOR.voter, VISITOR.steering)
    component("room", _JS)(key="room_kept", data={"cookie": COOKIE, "kept": kept}, height=1)


def write_cookie(voter: str, steering: Mapping[str, str]) -> str:
    """Token and secrets as a text that a cookie can hold.

    Examples
    --------
    >>> write_cookie("token", {"KPRWNC": "secret"})
    'token!KPRWNC.secret'
    """
    parts = [f"{code}.{secret}" for code, secret in steering.items()]
    return "!".join([voter, *parts[-MOST_STEERED:]])


def read_cookie(text: str) -> tuple[str, dict[str, str]]:
    """The same from such a text; a new token where it has none.

    Examples
    --------
    >>> voter, steering = read_cookie("a-token-of-twenty-letters!KPRWNC.secret!spoiled")
    >>> voter, steering
    ('a-token-of-twenty-letters', {'KPRWNC': 'secret'})
    >>> len(read_cookie("short")[0])
    32
    """
    voter, *parts = text[:2000].split("!")
    pairs = (part.partition(".") for part in parts)
    steering = {typed_code(code): secret for code, _, secret in pairs if secret}
    return (voter if _TOKEN.fullmatch(voter) else new_token()), {
        code: secret for code, secret in steering.items() if code
    }


def _keep_secret(code: str, secret: str) -> None:
    others = {each: kept for each, kept in VISITOR.steering.items() if each != code}
    VISITOR.steering = {**others, code: secret}
