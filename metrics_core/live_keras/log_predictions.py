"""A Keras callback that writes the outputs of every epoch to a Parquet file."""

from __future__ import annotations

import weakref
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

ROWS = 10_000
"""Samples that are kept of each epoch unless told otherwise; the first ones."""
_AT_ONCE = 4_096


class EpochFile:
    """A Parquet file that grows by one group of rows an epoch.

    It is written beside `path`, under the same name and ``.partial``, and takes its place when it
    is closed: a file that stands at `path` is whole. It closes by itself when nothing refers to it
    any more, as after an interrupt.

    Parameters
    ----------
    path : str or path
        Where the file shall stand; an older one is replaced.
    labels : ndarray, shape (n,), (n, 1) or (n, C)
        The same in every epoch.

    Notes
    -----
    Columns: ``epoch`` (int32, from 1), ``y_true`` or ``y_true_0`` to ``y_true_{C-1}``, and
    ``y_pred`` likewise as float32.
    """

    def __init__(self, path: str | Path, labels: Array) -> None:
        self.path = Path(path)
        self.labels = labels
        self._writer: Any = None

    def add(self, epoch: int, outputs: Array) -> None:
        """Write the outputs of one epoch, shape (n,), (n, 1) or (n, C)."""
        import pyarrow as pa  # noqa: PLC0415 - for those who log only
        import pyarrow.parquet as pq  # noqa: PLC0415

        columns = {"epoch": np.full(len(outputs), epoch, np.int32)}
        columns |= _columns("y_true", self.labels) | _columns("y_pred", outputs)
        table = pa.table({name: pa.array(values) for name, values in columns.items()})
        if self._writer is None:
            partial = self.path.with_name(self.path.name + ".partial")
            self._writer = pq.ParquetWriter(partial, table.schema, compression="zstd")
            self._finish = weakref.finalize(self, _finish, self._writer, partial, self.path)
        self._writer.write_table(table)

    def close(self) -> None:
        """Complete the file and put it in its place; without an epoch there is none."""
        if self._writer is not None:
            self._finish()
            self._writer = None


def _finish(writer: Any, partial: Path, path: Path) -> None:
    writer.close()
    partial.replace(path)


def _columns(name: str, values: Array) -> dict[str, Array]:
    if values.ndim == 1 or values.shape[1] == 1:
        return {name: values.reshape(len(values))}
    return {f"{name}_{column}": values[:, column] for column in range(values.shape[1])}


def check_validation(validation_data: object) -> tuple[Array, Array]:
    """Inputs and labels as arrays.

    Raises
    ------
    InputError
        Unless they are a pair of arrays with the same number of rows, and the labels have one or
        two axes.

    Examples
    --------
    >>> check_validation(([[0.5], [1.0]], [0, 1]))[1].tolist()
    [0, 1]
    """
    pair = validation_data if isinstance(validation_data, tuple | list) else ()
    if len(pair) != 2:
        raise InputError(
            "validation_data",
            "must be a pair of arrays, inputs and labels",
            type(validation_data).__name__,
            "Give what you give to `fit(validation_data=...)`.",
        )
    x, y = np.asarray(pair[0]), np.asarray(pair[1])
    if x.ndim < 1 or y.ndim not in (1, 2) or len(x) != len(y) or len(x) == 0:
        raise InputError(
            "validation_data",
            "must have one row of labels for each row of inputs",
            Message("shapes {x} and {y}", {"x": x.shape, "y": y.shape}),
            "Give labels of shape (n,), (n, 1) or (n, classes).",
        )
    return x, y


@cache
def log_predictions_class() -> Any:
    """The class `LogPredictions`; made on first use, as it needs Keras to be imported."""
    import keras  # noqa: PLC0415 - seconds and memory, for those who ask only

    class LogPredictions(keras.callbacks.Callback):  # type: ignore[misc]
        """Write the outputs for the validation set to a Parquet file, epoch by epoch.

        Parameters
        ----------
        path : str or path
            Where the file shall stand when training is over.
        validation_data : tuple of array_like
            Inputs, and labels of shape (n,), (n, 1) or (n, C) as they are fed.
        rows : int
            The first so many samples are kept; 10,000 unless given.

        Raises
        ------
        InputError
            For anything but a pair of arrays, and `rows` below 1.

        Examples
        --------
        >>> log = LogPredictions("outputs.parquet", (x_val, y_val))  # doctest: +SKIP
        >>> model.fit(x, y, epochs=20, callbacks=[log])  # doctest: +SKIP
        """

        def __init__(self, path: str | Path, validation_data: object, rows: int = ROWS) -> None:
            super().__init__()
            if not isinstance(rows, int) or rows < 1:
                raise InputError("rows", "must be a whole number, 1 or more", rows, "Leave it out.")
            x, y = check_validation(validation_data)
            self._inputs = x[:rows]
            self._file = EpochFile(path, y[:rows])

        def on_epoch_end(self, epoch: int, _: object = None) -> None:
            starts = range(0, len(self._inputs), _AT_ONCE)
            parts = [self.model.predict_on_batch(self._inputs[i : i + _AT_ONCE]) for i in starts]
            outputs = np.concatenate(parts).astype(np.float32)
            if outputs.ndim > 2:
                raise InputError(
                    "model",
                    "must give one row of outputs per sample",
                    Message("outputs of shape {shape}", {"shape": outputs.shape}),
                    "Flatten time steps into rows and write them yourself.",
                )
            self._file.add(epoch + 1, outputs)

        def on_train_end(self, _: object = None) -> None:
            self._file.close()

    LogPredictions.__qualname__ = "LogPredictions"
    return LogPredictions
