"""Arrow columns -> numpy columns: dtypes kept, nulls kept apart, text as indices of words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.limits import (
    Limits,
    check_bytes,
    check_columns,
    check_names,
    check_shape,
    shorten,
)
from metrics_core.reading.table import NO_TEXT, Column, RawTable

_LISTS = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list)
_STRINGS = (pa.types.is_string, pa.types.is_large_string)
_TEXTS = (*_STRINGS, pa.types.is_string_view, pa.types.is_temporal)


class UnusableError(Exception):
    """A column that holds neither numbers nor words; the reason is a `Message`."""

    def __init__(self, reason: Message) -> None:
        self.reason = reason
        super().__init__(str(reason))


def left_out(title: str, reason: Message) -> Message:
    """The note about a column that is not used."""
    return Message(
        "The column {column} is left out: {reason}.", {"column": shorten(title), "reason": reason}
    )


def nothing_left(name: str, notes: Sequence[Message]) -> InputError:
    """The refusal of a file that is whole, but of which every column is left out.

    Examples
    --------
    >>> note = left_out("when", Message("it holds time64, not numbers or words"))
    >>> print(nothing_left("a.parquet", [note]).received)
    1 column that cannot be used
    """
    got = Message(
        "{n} column that cannot be used",
        {"n": len(notes)},
        plural="{n} columns that cannot be used",
    )
    rule: Message = Message("must have at least one column of numbers or words")
    if len(notes) == 1:
        return InputError(
            name,
            rule,
            got,
            "{first} Save labels and outputs as plain columns of numbers or words, not Python "
            "objects, or as lists of equal length.",
            first=notes[0],
        )
    return InputError(
        name,
        rule,
        got,
        "{first} {second} Save labels and outputs as plain columns of numbers or words, not Python "
        "objects, or as lists of equal length.",
        first=notes[0],
        second=notes[-1],
    )


def table_of(name: str, format: str, source: pa.Table, limits: Limits) -> RawTable:
    """Columns of an Arrow table.

    Raises
    ------
    InputError
        Where names repeat, the shape is too large, or no column holds numbers or words.
    """
    check_names(name, source.column_names)
    check_shape(name, source.num_rows, source.num_columns, limits)
    source = _without_structs(source, name, limits)
    columns: dict[str, Column] = {}
    notes: list[Message] = []
    for title, chunked in zip(source.column_names, source.columns, strict=True):
        try:
            columns[title] = column_of(chunked, name, limits)
        except UnusableError as error:
            notes.append(left_out(title, error.reason))
        check_columns(name, sum(column.width for column in columns.values()), limits)
        check_bytes(name, sum(column.nbytes for column in columns.values()), limits)
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


def column_of(chunked: pa.ChunkedArray, name: str, limits: Limits) -> Column:
    """One column.

    Raises
    ------
    UnusableError
        For structs, bytes, nested or unequal lists, and too many different texts.
    """
    kind = chunked.type
    if isinstance(kind, pa.BaseExtensionType):
        stored = [chunk.storage for chunk in chunked.chunks]
        return column_of(pa.chunked_array(stored, type=kind.storage_type), name, limits)
    if any(is_kind(kind) for is_kind in _LISTS):
        return _lists(chunked, name, limits)
    if pa.types.is_null(kind):
        rows = len(chunked)
        return Column(np.full(rows, np.nan), missing=np.ones(rows, dtype=bool))
    if pa.types.is_dictionary(kind):
        if not _is_text(kind.value_type):
            return column_of(chunked.cast(kind.value_type), name, limits)
        return _words(chunked, limits)
    if _is_text(kind):
        return _words(chunked, limits)
    if pa.types.is_decimal(kind):
        chunked = chunked.cast(pa.float64())
    elif not (pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        raise UnusableError(
            Message("it holds {kind}, not numbers or words", {"kind": shorten(kind)})
        )
    data, missing = _numbers(chunked.chunks, chunked.type)
    return Column(data, missing=missing)


def _is_text(kind: pa.DataType) -> bool:
    return any(is_kind(kind) for is_kind in _TEXTS) and not pa.types.is_interval(kind)


def _numbers(chunks: list[pa.Array], kind: pa.DataType) -> tuple[Array, Array | None]:
    """Values, 0 or NaN where a cell is null, and the mask of the nulls (None without any)."""
    parts = [_view(chunk, kind) for chunk in chunks if len(chunk)]
    data = parts[0] if len(parts) == 1 else np.concatenate(parts or [_empty(kind)])
    if not any(chunk.null_count for chunk in chunks):
        return data, None
    missing = np.concatenate([c.is_null().to_numpy(zero_copy_only=False) for c in chunks])
    data = data.copy()
    data[missing] = np.nan if data.dtype.kind == "f" else 0
    return data, missing


def _empty(kind: pa.DataType) -> Array:
    return np.empty(0, dtype=kind.to_pandas_dtype())


def _view(chunk: pa.Array, kind: pa.DataType) -> Array:
    if pa.types.is_boolean(kind):
        filled: Array = chunk.fill_null(False).to_numpy(zero_copy_only=False)
        return filled
    dtype = np.dtype(kind.to_pandas_dtype())
    body = chunk.buffers()[1]
    if body is None:
        return np.zeros(len(chunk), dtype=dtype)
    start = chunk.offset * dtype.itemsize
    settled = memoryview(body).toreadonly()
    return np.frombuffer(settled, dtype=dtype, count=len(chunk), offset=start)


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
    flat, holes = _numbers([chunk.flatten() for chunk in chunked.chunks], value_type)
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


def _words(chunked: pa.ChunkedArray, limits: Limits) -> Column:
    """Text as indices into the list of its different words."""
    if pa.types.is_string_view(chunked.type):
        chunked = chunked.cast(pa.large_string())
    if pa.types.is_dictionary(chunked.type):
        index = pa.dictionary(pa.int32(), chunked.type.value_type)
        parts = [_without_null_words(chunk) for chunk in chunked.cast(index).chunks]
        chunked = pa.chunked_array(parts, type=index).unify_dictionaries()
    else:  # one chunk, since dictionaries of many chunks are slow to unify
        chunked = pa.chunked_array([chunked.combine_chunks().dictionary_encode()])
    known: pa.Array = chunked.chunk(0).dictionary
    longest = _longest(known)
    if len(known) > limits.max_texts or longest * len(known) * 4 > limits.max_array_bytes // 2:
        raise UnusableError(
            Message(
                "its {count:,} different texts of up to {longest:,} characters are too many",
                {"count": len(known), "longest": longest},
            )
        )
    codes, missing = _numbers([chunk.indices for chunk in chunked.chunks], pa.int32())
    if len(known.unique()) != len(known):
        return _merge(codes, known.cast(pa.string()).to_pylist(), missing)
    if missing is not None:
        codes = np.where(missing, np.int32(NO_TEXT), codes)
    texts = known.cast(pa.string()).to_numpy(zero_copy_only=False)
    return Column(codes, texts.astype(str) if len(texts) else np.array([""]), missing)


def _without_null_words(chunk: pa.DictionaryArray) -> pa.DictionaryArray:
    """The same cells, with null cells in place of references to null words."""
    known = chunk.dictionary
    if not known.null_count:
        return chunk
    valid = known.is_valid()
    index = pc.subtract(pc.cumulative_sum(valid.cast(pa.int32())), 1)
    moved = pc.if_else(valid, index, None).take(chunk.indices)
    return pa.DictionaryArray.from_arrays(moved.cast(pa.int32()), known.drop_null())


def _longest(known: pa.Array) -> int:
    if not any(is_kind(known.type) for is_kind in _STRINGS):
        return 40
    return int(pc.max(pc.utf8_length(known)).as_py() or 0)


def _merge(codes: Array, texts: list[str], missing: Array | None) -> Column:
    """Give one index to words that a file lists twice."""
    indices: dict[str, int] = {}
    merged = [indices.setdefault(text, len(indices)) for text in texts]
    lookup = np.array([*merged, NO_TEXT], dtype=np.int32)
    codes = lookup[codes if missing is None else np.where(missing, NO_TEXT, codes)]
    return Column(codes, np.array(list(indices), dtype=str), missing)
