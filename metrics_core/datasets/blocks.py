"""The rows of a file, a block at a time, as arrays that were checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from metrics_core.datasets.columns import Asked
from metrics_core.datasets.shards import Shard
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.rules import check_weights
from metrics_core.steps.activation import activate

ROWS = 131_072
"""Rows in a block of one output: they stay in the cache."""


@dataclass(frozen=True, eq=False)
class Block:
    """Rows that follow each other in one file.

    Attributes
    ----------
    first : int
        The number of the first, from 0 in each file.
    labels : ndarray, shape (n,)
        bool beside one output, else class indices.
    scores : ndarray, shape (n,) or (n, C)
        After the activation.
    weights : ndarray or None, shape (n,)
    """

    first: int
    labels: Array
    scores: Array
    weights: Array | None


def blocks_of(shard: Shard, asked: Asked) -> Iterator[Block]:
    """Read what was asked for, in the order of the file.

    Raises
    ------
    InputError
        For a missing cell, NaN, a label that is none and a weight that is negative or not finite;
        names the file and the row.
    """
    columns, names = asked.columns, asked.names
    size = max(1024, ROWS // len(columns.y_pred))
    first = 0
    with shard.open() as file:
        for batch in file.iter_batches(size, columns=names, use_threads=False):
            cells = {name: _cells(shard, batch, name, first) for name in names}
            parts = [cells[name] for name in columns.y_pred]
            outputs = parts[0] if len(parts) == 1 else np.stack(parts, axis=1)
            labels = cells[columns.y_true]
            _check_labels(shard, columns.y_true, labels, len(parts), first)
            if len(parts) == 1 and labels.dtype != bool:
                one_byte = labels.dtype.kind in "iu" and labels.dtype.itemsize == 1
                labels = labels.view(bool) if one_byte else labels != 0
            elif labels.dtype.kind == "f":
                labels = labels.astype(np.int64)
            weights = None
            if asked.weighted and columns.sample_weight is not None:
                weights = cells[columns.sample_weight]
                _check_weights(shard, columns.sample_weight, weights, first)
            if asked.activation != "none":
                outputs = activate(outputs, asked.activation)
            yield Block(first, labels, outputs, weights)
            first += batch.num_rows


def _cells(shard: Shard, batch: pa.RecordBatch, name: str, first: int) -> Array:
    """One column; no cell may be missing or NaN."""
    column = batch.column(name)
    if column.null_count:
        gone = np.flatnonzero(column.is_null().to_numpy(zero_copy_only=False))
        raise _refused(shard, name, Message("a missing cell"), first + int(gone[0]))
    array: Array = column.to_numpy(zero_copy_only=False)
    if array.dtype == np.float16:
        array = array.astype(np.float32)
    if array.dtype.kind == "f" and len(array) and np.isnan(array.min()):
        raise _refused(shard, name, Message("NaN"), first + int(np.isnan(array).argmax()))
    return array


def _refused(shard: Shard, name: str, what: Message, row: int) -> InputError:
    return InputError(
        name,
        "must hold a number in every row",
        Message("{what} in row {row} of {file}", {"what": what, "row": row, "file": shard.name}),
        "Leave out these rows, or find out why the model gives none.",
    )


def _check_labels(shard: Shard, name: str, labels: Array, n_outputs: int, first: int) -> None:
    if labels.dtype == bool or not len(labels):
        return
    last = max(n_outputs - 1, 1)
    whole = labels.dtype.kind in "iu" or bool((labels == np.floor(labels)).all())
    if whole and labels.min() >= 0 and labels.max() <= last:
        return
    row = int(np.argmin((labels >= 0) & (labels <= last) & (labels == np.floor(labels))))
    raise InputError(
        name,
        "must be whole numbers from 0 to {last}",
        Message(
            "{value} in row {row} of {file}",
            {"value": labels[row], "row": first + row, "file": shard.name},
        ),
        "Write labels as 0 and 1 beside one output, and as class indices beside several.",
        last=last,
    )


def _check_weights(shard: Shard, name: str, weights: Array, first: int) -> None:
    try:
        check_weights(name, weights)
    except InputError as error:
        raise InputError(
            name,
            error.rule,
            Message(
                "{what}, counted from row {row} of {file}",
                {"what": error.received, "row": first, "file": shard.name},
            ),
            error.hint,
        ) from error
