"""Labels that mean "do not count this": padding, unlabelled pixels, positions under a mask."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.axes import MASKS
from metrics_core.reading.columns.naming import plain
from metrics_core.reading.columns.roles import Roles
from metrics_core.reading.table import Column, RawTable

ONCE = "weight of its sample"
"""The column of weights with which each sample counts once, whatever its positions."""
_LABELS = (-100, 255, -1, 0)
_EMPTY = "empty"


@dataclass(frozen=True)
class Ignorable:
    """What may be left out.

    Attributes
    ----------
    name : str
        ``label -100``, ``mask attention_mask``, or ``empty`` for rows of labels that are all 0.
    n : int
        How many rows.
    usual : bool
        Whether those rows can be nothing else, so that they are left out unless asked otherwise.
    """

    name: str
    n: int
    usual: bool


def ignorable(table: RawTable, roles: Roles) -> tuple[Ignorable, ...]:
    """What may be left out of the chosen columns; what is usual comes first.

    -100 is what PyTorch ignores, 255 the unlabelled pixels of many image sets, 0 often the padding
    of sequences; the last is asked about and never assumed.

    Examples
    --------
    >>> columns = {"y": Column(np.array([0, 1, -100])), "p": Column(np.zeros((3, 2)))}
    >>> table = RawTable(name="a.npz", format="NPZ", n_rows=3, columns=columns)
    >>> ignorable(table, Roles(labels=("y",), outputs=("p",)))[0]
    Ignorable(name='label -100', n=1, usual=True)
    """
    found = [
        Ignorable(f"mask {title}", n, usual=True)
        for title, column in table.columns.items()
        if _is_mask(title, column) and title not in (*roles.labels, *roles.outputs)
        if 0 < (n := int(np.count_nonzero(column.data.reshape(-1) == 0))) < table.n_rows
    ]
    labels = [table.columns[title] for title in roles.labels if title in table.columns]
    if len(labels) != 1 or labels[0].is_text or labels[0].data.dtype.kind not in "iuf":
        return tuple(found)
    data = labels[0].data
    if labels[0].width > 1:
        if table.lead and 0 < (n := int(np.count_nonzero(~data.any(axis=1)))) < len(data):
            found.append(Ignorable(_EMPTY, n, usual=bool(np.all(data.sum(axis=1) <= 1))))
        return tuple(found)
    data = data.reshape(-1)
    units = sum(table.columns[title].width for title in roles.outputs if title in table.columns)
    indices = units > 1 or bool(data.max(initial=0) > 1 and 0 < _highest(table, roles) < 255)
    masked = bool(found)
    for label in _LABELS:
        n = int(np.count_nonzero(data == label))
        if not 0 < n < len(data):
            continue
        outside = label < 0 or (label == 255 and indices and units < 255 and _has_others(data))
        usual = outside and not masked and (label != -1 or bool(table.lead))
        if usual or (outside and indices) or _may_be_padding(label, n, data, table, units):
            found.append(Ignorable(f"label {label}", n, usual=usual))
            masked |= usual
    return tuple(found)


def _highest(table: RawTable, roles: Roles) -> float:
    outputs = [table.columns[t] for t in roles.outputs if t in table.columns]
    return max((float(c.data.max(initial=0)) for c in outputs if not c.is_text), default=0.0)


def _has_others(data: Array) -> bool:
    """Whether there are labels beside 0 and 255, which are also how masks of images are saved."""
    return bool(np.any((data != 0) & (data != 255)))


def _may_be_padding(label: int, n: int, data: Array, table: RawTable, units: int) -> bool:
    if label != 0 or (units < 3 and not table.lead):
        return False
    return bool(table.lead) or n == int(np.unique(data[data >= 0], return_counts=True)[1].max())


def _is_mask(title: str, column: Column) -> bool:
    if plain(title) not in MASKS or column.is_text or column.width > 1:
        return False
    return bool(np.all((column.data == 0) | (column.data == 1)))


def leave_out(table: RawTable, roles: Roles, name: str) -> RawTable:
    """The table without the rows of one `Ignorable`, with a note; nothing is copied yet.

    Examples
    --------
    >>> columns = {"y": Column(np.array([0, 1, -100])), "p": Column(np.zeros((3, 2)))}
    >>> table = RawTable(name="a.npz", format="NPZ", n_rows=3, columns=columns)
    >>> leave_out(table, Roles(labels=("y",), outputs=("p",)), "label -100").counted.tolist()
    [True, True, False]
    """
    kind, _, which = name.partition(" ")
    if kind == "mask":
        counted = table.columns[which].data.reshape(-1) != 0
    elif kind == _EMPTY:
        counted = table.columns[roles.labels[0]].data.any(axis=1)
    else:
        counted = table.columns[roles.labels[0]].data.reshape(-1) != int(which)
    shown = {"n": int(np.count_nonzero(~counted)), "total": table.n_rows, "which": which}
    return replace(
        table, counted=counted, notes=(*table.notes, replace(_NOTES[kind], values=shown))
    )


_NOTES: dict[str, Message] = {
    "mask": Message(
        "{n:,} of {total:,} rows is left out, where {which} is 0. Keras leaves such rows out of "
        "weighted_metrics when they get the weight 0; its plain metrics count them.",
        {"n": 0},
        plural="{n:,} of {total:,} rows are left out, where {which} is 0. Keras leaves such rows "
        "out of weighted_metrics when they get the weight 0; its plain metrics count them.",
    ),
    "label": Message(
        "{n:,} of {total:,} rows is left out, whose label is {which}. Keras leaves such rows out "
        "of weighted_metrics when they get the weight 0; its plain metrics count them.",
        {"n": 0},
        plural="{n:,} of {total:,} rows are left out, whose label is {which}. Keras leaves such "
        "rows out of weighted_metrics when they get the weight 0; its plain metrics count them.",
    ),
    _EMPTY: Message(
        "{n:,} of {total:,} rows is left out, whose labels are all 0. Keras leaves such rows out "
        "of weighted_metrics when they get the weight 0; its plain metrics count them.",
        {"n": 0},
        plural="{n:,} of {total:,} rows are left out, whose labels are all 0. Keras leaves such "
        "rows out of weighted_metrics when they get the weight 0; its plain metrics count them.",
    ),
}


def each_sample_once(table: RawTable, roles: Roles) -> tuple[RawTable, Roles]:
    """Weights with which the positions of a sample count as much as those of any other together.

    The weighted accuracy is then the mean over samples of the accuracy in each. Weights that were
    chosen are multiplied.

    Examples
    --------
    >>> columns = {"y": Column(np.zeros(4, int))}
    >>> table = RawTable(name="a", format="NPZ", n_rows=4, columns=columns, lead=(2, 2),
    ...     counted=np.array([True, True, True, False]))
    >>> table, roles = each_sample_once(table, Roles(labels=("y",)))
    >>> table.columns[roles.weight].data.tolist()
    [0.5, 0.5, 1.0, 1.0]
    """
    n, size = table.lead[0], math.prod(table.lead[1:])
    counts = np.full(n, size)
    if table.counted is not None:
        counts = np.count_nonzero(table.counted.reshape(n, size), axis=1)
    weight = np.repeat(1.0 / np.maximum(counts, 1), size)
    if roles.weight is not None:
        weight *= table.columns[roles.weight].data.reshape(-1)
    columns = {**table.columns, ONCE: Column(weight)}
    note = Message("With sample_weight on, each sample counts once, whatever its positions.")
    return (
        replace(table, columns=columns, notes=(*table.notes, note)),
        replace(roles, weight=ONCE),
    )
