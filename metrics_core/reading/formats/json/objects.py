"""One JSON object -> columns: its lists of equal length, or a table that it is split into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading.formats.json.rows import of_records, of_rows
from metrics_core.reading.limits import malformed, shorten

TITLES = ("columns", "column_names", "columnNames", "header", "headers", "fields", "names")


ROWS = ("data", "rows", "values", "records")


_LONGEST_NOTE = 8


@dataclass
class Shaped:
    """Columns by name, what was put aside, and names of classes that stand beside them."""

    columns: dict[str, list[Any]]
    aside: list[str] = field(default_factory=list)
    class_names: tuple[str, ...] | None = None

    def notes(self) -> list[Message]:
        """What is said about the values that are no columns."""
        if not self.aside:
            return []
        shown = ", ".join(self.aside[:_LONGEST_NOTE])
        return [
            Message(
                "{n} value that is no column is left out: {names}.",
                {"n": len(self.aside), "names": shorten(shown)},
                plural="{n} values that are no columns are left out: {names}.",
            )
        ]


def split_table(value: Mapping[str, Any], name: str) -> Shaped | None:
    """``{columns, data}`` and the like; titles may be objects with a name."""
    schema = value.get("schema")
    if isinstance(schema, dict) and isinstance(schema.get("fields"), list):
        rest = {key: part for key, part in value.items() if key != "schema"}
        return split_table({"fields": schema["fields"], **rest}, name)
    spelt = {key.lower(): key for key, part in value.items() if isinstance(part, list)}
    titles = next((spelt[key.lower()] for key in TITLES if key.lower() in spelt), None)
    rows = next((spelt[key] for key in ROWS if key in spelt), None)
    if titles is None or rows is None or not value[rows]:
        return None
    names = [_title(part) for part in value[titles]]
    body = [_cells(row) for row in value[rows]]
    if not all(isinstance(row, list) and len(row) == len(names) for row in body):
        if all(isinstance(row, dict) for row in body):
            return Shaped(of_records(body, name))
        return None
    columns = dict(zip(names, map(list, zip(*body, strict=True)), strict=False))
    if len(columns) < len(names):
        raise malformed(name, "JSON", Message("the same name for two columns"))
    index = value.get("index")
    if not isinstance(index, list) or len(index) != len(body):
        index = list(range(len(body)))
    if index != list(range(len(body))) and "index" not in columns:
        columns = {"index": index, **columns}
    known = {titles, rows, "index", "index_names", "column_types", "schema"}
    return Shaped(columns, [key for key in value if key not in known])


def _cells(row: Any) -> Any:
    """The cells of a row; BigQuery's ``{"f": [{"v": 1}, …]}`` as a list."""
    if isinstance(row, dict) and list(row) == ["f"] and isinstance(row["f"], list):
        return [part.get("v") if isinstance(part, dict) else part for part in row["f"]]
    return row


def _title(part: Any) -> str:
    if isinstance(part, dict):
        return str(next((part[key] for key in ("name", "title", "label") if key in part), part))
    return ".".join(map(str, part)) if isinstance(part, list) else str(part)


def of_tensors(value: Mapping[str, Any]) -> Shaped | None:
    """``{outputs: [{name, shape, data}]}``, the inference protocol of KServe and Triton."""
    found = [
        part
        for key in ("outputs", "inputs")
        if isinstance(value.get(key), list)
        for part in value[key]
        if isinstance(part, dict) and isinstance(part.get("data"), list) and "shape" in part
    ]
    if not found:
        return None
    columns: dict[str, list[Any]] = {}
    rest = [key for key in value if key not in ("outputs", "inputs")]
    for part in found:
        sizes = part["shape"] if isinstance(part["shape"], list) else [len(part["data"])]
        flat = part["data"]
        while flat and isinstance(flat[0], list):
            flat = list(chain.from_iterable(flat))
        rows = sizes[0] if sizes and isinstance(sizes[0], int) else len(flat)
        title = str(part.get("name", f"output_{len(columns)}"))
        if rows < 1 or len(flat) % rows:
            rest.append(title)
            continue
        width = len(flat) // rows
        columns[title] = flat if width == 1 else [
            flat[start : start + width] for start in range(0, len(flat), width)
        ]  # fmt: skip
    return Shaped(_longest(columns, rest), rest)


def _longest(columns: dict[str, list[Any]], rest: list[str]) -> dict[str, list[Any]]:
    """The columns of the length that most have; the names of the others go to `rest`."""
    lengths = Counter(map(len, columns.values()))
    usual = max(lengths, key=lambda length: (lengths[length], length), default=0)
    rest += [title for title, cells in columns.items() if len(cells) != usual]
    return {title: cells for title, cells in columns.items() if len(cells) == usual}


def of_object(value: Mapping[str, Any], name: str) -> Shaped:
    """One object whose lists of equal length are the columns; all else is put aside."""
    lists: dict[str, list[Any]] = {}
    aside: list[str] = []
    _gather(value, "", lists, aside)
    records = [key for key, cells in lists.items() if cells and isinstance(cells[0], dict)]
    lengths = Counter(len(cells) for cells in lists.values())
    if len(lists) > 1 and max(lengths.values()) == 1:
        widths = [len(cells[0]) for cells in lists.values() if cells and isinstance(cells[0], list)]
        named = [key for key, cells in lists.items() if _are_names(cells) and len(cells) in widths]
        if len(lists) - len(named) > 1 and not records:
            shown = ", ".join(f"{key}: {len(cells)}" for key, cells in [*lists.items()][:6])
            raise InputError(
                name,
                "must have columns of equal length",
                shorten(shown),
                "Save the labels and outputs of the same samples.",
            )
    if all(len(cells) == 1 and not isinstance(cells[0], list | dict) for cells in lists.values()):
        raise InputError(
            name,
            "must hold records or columns",
            shorten(", ".join(value)) or Message("an empty object"),
            'Write it with `frame.to_json(path, orient="records")`.',
        )
    keep = {key: lists[key] for key in records[:1]} if max(lengths.values()) == 1 else lists
    if max(lengths.values()) == 1 and not records:
        keep = {key: cells for key, cells in lists.items() if not _are_names(cells)} or lists
    rest: list[str] = []
    columns = _longest(dict(keep), rest)
    rest = [key for key in lists if key not in columns]
    classes = _class_names(columns, {key: lists[key] for key in rest})
    if len(columns) == 1:
        cells = next(iter(columns.values()))
        if all(isinstance(row, list) for row in cells) and _are_names(cells[0]) and cells[0]:
            return Shaped(of_rows(cells, name), aside + rest, classes)
    spread = {}
    for key, cells in columns.items():
        if cells and all(isinstance(cell, dict) for cell in cells):
            alone = len(columns) == 1
            for title, values in of_records(cells, name).items():
                spread[title if alone else f"{key}.{title}"] = values
        else:
            spread[key] = cells
    return Shaped(spread, aside + rest, classes)


def _gather(
    value: Mapping[str, Any], stem: str, lists: dict[str, list[Any]], aside: list[str]
) -> None:
    for key, part in value.items():
        title = f"{stem}{key}"
        if isinstance(part, list) and part:
            lists[title] = part
        elif isinstance(part, dict) and part:
            table = split_table(part, title)
            if table is None:
                _gather(part, f"{title}.", lists, aside)
            else:
                lists.update(table.columns)
                aside += table.aside
        else:
            aside.append(title)


def _are_names(cells: list[Any]) -> bool:
    return len({*map(str, cells)}) == len(cells) and all(isinstance(cell, str) for cell in cells)


def _class_names(
    columns: Mapping[str, list[Any]], rest: Mapping[str, list[Any]]
) -> tuple[str, ...] | None:
    """Texts, as many as a list in a column has values: the names of the classes."""
    widths = {len(cells[0]) for cells in columns.values() if cells and isinstance(cells[0], list)}
    for cells in rest.values():
        if _are_names(cells) and len(cells) in widths:
            return tuple(cells)
    return None
