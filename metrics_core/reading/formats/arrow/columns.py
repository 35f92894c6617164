"""Arrow columns -> numpy columns: dtypes kept, nulls kept apart, text as indices of words."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.formats.arrow.named_scores import is_list
from metrics_core.reading.formats.arrow.nested import flatten
from metrics_core.reading.formats.arrow.numbers import numbers_of
from metrics_core.reading.formats.arrow.words import is_text, words_of
from metrics_core.reading.formats.left_out import UnusableError, left_out, nothing_left
from metrics_core.reading.limits import (
    Limits,
    check_bytes,
    check_columns,
    check_names,
    check_shape,
    shorten,
)
from metrics_core.reading.table import Column, RawTable

_LISTS = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list)


def table_of(name: str, format: str, source: pa.Table, limits: Limits) -> RawTable:
    """Columns of an Arrow table.

    Raises
    ------
    InputError
        Where names repeat, the shape is too large, or no column holds numbers or words.
    """
    check_names(name, source.column_names)
    check_shape(name, source.num_rows, source.num_columns, limits)
    columns: dict[str, Column] = {}
    notes: list[Message] = []
    source = _without_structs(source, name, limits)
    if any(is_list(kind) and _names_classes(kind.value_type) for kind in source.schema.types):
        source, notes = flatten(source, name, limits)
        check_names(name, source.column_names)
    width, size, room = 0, 0, limits.max_text_bytes
    for title, chunked in zip(source.column_names, source.columns, strict=True):
        try:
            columns[title] = column_of(chunked, name, limits, room)
        except UnusableError as error:
            notes.append(left_out(title, error.reason))
            continue
        words = columns[title].words
        room -= 0 if words is None else words.nbytes
        width += columns[title].width
        size += columns[title].nbytes
        check_columns(name, width, limits)
        check_bytes(name, size, limits)
    if not columns:
        raise nothing_left(name, notes)
    lists = [column.data for column in columns.values() if column.width > 1]
    whole = [data for data in lists if data.dtype.kind in "iu"]
    several = len(whole) > 1 or any(data.ndim > 2 for data in lists)
    return RawTable(
        name=name,
        format=format,
        n_rows=source.num_rows,
        columns={} if several else columns,
        arrays=columns if several else {},
        notes=tuple(notes),
    )


def _names_classes(kind: pa.DataType) -> bool:
    """Whether elements of lists can name the classes of scores, in objects or beside them."""
    return bool(pa.types.is_struct(kind) or pa.types.is_string(kind))


_DEPTH = 4


def _without_structs(source: pa.Table, name: str, limits: Limits) -> pa.Table:
    """The fields of structs as columns of their own, such as ``scores.cat``."""
    for _ in range(_DEPTH):
        if not any(pa.types.is_struct(kind) for kind in source.schema.types):
            break
        fields = sum(max(1, kind.num_fields) for kind in source.schema.types)
        check_columns(name, fields, limits)
        source = source.flatten()
        check_names(name, source.column_names)
    return source


def column_of(
    chunked: pa.ChunkedArray, name: str, limits: Limits, room: int | None = None
) -> Column:
    """One column.

    Raises
    ------
    UnusableError
        For structs, bytes, nested or unequal lists, and too many different texts.
    """
    kind = chunked.type
    if isinstance(kind, pa.BaseExtensionType):
        stored = [chunk.storage for chunk in chunked.chunks]
        return column_of(pa.chunked_array(stored, type=kind.storage_type), name, limits, room)
    if any(is_kind(kind) for is_kind in _LISTS):
        return _lists(chunked, name, limits)
    if pa.types.is_null(kind):
        rows = len(chunked)
        return Column(np.full(rows, np.nan), missing=np.ones(rows, dtype=bool))
    if pa.types.is_dictionary(kind):
        if not is_text(kind.value_type):
            return column_of(chunked.cast(kind.value_type), name, limits, room)
        return words_of(chunked, limits, limits.max_text_bytes if room is None else room)
    if is_text(kind):
        return words_of(chunked, limits, limits.max_text_bytes if room is None else room)
    if pa.types.is_decimal(kind):
        chunked = chunked.cast(pa.float64())
    elif not (pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        raise UnusableError(
            Message("it holds {kind}, not numbers or words", {"kind": shorten(kind)})
        )
    data, missing = numbers_of(chunked.chunks, chunked.type)
    return Column(data, missing=missing)


def _lists(chunked: pa.ChunkedArray, name: str, limits: Limits) -> Column:
    """Lists of equal length as ``(n, C)``; a row with any null counts as missing.

    Lists of such lists, as sequences and images are written, are arrays of more axes.
    """
    value_type = chunked.type.value_type
    plain = pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating
    nested = any(is_kind(value_type) for is_kind in _LISTS)
    if not nested and not any(is_kind(value_type) for is_kind in plain):
        if pa.types.is_null(value_type):
            raise UnusableError(Message("its lists are empty"))
        raise UnusableError(
            Message("its lists hold {kind}, not numbers", {"kind": shorten(value_type)})
        )
    lengths = pc.unique(pc.list_value_length(chunked)).drop_null().to_pylist()
    if len(lengths) != 1 or lengths[0] == 0:
        raise UnusableError(
            Message(
                "its lists must all have the same length above 0, but have {lengths}",
                {"lengths": shorten(", ".join(map(str, lengths[:5]))) or 0},
            )
        )
    width = int(lengths[0])
    check_shape(name, len(chunked), width, limits)
    if nested:
        if chunked.null_count:
            raise UnusableError(Message("some of its lists of lists are missing"))
        inner = pa.chunked_array([chunk.flatten() for chunk in chunked.chunks], type=value_type)
        within = _lists(inner, name, limits)
        if within.missing is not None:
            raise UnusableError(Message("some of its lists of lists are missing"))
        return Column(within.data.reshape(len(chunked), width, *within.data.shape[1:]))
    flat, holes = numbers_of([chunk.flatten() for chunk in chunked.chunks], value_type)
    rows = flat.reshape(-1, width)
    missing: Array | None = None
    if holes is not None:
        missing = np.logical_or.reduce(holes.reshape(-1, width), axis=1)
    if chunked.null_count:
        present = chunked.is_valid().combine_chunks().to_numpy(zero_copy_only=False)
        gone = ~present
        if missing is not None:
            gone[present] = missing
        spread = np.zeros((len(chunked), width), dtype=rows.dtype)
        spread[present] = rows
        return Column(spread, missing=gone)
    return Column(rows, missing=missing)
