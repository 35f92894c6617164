"""Arrays of sequences and images: which axes are positions, and every position as a row."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import permutations, product

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.naming import LABEL_WORDS, OUTPUT_WORDS, WEIGHTS, plain, says
from metrics_core.reading.formats.arrow_columns import left_out
from metrics_core.reading.limits import LIMITS, Limits, check_columns, check_shape, shorten
from metrics_core.reading.table import Column, RawTable

MASKS = {
    "mask", "masks", "attention_mask", "padding_mask", "pad_mask", "loss_mask", "label_mask",
    "valid", "is_valid", "valid_mask",
}  # fmt: skip
"""Names of arrays that say which positions count."""
_PROBE = 4096
_MOST_CLASSES = 32


@dataclass(frozen=True)
class Reading:
    """What the axes of the arrays of a file mean.

    Attributes
    ----------
    lead : tuple of int
        Samples, and positions in each: ``(n,)``, ``(n, t)`` or ``(n, h, w)``.
    first : bool
        Whether the classes are on the axis after the samples, as PyTorch writes images, and not on
        the last one.
    """

    lead: tuple[int, ...]
    first: bool = False


def readings(arrays: Mapping[str, Column]) -> tuple[Reading, ...]:
    """The ways to read arrays, the likeliest first; none where no two of them fit together.

    Labels and outputs are looked for by name, and else by shape.

    Examples
    --------
    >>> y_true, y_pred = Column(np.zeros((4, 7), int)), Column(np.zeros((4, 7, 3)))
    >>> readings({"y_true": y_true, "y_pred": y_pred})
    (Reading(lead=(4, 7), first=False),)
    """
    numbers = {
        title: column.data
        for title, column in arrays.items()
        if not column.is_text and says(title) not in ("weight", "id", "epoch") and not _masks(title)
    }
    true = [title for title in numbers if says(title) == "label"]
    pred = [title for title in numbers if says(title) == "output"]
    pairs = list(product(true, pred)) or list(permutations(numbers, 2))
    if not (true and pred):  # by shape alone: tables come before sequences and images
        pairs.sort(key=lambda pair: max(numbers[title].ndim for title in pair) > 2)
    found = [reading for a, b in pairs for reading in _of_pair(numbers[a], numbers[b])]
    if not found and len(numbers) == 1:
        shape = next(iter(numbers.values())).shape
        found = [Reading(shape[:-1] if len(shape) > 2 else shape[:1])]
    return tuple(dict.fromkeys(found))


def _masks(title: str) -> bool:
    return plain(title) in MASKS


def _of_pair(true: Array, pred: Array) -> Iterator[Reading]:
    """The readings under which two arrays are labels and outputs of the same positions."""
    ts, ps = true.shape, pred.shape
    if ts[0] != ps[0]:
        return
    if len(ts) <= 2 and len(ps) <= 2:
        if ts == ps and len(ts) == 2 and _are_indices(true) and _are_indices(pred):
            yield Reading(ts)
        yield Reading(ts[:1])
    elif ts == ps:
        yield from _of_equal(true, pred)
    elif ps[:-1] in (ts, ts[:-1]) and (ps[:-1] == ts or 1 in (ts[-1], ps[-1])):
        yield Reading(ps[:-1])
        if ps[1:] and len(ps) > 2 and (ps[0], *ps[2:]) == ts:
            yield Reading(ts, first=True)
    elif len(ps) > 2 and (ps[0], *ps[2:]) in (ts, (ts[0], *ts[2:])):
        yield Reading((ps[0], *ps[2:]), first=True)
    elif ts[:-1] == ps:
        yield Reading(ps)
    elif math.prod(ts) == math.prod(ps[:-1]):
        yield Reading(ps[:-1])


def _of_equal(true: Array, pred: Array) -> Iterator[Reading]:
    """Labels and outputs of one shape: the last axis holds classes, or positions."""
    shape = true.shape
    last, all_axes = Reading(shape[:-1]), Reading(shape)
    first = Reading((shape[0], *shape[2:]), first=True)
    if shape[-1] == 1 or _one_hot(true, -1):
        yield last
    elif len(shape) > 3 and (shape[1] == 1 or _one_hot(true, 1)):
        yield first
    elif _are_indices(true) or (shape[-1] > _MOST_CLASSES and not _sums_to_one(pred, -1)):
        yield from (all_axes, last)
    else:
        yield from (last, all_axes)


def _probe(array: Array) -> Array:
    """Some of the first samples."""
    return array[: max(1, _PROBE * len(array) // max(1, array.size))]


def _are_indices(array: Array) -> bool:
    """Whether an array holds whole numbers that are not all 0 and 1."""
    if array.dtype.kind in "iu":
        return bool(array.max(initial=0) > 1 or array.min(initial=0) < 0)
    if array.dtype.kind != "f":
        return False
    probe = _probe(array)
    return bool(np.all(probe == np.floor(probe)) and np.any((probe < 0) | (probe > 1)))


def _one_hot(labels: Array, axis: int) -> bool:
    """Whether labels are 0 and 1 with at most one 1 along an axis, and some 1."""
    probe = _probe(labels)
    sums = probe.sum(axis=axis)
    whole = bool(np.all((probe == 0) | (probe == 1)))
    return whole and bool(np.all(sums <= 1)) and 2 * np.count_nonzero(sums) > sums.size / 4


def _sums_to_one(outputs: Array, axis: int) -> bool:
    return bool(np.all(np.abs(_probe(outputs).sum(axis=axis, dtype=float) - 1) < 1e-2))


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
            columns[title] = Column(data, column.words, missing)
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
