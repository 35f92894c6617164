"""The rows of a file, a block at a time, as arrays that were checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from metrics_core.datasets.columns.asked import Asked
from metrics_core.datasets.columns.cells import arrays_of, plain
from metrics_core.datasets.columns.classes import of_numbers
from metrics_core.datasets.columns.gaps import RowNumbers, whole_rows
from metrics_core.datasets.columns.leaves import Leaf, stored
from metrics_core.datasets.shards import Shard
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.classes.coding import MOST_CLASSES
from metrics_core.rules import check_weights
from metrics_core.steps.activation import activate

ROWS = 131_072
"""Rows in a block of one output: they stay in the cache."""


@dataclass(frozen=True, eq=False)
class Block:
    """Rows that follow each other in one file.

    Attributes
    ----------
    rows : RowNumbers
        Which rows of the file they are.
    labels : ndarray, shape (n,) or (n, C)
        bool beside one output, else class indices, or bool for each output; class indices as well
        beside the predicted class of several.
    scores : ndarray, shape (n,) or (n, C)
        After the activation; the predicted class, where that is the output.
    weights : ndarray or None, shape (n,)
    """

    rows: RowNumbers
    labels: Array
    scores: Array
    weights: Array | None

    @property
    def true_class(self) -> Array:
        """The class of each row, where each has one."""
        return self.labels if self.labels.ndim == 1 else self.labels.argmax(axis=1)

    def of_rows(self, some: Array) -> Block:
        """The rows that a mask chooses."""
        weights = None if self.weights is None else self.weights[some]
        return Block(self.rows, self.labels[some], self.scores[some], weights)


def blocks_of(shard: Shard, asked: Asked) -> Iterator[Block]:
    """Read what was asked for, in the order of the file.

    Raises
    ------
    InputError
        For a missing cell and NaN, where rows that lack one are not left out; for a label that is
        none of the classes and a weight that is negative or not finite; names the file and the row.
    """
    size = max(1024, ROWS // len(asked.columns.y_pred))
    first = 0
    with shard.open() as file:
        read = stored(file.schema_arrow, asked.names)
        paths = [".".join(path) for path in read]
        for batch in file.iter_batches(size, columns=paths, use_threads=False):
            rows = RowNumbers(first)
            first += batch.num_rows
            found = [
                plain(shard.name, asked.columns, batch, path, leaves, rows)
                for path, leaves in read.items()
            ]
            whole = whole_rows(found) if asked.drop_missing else None
            if whole is not None:
                found = [column.filter(pa.array(whole)) for column in found]
                rows = RowNumbers(rows.first, np.flatnonzero(whole))
            if len(found[0]):
                yield _block(shard, asked, zip(found, read.values(), strict=True), rows)


def _block(
    shard: Shard, asked: Asked, read: Iterable[tuple[pa.Array, dict[str, Leaf]]], rows: RowNumbers
) -> Block:
    columns = asked.columns
    cells: dict[str, Array] = {}
    for found, leaves in read:
        cells |= arrays_of(shard.name, found, leaves, rows)
    weights = None
    if asked.weighted and columns.sample_weight is not None:
        weights = cells[columns.sample_weight]
        _check_weights(shard, columns.sample_weight, weights, rows)
    if columns.of_classes:
        true, predicted = (
            _class_indices(shard, name, cells[name], lowest, len(columns.classes), rows)
            for name, lowest in ((columns.labels[0], 0), (columns.y_pred[0], -1))
        )
        return Block(rows, true, predicted, weights)
    outputs = _beside([cells[name] for name in columns.y_pred])
    if columns.turned:
        outputs = 1 - outputs
    n_classes = 1 if columns.label_each else len(columns.y_pred)
    if columns.classes and not columns.words:
        (name,) = columns.labels
        cells[name] = of_numbers(shard.name, name, cells[name], columns.classes, rows)
    labels = _beside(
        [_labels(shard, name, cells[name], n_classes, rows) for name in columns.labels]
    )
    if asked.activation != "none":
        outputs = activate(outputs, asked.activation)
    return Block(rows, labels, outputs, weights)


def _beside(arrays: list[Array]) -> Array:
    return arrays[0] if len(arrays) == 1 else np.stack(arrays, axis=1)


def _labels(shard: Shard, name: str, labels: Array, n_classes: int, rows: RowNumbers) -> Array:
    """One column of labels: bool beside one output, else class indices."""
    _check_labels(shard, name, labels, n_classes, rows)
    if n_classes == 1 and labels.dtype != bool:
        one_byte = labels.dtype.kind in "iu" and labels.dtype.itemsize == 1
        return labels.view(bool) if one_byte and labels.strides == (1,) else labels != 0
    return labels.astype(np.int64) if labels.dtype.kind == "f" else labels


def _check_labels(shard: Shard, name: str, labels: Array, n_outputs: int, rows: RowNumbers) -> None:
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
            {"value": labels[row], "row": rows.of(row), "file": shard.name},
        ),
        "Write labels as 0 and 1 for each output, or as class indices beside several outputs.",
        last=last,
    )


def _class_indices(
    shard: Shard, name: str, cells: Array, lowest: int, n_classes: int, rows: RowNumbers
) -> Array:
    """One column of class indices, up to `MOST_CLASSES` where their number is not known."""
    last = n_classes - 1 if n_classes else MOST_CLASSES
    good = (cells >= lowest) & (cells <= last) & (cells == np.floor(cells))
    if good.all():
        return cells.astype(np.int64)
    row = int(np.argmin(good))
    raise InputError(
        name,
        "must be class indices, whole numbers from {lowest} to {last}",
        Message(
            "{value} in row {row} of {file}",
            {"value": cells[row], "row": rows.of(row), "file": shard.name},
        ),
        "Choose the column of the predicted class, or say that the output is a score.",
        lowest=lowest,
        last=last,
    )


def _check_weights(shard: Shard, name: str, weights: Array, rows: RowNumbers) -> None:
    try:
        check_weights(name, weights, rows.of)
    except InputError as error:
        received = Message("{what} of {file}", {"what": error.received, "file": shard.name})
        raise InputError(name, error.rule, received, error.hint) from error
