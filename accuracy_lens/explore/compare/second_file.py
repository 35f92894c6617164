"""A second file whose outputs stand beside the data in view."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from accuracy_lens.frame.upload.dropping import delete_bytes
from accuracy_lens.frame.upload.wanted import FileOfLink
from accuracy_lens.jobs import parsing
from accuracy_lens.view import widgets
from accuracy_lens.view.state import VISITOR
from accuracy_lens.view.table import VIEW, View
from accuracy_lens.words.feedback import attempt, prose
from accuracy_lens.words.text import say
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.reading import LIMITS, Column, RawTable, guess_roles, to_predictions

_LABELS = "y_true of A"


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


def pick(beside: Predictions) -> SecondFile | None:
    """The uploader, or the file with a way to take it out; None while there is none."""
    found: SecondFile | None = VISITOR.second_file
    if found is None:
        wanted = FileOfLink.read(VIEW.b_file or (View.b_file.asked or ("",))[-1])
        if wanted is not None:
            sentence = say(
                "This link compares with {file}; drop that file here.", file=wanted.words
            )
            st.text(sentence)
        _drop(beside)
    else:
        st.text(found.title)
        st.button(say("Remove file of B"), on_click=_remove, key="remove_b")
        View.b_file.write(str(FileOfLink.of(found.title, found.predictions)))
    widgets.text(View.b_file, View.b_file.key, label_visibility="collapsed")
    return found


def _drop(beside: Predictions) -> None:
    turn = VISITOR.second_files
    dropped = st.file_uploader(
        say("File of B: the outputs of another model for these samples"),
        key=f"file-b-{turn}",
        max_upload_size=LIMITS.max_bytes // 2**20,
        help=say("It is joined by id where both have ids, else row by row."),
    )
    if dropped is None:
        if VISITOR.second_refused:
            st.error(prose(VISITOR.second_refused))
        return
    with st.spinner(say("Reading the file")):
        refusal = attempt(lambda: _read(dropped, beside))
    delete_bytes(dropped.file_id)
    VISITOR.second_files, VISITOR.second_refused = turn + 1, refusal
    st.rerun()


def _read(file: UploadedFile, beside: Predictions) -> None:
    VISITOR.second_file = of_table(parsing.parse_upload(file.getvalue(), file.name), beside)


def of_table(table: RawTable, beside: Predictions) -> SecondFile:
    """The outputs of a file, with or without labels.

    Raises
    ------
    InputError
        Where no columns of outputs are seen, and for whatever `to_predictions` refuses.

    Examples
    --------
    >>> from metrics_core.reading import read_columns
    >>> table = read_columns(b"id,prob\\n7,0.2\\n8,0.9\\n", "b.csv")
    >>> found = of_table(table, Predictions.of([0, 1], [0.5, 0.5]))
    >>> found.predictions.y_pred.tolist(), found.labelled
    ([0.2, 0.9], False)
    """
    roles = guess_roles(table)
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


def _remove() -> None:
    VISITOR.second_file = None
    VIEW.b_file = ""
