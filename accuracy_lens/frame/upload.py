"""A visitor's file: drop it, look at the guess of its columns, change it, use it."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pandas as pd
import streamlit as st
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from accuracy_lens.frame import arrays, second_file
from accuracy_lens.frame.columns import tell_choice, tell_guess, tell_left_out
from accuracy_lens.frame.encoding import pick_encoding
from accuracy_lens.frame.saving import show_saving
from accuracy_lens.frame.wanted import FileOfLink, tell_wanted
from accuracy_lens.view import prepared, widgets
from accuracy_lens.view.state import VISITOR, Source, Upload
from accuracy_lens.view.table import VIEW, View
from accuracy_lens.words.feedback import attempt, explained, plain, prose
from accuracy_lens.words.text import say
from metrics_core.kinds import KIND_WORDS, KINDS, Kind
from metrics_core.messages import Message
from metrics_core.reading import LIMITS, Loaded, RawTable, Roles, spool, to_predictions
from metrics_core.reading.columns.choice import incomplete_rows
from metrics_core.reading.columns.classes.order import foreign_word, order_words, text_columns
from metrics_core.reading.limits import shorten

_GUESS = View.upload_kind.default
_KIND_TITLES: dict[str, Message] = {
    _GUESS: Message("guess from the data"),
    **{str(kind): words for kind, words in KIND_WORDS.items()},
}
_NOTHING = View.upload_weight.default
_PREVIEW_ROWS = 5
_PREVIEW_COLUMNS = 20
_MOST_CLASSES = 100


def pick_file() -> Source | None:
    """The uploader, or the file in use with the ways to change it.

    Returns
    -------
    Source or None
        None until a file was dropped and its columns were confirmed with `confirm_columns`.
    """
    kept = VISITOR.upload
    if kept is None:
        return None  # the uploader is where the page will be
    if kept.loaded is None:
        _drop(kept)
        return None
    st.text(kept.table.name)
    st.button(say("Remove file"), on_click=_remove, key="remove")
    name, loaded = kept.table.name, kept.loaded
    origin: dict[str, object] = {"file": name, "link": str(FileOfLink.of(name, loaded.predictions))}
    if loaded.epochs is None:
        return Source(predictions=loaded.predictions, title=name, origin=origin, notes=loaded.notes)
    epochs = loaded.epochs.numbers
    epoch = widgets.select_slider(
        View.epoch, say("Epoch"), epochs, default=epochs[-1],
        help=say("The samples of this epoch are the data in view, on every page."),
    )  # fmt: skip
    kept = _at_epoch(kept, loaded, epoch)
    VISITOR.upload = kept
    assert kept.in_view is not None
    title = say("{file}, epoch {epoch} of {last}", file=name, epoch=epoch, last=epochs[-1])
    return Source(
        predictions=kept.in_view[1],
        title=title,
        origin={**origin, "epoch": epoch},
        notes=loaded.notes,
    )


def _at_epoch(kept: Upload, loaded: Loaded, epoch: int) -> Upload:
    """The upload with the samples of an epoch in view."""
    if kept.in_view is not None and kept.in_view[0] == epoch:
        return kept
    return replace(kept, in_view=(epoch, loaded.of_epoch(epoch)))


def _drop(kept: Upload | None) -> None:
    turn = VISITOR.uploads
    dropped = st.file_uploader(
        say("File of model outputs"),
        accept_multiple_files=True,
        key=f"file-{turn}",
        max_upload_size=LIMITS.max_bytes // 2**20,
        help=say(
            "CSV, TSV, JSON, JSON Lines, Excel, Parquet, Arrow, Feather, NPY, NPZ or MATLAB, "
            "whatever the ending. Two files, one with the labels and one with the outputs, are "
            "joined by id or by row."
        ),
    )
    if not dropped:
        if VISITOR.refused:
            st.error(prose(VISITOR.refused))
        st.caption(say("Labels and outputs in one file, or in two; it stays in this session only."))
        return
    with st.spinner(say("Reading the file")):
        refusal = attempt(lambda: second_file.read(dropped))
    for file in dropped:
        delete_bytes(file.file_id)
    VISITOR.uploads, VISITOR.refused = turn + 1, refusal
    st.rerun()


def delete_bytes(file_id: str) -> None:
    """Delete the bytes of a file that was read; Streamlit keeps them until the visit ends."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return
    manager = runtime.get_instance().uploaded_file_mgr
    if isinstance(manager, MemoryUploadedFileManager):
        manager.remove_file(context.session_id, file_id)


def _remove() -> None:
    VISITOR.upload = None


def confirm_columns() -> None:
    """Instead of the page, while a file waits: its first rows, the guess, a button to use it."""
    kept = VISITOR.upload
    if kept is None:
        _ask_for_file()
        return
    st.markdown(f"## {say('Check the columns')}")
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
    roles = _pick_roles(table, guess)
    table, roles = arrays.settle(table, roles)
    kind = widgets.select(
        View.upload_kind, say("Kind of problem"), [_GUESS, *KINDS],
        format_func=lambda kind: say(_KIND_TITLES[kind]),
    )  # fmt: skip
    order = _pick_order(table, roles)
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
    with st.container(horizontal=True):
        use = st.button(say("Use these columns"), type="primary", key="use")
        st.button(say("Remove file"), on_click=_remove, key="remove")
    if use or VISITOR.use_columns:
        VISITOR.use_columns = False
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
        _drop(None)
    with right:
        st.markdown(f"## {say('How to save the outputs of a model')}")
        show_saving()


def _leave_out() -> None:
    """Switch the rows with missing cells off, and use the columns."""
    VIEW.drop = True
    VISITOR.use_columns = True


def _pick_roles(table: RawTable, guess: Roles) -> Roles:
    names = list(table.columns)
    tell_guess(table, guess)
    left, right = st.columns(2)
    with left:
        labels = widgets.multiselect(
            View.upload_labels.of(table.name), say("Labels (y_true)"), names,
            default=list(guess.labels),
        )  # fmt: skip
    with right:
        outputs = widgets.multiselect(
            View.upload_outputs.of(table.name),
            say("Outputs (y_pred), in the order of the classes"), names,
            default=list(guess.outputs),
        )  # fmt: skip
    optional = [_NOTHING, *names]
    single = {
        "weight": (View.upload_weight, say("sample_weight"), guess.weight),
        "ids": (View.upload_ids, say("Sample ids"), guess.ids),
        "epoch": (View.upload_epoch, say("Epoch"), guess.epoch),
        "predicted": (
            View.upload_predicted,
            say("Predicted classes of these scores"),
            guess.predicted,
        ),
    }
    chosen: dict[str, str | None] = {}
    for column, (role, (row, title, guessed)) in zip(st.columns(4), single.items(), strict=True):
        with column:
            name = widgets.select(
                row.of(table.name), title, optional, default=guessed, format_func=_column_title
            )
        chosen[role] = None if name == _NOTHING else name
    made = replace(guess, labels=tuple(labels), outputs=tuple(outputs), **chosen)  # type: ignore[arg-type]
    if made == guess:
        return guess
    used = (*made.labels, *made.outputs, made.predicted)
    return replace(
        made,
        sure=False,
        chosen=True,
        doubts=(),
        hard=None if made.hard in used else made.hard,
        rivals=tuple(title for title in made.rivals if title not in used),
    )


def _column_title(name: str) -> str:
    return say("none") if name == _NOTHING else name


def _pick_order(table: RawTable, roles: Roles) -> tuple[str, ...] | None:
    """Text labels map to class indices in an order that the visitor sees and can change."""
    labels = [name for name in text_columns(table, roles) if name in roles.labels]
    if len(labels) != 1 or not roles.outputs:
        return None
    guess = order_words(table, roles)
    if not 2 <= len(guess) <= _MOST_CLASSES:
        return None
    row = View.upload_order.of(f"{table.name}-{roles.labels}-{roles.outputs}-{roles.predicted}")
    chosen = widgets.multiselect(
        row, say("Order of the classes: the first is class 0"), guess, default=list(guess)
    )
    if len(guess) == 2 and len(chosen) == 2:
        turned = chosen[::-1]
        st.button(
            plain(say("Make {word} class 1", word=shorten(chosen[0]))),
            on_click=row.write, args=(turned,), key="turn",
        )  # fmt: skip
    if foreign_word(table, roles) is not None and widgets.toggle(
        View.upload_match.of(table.name), say("Match the words with the columns in this order")
    ):
        return tuple(chosen)
    return None if tuple(chosen) == guess else tuple(chosen)


def preview(table: RawTable) -> pd.DataFrame:
    """The first rows of a file's columns; a list column is shown as lists."""
    names = list(table.columns)[:_PREVIEW_COLUMNS]
    return pd.DataFrame(
        {name: list(table.columns[name].values[:_PREVIEW_ROWS]) for name in names}, columns=names
    )
