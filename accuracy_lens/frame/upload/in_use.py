"""The file in use, with the ways to change it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from accuracy_lens.frame.upload.dropping import drop_file, remove_file
from accuracy_lens.frame.upload.wanted import FileOfLink
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.view.state import VISITOR, Source, Upload
from accuracy_lens.words.text import say
from metrics_core.reading import Loaded


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
        drop_file()
        return None
    st.text(kept.table.name)
    st.button(say("Remove file"), on_click=remove_file, key="remove")
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
