"""What a chart of plotly's shows, as a table that opens below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
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
    arrays = {name: np.asarray(values) for name, values in columns.items()}
    total = max((len(values) for values in arrays.values()), default=0)
    shown = rows_shown(total)
    called = say("Table of {title}", title=title)
    with st.expander(called):
        part = arrow_table({name: values[shown] for name, values in arrays.items()})
        st.dataframe(part, hide_index=True, alt=called)
        if len(shown) < total:
            st.caption(
                say("{shown:,} of {total:,} rows, evenly apart.", shown=len(shown), total=total)
            )


def arrow_table(columns: Mapping[str, Sequence[Any] | Array]) -> pa.Table:
    """Columns as Streamlit sends them: a data frame of pandas would first be converted.

    Parameters
    ----------
    columns : mapping of str to sequence
        All of one length; NaN is a cell without a value.

    Examples
    --------
    >>> arrow_table({"score": [0.5, float("nan")]}).to_pydict()
    {'score': [0.5, None]}
    """
    return pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})


def rows_shown(total: int) -> Array:
    """The rows that a table of so many shows.

    Examples
    --------
    >>> rows_shown(3), rows_shown(1001)[[0, 1, -1]]
    (array([0, 1, 2]), array([   0,    5, 1000]))
    """
    return np.linspace(0, total - 1, min(total, MOST_ROWS)).round().astype(int)
