"""Arrow columns of text -> indices into the list of their different words."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.formats.arrow.numbers import numbers_of
from metrics_core.reading.formats.left_out import UnusableError
from metrics_core.reading.limits import (
    Limits,
)
from metrics_core.reading.table import NO_TEXT, Column

_STRINGS = (pa.types.is_string, pa.types.is_large_string)


_TEXTS = (*_STRINGS, pa.types.is_string_view, pa.types.is_temporal)


def is_text(kind: pa.DataType) -> bool:
    """Whether cells of a type are read as words; dates are."""
    return any(is_kind(kind) for is_kind in _TEXTS) and not pa.types.is_interval(kind)


def words_of(chunked: pa.ChunkedArray, limits: Limits, room: int) -> Column:
    """Text as indices into the list of its different words, which may take `room` bytes.

    Raises
    ------
    UnusableError
        For too many or too long texts.
    """
    if pa.types.is_string_view(chunked.type):
        chunked = chunked.cast(pa.large_string())
    if pa.types.is_dictionary(chunked.type):
        chunked.validate(full=True)  # a broken file has indices of words that are not there
        index = pa.dictionary(pa.int32(), chunked.type.value_type)
        parts = [_without_null_words(chunk) for chunk in chunked.cast(index).chunks]
        chunked = pa.chunked_array(parts, type=index).unify_dictionaries()
    else:  # one chunk, since dictionaries of many chunks are slow to unify
        chunked = pa.chunked_array([chunked.combine_chunks().dictionary_encode()])
    known: pa.Array = chunked.chunk(0).dictionary
    longest = _longest(known)
    if longest > limits.max_text:
        raise UnusableError(
            Message("its texts of up to {longest:,} characters are too long", {"longest": longest})
        )
    if len(known) > limits.max_texts or longest * len(known) * 4 > room:
        raise UnusableError(
            Message(
                "its {count:,} different texts of up to {longest:,} characters are too many",
                {"count": len(known), "longest": longest},
            )
        )
    codes, missing = numbers_of([chunk.indices for chunk in chunked.chunks], pa.int32())
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
