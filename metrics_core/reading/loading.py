"""Raw columns and their roles -> `Predictions`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from metrics_core.errors import InputError
from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reading.columns.choice import check_roles, match_order, rows_to_keep
from metrics_core.reading.columns.classes.coding import one_coding
from metrics_core.reading.columns.classes.decisions import of_class_one, words_as_numbers
from metrics_core.reading.columns.classes.labels import choose_order, to_indices
from metrics_core.reading.columns.classes.order import (
    class_words,
    foreign_word,
    names_of_outputs,
    order_words,
    text_columns,
)
from metrics_core.reading.columns.epochs import Epochs, find_epochs
from metrics_core.reading.columns.roles import Roles
from metrics_core.reading.formats.stray_cells import no_numbers
from metrics_core.reading.limits import shorten
from metrics_core.reading.table import Column, RawTable

MOST_CLASSES = 1000
"""Whole numbers up to this on both sides are class indices, and else amounts."""


_PROBE = 10_000


@dataclass(frozen=True, eq=False)
class Loaded:
    """Predictions from a file, and what was done to get them.

    Attributes
    ----------
    predictions : Predictions
        Validated; all rows of the file, whatever their epoch.
    classes : tuple of str or None
        Names of the classes in the order of their indices, where the file has names.
    n_dropped : int
        Rows left out because of missing cells.
    notes : tuple of Message
        Everything that was assumed, reordered or left out.
    epochs : Epochs or None
        Which rows belong to which epoch, where the file has more than one.
    """

    predictions: Predictions
    classes: tuple[str, ...] | None
    n_dropped: int
    notes: tuple[Message, ...]
    epochs: Epochs | None = None

    def of_epoch(self, number: int) -> Predictions:
        """The samples of one epoch, as views where its rows are consecutive in the file.

        Raises
        ------
        InputError
            For a number that is not among `epochs`, and where there are none.

        Examples
        --------
        >>> from metrics_core.reading import guess_roles, read_columns
        >>> table = read_columns(b"epoch,y_true,y_pred\\n1,1,0.4\\n2,1,0.9\\n", "log.csv")
        >>> loaded = to_predictions(table, guess_roles(table))
        >>> loaded.of_epoch(2).y_pred.tolist()
        [0.9]
        """
        if self.epochs is None:
            raise InputError(
                "epoch", "needs a file with several epochs", number, "Use all of its predictions."
            )
        part = self.predictions.only(self.epochs.rows_of(number))
        for array in (part.y_true, part.y_pred, part.sample_weight, part.sample_ids):
            if array is not None:
                _frozen(array)
        return part


def to_predictions(
    table: RawTable,
    roles: Roles,
    *,
    kind: Kind | None = None,
    missing: Literal["refuse", "drop"] = "refuse",
    class_order: Sequence[str] | None = None,
) -> Loaded:
    """Turn the chosen columns into predictions.

    Parameters
    ----------
    table : RawTable
        See `read_columns`.
    roles : Roles
        See `guess_roles`. Several columns are joined as ``(n, C)``, in their common dtype.
    kind : str, optional
        Overrules the kind that `Predictions.of` would guess.
    missing : {"refuse", "drop"}, default "refuse"
        What to do with rows without a label, an output, a weight or an epoch. A missing id is
        kept, as "" or 0.
    class_order : sequence of str, optional
        Order of the classes where labels are words; by default that of `order.order_words`. The
        first class is 0. Where labels are numbers it only names the classes.

    Raises
    ------
    InputError
        For missing cells under "refuse", roles that do not fit the table, epochs that are not
        whole numbers, and whatever `Predictions.of` refuses.

    Examples
    --------
    >>> from metrics_core.reading import guess_roles, read_columns
    >>> table = read_columns(b"label,p_cat,p_dog\\ndog,0.2,0.8\\ncat,0.9,0.1\\n", "pets.csv")
    >>> loaded = to_predictions(table, guess_roles(table))
    >>> loaded.predictions.y_true.tolist(), loaded.classes
    ([1, 0], ('cat', 'dog'))
    """
    check_roles(table, roles)
    table = words_as_numbers(table, roles)
    keep, n_dropped = rows_to_keep(table, roles, missing)
    epochs = None
    if roles.epoch is not None:
        epochs = find_epochs(table.columns[roles.epoch], roles.epoch, keep)
    notes = list(table.notes)
    if n_dropped:
        notes.append(
            Message(
                "{n:,} of {total:,} rows has a missing cell and is left out.",
                {"n": n_dropped, "total": table.n_rows},
                plural="{n:,} of {total:,} rows have missing cells and are left out.",
            )
        )
    labels = match_order(roles, notes)
    classes: tuple[str, ...] | None
    if text_columns(table, roles):
        classes = _order_words(table, roles, keep, class_order)
        y_true = _side_by_side(table, labels, keep, classes)
        y_pred = _side_by_side(table, roles.outputs, keep, classes)
        shown = {"order": ", ".join(f"{i} = {name}" for i, name in enumerate(classes[:20]))}
        notes.append(Message("The words stand for classes in this order: {order}.", shown))
    else:
        y_true = _side_by_side(table, labels, keep, ())
        y_pred = _side_by_side(table, roles.outputs, keep, ())
        named = names_of_outputs(table, roles) or table.class_names
        classes = named if class_order is None else tuple(class_order)
        if y_pred.ndim == 2 and y_pred.shape[1] > 1:
            y_true = _by_name(y_true, named, notes)
    if roles.predicted is not None:
        y_pred = _frozen(of_class_one(table, roles, y_pred, keep, classes or (), notes))
    else:
        y_true, y_pred = map(_frozen, one_coding(y_true, y_pred, roles, notes))
    weight = None if roles.weight is None else _side_by_side(table, (roles.weight,), keep, ())
    ids = None if roles.ids is None else _frozen(_kept(table.columns[roles.ids].values, keep))
    kind = kind or _whole_on_both_sides(y_true, y_pred)
    data = Predictions.of(y_true, y_pred, kind=kind, sample_weight=weight, sample_ids=ids)
    if classes is not None and len(classes) >= data.n_classes:
        data = Predictions.of(
            y_true,
            y_pred,
            kind=data.kind,
            sample_weight=weight,
            sample_ids=ids,
            class_names=classes,
        )
    else:
        classes = None
    return Loaded(data, classes, n_dropped, tuple(notes), epochs)


def _whole_on_both_sides(y_true: Array, y_pred: Array) -> Kind | None:
    """Class indices against class indices, also where a file keeps whole numbers as floats."""
    if any(side.ndim > 1 and side.shape[1] > 1 for side in (y_true, y_pred)):
        return None
    kinds = {y_true.dtype.kind, y_pred.dtype.kind}
    if "f" not in kinds or not kinds <= set("iuf") or not y_true.size or not y_pred.size:
        return None
    for part in (slice(_PROBE), slice(None)):  # fractions show in the first rows
        if not all(_are_counts(side[part]) for side in (y_pred, y_true)):
            return None
    highest = max(float(y_true.max()), float(y_pred.max()))
    return "class_indices" if 1 < highest <= MOST_CLASSES else None


def _are_counts(values: Array) -> bool:
    """Whether all values are whole numbers from 0 on."""
    return bool(np.all((values >= 0) & (values == np.floor(values))))


def _by_name(y_true: Array, names: Sequence[str] | None, notes: list[Message]) -> Array:
    """Labels that are names of classes, such as 1 to C, become positions among the names."""
    if names is None or y_true.ndim != 1 or y_true.dtype.kind not in "biu":
        return y_true
    if y_true.dtype.kind == "b":
        turned = [name.casefold() for name in names] == ["true", "false"]
        return _frozen(~y_true) if turned else y_true
    if not all(name.lstrip("-").isdecimal() for name in names):
        return y_true
    values = np.array([int(name) for name in names])
    order = np.argsort(values)
    positions = order[np.searchsorted(values, y_true, sorter=order).clip(max=len(values) - 1)]
    if np.array_equal(values, np.arange(len(values))) or not np.array_equal(
        values[positions], y_true
    ):
        return y_true
    shown = {"order": ", ".join(f"{i} = {name}" for i, name in enumerate(names[:20]))}
    notes.append(Message("The labels stand for classes in this order: {order}.", shown))
    return _frozen(positions)


def _order_words(
    table: RawTable,
    roles: Roles,
    keep: Array | None,
    class_order: Sequence[str] | None,
) -> tuple[str, ...]:
    if len(roles.labels) > 1 or not table.columns[roles.labels[0]].is_text:
        raise InputError(
            "outputs" if len(roles.labels) == 1 else "labels",
            "must hold numbers in every column",
            _words_in(table, text_columns(table, roles)),
            "Choose columns of numbers, or one column of words for the labels.",
        )
    if class_order is None and (refusal := foreign_word(table, roles, keep)) is not None:
        raise refusal
    words = class_words(table, roles, keep)
    guess = order_words(table, roles, keep) if class_order is None else None
    units = sum(table.columns[title].width for title in roles.outputs)
    output = table.columns[roles.outputs[0]]
    open_ended = output.is_text or (units == 1 and _are_indices(output))
    return choose_order(words, None if open_ended else max(2, units), guess, class_order)


def _are_indices(column: Column) -> bool:
    """Whether an output holds class indices above 1."""
    return column.data.dtype.kind in "iu" and int(column.data.max(initial=0)) > 1


def _words_in(table: RawTable, texts: list[str]) -> Message:
    """Names the first cell that is no number."""
    found = no_numbers(table.columns[texts[0]])
    return Message(
        "words in {columns}: {text} in row {row:,} is the only cell of {total:,} that is no number",
        {
            "columns": shorten(", ".join(texts)),
            "text": shorten(repr(found.text)),
            "row": found.row,
            "n": found.count,
            "total": table.n_rows,
        },
        plural="words in {columns}: {n:,} of {total:,} cells are no numbers, the first is {text} "
        "in row {row:,}",
    )


def _side_by_side(
    table: RawTable, titles: tuple[str, ...], keep: Array | None, classes: tuple[str, ...]
) -> Array:
    """One column as it is, or several as a contiguous ``(n, C)`` of their common dtype."""
    columns = [table.columns[title] for title in titles]
    texts = [title for title in titles if table.columns[title].is_text]
    if texts and (len(titles) > 1 or not classes):
        raise InputError(
            table.name,
            "must have numbers in the columns for outputs and weights",
            _words_in(table, texts),
            "Choose columns of numbers.",
        )
    if texts:
        return to_indices(columns[0], classes, keep)
    if len(columns) == 1:
        return _frozen(_kept(columns[0].data, keep))
    dtype = np.result_type(*(column.data.dtype for column in columns))
    rows = table.n_rows if keep is None else int(np.count_nonzero(keep))
    array = np.empty((rows, len(columns)), dtype=dtype)
    _fill(array, columns, keep)
    return _frozen(array)


def _fill(array: Array, columns: list[Column], keep: Array | None) -> None:
    """Copy columns side by side, in blocks of rows that stay in the processor's cache."""
    if keep is not None:
        for position, column in enumerate(columns):
            array[:, position] = column.data[keep]
        return
    block = max(1, 65_536 // len(columns))
    for start in range(0, len(array), block):
        for position, column in enumerate(columns):
            array[start : start + block, position] = column.data[start : start + block]


def _kept(data: Array, keep: Array | None) -> Array:
    return np.ascontiguousarray(data) if keep is None else data[keep]


def _frozen(array: Array) -> Array:
    array.setflags(write=False)
    return array
