"""Nested columns of JSON -> flat ones: objects by key, lists of (name, score) by name."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from metrics_core.messages import Message
from metrics_core.reading.limits import Limits, check_columns, shorten

_NAMES = ("label", "name", "class", "category", "tag", "value", "display")
_SCORES = ("prob", "score", "conf", "logit", "weight", "value")
_MOST_NAMES = 2_000
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
        for position in range(table.num_columns - 1, -1, -1):
            table = _unpack(table, position, notes)
        table = _pair(table, notes)
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
    if not any(_is_list(kind) and pa.types.is_struct(kind.value_type) for kind in kinds):
        return None
    lists = [table.column(place) for place, kind in enumerate(kinds) if _is_list(kind)]
    counts = [pc.fill_null(pc.list_value_length(column), 0).combine_chunks() for column in lists]
    if not all(each.equals(counts[0]) for each in counts):
        return None
    lengths = counts[0].to_numpy(zero_copy_only=False)
    rows = pa.array(np.repeat(np.arange(table.num_rows), lengths))
    columns = {
        title: pc.list_flatten(column) if _is_list(column.type) else column.take(rows)
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
    title, column = table.column_names[position], table.column(position)
    if not _is_list(column.type):
        return table
    inner = column.type.value_type
    if pa.types.is_struct(inner):
        columns = _by_name_in_objects(column, title, notes)
    elif _is_list(inner) or pa.types.is_string(inner):
        columns = _without_lists_of_one(column, title)
    else:
        columns = None
    if columns is None:
        return table
    table = table.remove_column(position)
    for place, (key, values) in enumerate(columns.items()):
        table = table.add_column(position + place, key, values)
    return table


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


def _without_lists_of_one(
    column: pa.ChunkedArray, title: str
) -> dict[str, pa.Array | pa.ChunkedArray] | None:
    """The only thing in each list, in place of the list."""
    lengths = pc.unique(pc.list_value_length(column)).to_pylist()
    if lengths != [1]:
        return None
    return {title: pa.chunked_array([c.flatten() for c in column.chunks])}


def _by_name_in_objects(
    column: pa.ChunkedArray, title: str, notes: list[Message]
) -> dict[str, pa.Array] | None:
    """``[{label, prob}, …]`` in each row -> one column of probabilities for each label."""
    inner = column.type.value_type
    fields = [inner.field(place) for place in range(inner.num_fields)]
    names = [f.name for f in fields if pa.types.is_string(f.type) or pa.types.is_integer(f.type)]
    scores = [f.name for f in fields if pa.types.is_floating(f.type)]
    scores = scores or [f.name for f in fields if pa.types.is_integer(f.type)]
    label, score = _best(names, _NAMES), _best(scores, _SCORES)
    lists = column.combine_chunks()
    if isinstance(lists, pa.ChunkedArray):
        lists = pa.concat_arrays(lists.chunks)
    if label is None or score is None or label == score:
        if pc.unique(pc.list_value_length(lists)).to_pylist() == [1]:
            return {title: lists.flatten()}
        return None
    flat = lists.flatten()
    parts = {field.name: pc.struct_field(flat, field.name) for field in fields}
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    if score and (lengths == 1).all() and len(pc.unique(parts[label])) > 1:
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


def _pair(table: pa.Table, notes: list[Message]) -> pa.Table:
    """Two lists in one object, of names and of their scores -> one column of scores a name."""
    kinds = {title: table.column(title).type for title in dict.fromkeys(table.column_names)}
    lists = [title for title, kind in kinds.items() if _is_list(kind)]
    for first, second in [*pairwise(lists), *((b, a) for a, b in pairwise(lists))]:
        texts, numbers = kinds[first].value_type, kinds[second].value_type
        parent = first.rpartition(".")[0], second.rpartition(".")[0]
        if parent[0] != parent[1] or not pa.types.is_string(texts):
            continue
        if not (pa.types.is_floating(numbers) or pa.types.is_integer(numbers)):
            continue
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
