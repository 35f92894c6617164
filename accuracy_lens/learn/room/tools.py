"""What a teacher needs beside the lesson: another device, files to keep, the end of the room."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.learn.room import visit
from accuracy_lens.learn.room.database.opened import store
from accuracy_lens.learn.room.database.store import Room
from accuracy_lens.learn.room.record import counts_csv, record
from accuracy_lens.view.arranged import PRESENT, is_presented
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.language import later
from accuracy_lens.words.text import say


def show(room: Room) -> None:
    """A drawer with all of it."""
    with widgets.expander(View.room_tools, say("Room {code}: files, devices, end", code=room.code)):
        left, right = st.columns(2, gap="large")
        with left:
            View.room_ahead.write(room.ahead)
            widgets.toggle(
                View.room_ahead, say("Students may go ahead by themselves"), on_change=_let_ahead,
                args=(room,),
            )  # fmt: skip
            View.room_present.write(is_presented())
            widgets.toggle(
                View.room_present, say("Presentation view"), on_change=_present,
                help=say("Large type and nothing around the page, for a projector."),
            )  # fmt: skip
            st.download_button(
                say("Answers as CSV"), later(lambda: counts_csv(room)), f"room-{room.code}.csv",
                "text/csv", key="room_csv", icon=":material/download:",
            )  # fmt: skip
            st.download_button(
                say("Answers as a page to print"), later(lambda: record(room).encode()),
                f"room-{room.code}.html", "text/html", key="room_page", icon=":material/print:",
            )  # fmt: skip
            st.button(
                say("End the room"), key="room_end", icon=":material/delete:", on_click=_end,
                args=(room,),
                help=say("All its answers are forgotten; download them first."),
            )  # fmt: skip
        with right:
            st.markdown(plain(say(
                "Steer from another device: this link carries your secret. Who has it is the "
                "teacher of this room, so open it where the class does not see it."
            )))  # fmt: skip
            if widgets.toggle(View.room_link, say("Show the teacher's link")):
                st.code(visit.link(room.code, visit.secret_of(room.code)), language=None,
                        wrap_lines=True)  # fmt: skip


def _let_ahead(room: Room) -> None:
    store().let_ahead(room, visit.secret_of(room.code), ahead=VIEW.room_ahead)


def _present() -> None:
    VIEW.view = PRESENT if VIEW.room_present else ""


def _end(room: Room) -> None:
    VIEW.view = ""
    store().end(room.code, visit.secret_of(room.code))
