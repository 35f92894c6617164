"""Arrays of sequences and images: which axes are positions, and every position as a row."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.axes import MASKS, Reading, readings
from metrics_core.reading.columns.naming import LABEL_WORDS, OUTPUT_WORDS, WEIGHTS, plain, says
from metrics_core.reading.formats.left_out import left_out
from metrics_core.reading.limits import LIMITS, Limits, check_columns, check_shape, shorten
from metrics_core.reading.table import Column, RawTable


def arrange(table: RawTable, reading: Reading) -> RawTable:
    """The arrays of a table as columns: one row for each position.

    Nothing is copied but what has its classes first, and what has one value for each sample, which
    stands at each of its positions. What does not fit is left out, with a note.

    Examples
    --------
    >>> arrays = {"y_true": Column(np.zeros((4, 7), int)), "y_pred": Column(np.zeros((4, 7, 3)))}
    >>> table = RawTable(name="a.npz", format="NPZ", n_rows=4, columns={}, arrays=arrays)
    >>> arrange(table, Reading((4, 7))).columns["y_pred"].data.shape
    (28, 3)
    """
    columns: dict[str, Column] = {}
    notes = list(table.notes)
    rows = math.prod(reading.lead)
    for title, column in table.arrays.items():
        if (data := _rows(column.data, reading)) is None:
            shown = {"shape": column.data.shape, "lead": reading.lead}
            reason = Message("its shape {shape} does not go with {lead}", shown)
            notes.append(left_out(title, reason))
        else:
            missing = None if column.missing is None else _rows(column.missing, reading)
            columns[title] = replace(column, data=data, missing=missing)
    several = len(reading.lead) > 1
    if several:
        shape = " × ".join(f"{size:,}" for size in reading.lead)
        notes.append(
            Message(
                "Each of the {n:,} positions ({shape}) is a sample: the accuracy is the mean over "
                "all positions, as Keras takes it.",
                {"n": rows, "shape": shape},
            )
        )
    if reading.first:
        notes.append(Message("The classes were read from the axis after that of the samples."))
    return replace(
        table,
        n_rows=rows,
        columns=columns,
        notes=tuple(notes),
        lead=reading.lead if several else (),
        arrays={},
        raw=table,
    )


def _rows(data: Array, reading: Reading) -> Array | None:
    """An array as ``(rows,)`` or ``(rows, C)``; None where it does not fit."""
    lead, shape, rows = reading.lead, data.shape, math.prod(reading.lead)
    several = len(lead) > 1
    if shape == lead:
        return data.reshape(rows)
    if reading.first and len(shape) > 2 and (shape[0], *shape[2:]) == lead:
        return np.moveaxis(data, 1, -1).reshape(rows, shape[1])
    if shape[:-1] == lead:
        return data.reshape(rows, shape[-1])
    if several and shape[0] == lead[0]:
        if math.prod(shape) == rows:
            return data.reshape(rows)
        if math.prod(shape) == lead[0]:
            return np.repeat(data.reshape(-1), rows // lead[0])
    return None


def sort_out(table: RawTable, limits: Limits = LIMITS) -> RawTable:
    """Columns from the arrays of a file: one part for each head, each in its likeliest reading.

    Where there is only one reading with one row a sample, the arrays themselves are let go.

    Raises
    ------
    InputError
        Where no arrays fit together, and for more positions than rows are allowed.
    """
    if not table.arrays:
        return table
    found = heads(table.arrays)
    if not found:
        return _sorted(table, limits)
    parts = {
        head: _sorted(replace(table, arrays={t: table.arrays[t] for t in titles}), limits)
        for head, titles in found.items()
    }
    return replace(next(iter(parts.values())), parts=parts)


def heads(arrays: Mapping[str, Column]) -> dict[str, list[str]]:
    """The arrays of each head of a model, or of each set of samples, by what their names share.

    None where there are fewer than two, and where single columns make up one set of outputs.

    Examples
    --------
    >>> y, p = Column(np.zeros(4, int)), Column(np.zeros((4, 3)))
    >>> list(heads({"age_true": y, "age_pred": p, "sex_true": y, "sex_pred": p}))
    ['age', 'sex']
    """
    stems = {title: _stem(title) for title in arrays}
    outputs = [t for t in arrays if says(t) == "output" and not arrays[t].is_text]
    labels = {stems[title] for title in arrays if says(title) == "label"}
    names = list(dict.fromkeys(stems[title] for title in outputs))
    wide = any(math.prod(arrays[title].data.shape[1:]) > 1 for title in outputs)
    if len(names) < 2 or not wide or not all(name in labels or "" in labels for name in names):
        return {}
    return {
        name or "main": [
            title
            for title, stem in stems.items()
            if stem == name
            or (stem not in names and (stem not in labels or (not stem and name not in labels)))
        ]
        for name in names
    }


_ROLE_WORDS = LABEL_WORDS | OUTPUT_WORDS | WEIGHTS | MASKS | {"sample"}


def _stem(title: str) -> str:
    """What a name says beside the role: the name of a head, or nothing."""
    return "_".join(word for word in plain(title).split("_") if word not in _ROLE_WORDS)


def _sorted(table: RawTable, limits: Limits) -> RawTable:
    found = readings(table.arrays)
    shapes = {title: column.data.shape for title, column in table.arrays.items()}
    flat = {title: shape for title, shape in shapes.items() if len(shape) < 3}
    lengths = {shape[0] for shape in flat.values()}
    if not found or (len(found[0].lead) == 1 and len(lengths) > 1):
        single = all(len(shape) == 1 for shape in shapes.values())
        listed = [
            f"{title}: {shape[0]:,}" if single else f"{title}: {shape}"
            for title, shape in shapes.items()
        ]
        raise InputError(
            table.name,
            "must hold arrays with the same number of rows",
            shorten(", ".join(listed[:8])),
            "Save the labels and outputs of the same samples.",
        )
    best = best_reading(table)
    width = sum(column.width for column in best.columns.values())
    check_columns(table.name, width, limits)
    check_shape(table.name, best.n_rows, max(1, width), limits)
    return replace(best, raw=None) if found == (Reading(found[0].lead[:1]),) else best


def best_reading(table: RawTable) -> RawTable:
    """The columns of the likeliest reading, or the table itself where it has no arrays."""
    return arrange(table, readings(table.arrays)[0]) if table.arrays else table
