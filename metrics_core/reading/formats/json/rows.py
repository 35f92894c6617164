"""Rows of JSON, with or without names -> columns of Python values."""

from __future__ import annotations

from typing import Any

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading.limits import LIMITS, check_shape


def of_rows(rows: list[Any], name: str) -> dict[str, list[Any]]:
    """Rows without names: lists of cells, objects, or single values."""
    if rows and all(isinstance(row, dict) for row in rows):
        return of_records(rows, name)
    while len(rows) == 1 and isinstance(rows[0], list) and rows[0]:
        inner = rows[0]
        if not all(isinstance(row, list | dict) for row in inner):
            break
        rows = inner
        if all(isinstance(row, dict) for row in rows):
            return of_records(rows, name)
    if not rows or not all(isinstance(row, list) for row in rows):
        if any(isinstance(row, list | dict) for row in rows):
            raise InputError(
                name,
                "must hold records or columns",
                Message("lists and single values side by side"),
                "Write records such as {example}, one for each sample.",
                example='{"y_true": 1, "y_pred": 0.7}',
            )
        return {"column_0": rows}
    if any(isinstance(cell, list | dict) for row in rows for cell in row):
        return {"column_0": rows}
    if len({len(row) for row in rows}) != 1 or not rows[0]:
        return {"column_0": rows}
    head = rows[0]
    named = len(rows) > 1 and all(isinstance(cell, str) for cell in head)
    if named and len({*head}) == len(head) and any(not isinstance(c, str) for c in rows[1]):
        return dict(zip(head, map(list, zip(*rows[1:], strict=True)), strict=True))
    columns = map(list, zip(*rows, strict=True))
    return {f"column_{place}": cells for place, cells in enumerate(columns)}


def of_records(rows: list[dict[str, Any]], name: str) -> dict[str, list[Any]]:
    """Columns by key; None where a record lacks one."""
    titles = dict.fromkeys(key for row in rows for key in row)
    check_shape(name, len(rows), len(titles), LIMITS)
    return {title: [row.get(title) for row in rows] for title in titles}
