"""The encoding of a text that is not UTF-8: shown, and changed with one choice."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.frame.upload import arrays
from accuracy_lens.jobs import parsing
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.view.state import VISITOR, Upload
from accuracy_lens.words.feedback import explained
from accuracy_lens.words.text import say
from metrics_core.reading.formats.encoding.names import name_of
from metrics_core.reading.formats.encoding.recode import encoding_of, encodings_of


def pick_encoding(kept: Upload) -> None:
    """Ask where the encoding was guessed; another one reads the words and the names again."""
    was = encoding_of(kept.table)
    choices = encodings_of(kept.table)
    if was is None or len(choices) < 2:
        return
    chosen = widgets.select(
        View.upload_encoding.of(kept.table.name), say("Encoding of the text"),
        sorted(choices, key=name_of), default=was, format_func=name_of,
        help=say("The file does not say it, so it was guessed; the first rows show how it reads."),
    )  # fmt: skip
    if chosen != was:
        arrays.forget_columns()
        with explained():
            VISITOR.upload = Upload(*parsing.recoded(kept.table, chosen))
            st.rerun()
