"""Other files whose outputs stand beside the data in view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from accuracy_lens.frame.upload.dropping import delete_bytes
from accuracy_lens.frame.upload.wanted import FileOfLink
from accuracy_lens.jobs import parsing
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import attempt, prose
from accuracy_lens.words.text import say
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.reading import LIMITS, Column, RawTable, Roles, to_predictions

_LABELS = "y_true of A"
MOST_FILES = 5


@dataclass(frozen=True, eq=False)
class SecondFile:
    """Outputs of another file.

    Attributes
    ----------
    title : str
    predictions : Predictions
    labelled : bool
        Whether the file has labels; else they are all 0 here, and those of A count.
    """

    title: str
    predictions: Predictions
    labelled: bool


def kept() -> tuple[SecondFile, ...]:
    """The files that were dropped."""
    files: tuple[SecondFile, ...] = VISITOR.files_of_b
    return files


def pick(beside: Predictions) -> SecondFile | None:
    """The uploader, or the files with a way to take one out; None while there is none."""
    files, found = kept(), None
    if not files:
        wanted = FileOfLink.read(VIEW.b_file or (View.b_file.asked or ("",))[-1])
        if wanted is not None:
            sentence = say(
                "This link compares with {file}; drop that file here.", file=wanted.words
            )
            st.text(sentence)
        _drop(beside)
    else:
        found = _choose(files)
        st.button(say("Remove file of B"), on_click=_remove, args=(found,), key="remove_b")
        with st.popover(say("Add files of B"), disabled=len(files) >= MOST_FILES):
            _drop(beside)
        View.b_file.write(str(FileOfLink.of(found.title, found.predictions)))
    widgets.text(View.b_file, View.b_file.key, label_visibility="collapsed")
    return found


def _choose(files: tuple[SecondFile, ...]) -> SecondFile:
    """The file of B among several; the last that was dropped at first."""
    if len(files) == 1:
        st.text(files[0].title)
        return files[0]
    numbers = range(len(files))
    widgets.keep_within(View.b_which, numbers, numbers[-1])
    number = widgets.select(
        View.b_which, say("File of B"), numbers, default=numbers[-1],
        format_func=lambda number: files[number].title, width=260,
    )  # fmt: skip
    return files[number]


def _drop(beside: Predictions) -> None:
    turn = VISITOR.second_files
    dropped = st.file_uploader(
        say("File of B: the outputs of another model for these samples"),
        key=f"file-b-{turn}",
        accept_multiple_files=True,
        max_upload_size=LIMITS.max_bytes // 2**20,
        help=say(
            "It is joined by id where both have ids, else row by row. Several files are compared "
            "with A in one table."
        ),
    )
    if not dropped:
        if VISITOR.second_refused:
            st.error(prose(VISITOR.second_refused))
        return
    refusal = None
    with st.spinner(say("Reading the file")):
        for file in dropped:
            refusal = attempt(partial(_read, file, beside)) or refusal
            delete_bytes(file.file_id)
    VISITOR.second_files, VISITOR.second_refused = turn + 1, refusal
    st.rerun()


def _read(file: UploadedFile, beside: Predictions) -> None:
    found = of_table(*parsing.read_upload(file.getvalue(), file.name), beside)
    others = tuple(each for each in kept() if each.title != found.title)
    values = sum(each.predictions.outputs.size for each in (*others, found))
    if others and (len(others) >= MOST_FILES or values > LIMITS.max_values):
        raise InputError(
            found.title,
            "must leave room: at most {n} files with {values:,} values together",
            Message("{values:,} values", {"values": values}),
            "Remove a file of B first.",
            n=MOST_FILES,
            values=LIMITS.max_values,
        )
    VISITOR.files_of_b = (*others, found)
    View.b_which.forget()


def of_table(table: RawTable, roles: Roles, beside: Predictions) -> SecondFile:
    """The outputs of a file, with or without labels.

    Raises
    ------
    InputError
        Where no columns of outputs are seen, and for whatever `to_predictions` refuses.

    Examples
    --------
    >>> from metrics_core.reading import guess_roles, read_columns
    >>> table = read_columns(b"id,prob\\n7,0.2\\n8,0.9\\n", "b.csv")
    >>> found = of_table(table, guess_roles(table), Predictions.of([0, 1], [0.5, 0.5]))
    >>> found.predictions.y_pred.tolist(), found.labelled
    ([0.2, 0.9], False)
    """
    labelled = bool(roles.labels)
    if labelled and not roles.outputs and len(roles.labels) == beside.n_outputs:
        labelled, roles = False, replace(roles, outputs=roles.labels, labels=())
    if not roles.outputs:
        raise InputError(
            table.name,
            "must have columns of outputs",
            Message("{n} column", {"n": len(table.columns)}, plural="{n} columns"),
            "Save the outputs of the other model with their names, for example as y_pred.",
        )
    kind = None
    if not labelled:
        zeros = Column(np.zeros(table.n_rows, np.int64))
        table = replace(table, columns={**table.columns, _LABELS: zeros})
        roles = replace(roles, labels=(_LABELS,), predicted=None, hard=None)
        if beside.kind == "class_indices":
            kind = beside.kind
    loaded = to_predictions(table, roles, kind=kind)
    data = loaded.predictions
    if loaded.epochs is not None:
        data = loaded.of_epoch(loaded.epochs.numbers[-1])
    return SecondFile(table.name, data, labelled)


def _remove(file: SecondFile) -> None:
    VISITOR.files_of_b = tuple(each for each in kept() if each.title != file.title)
    View.b_which.forget()
    VIEW.b_file = ""
