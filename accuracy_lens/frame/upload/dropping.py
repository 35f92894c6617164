"""The uploader, and the way back to it."""

from __future__ import annotations

import streamlit as st
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from accuracy_lens.frame.upload import second_file
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import attempt, prose
from accuracy_lens.words.text import say
from metrics_core.reading import LIMITS


def drop_file() -> None:
    """The uploader; what is dropped is read, and its bytes are deleted."""
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


def remove_file() -> None:
    """Forget the file and what was made of it."""
    VISITOR.upload = None
