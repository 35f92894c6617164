"""What chosen columns of sharded data mean: what an upload of the first rows makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from metrics_core.datasets.columns.asked import SIGNED, Columns, element
from metrics_core.datasets.columns.classes import told
from metrics_core.errors import InputError
from metrics_core.kinds import guess_kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading import RawTable, Roles
from metrics_core.reading.columns.choice import match_order, rows_to_keep
from metrics_core.reading.columns.classes.coding import (
    has_signed_labels,
    indices_on_both_sides,
    is_of_class_0,
    scores_in_whole_numbers,
)
from metrics_core.reading.columns.classes.labels import by_name, one_is_first, to_indices
from metrics_core.reading.columns.classes.order import names_of_outputs, order_words
from metrics_core.reading.limits import shorten
from metrics_core.reading.table import Column


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What chosen columns mean, as an upload of the first rows would be read.

    Attributes
    ----------
    y_true, y_pred : tuple of str
        Columns of lists as their elements; those of labels in the order of the outputs, where the
        names of both say the classes.
    sample_weight : str or None
    classes, turned, decided
        As in `Columns`. There can be too few classes, where the first rows do not have them all.
    notes : tuple of Message
        What else was made of the columns.
    """

    y_true: tuple[str, ...]
    y_pred: tuple[str, ...]
    sample_weight: str | None
    classes: tuple[str, ...] | tuple[int, ...]
    turned: bool
    decided: bool = False
    notes: tuple[Message, ...] = ()

    @property
    def columns(self) -> Columns:
        """The same, to be read.

        Raises
        ------
        InputError
            See `Columns`.
        """
        return Columns(**{name: getattr(self, name) for name in Columns.__dataclass_fields__})

    @property
    def told(self) -> list[Message]:
        """What was made of the columns, where it is not plain from them."""
        return [*told(self.columns), *self.notes]


def meaning_of(
    name: str,
    table: RawTable,
    roles: Roles,
    words: tuple[str, ...] | None = None,
    *,
    decided: bool | None = None,
) -> Meaning:
    """What the columns of roles mean that somebody is sure of.

    Parameters
    ----------
    name : str
        Of the data.
    table : RawTable
        The first rows.
    roles : Roles
        Columns of lists, or their elements.
    words : tuple of str, optional
        The classes in their order, where labels are words; by default that of `order_words`.
    decided : bool, optional
        Whether the output is the class that was predicted; by default what its cells say.

    Raises
    ------
    InputError
        For what sharded data cannot have: no labels, several epochs, words in place of numbers, and
        outputs that are the probability of a class which another column names.
    """
    if roles.epoch is not None:
        raise _not_here(name, Message("a column of epochs, {name}", {"name": roles.epoch}))
    if roles.predicted is not None:
        raise InputError(
            name,
            "must have the output of class 1, of two classes",
            Message("outputs for the predicted class, {name}", {"name": shorten(roles.predicted)}),
            "Choose {column} as the output, to count its classes, or write the output of class 1.",
            column=shorten(roles.predicted),
        )
    if not roles.labels:
        raise _not_here(name, Message("no column of labels"))
    if not roles.outputs:
        raise _not_here(name, Message("no column of outputs"))
    alike = _are_words(table, roles.labels) and len(roles.labels) == len(roles.outputs) == 1
    for title in roles.outputs:
        if _are_words(table, (title,)) and not alike:
            said = Message("words in the column {name}", {"name": shorten(title)})
            raise _not_here(name, said)
    labels, outputs = elements_of(table, roles.labels), elements_of(table, roles.outputs)
    table = in_elements(table)
    roles = replace(roles, labels=labels, outputs=outputs)
    known = table.columns.keys() >= {*labels, *outputs}
    notes: list[Message] = []
    if known and _one_is_first(table, roles, notes):
        outputs = outputs[::-1]
        roles = replace(roles, outputs=outputs)
    classes, turned, are = _classes(table, roles, words) if known else ((), False, False)
    return Meaning(
        y_true=match_order(roles, notes),
        y_pred=outputs,
        sample_weight=roles.weight,
        classes=classes,
        turned=turned and not decided,
        decided=are if decided is None or _are_words(table, outputs) else decided,
        notes=tuple(notes),
    )


def _classes(
    table: RawTable, roles: Roles, words: tuple[str, ...] | None
) -> tuple[tuple[str, ...] | tuple[int, ...], bool, bool]:
    """How the labels write the classes; whether the output is that of class 0, or a class."""
    if len(roles.labels) > 1 or not table.n_rows:
        return (), False, False
    keep, _ = rows_to_keep(table, roles, "drop")
    rows = slice(None) if keep is None else keep
    column, output = table.columns[roles.labels[0]], table.columns[roles.outputs[0]].data[rows]
    classes: tuple[str, ...] | tuple[int, ...]
    if column.is_text:
        classes = words or order_words(table, roles, keep)
        true: Array = to_indices(column, classes, keep)
    else:
        true = column.data[rows]
        classes = _numbers(table, roles, true)
        if classes == SIGNED:
            true = true > 0
    if len(roles.outputs) > 1:
        return classes, False, False
    decided = _are_words(table, roles.outputs) or _are_classes(true, output)
    return classes, is_of_class_0(roles.outputs[0], true, output), decided


def _are_words(table: RawTable, titles: Sequence[str]) -> bool:
    return any(title in table.columns and table.columns[title].is_text for title in titles)


def _are_classes(true: Array, output: Array) -> bool:
    """Whether an output is a class index, as in an upload; beside 0 or 1 alone it is a score."""
    if not true.size or true.min() == true.max() <= 1 or scores_in_whole_numbers(true, output):
        return False
    return (indices_on_both_sides(true, output) or guess_kind(true, output)) == "class_indices"


def _one_is_first(table: RawTable, roles: Roles, notes: list[Message]) -> bool:
    """Whether two outputs are to change places, see `one_is_first`."""
    if len(roles.labels) > 1 or len(roles.outputs) != 2 or _are_words(table, roles.labels):
        return False
    keep, _ = rows_to_keep(table, roles, "drop")
    rows = slice(None) if keep is None else keep
    outputs = np.stack([table.columns[title].data[rows] for title in roles.outputs], axis=1)
    labels = table.columns[roles.labels[0]].data[rows]
    return one_is_first(labels, outputs, names_of_outputs(table, roles), notes)


def _numbers(table: RawTable, roles: Roles, labels: Array) -> tuple[int, ...]:
    """Numbers that stand for other classes than their own: signs, or names of the outputs."""
    two = len(roles.outputs) == 2 and len(labels) and labels.dtype.kind in "if"
    if has_signed_labels(table, roles) or (
        two and labels.min() < 0 and np.isin(labels, SIGNED).all()
    ):
        return SIGNED
    names = names_of_outputs(table, roles)
    if names is None or len(names) < 2 or np.array_equal(by_name(labels, names, []), labels):
        return ()
    return tuple(map(int, names))


def in_elements(table: RawTable) -> RawTable:
    """The same table with a column for each element of lists of numbers."""
    columns: dict[str, Column] = {}
    for title, column in table.columns.items():
        if column.data.ndim == 2:
            columns |= {
                element(title, place): Column(column.data[:, place], missing=column.missing)
                for place in range(column.data.shape[1])
            }
        else:
            columns[title] = column
    return replace(table, columns=columns)


def elements_of(table: RawTable, titles: Iterable[str]) -> tuple[str, ...]:
    """Columns by their names, those of lists as their elements."""
    found: list[str] = []
    for title in titles:
        shape = table.columns[title].data.shape if title in table.columns else ()
        lists = len(shape) == 2
        found += map(partial(element, title), range(shape[1])) if lists else [title]
    return tuple(found)


def _not_here(name: str, received: Message) -> InputError:
    return InputError(
        name,
        "must have labels, and the outputs of one model as numbers",
        received,
        "Choose other columns, or write such files, one set of them for each epoch.",
    )
