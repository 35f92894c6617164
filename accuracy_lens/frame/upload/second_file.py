"""One file that was dropped, or two that make up one data set."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from accuracy_lens.jobs import parsing
from accuracy_lens.view.state import VISITOR, Upload
from accuracy_lens.words.text import say
from metrics_core.reading import Roles


def read(files: Sequence[UploadedFile]) -> None:
    """Read what was dropped; a file that the one in question lacks is joined to it.

    Raises
    ------
    InputError
    """
    if len(files) > 1:
        found = parsing.read_pair([(file.getvalue(), file.name) for file in files])
    else:
        (file,) = files
        kept = VISITOR.upload
        found = parsing.read_upload(file.getvalue(), file.name)
        if kept is not None and kept.loaded is None and lacks(kept.roles) and lacks(found[1]):
            found = parsing.read_beside(kept.table, file.getvalue(), file.name)
    VISITOR.upload = Upload(*found)


def lacks(roles: Roles) -> bool:
    """Whether a file by itself has no labels, or no outputs."""
    return not roles.labels or not roles.outputs


def ask(guess: Roles) -> None:
    """Say that a second file may be dropped, where the first has only one side."""
    if not guess.labels:
        st.text(
            say("No labels are seen in this file. Are they in another? Drop it, too: they join.")
        )
    elif not guess.outputs:
        st.text(
            say("No outputs are seen in this file. Are they in another? Drop it, too: they join.")
        )
