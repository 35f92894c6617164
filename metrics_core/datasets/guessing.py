"""Which columns of sharded data are what: the guess for uploads, on the first rows."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from metrics_core.datasets.columns import Columns
from metrics_core.datasets.shards import NAMED, Shard
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading import RawTable, Roles, joining, read_columns

ROWS = 4096


def first_rows(shard: Shard) -> RawTable:
    """The first rows of a file, as an upload of them would be read."""
    with shard.open() as file:
        batches = file.iter_batches(ROWS)
        rows = next(batches, None)
        table = pa.Table.from_batches([] if rows is None else [rows], file.schema_arrow)
    content = io.BytesIO()
    pq.write_table(table, content)
    return read_columns(content.getvalue(), shard.name)


def guess(shard: Shard) -> tuple[RawTable, Roles]:
    """The first rows, and what their columns seem to be for."""
    table = first_rows(shard)
    return table, joining.guess(table)


def columns_of(name: str, roles: Roles) -> Columns:
    """The columns of roles that somebody is sure of.

    Raises
    ------
    InputError
        For what sharded data cannot have: one-hot labels, several epochs, and outputs that are the
        probability of a class which another column names.
    """
    if roles.epoch is not None:
        raise _not_here(name, Message("a column of epochs, {name}", {"name": roles.epoch}))
    if roles.predicted is not None:
        words = Message("outputs for the predicted class, {name}", {"name": roles.predicted})
        raise _not_here(name, words)
    if len(roles.labels) != 1:
        names = ", ".join(roles.labels[:NAMED])
        raise _not_here(name, Message("the label columns {names}", {"names": names or "-"}))
    return Columns(y_true=roles.labels[0], y_pred=roles.outputs, sample_weight=roles.weight)


def _not_here(name: str, received: Message) -> InputError:
    return InputError(
        name,
        "must have one column of labels, 0 and 1 or class indices, and the outputs of one model",
        received,
        "Write such files, one set of them for each epoch.",
    )
