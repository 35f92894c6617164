"""The cells of columns as arrays of numbers, or the refusal of a row that lacks one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metrics_core.datasets.columns.asked import Columns
from metrics_core.datasets.columns.classes import of_words
from metrics_core.datasets.columns.gaps import RowNumbers
from metrics_core.datasets.columns.leaves import Leaf, as_numbers, cells_at, is_text, scores_of
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.limits import shorten

LACKING: Message = Message("must hold a number in every row")
"""What a row breaks that is left out where it may be."""


def plain(
    file: str,
    columns: Columns,
    batch: pa.RecordBatch,
    path: tuple[str, ...],
    leaves: dict[str, Leaf],
    rows: RowNumbers,
) -> pa.Array:
    """Some cells as numbers, or lists of them; words as the classes that they name.

    Parameters
    ----------
    file : str
        What it is called in a sentence.
    columns : Columns
    batch : RecordBatch
    path : tuple of str
        See `Leaf`.
    leaves : dict of str to Leaf
        What is asked for there.
    rows : RowNumbers
        Those of the batch.

    Raises
    ------
    InputError
        For a word that is none of the classes, and a text that is no number.
    """
    cells, names = cells_at(batch, path), list(leaves)
    words = [leaf.word for leaf in leaves.values() if leaf.word is not None]
    if words:
        return scores_of(cells, words)
    are_words = names == [columns.labels[0]] or (
        columns.decided and names == [columns.y_pred[0]] and is_text(cells.type)
    )
    if columns.words and are_words:
        return of_words(file, names[0], cells, columns.words, rows)
    try:
        return as_numbers(cells)
    except pa.ArrowInvalid as error:
        place = next(n for n, cell in enumerate(cells.to_pylist()) if not _is_number(cell))
        raise InputError(
            names[0],
            "must hold numbers",
            Message(
                "{cell} in row {row} of {file}",
                {
                    "cell": repr(shorten(str(cells[place]))),
                    "row": rows.of(place),
                    "file": file,
                },
            ),
            "Choose a column of numbers, or correct the cell.",
        ) from error


def _is_number(cell: str | None) -> bool:
    try:
        as_numbers(pa.array([cell], pa.string()))
    except pa.ArrowInvalid:
        return False
    return True


def arrays_of(
    file: str, column: pa.Array, leaves: dict[str, Leaf], rows: RowNumbers
) -> dict[str, Array]:
    """One column, or elements of its lists, by their names.

    Raises
    ------
    InputError
        For a missing cell, NaN, and a list of another length than the others.
    """
    names = list(leaves)
    if column.null_count:
        gone = np.flatnonzero(column.is_null().to_numpy(zero_copy_only=False))
        raise _refused(file, names[0], Message("a missing cell"), rows.of(int(gone[0])))
    places = [
        leaf.place if leaf.word is None else order for order, leaf in enumerate(leaves.values())
    ]
    if not pa.types.is_nested(column.type) or None in places:
        return {name: _numbers(file, column, name, rows) for name in names}
    lengths = pc.list_value_length(column).to_numpy(zero_copy_only=False)
    width = 1 + max(place for place in places if place is not None)
    if len(lengths) and (lengths != width).any():
        row = int(np.argmax(lengths != width))
        raise InputError(
            names[0], "must be of lists of {width} numbers in every row",
            Message(
                "{n} in row {row} of {file}",
                {"n": int(lengths[row]), "row": rows.of(row), "file": file},
            ),
            "Write a number for each class in every row.", width=width,
        )  # fmt: skip
    flat = column.flatten()
    if flat.null_count:
        gone = np.flatnonzero(flat.is_null().to_numpy(zero_copy_only=False))
        row, place = divmod(int(gone[0]), width)
        name = names[places.index(place)] if place in places else names[0]
        raise _refused(file, name, Message("a missing cell"), rows.of(row))
    table = _numbers(file, flat, names[0], rows, width).reshape(-1, width)
    return {name: table[:, place] for name, place in zip(names, places, strict=True)}


def _numbers(file: str, column: pa.Array, name: str, rows: RowNumbers, width: int = 1) -> Array:
    array: Array = column.to_numpy(zero_copy_only=False)
    if array.dtype == np.float16:
        array = array.astype(np.float32)
    if array.dtype.kind == "f" and len(array) and np.isnan(array.min()):
        row = int(np.isnan(array).argmax()) // width
        raise _refused(file, name, Message("NaN"), rows.of(row))
    return array


def _refused(file: str, name: str, what: Message, row: int) -> InputError:
    return InputError(
        name,
        LACKING,
        Message("{what} in row {row} of {file}", {"what": what, "row": row, "file": file}),
        "Leave out these rows, or find out why they have none.",
    )
