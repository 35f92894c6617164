"""Which columns of sharded data are what: the guess for uploads, on the first rows."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import partial

import pyarrow as pa
import pyarrow.parquet as pq

from metrics_core.datasets.columns import Columns, element
from metrics_core.datasets.shards import Shard
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


def numeric_names(table: RawTable) -> list[str]:
    """What labels and outputs can be: columns of numbers, and each element of those of lists."""
    numeric = [title for title, column in table.columns.items() if not column.is_text]
    return list(_each(table, numeric))


def columns_of(name: str, table: RawTable, roles: Roles) -> Columns:
    """The columns of roles that somebody is sure of; a column of lists becomes its elements.

    Raises
    ------
    InputError
        For what sharded data cannot have: no labels, several epochs, and outputs that are the
        probability of a class which another column names.
    """
    if roles.epoch is not None:
        raise _not_here(name, Message("a column of epochs, {name}", {"name": roles.epoch}))
    if roles.predicted is not None:
        words = Message("outputs for the predicted class, {name}", {"name": roles.predicted})
        raise _not_here(name, words)
    if not roles.labels:
        raise _not_here(name, Message("no column of labels"))
    labels, outputs = _each(table, roles.labels), _each(table, roles.outputs)
    return Columns(y_true=labels, y_pred=outputs, sample_weight=roles.weight)


def _each(table: RawTable, titles: Iterable[str]) -> tuple[str, ...]:
    found: list[str] = []
    for title in titles:
        shape = table.columns[title].values.shape if title in table.columns else ()
        lists = len(shape) == 2
        found += map(partial(element, title), range(shape[1])) if lists else [title]
    return tuple(found)


def _not_here(name: str, received: Message) -> InputError:
    return InputError(
        name,
        "must have labels, and the outputs of one model",
        received,
        "Write such files, one set of them for each epoch.",
    )
