"""How a delimited text is written: its mark, its names, where its rows begin and end."""

from __future__ import annotations

from dataclasses import dataclass

from metrics_core.messages import Message
from metrics_core.reading.formats.text.cells import COMMA_NUMBER, NUMBER, is_number
from metrics_core.reading.formats.text.ending import have_comments, without_comments, without_ending
from metrics_core.reading.formats.text.header import find_header, name_columns
from metrics_core.reading.formats.text.rewrite import rewrite
from metrics_core.reading.formats.text.rows import (
    MARKS,
    Row,
    find_mark,
    next_line,
    split_rows,
    width_of,
)
from metrics_core.reading.limits import (
    Limits,
    check_columns,
    check_names,
    malformed,
    shorten,
)

_SAMPLE = 65_536
_LONGEST_HEADER = 2 << 20
_LINES = 300


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A delimited text, where its rows start behind the names, and how they are written."""

    data: bytes
    delimiter: str
    names: list[str]
    decimal_point: str
    quote: str = '"'
    format: str | None = None
    notes: tuple[Message, ...] = ()
    start: int = 0


def find_layout(data: bytes, name: str, limits: Limits) -> Layout:
    """Delimiter, column names and decimal point, from the first lines and the last.

    Examples
    --------
    >>> from metrics_core.reading import LIMITS
    >>> find_layout(b"0.5\\t1\\n", "x.tsv", LIMITS).names
    ['column_0', 'column_1']
    """
    lines = _first_lines(data, name, limits)
    text = rewrite(data, lines, name)
    lines = lines if text.data is data else _first_lines(text.data, name, limits)
    mark = text.mark or find_mark(lines, name)
    rows = split_rows(lines, mark, name, text.quote)
    width, _ = width_of(rows)
    data, after = without_ending(text.data, mark, width, rows)
    if after:
        rows = split_rows(_first_lines(data, name, limits), mark, name, text.quote)
    before: tuple[Message, ...] = ()
    comments: tuple[Message, ...] = ()
    start = 0
    if text.names is not None:
        names = name_columns(text.names)
    else:
        header = find_header([_spread_distribution(row, width) for row in rows], width)
        names, before = header.names, _said(rows, header.row, header.body)
        start = _offset(data, rows[header.body].line if rows[header.body :] else None)
        rows = rows[header.body :]
    names = _fit(names, rows)
    check_columns(name, len(names), limits)
    check_names(name, names)
    if have_comments(rows):
        (data, comments), start = without_comments(data[start:]), 0
    cells = [cell for row in rows for cell in row.cells]
    comma = mark != "," and any(COMMA_NUMBER.fullmatch(cell) for cell in cells)
    point = any(NUMBER.fullmatch(cell) and "." in cell for cell in cells)
    return Layout(
        data=data,
        delimiter=mark,
        names=names,
        decimal_point="," if comma and not point else ".",
        quote=text.quote,
        format=text.format,
        notes=(*before, *after, *comments),
        start=start,
    )


def _spread_distribution(row: Row, width: int) -> Row:
    """Weka's one name for the probabilities of all classes, as one name for each."""
    more = width - len(row.cells)
    if more < 1 or not row.cells or row.cells[-1].strip() != "distribution":
        return row
    names = [f"distribution.{place + 1}" for place in range(more + 1)]
    return Row(row.line, [*row.cells[:-1], *names])


def _first_lines(data: bytes, name: str, limits: Limits) -> list[str]:
    """The first lines; a first line that is no sensible header is refused before it is split."""
    start = len(data) - len(data.lstrip(b"\r\n"))
    end = next_line(data, start)
    if end - start > _LONGEST_HEADER:
        raise malformed(
            name, "CSV", Message("a first line of {size:,} bytes", {"size": end - start})
        )
    for mark in MARKS:
        check_columns(name, data.count(mark.encode(), start, end) + 1, limits)
    stop = min(len(data), end + max(_SAMPLE, 3 * (end - start)))
    sample = data[:stop].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = sample.split("\n")
    if stop < len(data) and len(lines) > 2:
        lines.pop()
    while lines and not lines[-1]:
        lines.pop()
    return lines[:_LINES]


def _offset(data: bytes, line: int | None) -> int:
    """Where a line begins; the end of the text for None."""
    if line is None:
        return len(data)
    place = 0
    for _ in range(line):
        place = next_line(data, place)
    return place


def _said(rows: list[Row], header: int | None, body: int) -> tuple[Message, ...]:
    """The note about the lines before the table."""
    before = rows[: body if header is None else header]
    if not before:
        return ()
    return (
        Message(
            "{n} line before the table is left out: {text}",
            {"n": len(before), "text": shorten(" ".join(before[0].cells).strip())},
            plural="{n} lines before the table are left out; the first is: {text}",
        ),
    )


def _fit(names: list[str], rows: list[Row]) -> list[str]:
    """Names for rows that have one cell more: an index before it, or nothing behind it."""
    if len(rows) < 1 or any(len(row.cells) != len(names) + 1 for row in rows):
        return names
    if all(not row.cells[-1].strip() for row in rows):
        return [*names, f"column_{len(names)}"]
    if len(names) > 1 and (len(rows) > 1 or not is_number(rows[0].cells[0])):
        return name_columns(["", *names])
    return names
