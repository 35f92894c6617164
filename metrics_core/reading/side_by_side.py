"""The chosen columns side by side, as the arrays of `Predictions`."""

from __future__ import annotations

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.classes.labels import to_indices
from metrics_core.reading.formats.stray_cells import no_numbers
from metrics_core.reading.limits import shorten
from metrics_core.reading.table import Column, RawTable


def words_in(table: RawTable, texts: list[str]) -> Message:
    """Names the first cell that is no number."""
    found = no_numbers(table.columns[texts[0]])
    return Message(
        "words in {columns}: {text} in row {row:,} is the only cell of {total:,} that is no number",
        {
            "columns": shorten(", ".join(texts)),
            "text": shorten(repr(found.text)),
            "row": found.row,
            "n": found.count,
            "total": table.n_rows,
        },
        plural="words in {columns}: {n:,} of {total:,} cells are no numbers, the first is {text} "
        "in row {row:,}",
    )


def side_by_side(
    table: RawTable, titles: tuple[str, ...], keep: Array | None, classes: tuple[str, ...]
) -> Array:
    """One column as it is, or several as a contiguous ``(n, C)`` of their common dtype."""
    columns = [table.columns[title] for title in titles]
    texts = [title for title in titles if table.columns[title].is_text]
    if texts and (len(titles) > 1 or not classes):
        raise InputError(
            table.name,
            "must have numbers in the columns for outputs and weights",
            words_in(table, texts),
            "Choose columns of numbers.",
        )
    if texts:
        return to_indices(columns[0], classes, keep)
    if len(columns) == 1:
        return frozen(kept_rows(columns[0].data, keep))
    dtype = np.result_type(*(column.data.dtype for column in columns))
    rows = table.n_rows if keep is None else int(np.count_nonzero(keep))
    array = np.empty((rows, len(columns)), dtype=dtype)
    _fill(array, columns, keep)
    return frozen(array)


def _fill(array: Array, columns: list[Column], keep: Array | None) -> None:
    """Copy columns side by side, in blocks of rows that stay in the processor's cache."""
    if keep is not None:
        for position, column in enumerate(columns):
            array[:, position] = column.data[keep]
        return
    block = max(1, 65_536 // len(columns))
    for start in range(0, len(array), block):
        for position, column in enumerate(columns):
            array[start : start + block, position] = column.data[start : start + block]


def kept_rows(data: Array, keep: Array | None) -> Array:
    """The rows that count; all of them, contiguous, for None."""
    return np.ascontiguousarray(data) if keep is None else data[keep]


def frozen(array: Array) -> Array:
    """The same array, read-only."""
    array.setflags(write=False)
    return array
