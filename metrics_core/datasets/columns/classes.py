"""How labels write the classes: by words, or by other numbers than their indices."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metrics_core.datasets.columns.asked import SIGNED, Columns
from metrics_core.datasets.columns.gaps import ALL_ROWS, RowNumbers
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.limits import shorten

_SHOWN = 20


def of_words(
    file: str, name: str, column: pa.Array, words: tuple[str, ...], rows: RowNumbers = ALL_ROWS
) -> pa.Array:
    """The class index of each word of a column; null where a cell is missing.

    Parameters
    ----------
    file, name : str
        Of the file and of the column, for a refusal.
    column : Array
        Of text, as a dictionary or plain.
    words : tuple of str
        See `Columns`.
    rows : RowNumbers
        Which rows of the file they are.

    Raises
    ------
    InputError
        For a word that is none of these.

    Examples
    --------
    >>> of_words("a.parquet", "label", pa.array(["dog", None, " Cat"]), ("cat", "dog")).to_pylist()
    [1, None, 0]
    """
    cells = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
    cells, known = cells.cast(pa.string()), pa.array(words)
    index = pc.index_in(cells, known)
    bare = _bare(known)
    if index.null_count > cells.null_count and len(bare.unique()) == len(words):
        index = pc.coalesce(index, pc.index_in(_bare(cells), bare))
    if index.null_count > cells.null_count:
        foreign = pc.and_(pc.is_null(index), pc.is_valid(cells)).to_numpy(zero_copy_only=False)
        row = int(foreign.argmax())
        raise _refused(file, name, words, repr(cells[row].as_py()), rows.of(row))
    return index


def _bare(words: pa.Array) -> pa.Array:
    return pc.utf8_lower(pc.utf8_trim_whitespace(words))


def of_numbers(
    file: str, name: str, labels: Array, numbers: tuple[Any, ...], rows: RowNumbers = ALL_ROWS
) -> Array:
    """The class index of each label that is a number.

    Raises
    ------
    InputError
        For a number that is none of these.

    Examples
    --------
    >>> of_numbers("a.parquet", "label", np.array([3, 1, 2]), (1, 2, 3)).tolist()
    [2, 0, 1]
    """
    values = np.array(numbers)
    order = np.argsort(values)
    places: Array = order[np.searchsorted(values, labels, sorter=order).clip(max=len(values) - 1)]
    foreign = values[places] != labels
    if foreign.any():
        row = int(foreign.argmax())
        raise _refused(file, name, numbers, str(labels[row]), rows.of(row))
    return places


def _refused(file: str, name: str, classes: tuple[Any, ...], label: str, row: int) -> InputError:
    return InputError(
        name,
        "must hold the classes {classes}",
        Message(
            "{label} in row {row} of {file}", {"label": shorten(label), "row": row, "file": file}
        ),
        "Correct the label, or name all classes.",
        classes=shorten(", ".join(map(str, classes[:_SHOWN]))),
    )


def told(columns: Columns) -> list[Message]:
    """What was made of the labels and of the output, where it is not plain from them.

    Examples
    --------
    >>> print(told(Columns(y_true="pet", y_pred=("p",), classes=("cat", "dog")))[0])
    The words stand for classes in this order: 0 = cat, 1 = dog.
    """
    notes = []
    order = {"order": ", ".join(f"{i} = {each}" for i, each in enumerate(columns.classes[:_SHOWN]))}
    if columns.words:
        notes.append(Message("The words stand for classes in this order: {order}.", order))
    elif columns.classes == SIGNED:
        notes.append(
            Message(
                "The labels -1 and 1 are read as 0 and 1; Keras compares them as they are, and "
                "counts every -1 as wrong."
            )
        )
    elif columns.classes:
        notes.append(Message("The labels stand for classes in this order: {order}.", order))
    if columns.decided:
        notes.append(
            Message(
                "{output} is the predicted class; it is compared with the label, and there is no "
                "score.",
                {"output": shorten(columns.y_pred[0])},
            )
        )
    if columns.turned:
        notes.append(
            Message(
                "{output} is the probability of class 0; the output is that of class 1: "
                "1 - {output}.",
                {"output": shorten(columns.y_pred[0])},
            )
        )
    return notes
