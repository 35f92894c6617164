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
from metrics_core.reading.columns.classes.coding import (
    indices_on_both_sides,
    one_coding,
    scores_in_whole_numbers,
)
from metrics_core.reading.columns.classes.decisions import of_class_one, words_as_numbers
from metrics_core.reading.columns.classes.labels import (
    by_name,
    choose_order,
    in_short,
    one_is_first,
)
from metrics_core.reading.columns.classes.order import (
    class_words,
    foreign_word,
    names_of_outputs,
    order_words,
    text_columns,
)
from metrics_core.reading.columns.epochs import Epochs, find_epochs
from metrics_core.reading.columns.roles import Roles
from metrics_core.reading.limits import LIMITS, check_classes, shorten
from metrics_core.reading.side_by_side import frozen, kept_rows, side_by_side, words_in
from metrics_core.reading.table import Column, RawTable


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
                frozen(array)
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
        check_classes(table.name, len(classes), LIMITS)
        y_true = side_by_side(table, labels, keep, classes)
        y_pred = side_by_side(table, roles.outputs, keep, classes)
        classes = in_short(classes)
        shown = {"order": ", ".join(f"{i} = {name}" for i, name in enumerate(classes[:20]))}
        notes.append(Message("The words stand for classes in this order: {order}.", shown))
    else:
        y_true = side_by_side(table, labels, keep, ())
        y_pred = side_by_side(table, roles.outputs, keep, ())
        several = y_pred.ndim == 2 and y_pred.shape[1] > 1
        named = names_of_outputs(table, roles)
        if several and class_order is None and one_is_first(y_true, y_pred, named, notes):
            assert named is not None
            y_pred, named = np.ascontiguousarray(y_pred[:, ::-1]), named[::-1]
        named = named or table.class_names
        y_true = by_name(y_true, named, notes) if several else y_true
        classes = named if class_order is None else tuple(class_order)
        classes = classes and in_short(classes)
    if roles.predicted is not None:
        y_pred = frozen(of_class_one(table, roles, y_pred, keep, classes or (), notes))
    else:
        y_true, y_pred = map(frozen, one_coding(y_true, y_pred, roles, notes))
    weight = None if roles.weight is None else side_by_side(table, (roles.weight,), keep, ())
    ids = _ids(table, roles, keep, notes)
    if kind is None and scores_in_whole_numbers(y_true, y_pred):
        kind = "binary"
        notes.append(
            Message(
                "The outputs are whole numbers from {low} to {high} beside labels 0 and 1: they are"
                " read as scores, not as classes.",
                {"low": int(y_pred.min()), "high": int(y_pred.max())},
            )
        )
    kind = kind or indices_on_both_sides(y_true, y_pred)
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


def _ids(table: RawTable, roles: Roles, keep: Array | None, notes: list[Message]) -> Array | None:
    """The ids of the samples; None where long ones would take too much memory in every row."""
    if roles.ids is None:
        return None
    column = table.columns[roles.ids]
    if column.is_text and column.full_bytes > LIMITS.max_text_bytes:
        shown = {"column": shorten(roles.ids), "limit": LIMITS.max_text_bytes // 1024**2}
        notes.append(
            Message(
                "The samples go without their ids: the texts in {column} take more than "
                "{limit:,} MB.",
                shown,
            )
        )
        return None
    return frozen(kept_rows(column.values, keep))


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
            words_in(table, text_columns(table, roles)),
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
