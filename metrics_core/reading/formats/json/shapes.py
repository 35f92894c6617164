"""One JSON value as tools and services write it -> columns of Python values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from metrics_core.messages import Message
from metrics_core.reading.formats.json.objects import Shaped, of_object, of_tensors, split_table
from metrics_core.reading.formats.json.rows import of_records, of_rows
from metrics_core.reading.limits import malformed, shorten

_PYTHON = re.compile(rb"\s*\[?\s*\{\s*'[^'\n]*'\s*:")


def without_python(text: bytes) -> bytes:
    """JSON for objects as Python prints them; any other text as it is.

    Examples
    --------
    >>> without_python(b"{'y': 1, 'ok': True}"), without_python(b"y,p")
    (b'{"y": 1, "ok": true}', b'y,p')
    """
    if not _PYTHON.match(text) or b'"' in text:
        return text
    text = text.replace(b"'", b'"')
    for old, new in ((b"None", b"null"), (b"True", b"true"), (b"False", b"false")):
        text = re.sub(rb"(?<=[:,\[ ])" + old + rb"(?=\s*[,}\]])", new, text)
    return re.sub(rb"(?<=[:,\[ ])nan(?=\s*[,}\]])", b"NaN", text)


def shape(value: Any, name: str) -> Shaped:
    """Columns of a value: a table split into names and rows, rows, or an object of columns.

    Examples
    --------
    >>> shape({"columns": ["y", "p"], "data": [[1, 0.5]]}, "x.json").columns
    {'y': [1], 'p': [0.5]}
    >>> shape({"epoch": 3, "y": [1, 0], "p": [0.5, 0.2]}, "x.json").aside
    ['epoch']
    """
    if isinstance(value, list):
        return Shaped(of_rows(value, name))
    table = split_table(value, name) or of_tensors(value)
    if table is not None:
        return table
    if value and all(isinstance(part, dict) for part in value.values()):
        if len(value) == 1:
            return shape(next(iter(value.values())), name)
        if not any(isinstance(cell, list | dict) for p in value.values() for cell in p.values()):
            return Shaped(_of_objects(value, name))
        if len({tuple(part) for part in value.values()}) == 1 and not _has_long_lists(value):
            return Shaped(_by_row(value, name))
    return of_object(value, name)


def _has_long_lists(value: Mapping[str, Any]) -> bool:
    """Whether objects hold lists of samples: as long as each other, and longer than the objects."""
    lengths = {
        len(cell) for part in value.values() for cell in part.values() if isinstance(cell, list)
    }
    return len(lengths) == 1 and lengths.pop() > max(2, len(value))


def _by_row(value: Mapping[str, dict[str, Any]], name: str) -> dict[str, list[Any]]:
    """Records keyed by the name of their row, which becomes the index."""
    columns = of_records(list(value.values()), name)
    keys = list(value)
    if keys == [str(row) for row in range(len(keys))] or "index" in columns:
        return columns
    return {**columns, "index": keys}


def _of_objects(value: Mapping[str, dict[str, Any]], name: str) -> dict[str, list[Any]]:
    """Objects in an object: columns of rows, as pandas writes a frame, or rows of columns."""
    inner = list(next(iter(value.values())))
    same = all(list(part) == inner for part in value.values())
    outer_counts, inner_counts = all(map(_counts, value)), all(map(_counts, inner))
    if outer_counts != inner_counts:
        rows_outside = outer_counts
    elif not same:
        rows_outside = len(value) > len(inner)
    else:
        down = all(len({*map(type, part.values())}) == 1 for part in value.values())
        across = all(len({type(part[key]) for part in value.values()}) == 1 for key in inner)
        rows_outside = len(value) > len(inner) if down == across else across
    if rows_outside:
        return _by_row(value, name)
    for title, part in value.items():
        if list(part) != inner:
            raise malformed(
                name,
                "JSON",
                Message("different rows in the column {column}", {"column": shorten(title)}),
            )
    columns = {title: list(part.values()) for title, part in value.items()}
    if inner != [str(row) for row in range(len(inner))] and "index" not in columns:
        columns["index"] = list(inner)
    return columns


def _counts(key: str) -> bool:
    return key.lstrip("-").isdecimal()
