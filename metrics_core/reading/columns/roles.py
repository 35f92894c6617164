"""Which columns are labels, outputs, weight, ids, epoch: a guess that the user can change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from metrics_core.reading.columns.epochs import looks_like_epochs
from metrics_core.reading.columns.naming import families, label_rank, plain, says
from metrics_core.reading.table import Column, RawTable

_PROBE = 100_000
_FEW = 1000


@dataclass(frozen=True, kw_only=True)
class Roles:
    """What each column is for.

    Attributes
    ----------
    labels, outputs : tuple of str
        One column, or several in the order of the classes.
    weight, ids : str or None
        One column each.
    sure : bool
        Whether the names alone decide, with one choice for labels and one for outputs.
    epoch : str or None
        The column that numbers the epochs, where the file has the outputs of several.
    """

    labels: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    weight: str | None = None
    ids: str | None = None
    sure: bool = False
    epoch: str | None = None


def guess_roles(table: RawTable) -> Roles:
    """Guess by names, then by dtypes and values.

    Several output columns with one stem (``prob_0``, ``prob_1``; ``p_cat``, ``p_dog``) count as
    one choice and come before a single column; so do list columns. Where names say nothing, whole
    numbers in few values, bools and words are labels, and the other numbers are outputs.

    Examples
    --------
    >>> import numpy as np
    >>> columns = {"a": Column(np.array([0, 1])), "score": Column(np.array([0.2, 0.7]))}
    >>> table = RawTable(name="x", format="NPZ", n_rows=2, columns=columns)
    >>> guess_roles(table)
    Roles(labels=('a',), outputs=('score',), weight=None, ids=None, sure=False, epoch=None)
    """
    said = {title: says(title) for title in table.columns}
    weights = [t for t, role in said.items() if role == "weight" and _is_number(table.columns[t])]
    ids = [t for t, role in said.items() if role == "id" and table.columns[t].width == 1]
    epochs = [t for t, role in said.items() if role == "epoch"]
    free = [title for title in table.columns if title not in {*weights[:1], *ids}]
    groups = _groups(free)
    outputs = [g for g in groups if _role(g, said, table.columns) == "output"]
    labels = [g for g in groups if _role(g, said, table.columns) == "label"]
    outputs.sort(key=lambda group: _output_order(group, table.columns))
    labels.sort(key=lambda group: label_rank(group[0]))
    sure = len(outputs) == 1 and len(labels) == 1
    taken = {title for group in outputs[:1] + labels[:1] for title in group}
    rest = [t for t in free if t not in taken and _is_usable(said[t], bool(outputs), bool(labels))]
    if not labels and (found := _first_label(rest, table, bool(outputs))):
        labels = [(found,)]
        rest.remove(found)
    if not outputs:
        outputs = _other_numbers(rest, table)
    if not outputs and not labels and ids and _is_number(table.columns[ids[0]]):
        ids = []
    return Roles(
        labels=labels[0] if labels else (),
        outputs=outputs[0] if outputs else (),
        weight=weights[0] if weights else None,
        ids=ids[0] if ids else None,
        sure=sure,
        epoch=next((title for title in epochs if looks_like_epochs(table.columns[title])), None),
    )


def _groups(titles: list[str]) -> list[tuple[str, ...]]:
    """Families and single columns, in the order of the file; every column is in one group."""
    member_of: dict[str, tuple[str, ...]] = {}
    for members in families(titles).values():
        for title in members:
            member_of[title] = tuple(members)
    return list(dict.fromkeys(member_of.get(title, (title,)) for title in titles))


def _role(
    group: tuple[str, ...], said: Mapping[str, str | None], columns: Mapping[str, Column]
) -> str | None:
    """What a group is by its name; fractions under a name such as class_0 are outputs."""
    role = said[group[0]]
    if role == "output" and not all(_is_number(columns[t]) for t in group) and len(group) > 1:
        return None
    several = len(group) > 1 or columns[group[0]].width > 1
    words = set(plain(group[0]).split("_"))
    if role == "label" and several and not words & {"true", "truth", "label", "labels"}:
        whole = all(_is_whole(columns[title]) for title in group)
        return "label" if whole else "output"
    return role


def _output_order(group: tuple[str, ...], columns: Mapping[str, Column]) -> tuple[bool, bool]:
    """Many values per row first, then fractions before whole numbers and words."""
    first = columns[group[0]]
    many = len(group) > 1 or first.width > 1
    return not many, first.is_text or first.data.dtype.kind != "f"


def _is_usable(said: str | None, has_outputs: bool, has_labels: bool) -> bool:
    return (
        said is None
        or (said == "output" and not has_outputs)
        or (said == "label" and not has_labels)
    )


def _first_label(titles: list[str], table: RawTable, has_outputs: bool) -> str | None:
    """The last column if it looks like labels (as tables often end), else the first that does."""
    fitting = [title for title in titles if _looks_like_labels(table.columns[title])]
    if not fitting or (len(titles) == 1 and not has_outputs):
        return None
    floats = [t for t in titles if t not in fitting]
    last_is_label = titles[-1] in fitting and titles[0] not in fitting and bool(floats)
    return titles[-1] if last_is_label else fitting[0]


def _other_numbers(titles: list[str], table: RawTable) -> list[tuple[str, ...]]:
    """The widest list column, else all columns of fractions, else the first of whole numbers."""
    numbers = [title for title in titles if _is_number(table.columns[title])]
    wide = [title for title in numbers if table.columns[title].width > 1]
    if wide:
        return [(max(wide, key=lambda title: table.columns[title].width),)]
    fractions = tuple(t for t in numbers if table.columns[t].data.dtype.kind == "f")
    return [fractions or tuple(numbers[:1])] if numbers else []


def _is_number(column: Column) -> bool:
    return not column.is_text and column.data.dtype.kind in "biuf"


def _is_whole(column: Column) -> bool:
    """Whether the first rows hold whole numbers, or bools, that are not negative."""
    if column.is_text:
        return False
    probe = column.data[:_PROBE]
    if column.missing is not None:
        probe = probe[~column.missing[:_PROBE]]
    return bool(np.all((probe >= 0) & (probe == np.floor(probe)))) if probe.size else False


def _looks_like_labels(column: Column) -> bool:
    if column.width > 1:
        return False
    if column.words is not None:
        return len(column.words) <= _FEW and 2 * len(column.words) <= len(column.data) + 2
    if column.data.dtype.kind == "b":
        return True
    if not _is_whole(column):
        return False
    different = len(np.unique(column.data[:_PROBE]))
    return different <= _FEW and (different < len(column.data) or different <= 2)
