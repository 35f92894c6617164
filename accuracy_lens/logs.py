"""Outputs written epoch by epoch into a file that the upload reads, from any training loop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from accuracy_lens.arrays import as_array
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array


def log_predictions(
    path: str | Path,
    y_true: Any,
    y_pred: Any,
    *,
    epoch: int | None = None,
    sample_weight: Any = None,
    class_names: Sequence[str] | None = None,
) -> None:
    """Add the outputs of an epoch to a Parquet file; the file is whole after every call.

    Parameters
    ----------
    path : str or path
        Created where there is none. Another process reads either the old file or the new one.
    y_true, y_pred : array_like, shape (n,), (n, 1) or (n, C)
        Of numpy, pandas, PyTorch or TensorFlow; of the same samples in every epoch.
    epoch : int, optional
        By default the one after the last in the file, from 1; an epoch that is there is replaced.
    sample_weight : array_like, shape (n,), optional
    class_names : sequence of str, optional
        Names of the columns of outputs, in their order.

    Raises
    ------
    InputError
        For shapes that do not go together, and for a file that holds other columns.

    Examples
    --------
    >>> import tempfile
    >>> from metrics_core.reading import guess_roles, read_columns, to_predictions
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "outputs.parquet"
    ...     log_predictions(path, [0, 1, 1], [0.2, 0.4, 0.9])
    ...     log_predictions(path, [0, 1, 1], [0.1, 0.6, 0.9])
    ...     table = read_columns(path, "outputs.parquet")
    >>> to_predictions(table, guess_roles(table)).epochs.numbers
    (1, 2)
    """
    import pyarrow as pa  # noqa: PLC0415 - for those who log only
    import pyarrow.compute as pc  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    path = Path(path)
    before = pq.read_table(path) if path.exists() else None
    if epoch is None:
        last = 0 if before is None or not len(before) else pc.max(before["epoch"]).as_py()
        epoch = last + 1
    labels, outputs = as_array(y_true), as_array(y_pred)
    _check(labels, outputs)
    columns = {"epoch": np.full(len(outputs), epoch, np.int32)}
    columns |= _columns("y_true", labels, None) | _columns("y_pred", outputs, class_names)
    if sample_weight is not None:
        columns["sample_weight"] = as_array(sample_weight).reshape(len(outputs))
    table = pa.table({name: pa.array(values) for name, values in columns.items()})
    if before is not None:
        if before.schema.names != table.schema.names:
            raise InputError(
                "path",
                "must name a file with the same columns",
                Message("{columns}", {"columns": ", ".join(before.schema.names)}),
                "Write another run into another file.",
            )
        kept = before.filter(pc.not_equal(before["epoch"], epoch))
        table = pa.concat_tables([kept, table.cast(before.schema)])
    partial = path.with_name(f"{path.name}.partial")
    pq.write_table(table, partial, compression="zstd")
    partial.replace(path)


def _check(labels: Array, outputs: Array) -> None:
    if labels.ndim not in (1, 2) or outputs.ndim not in (1, 2) or len(labels) != len(outputs):
        raise InputError(
            "y_pred",
            "must have one row of outputs for each row of labels",
            Message("shapes {x} and {y}", {"x": labels.shape, "y": outputs.shape}),
            "Give labels and outputs of shape (n,), (n, 1) or (n, classes).",
        )


def _columns(name: str, values: Array, names: Sequence[str] | None) -> dict[str, Array]:
    if values.ndim == 1 or values.shape[1] == 1:
        return {name: values.reshape(len(values))}
    called = list(map(str, range(values.shape[1]) if names is None else names))
    if len(called) != values.shape[1]:
        raise InputError(
            "class_names",
            "must name each column of the outputs",
            Message("{n} names", {"n": len(called)}),
            "Leave them out, or give one for each column.",
        )
    return {f"{name}_{each}": values[:, column] for column, each in enumerate(called)}
