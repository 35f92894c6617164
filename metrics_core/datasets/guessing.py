"""Which columns of sharded data are what: the guess for uploads, on the first rows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from metrics_core.datasets.columns.asked import SIGNED, Columns, element
from metrics_core.datasets.columns.classes import told
from metrics_core.datasets.shards import Shard
from metrics_core.errors import InputError
from metrics_core.kinds import guess_kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading import RawTable, Roles, joining, read_columns
from metrics_core.reading.columns.choice import match_order, rows_to_keep
from metrics_core.reading.columns.classes.coding import (
    has_signed_labels,
    indices_on_both_sides,
    is_of_class_0,
    scores_in_whole_numbers,
)
from metrics_core.reading.columns.classes.labels import (
    by_name,
    one_is_first,
    to_indices,
    used_words,
)
from metrics_core.reading.columns.classes.order import names_of_outputs, order_words
from metrics_core.reading.limits import LONGEST, shorten
from metrics_core.reading.table import Column

ROWS, FILES = 4096, 4
"""How many rows are looked at, and of how many files at most, spread over all."""
MOST_WORDS, MOST_TEXT = 1000, 200_000
"""Words in the first rows of a column that can name classes; characters of those of all columns."""


def first_rows(shards: Sequence[Shard]) -> RawTable:
    """The first rows of some of the files, as an upload of them would be read.

    Files without rows, as programs that split their work write them, are passed over.

    Raises
    ------
    InputError
        Where a file cannot be read, or none has rows.
    """
    some = shards[:: max(1, -(-len(shards) // FILES))]
    parts = [part for part in _parts(some) if part.num_rows] or [
        next((part for part in _parts(shards) if part.num_rows), next(_parts(shards)))
    ]
    alike = [part for part in parts if part.schema.equals(parts[0].schema)]
    content = io.BytesIO()
    pq.write_table(pa.concat_tables(alike), content)
    return read_columns(content.getvalue(), shards[0].name)


def _parts(shards: Sequence[Shard]) -> Iterator[pa.Table]:
    n_rows = max(1, ROWS // len(shards))
    for shard in shards:
        with shard.open() as file:
            rows = next(file.iter_batches(n_rows), None)
            yield pa.Table.from_batches([] if rows is None else [rows], file.schema_arrow)


def guess(shards: Sequence[Shard]) -> tuple[RawTable, Roles]:
    """The first rows, and what their columns seem to be for."""
    table = first_rows(shards)
    return table, joining.guess(table)


def numeric_names(table: RawTable) -> list[str]:
    """What labels and outputs can be: columns of numbers, and each element of those of lists."""
    numeric = [title for title, column in table.columns.items() if not column.is_text]
    return list(_each(table, numeric))


def words_in(table: RawTable) -> dict[str, tuple[str, ...]]:
    """The words in each column that can name classes: few and short."""
    found, room = {}, MOST_TEXT
    for title, column in table.columns.items():
        words = used_words(column, None) if column.is_text else ()
        size = sum(map(len, words))
        if 0 < len(words) <= MOST_WORDS and max(map(len, words)) <= LONGEST and size <= room:
            found[title] = words
            room -= size
    return found


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
    labels, outputs = _each(table, roles.labels), _each(table, roles.outputs)
    table = _in_elements(table)
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


def _in_elements(table: RawTable) -> RawTable:
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


def _each(table: RawTable, titles: Iterable[str]) -> tuple[str, ...]:
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
