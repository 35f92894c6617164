"""What a chart of plotly's shows, as a table that opens below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from accuracy_lens.words.text import say
from metrics_core.numeric.arrays import Array

MOST_ROWS = 200


def show_table(title: str, columns: Mapping[str, Sequence[Any] | Array]) -> None:
    """Draw the table, closed.

    Parameters
    ----------
    title : str
        What the chart is called.
    columns : mapping of str to sequence
        Title and values of each column, all of one length. Of more than 200 rows 200 are shown,
        evenly apart with the first and the last, and this is said.
    """
    frame = pd.DataFrame({name: np.asarray(values) for name, values in columns.items()})
    shown = rows_shown(len(frame))
    called = say("Table of {title}", title=title)
    with st.expander(called):
        st.dataframe(frame.iloc[shown], hide_index=True, alt=called)
        if len(shown) < len(frame):
            st.caption(
                say(
                    "{shown:,} of {total:,} rows, evenly apart.", shown=len(shown), total=len(frame)
                )
            )


def rows_shown(total: int) -> Array:
    """The rows that a table of so many shows.

    Examples
    --------
    >>> rows_shown(3), rows_shown(1001)[[0, 1, -1]]
    (array([0, 1, 2]), array([   0,    5, 1000]))
    """
    return np.linspace(0, total - 1, min(total, MOST_ROWS)).round().astype(int)
