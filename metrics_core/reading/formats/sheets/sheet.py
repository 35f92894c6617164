"""The table of one sheet."""

from __future__ import annotations

from collections.abc import Sequence

import python_calamine as calamine

from metrics_core.messages import Message
from metrics_core.reading.formats.sheets.cells import (
    Cell,
    filled,
    find_table,
    is_blank,
    text_of,
    to_columns,
)
from metrics_core.reading.formats.sheets.extent import MOST_CELLS
from metrics_core.reading.formats.text.header import name_columns
from metrics_core.reading.limits import (
    Limits,
    check_columns,
    check_names,
    check_shape,
)
from metrics_core.reading.table import RawTable

_FOOTER = 0.5
_FIRST = 20


def table_of_sheet(
    sheet: calamine.CalamineSheet, name: str, format: str, limits: Limits
) -> RawTable | None:
    """The table of a sheet, or None where it has none."""
    if sheet.height < 1 or sheet.width < 1:
        return None
    if sheet.height * sheet.width > MOST_CELLS:
        check_shape(name, sheet.height, sheet.width, limits)
    rows = list(sheet.iter_rows())
    start, named = find_table(rows)
    head = rows[start]
    body, footer = _without_footer(rows[start + named :])
    places = [
        place
        for place in range(len(head))
        if not is_blank(head[place]) or any(not is_blank(row[place]) for row in body)
    ]
    if not body or not places:
        return None
    check_columns(name, len(places), limits)
    check_shape(name, len(body), len(places), limits)
    titles = [f"column_{place}" for place in range(len(head))]
    if named:
        titles = name_columns(_words(head))
    names = [titles[place] for place in places]
    check_names(name, names)
    cells: list[list[Cell]] = [[row[place] for row in body] for place in places]
    columns, notes = to_columns(names, cells, name, limits)
    if not columns:
        return None
    if start and any(not is_blank(cell) for row in rows[:start] for cell in row):
        shown = {"row": start + (sheet.start or (0, 0))[0] + 1}
        notes.insert(0, Message("The table begins in row {row:,} of its sheet.", shown))
    if footer:
        shown = {"n": footer}
        notes.append(
            Message(
                "{n:,} row below the table is left out, since it fills few cells.",
                shown,
                plural="{n:,} rows below the table are left out, since they fill few cells.",
            )
        )
    return RawTable(name=name, format=format, n_rows=len(body), columns=columns, notes=tuple(notes))


def _without_footer(rows: Sequence[Sequence[Cell]]) -> tuple[list[Sequence[Cell]], int]:
    """The rows that are not blank, without remarks that an empty row parts from the table."""
    counts = [filled(row) for row in rows]
    wide = max(counts[:_FIRST], default=0)
    end = len(rows)
    while end and counts[end - 1] < _FOOTER * wide:
        end -= 1
    blank = next((at for at in range(end, len(rows)) if not counts[at]), len(rows))
    body = [row for row, count in zip(rows[:blank], counts[:blank], strict=True) if count]
    return body, sum(count > 0 for count in counts[blank:])


def _words(head: Sequence[Cell]) -> list[str]:
    """The cells of a row of names as text."""
    return ["" if is_blank(cell) else " ".join(text_of(cell).split()) for cell in head]
