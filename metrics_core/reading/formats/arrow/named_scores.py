"""Lists of (name, score) in the cells of a column -> one column of scores a name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metrics_core.messages import Message
from metrics_core.reading.limits import shorten

_NAMES = ("label", "name", "class", "category", "tag", "value", "display")


_SCORES = ("prob", "score", "conf", "logit", "weight", "value")


_MOST_NAMES = 2_000


def is_list(kind: pa.DataType) -> bool:
    """Whether cells of a type are lists of any length."""
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


def names_and_scores(kind: pa.DataType) -> tuple[str, str, pa.DataType] | None:
    """The fields of cells that name classes and score them, and the type of the scores.

    Of lists of objects, or of two lists side by side in an object; None for other cells.

    Examples
    --------
    >>> names_and_scores(pa.list_(pa.struct([("label", pa.string()), ("prob", pa.float64())])))
    ('label', 'prob', DataType(double))
    >>> pair = {"classes": pa.list_(pa.string()), "scores": pa.list_(pa.float32())}
    >>> names_and_scores(pa.struct(pair))
    ('classes', 'scores', DataType(float))
    """
    if is_list(kind) and pa.types.is_struct(kind.value_type):
        inner = kind.value_type
        found = _name_and_score(inner)
        return None if found is None else (*found, inner.field(found[1]).type)
    if not pa.types.is_struct(kind):
        return None
    fields = [kind.field(place) for place in range(kind.num_fields)]
    found = next(_pairs({field.name: field.type for field in fields}), None)
    return None if found is None else (*found, kind.field(found[1]).type.value_type)


def _name_and_score(inner: pa.StructType) -> tuple[str, str] | None:
    fields = [inner.field(place) for place in range(inner.num_fields)]
    names = [f.name for f in fields if pa.types.is_string(f.type) or pa.types.is_integer(f.type)]
    scores = [f.name for f in fields if pa.types.is_floating(f.type)]
    scores = scores or [f.name for f in fields if pa.types.is_integer(f.type)]
    label, score = _best(names, _NAMES), _best(scores, _SCORES)
    return None if label is None or score is None or label == score else (label, score)


def _pairs(kinds: dict[str, pa.DataType]) -> Iterator[tuple[str, str]]:
    """Lists of words beside lists of numbers, the words first."""
    lists = [title for title, kind in kinds.items() if is_list(kind)]
    for first, second in [*pairwise(lists), *((b, a) for a, b in pairwise(lists))]:
        texts, numbers = kinds[first].value_type, kinds[second].value_type
        alike = first.rpartition(".")[0] == second.rpartition(".")[0]
        are_numbers = pa.types.is_floating(numbers) or pa.types.is_integer(numbers)
        if alike and pa.types.is_string(texts) and are_numbers:
            yield first, second


def by_name_in_objects(
    column: pa.ChunkedArray, title: str, notes: list[Message]
) -> dict[str, pa.Array] | None:
    """``[{label, prob}, …]`` in each row -> one column of probabilities for each label."""
    inner, found = column.type.value_type, _name_and_score(column.type.value_type)
    lists = column.combine_chunks()
    if isinstance(lists, pa.ChunkedArray):
        lists = pa.concat_arrays(lists.chunks)
    if found is None:
        if pc.unique(pc.list_value_length(lists)).to_pylist() == [1]:
            return {title: lists.flatten()}
        return None
    label, score = found
    flat = lists.flatten()
    keys = [inner.field(place).name for place in range(inner.num_fields)]
    parts = {key: pc.struct_field(flat, key) for key in keys}
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    if (lengths == 1).all() and len(pc.unique(parts[label])) > 1:
        return {f"{title}.{key}": values for key, values in parts.items()}
    return _spread(parts[label], parts[score], lengths, f"{title}.{score}", notes)


def _best(names: list[str], words: tuple[str, ...]) -> str | None:
    """The field whose name speaks first for the words; the only one where none does."""
    for word in words:
        for name in names:
            if word in name.lower() and not name.lower().endswith("id"):
                return name
    return names[0] if len(names) == 1 else None


def _spread(
    names: pa.Array, scores: pa.Array, lengths: np.ndarray, stem: str, notes: list[Message]
) -> dict[str, pa.Array] | None:
    """One column a name, null where a row lacks it; None where names repeat in a row."""
    coded = names.dictionary_encode()
    known = [str(word) for word in coded.dictionary.to_pylist()]
    if coded.null_count or not known or len(known) > _MOST_NAMES // (1 + len(lengths) // 50_000):
        return None
    codes = coded.indices.to_numpy(zero_copy_only=False)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    places = np.full((len(known), len(lengths)), -1, dtype=np.int64)
    if len(np.unique(rows * len(known) + codes)) < len(codes):
        return None
    places[codes, rows] = np.arange(len(codes))
    if (lacking := int(np.count_nonzero((places < 0).any(axis=0)))) > 0:
        notes.append(
            Message(
                "{n} of {total} rows does not list every name in {column};"
                " what it leaves out is missing.",
                {"n": lacking, "total": len(lengths), "column": shorten(stem)},
                plural="{n} of {total} rows do not list every name in {column};"
                " what they leave out is missing.",
            )
        )
    order = np.argsort(known, kind="stable") if lacking or _mixed(codes, lengths) else None
    chosen = range(len(known)) if order is None else order.tolist()
    return {
        f"{stem}.{known[i]}": scores.take(pa.array(places[i], mask=places[i] < 0)) for i in chosen
    }


def _mixed(codes: np.ndarray, lengths: np.ndarray) -> bool:
    """Whether the rows list their names in different orders, as those sorted by score do."""
    width = int(lengths[0])
    return (lengths != width).any() or bool((codes.reshape(-1, width) != codes[:width]).any())


def by_name_in_pairs(table: pa.Table, notes: list[Message]) -> pa.Table:
    """Two lists in one object, of names and of their scores -> one column of scores a name."""
    kinds = {title: table.column(title).type for title in dict.fromkeys(table.column_names)}
    for first, second in _pairs(kinds):
        names, scores = (table.column(title).combine_chunks() for title in (first, second))
        if isinstance(names, pa.ChunkedArray) or isinstance(scores, pa.ChunkedArray):
            continue
        lengths = pc.list_value_length(names)
        if names.null_count or not lengths.equals(pc.list_value_length(scores)):
            continue
        counts = lengths.to_numpy(zero_copy_only=False)
        columns = _spread(names.flatten(), scores.flatten(), counts, second, notes)
        if columns is None:
            continue
        place = min(map(table.column_names.index, (first, second)))
        table = table.drop_columns([first, second])
        for offset, (key, values) in enumerate(columns.items()):
            table = table.add_column(place + offset, key, values)
        return table
    return table
