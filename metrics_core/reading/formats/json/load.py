"""JSON read by Python's parser, which makes an object of each value."""

from __future__ import annotations

import json
from typing import Any

from metrics_core.messages import Message
from metrics_core.reading.limits import malformed


def load(data: bytes, name: str) -> Any:
    """One JSON value, or the values on the lines of a text as a list."""
    try:
        return json.loads(data, object_pairs_hook=_strict)
    except (ValueError, RecursionError) as error:
        if not str(error).startswith("Extra data"):
            raise malformed(name, "JSON", _place(error)) from None
    try:
        rows = [
            json.loads(line, object_pairs_hook=_strict)
            for line in data.split(b"\n")
            if line.strip()
        ]
    except (ValueError, RecursionError) as error:
        raise malformed(name, "JSON", _place(error)) from None
    batches = all(isinstance(row, list) and row and isinstance(row[0], list | dict) for row in rows)
    return [part for row in rows for part in row] if batches else rows


def _place(error: Exception) -> Message | Exception:
    """Where a text is no JSON."""
    if isinstance(error, _TwiceError):
        return Message("the same key more than once in one object")
    if not isinstance(error, json.JSONDecodeError):
        return error
    shown = {"line": error.lineno, "column": error.colno}
    return Message("text that is no JSON, in line {line:,} at character {column:,}", shown)


class _TwiceError(ValueError):
    """An object has a key twice."""


def _strict(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise _TwiceError
    return record
