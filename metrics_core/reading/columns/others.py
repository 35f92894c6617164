"""Further groups of output columns in a file: those of a second model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from metrics_core.reading.columns.naming import says
from metrics_core.reading.columns.roles import Roles
from metrics_core.reading.table import Column, RawTable

_NO_OUTPUT = ("id", "weight", "epoch", "label", "aside")


def other_outputs(table: RawTable, roles: Roles) -> tuple[tuple[str, ...], ...]:
    """Groups of columns that can be the outputs of another model for the same samples.

    Several columns are found by name: the same endings behind another beginning, or before another
    end. A single column is any other one of numbers that is not for something else, those that
    speak for outputs first.

    Parameters
    ----------
    table : RawTable
    roles : Roles
        What the columns in use are for.

    Examples
    --------
    >>> titles = ["y", "a_0", "a_1", "b_0", "b_1", "prob_old", "prob_new"]
    >>> columns = {title: Column(np.array([0.2, 0.7])) for title in titles}
    >>> table = RawTable(name="x", format="CSV", n_rows=2, columns=columns)
    >>> other_outputs(table, Roles(labels=("y",), outputs=("a_0", "a_1")))
    (('b_0', 'b_1'),)
    >>> other_outputs(table, Roles(labels=("y",), outputs=("prob_old",)))[0]
    ('prob_new',)
    """
    used = {*roles.labels, *roles.outputs, *roles.rivals, roles.weight, roles.ids, roles.epoch,
            roles.predicted, roles.hard}  # fmt: skip
    free = [t for t, column in table.columns.items() if t not in used and not column.is_text]
    if not roles.outputs or any(title not in table.columns for title in roles.outputs):
        return ()
    if len(roles.outputs) == 1:
        width = table.columns[roles.outputs[0]].width
        fits = [t for t in free if table.columns[t].width == width and _may_be(t, table.columns[t])]
        fits.sort(key=lambda title: says(title) != "output")
        return tuple((title,) for title in fits)
    return _named_alike(roles.outputs, free)


def _may_be(title: str, column: Column) -> bool:
    """Whether a column can be outputs: by its name, or by fractions under a name that says none."""
    said = says(title)
    if said in _NO_OUTPUT:
        return False
    cells = column.data[:1000]
    return said == "output" or (cells.dtype.kind == "f" and bool(np.any(cells % 1 != 0)))


def _named_alike(outputs: Sequence[str], free: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    start = _common(outputs)
    stop = _common([title[start:][::-1] for title in outputs])
    middles = [title[start : len(title) - stop] for title in outputs]
    known = set(free)
    found: dict[tuple[str, ...], None] = {}
    for title in free:
        at = title.find(middles[0])
        while middles[0] and at >= 0:
            before, after = title[:at], title[at + len(middles[0]) :]
            group = tuple(f"{before}{middle}{after}" for middle in middles)
            if known.issuperset(group):
                found[group] = None
            at = title.find(middles[0], at + 1)
    return tuple(found)


def _common(texts: Sequence[str]) -> int:
    """How many characters all of them begin with."""
    heads = zip(*texts, strict=False)
    return next((i for i, signs in enumerate(heads) if len(set(signs)) > 1), min(map(len, texts)))
