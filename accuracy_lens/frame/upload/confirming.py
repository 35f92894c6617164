"""The question about a file's columns, which stands in place of the page."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from accuracy_lens.frame.upload import arrays, second_file
from accuracy_lens.frame.upload.columns import tell_choice, tell_left_out
from accuracy_lens.frame.upload.dropping import drop_file, remove_file
from accuracy_lens.frame.upload.encoding import pick_encoding
from accuracy_lens.frame.upload.roles import pick_order, pick_roles
from accuracy_lens.frame.upload.saving import show_saving
from accuracy_lens.frame.upload.wanted import tell_wanted
from accuracy_lens.view import prepared
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.view.state import VISITOR, Upload
from accuracy_lens.words.feedback import explained
from accuracy_lens.words.text import say
from metrics_core.kinds import KIND_WORDS, KINDS, Kind
from metrics_core.messages import Message
from metrics_core.reading import RawTable, spool, to_predictions
from metrics_core.reading.columns.choice import incomplete_rows
from metrics_core.reading.limits import shorten
from metrics_core.reading.table import Column

_GUESS = View.upload_kind.default
_KIND_TITLES: dict[str, Message] = {
    _GUESS: Message("guess from the data"),
    **{str(kind): words for kind, words in KIND_WORDS.items()},
}
_PREVIEW_ROWS = 5
_PREVIEW_COLUMNS = 20


def confirm_columns() -> None:
    """Instead of the page, while a file waits: its first rows, the guess, a button to use it."""
    kept = VISITOR.upload
    if kept is None:
        _ask_for_file()
        return
    st.markdown(f"## {say('Check the columns')}")
    question = st.container()
    with st.container(horizontal=True):  # drawn first: it is there whatever the file does
        below = st.container(width="content")
        st.button(say("Remove file"), on_click=remove_file, key="remove")
    outcome = st.container()
    with question:
        _ask(kept, below, outcome)


def _ask(kept: Upload, below: DeltaGenerator, outcome: DeltaGenerator) -> None:
    """The question itself; the button that uses the columns stands in `below`."""
    table, guess = arrays.pick_part(kept)
    st.text(
        say(
            "{name}: {format}, {rows}, {columns}",
            name=table.name, format=table.format,
            rows=Message("{n:,} row", {"n": table.n_rows}, plural="{n:,} rows"),
            columns=Message("{n} column", {"n": len(table.columns)}, plural="{n} columns"),
        )
    )  # fmt: skip
    pick_encoding(kept)
    second_file.ask(guess)
    st.dataframe(preview(table), hide_index=True)
    tell_left_out(table)
    roles = pick_roles(table, guess)
    table, roles = arrays.settle(table, roles)
    kind = widgets.select(
        View.upload_kind, say("Kind of problem"), [_GUESS, *KINDS],
        format_func=lambda kind: say(_KIND_TITLES[kind]),
    )  # fmt: skip
    order = pick_order(table, roles)
    tell_choice(table, roles)
    n_missing = incomplete_rows(table, roles)
    drop = False
    if n_missing:
        title = say(
            "Leave out the {n:,} row with a missing cell",
            plural="Leave out the {n:,} rows with missing cells",
            n=n_missing,
        )
        drop = widgets.toggle(View.drop, title)
    use = below.button(say("Use these columns"), type="primary", key="use")
    if not use and not VISITOR.use_columns:
        return
    VISITOR.use_columns = False
    with outcome:
        with explained(), st.spinner(say("Checking the columns")):
            loaded = to_predictions(
                table, roles, kind=None if kind == _GUESS else cast("Kind", kind),
                missing="drop" if drop else "refuse", class_order=order,
            )  # fmt: skip
            spool.rest(table)
            if loaded.epochs is None:  # the frame shows it next
                prepared.summary(loaded.predictions.digest, loaded.predictions)
            VISITOR.upload = replace(kept, roles=roles, loaded=loaded, in_view=None)
            st.rerun()
        if n_missing and not drop:
            title = say("Leave out the {n:,} row", plural="Leave out the {n:,} rows", n=n_missing)
            st.button(title, on_click=_leave_out, key="leave_out")


def _ask_for_file() -> None:
    """The uploader, and the lines that save what it takes."""
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"## {say('No data yet')}")
        tell_wanted()
        drop_file()
    with right:
        st.markdown(f"## {say('How to save the outputs of a model')}")
        show_saving()


def _leave_out() -> None:
    """Switch the rows with missing cells off, and use the columns."""
    VIEW.drop = True
    VISITOR.use_columns = True


def preview(table: RawTable) -> pd.DataFrame:
    """The first rows of a file's columns; a list column is shown as lists."""
    names = list(table.columns)[:_PREVIEW_COLUMNS]
    return pd.DataFrame({name: _first_cells(table.columns[name]) for name in names}, columns=names)


def _first_cells(column: Column) -> list[object]:
    cells = column.cells(slice(_PREVIEW_ROWS))
    return [shorten(cell) for cell in cells] if column.is_text else list(cells)
