"""JSON records, JSON columns, JSON Lines, and the shapes that services and tools write."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.json as pajson

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading.columns.naming import says
from metrics_core.reading.formats.arrow.columns import table_of
from metrics_core.reading.formats.arrow.nested import flatten, unbatched
from metrics_core.reading.formats.json.frames import LEAST, unframed
from metrics_core.reading.formats.json.load import load
from metrics_core.reading.formats.json.objects import ROWS, TITLES
from metrics_core.reading.formats.json.outline import as_lines, outline
from metrics_core.reading.formats.json.shapes import shape
from metrics_core.reading.formats.left_out import left_out
from metrics_core.reading.formats.text.mend import mend
from metrics_core.reading.limits import Limits, check_columns, check_shape, malformed, shorten
from metrics_core.reading.table import RawTable

_BLOCK = 4 << 20
_KEYED = 10
"""From so many single values of one type on, an object holds one value for each id; from two on
where each key has a digit and none says what it is for."""


def read_json(data: bytes, name: str, limits: Limits) -> RawTable:
    """Read records in an array, records on lines, or one value that holds columns or rows.

    A list of numbers in a record becomes an (n, C) column, an object one column a key. ``null``
    and absent keys are missing; NaN and Infinity, which many writers give, are numbers. In one
    object, lists of equal length are the columns, and what is no list is put aside with a note.

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
    lists = unframed(data) if len(data) >= LEAST else None
    if lists is not None:
        with suppress(InputError):  # a doubt that is left is told by the text as it came
            return _read(lists, name, limits)
    return _read(data, name, limits)


def _read(data: bytes, name: str, limits: Limits) -> RawTable:
    found = outline(data, name, limits)
    if found.lists:
        return _by_value(data, name, limits)
    records = len(found.opens)
    check_shape(name, records, 1, limits)
    single = records == 1 and not found.base
    if single and found.inner:
        return _by_value(data, name, limits)
    longest = int((found.closes - found.opens).max()) + 1
    body = as_lines(data, found)
    try:
        table = _parse(body, name, max(_BLOCK, longest + 2), {})
    except InputError as error:
        if single and "changed from" in str(error):
            return _by_value(data, name, limits)
        raise
    check_columns(name, table.num_columns, limits)
    check_shape(name, records, table.num_columns, limits)
    dated = {f.name: kind for f in table.schema if (kind := _undated(f.type)) != f.type}
    if dated:
        table = _parse(body, name, max(_BLOCK, longest + 2), dated)
    if single and any(pa.types.is_list(f.type) for f in table.schema):
        columns = _columns(table)
        if columns is None:
            return _by_value(data, name, limits)
        return _finish(columns, name, "JSON", limits)
    if single and _is_keyed(table):
        cells = pa.concat_arrays([column.combine_chunks() for column in table.columns])
        table = pa.table({"index": table.column_names, "value": cells})
        return _finish(table, name, "JSON", limits)
    return _finish(table, name, "JSON" if found.base else "JSON Lines", limits)


def _is_keyed(table: pa.Table) -> bool:
    """Whether the only record holds one value for each id."""
    keys = table.column_names
    if len(keys) < 2 or len({f.type for f in table.schema}) > 1:
        return False
    return len(keys) >= _KEYED or all(
        says(key) is None and any(map(str.isdigit, key)) for key in keys
    )


def _finish(table: pa.Table, name: str, format: str, limits: Limits) -> RawTable:
    flat, notes = flatten(table, name, limits)
    if (rows := unbatched(flat)) is not None:
        check_shape(name, rows.num_rows, rows.num_columns, limits)
        flat, more = flatten(rows, name, limits)
        notes += more
    mended, more = mend(flat, name)
    read = table_of(name, format, mended, limits)
    return replace(read, notes=(*notes, *more, *read.notes))


def _by_value(data: bytes, name: str, limits: Limits) -> RawTable:
    """A table from whatever shape one value has."""
    shaped = shape(load(data, name), name)
    rows = len(next(iter(shaped.columns.values()), []))
    check_shape(name, rows, len(shaped.columns), limits)
    columns, left = {}, []
    for title, values in shaped.columns.items():
        try:
            columns[title] = _array(values)
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            left.append(left_out(title, Message("its values are of different kinds")))
    if not columns:
        raise malformed(name, "JSON", left[0])
    read = _finish(pa.table(columns), name, "JSON", limits)
    notes = (*shaped.notes(), *left, *read.notes)
    return replace(read, notes=notes, class_names=shaped.class_names)


def _array(values: list[Any]) -> pa.Array:
    """An Arrow array; numbers among texts become texts."""
    try:
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        if any(isinstance(value, list | dict) for value in values):
            raise
        return pa.array([None if value is None else str(value) for value in values])


def _parse(body: bytearray, name: str, block: int, types: dict[str, pa.DataType]) -> pa.Table:
    schema = pa.schema(list(types.items())) if types else None
    try:
        return pajson.read_json(
            pa.BufferReader(pa.py_buffer(body)),
            pajson.ReadOptions(block_size=min(block, 2**31 - 1)),
            pajson.ParseOptions(explicit_schema=schema),
        )
    except pa.ArrowInvalid as error:
        raise malformed(name, "JSON", _said(str(error)) or error) from None


_CHANGED = re.compile(r"Column\(/?(.*)\) changed from (\w+) to (\w+) in row (\d+)", re.DOTALL)


_TWICE = re.compile(r"Column\(/?(.*)\) was specified twice in row (\d+)", re.DOTALL)


def _said(words: str) -> Message | None:
    """What Arrow says of a column with values of two kinds, and of a key that comes twice."""
    if (found := _TWICE.search(words)) is not None:
        shown = {"column": shorten(found[1]), "row": int(found[2])}
        return Message("the column {column} was specified twice in row {row:,}", shown)
    found = _CHANGED.search(words)
    if found is None:
        return None
    shown = {"column": shorten(found[1]), "one": found[2], "two": found[3], "row": int(found[4])}
    return Message("the column {column} changed from {one} to {two} in row {row:,}", shown)


def _undated(kind: pa.DataType) -> pa.DataType:
    """The type with dates taken back to the text that they were."""
    if pa.types.is_temporal(kind):
        return pa.string()
    if pa.types.is_list(kind):
        value = _undated(kind.value_type)
        return kind if value == kind.value_type else pa.list_(value)
    if pa.types.is_struct(kind):
        fields = [kind.field(place) for place in range(kind.num_fields)]
        return pa.struct([(part.name, _undated(part.type)) for part in fields])
    return kind


def _columns(table: pa.Table) -> pa.Table | None:
    """One record of lists of equal length -> the lists as columns; None where it is no such."""
    kinds = [f.type for f in table.schema]
    if {*TITLES, *ROWS} & {*table.column_names} or not all(map(pa.types.is_list, kinds)):
        return None
    columns = {title: table.column(title).chunk(0).flatten() for title in table.column_names}
    return pa.table(columns) if len({*map(len, columns.values())}) == 1 else None
