"""Nested columns -> flat ones: objects by key, lists of (name, score) by name."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metrics_core.messages import Message
from metrics_core.reading.formats.arrow.named_scores import (
    by_name_in_objects,
    by_name_in_pairs,
    is_list,
)
from metrics_core.reading.limits import Limits, check_columns

_MOST_STEPS = 20


def flatten(table: pa.Table, name: str, limits: Limits) -> tuple[pa.Table, list[Message]]:
    """The same values in columns of numbers, words and lists, as far as they go.

    An object ``scores`` gives ``scores.cat``, ``scores.dog``; a list of objects with a name and a
    score, or two lists of names and scores side by side, give one column a name.

    Examples
    --------
    >>> from metrics_core.reading import LIMITS
    >>> probs = [[{"label": "a", "prob": 0.3}, {"label": "b", "prob": 0.7}]]
    >>> flat, _ = flatten(pa.table({"x": [{"y": 1}], "p": probs}), "x.json", LIMITS)
    >>> flat.to_pylist()
    [{'x.y': 1, 'p.prob.a': 0.3, 'p.prob.b': 0.7}]
    """
    notes: list[Message] = []
    for _ in range(_MOST_STEPS):
        before = table.schema
        table = table.flatten()
        check_columns(name, table.num_columns, limits)
        lists = [place for place, kind in enumerate(table.schema.types) if is_list(kind)]
        for position in reversed(lists):
            table = _unpack(table, position, notes)
        table = by_name_in_pairs(table, notes)
        check_columns(name, table.num_columns, limits)
        if table.schema.equals(before):
            break
    return table, notes


def unbatched(table: pa.Table) -> pa.Table | None:
    """Rows in place of batches of rows: lists of objects, each as long as its neighbours.

    Single values stand in each row of their batch. None where there are no lists of objects.

    Examples
    --------
    >>> unbatched(pa.table({"run": [7], "p": [[{"y": 1}, {"y": 0}]]})).to_pylist()
    [{'run': 7, 'y': 1}, {'run': 7, 'y': 0}]
    """
    kinds = [field.type for field in table.schema]
    if not any(is_list(kind) and pa.types.is_struct(kind.value_type) for kind in kinds):
        return None
    lists = [table.column(place) for place, kind in enumerate(kinds) if is_list(kind)]
    counts = [pc.fill_null(pc.list_value_length(column), 0).combine_chunks() for column in lists]
    if not all(each.equals(counts[0]) for each in counts):
        return None
    lengths = counts[0].to_numpy(zero_copy_only=False)
    rows = pa.array(np.repeat(np.arange(table.num_rows), lengths))
    columns = {
        title: pc.list_flatten(column) if is_list(column.type) else column.take(rows)
        for title, column in zip(table.column_names, table.columns, strict=True)
    }
    names = [key for title in columns for key in _keys(columns[title]) or [title]]
    bare: dict[str, pa.ChunkedArray] = {}
    for title, column in columns.items():
        for place, key in enumerate(_keys(column)):
            bare[key if names.count(key) == 1 else f"{title}.{key}"] = pc.struct_field(
                column, place
            )
        if not _keys(column):
            bare[title] = column
    return pa.table(bare)


def _keys(column: pa.ChunkedArray) -> list[str]:
    """The keys of a column of objects; none for others."""
    if not pa.types.is_struct(column.type):
        return []
    return [column.type.field(place).name for place in range(column.type.num_fields)]


def _unpack(table: pa.Table, position: int, notes: list[Message]) -> pa.Table:
    """A list column of objects, or of lists of one, in a simpler form."""
    title, column = table.field(position).name, table.column(position)
    inner = column.type.value_type
    if pa.types.is_struct(inner):
        columns = by_name_in_objects(column, title, notes)
    elif is_list(inner) or pa.types.is_string(inner):
        columns = _without_lists_of_one(column, title)
    else:
        columns = None
    if columns is None:
        return table
    table = table.remove_column(position)
    for place, (key, values) in enumerate(columns.items()):
        table = table.add_column(position + place, key, values)
    return table


def _without_lists_of_one(
    column: pa.ChunkedArray, title: str
) -> dict[str, pa.Array | pa.ChunkedArray] | None:
    """The only thing in each list, in place of the list."""
    lengths = pc.unique(pc.list_value_length(column)).to_pylist()
    if lengths != [1]:
        return None
    return {title: pa.chunked_array([c.flatten() for c in column.chunks])}
