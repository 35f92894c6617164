"""JSON records, JSON columns and JSON Lines."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pyarrow.json as pajson

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading.formats.arrow_columns import table_of
from metrics_core.reading.formats.json_outline import as_lines, outline
from metrics_core.reading.limits import Limits, check_columns, check_shape, malformed, shorten
from metrics_core.reading.table import RawTable

_BLOCK = 4 << 20


def read_json(data: bytes, name: str, limits: Limits) -> RawTable:
    """Read records in an array, records on lines, or one object of columns.

    A list of numbers in a record becomes an (n, C) column. ``null`` and absent keys are missing;
    NaN and Infinity, which many writers give, are numbers. Columns may be lists, or objects from
    row name to value as pandas writes them.

    Raises
    ------
    InputError
        For text that is not valid, values that change type, and what `outline` refuses.

    Examples
    --------
    >>> from metrics_core.reading import LIMITS
    >>> table = read_json(b'{"y_true": [0, 1], "y_pred": [0.1, NaN]}', "x.json", LIMITS)
    >>> table.n_rows, table.columns["y_pred"].values.tolist()
    (2, [0.1, nan])
    """
    found = outline(data, name, limits)
    records = len(found.opens)
    check_shape(name, records, 1, limits)
    if records == 1 and found.inner and not found.base:
        return table_of(name, "JSON", _indexed(data, name, limits), limits)
    longest = int((found.closes - found.opens).max()) + 1
    body = as_lines(data, found)
    table = _parse(body, name, max(_BLOCK, longest + 2), {})
    check_columns(name, table.num_columns, limits)
    check_shape(name, records, table.num_columns, limits)
    dated = {f.name: kind for f in table.schema if (kind := _undated(f.type)) != f.type}
    if dated:
        table = _parse(body, name, max(_BLOCK, longest + 2), dated)
    single = records == 1 and not found.base
    if single and table.num_columns and all(pa.types.is_list(f.type) for f in table.schema):
        return table_of(name, "JSON", _columns(table, name), limits)
    return table_of(name, "JSON" if found.base else "JSON Lines", table, limits)


def _parse(body: bytearray, name: str, block: int, types: dict[str, pa.DataType]) -> pa.Table:
    schema = pa.schema(list(types.items())) if types else None
    try:
        return pajson.read_json(
            pa.BufferReader(pa.py_buffer(body)),
            pajson.ReadOptions(block_size=min(block, 2**31 - 1)),
            pajson.ParseOptions(explicit_schema=schema),
        )
    except pa.ArrowInvalid as error:
        raise malformed(name, "JSON", error) from None


def _undated(kind: pa.DataType) -> pa.DataType:
    """The type with dates taken back to the text that they were."""
    if pa.types.is_temporal(kind):
        return pa.string()
    if pa.types.is_list(kind):
        value = _undated(kind.value_type)
        return kind if value == kind.value_type else pa.list_(value)
    return kind


def _columns(table: pa.Table, name: str) -> pa.Table:
    """One record of lists -> the lists as columns."""
    return _equal(
        {title: table.column(title).chunk(0).flatten() for title in table.column_names}, name
    )


def _equal(columns: dict[str, pa.Array], name: str) -> pa.Table:
    lengths = {title: len(values) for title, values in columns.items()}
    if len(set(lengths.values())) > 1:
        shown = ", ".join(f"{title}: {length}" for title, length in list(lengths.items())[:6])
        raise InputError(
            name,
            "must have columns of equal length",
            shorten(shown),
            "Save the labels and outputs of the same samples.",
        )
    return pa.table(columns)


def _indexed(data: bytes, name: str, limits: Limits) -> pa.Table:
    """Objects from row name to value, as pandas writes a frame by default."""
    try:
        frame = json.loads(data, object_pairs_hook=_strict)
    except (ValueError, RecursionError) as error:
        raise malformed(name, "JSON", error) from None
    check_columns(name, len(frame), limits)
    if not all(isinstance(values, dict) for values in frame.values()):
        raise InputError(
            name,
            "must hold records or columns",
            shorten(", ".join(frame)),
            'Write it with `frame.to_json(path, orient="records")`.',
        )
    columns: dict[str, Any] = {}
    keys = list(next(iter(frame.values())))
    check_shape(name, len(keys), len(frame), limits)
    for title, values in frame.items():
        if list(values) != keys:
            raise malformed(
                name,
                "JSON",
                Message("different rows in the column {column}", {"column": shorten(title)}),
            )
        columns[title] = pa.array(list(values.values()))
    if keys != [str(row) for row in range(len(keys))] and "index" not in columns:
        columns["index"] = pa.array(keys)
    return _equal(columns, name)


def _strict(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError("the same key more than once in one object")
    return record
