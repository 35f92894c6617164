"""Parquet, and Arrow IPC files and streams (Feather)."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from metrics_core.reading.formats.arrow.columns import table_of
from metrics_core.reading.limits import (
    Limits,
    check_bytes,
    check_columns,
    check_names,
    check_shape,
    check_values,
)
from metrics_core.reading.table import RawTable


def read_parquet(data: bytes, name: str, limits: Limits) -> RawTable:
    """Read a Parquet file; rows, columns, values and sizes are checked in its footer first.

    Text is read as indices into a list of words, so that one long word in many rows stays small.

    Raises
    ------
    InputError
        Where the footer declares more than `limits` allows.
    """
    source = pa.BufferReader(data)
    plan = pq.ParquetFile(source, **_GUARDS)
    footer = plan.metadata
    check_columns(name, footer.num_columns, limits)
    check_shape(name, footer.num_rows, max(1, footer.num_columns), limits)
    schema = plan.schema_arrow
    check_names(name, schema.names)
    groups = [footer.row_group(index) for index in range(footer.num_row_groups)]
    check_bytes(name, sum(group.total_byte_size for group in groups), limits)
    values = sum(
        group.column(index).num_values for group in groups for index in range(footer.num_columns)
    )
    check_values(name, values, limits)
    check_bytes(name, footer.num_rows * _fixed_bytes(schema), limits)
    texts = [field.name for field in schema if _is_plain_text(field.type)]
    reader = pq.ParquetFile(source, metadata=footer, read_dictionary=texts, **_GUARDS)
    table = reader.read(use_threads=True)
    table.validate()
    return table_of(name, "Parquet", table, limits)


_GUARDS = {"thrift_string_size_limit": 64 << 20, "thrift_container_size_limit": 4 << 20}


def _is_plain_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _fixed_bytes(schema: pa.Schema) -> int:
    """Bytes that one row takes in columns whose cells have a fixed width."""
    total = 0
    for field in schema:
        kind = field.type
        length = kind.list_size if pa.types.is_fixed_size_list(kind) else 1
        value = kind.value_type if pa.types.is_fixed_size_list(kind) else kind
        fixed = pa.types.is_primitive(value) or pa.types.is_fixed_size_binary(value)
        total += length * max(1, value.bit_width // 8) if fixed else 0
    return total


def read_ipc_file(data: bytes, name: str, limits: Limits) -> RawTable:
    """Read an Arrow IPC file, which is what Feather writes today.

    Raises
    ------
    InputError
        Where columns, rows or opened sizes exceed `limits`; batch by batch.
    """
    with pa.ipc.open_file(pa.py_buffer(data)) as reader:
        batches = (reader.get_batch(index) for index in range(reader.num_record_batches))
        table = _gather(batches, reader.schema, name, limits)
    return table_of(name, "Arrow IPC file", table, limits)


def read_ipc_stream(data: bytes, name: str, limits: Limits) -> RawTable:
    """Read an Arrow IPC stream.

    Raises
    ------
    InputError
        Where columns, rows or opened sizes exceed `limits`; batch by batch.
    """
    with pa.ipc.open_stream(pa.py_buffer(data)) as reader:
        table = _gather(iter(reader), reader.schema, name, limits)
    return table_of(name, "Arrow IPC stream", table, limits)


def _gather(batches: object, schema: pa.Schema, name: str, limits: Limits) -> pa.Table:
    """Batches, each validated in full: their offsets and lengths come from the file."""
    check_names(name, schema.names)
    check_columns(name, len(schema), limits)
    rows, size, kept = 0, 0, []
    for batch in batches:  # type: ignore[attr-defined]
        batch.validate(full=True)
        rows += batch.num_rows
        size += batch.nbytes
        check_shape(name, max(1, rows), max(1, batch.num_columns), limits)
        check_bytes(name, size, limits)
        kept.append(batch)
    return pa.Table.from_batches(kept, schema=schema)
