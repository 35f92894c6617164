"""Labels in one file and outputs in another: one table, joined by id or by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.naming import FIRM, SCORE_WORDS, plain, says
from metrics_core.reading.columns.roles import Roles, guess_roles
from metrics_core.reading.ids import find_keys, match_rows
from metrics_core.reading.limits import LIMITS, Limits, check_bytes, check_columns, shorten
from metrics_core.reading.positions import sort_out
from metrics_core.reading.table import Column, RawTable

_TRUE = FIRM | {
    "solution", "solutions", "label", "labels", "answers", "test", "ytest", "y",
}  # fmt: skip
"""What files with the labels are called; as `FIRM`, of which no word is one for outputs."""
_PRED = SCORE_WORDS | {
    "submission", "submissions", "pred", "preds", "prediction", "predictions", "predicted",
    "predict", "output", "outputs", "ypred", "yhat", "hat", "results",
}  # fmt: skip
_SPLIT = re.compile(r"[^0-9a-z]+")


def join(first: RawTable, second: RawTable, limits: Limits = LIMITS) -> RawTable:
    """One table of two files of the same samples.

    Where both have a column of ids, rows of the same id are joined, in the order of the file with
    the outputs; else rows are joined as they stand. Columns of the same name get the name of their
    file behind them.

    Raises
    ------
    InputError
        Where no ids are the same, where an id stands several times in both files, and where the
        numbers of rows differ and there are no ids.

    Examples
    --------
    >>> from metrics_core.reading import read_columns
    >>> true = read_columns(b"id,target\\n7,1\\n8,0\\n", "solution.csv")
    >>> pred = read_columns(b"id,target\\n8,0.2\\n7,0.9\\n", "sample_submission.csv")
    >>> table = join(pred, true)
    >>> {title: column.values.tolist() for title, column in table.columns.items()}
    {'id': [8, 7], 'target (sample_submission)': [0.2, 0.9], 'target (solution)': [0, 1]}
    """
    true, pred = map(_as_arrays, _sides(first, second))
    name = shorten(f"{true.name} + {pred.name}")
    whole = RawTable(
        name=name,
        format=" + ".join(dict.fromkeys((true.format, pred.format))),
        n_rows=max(true.n_rows, pred.n_rows),
        columns={},
        class_names=true.class_names or pred.class_names,
        notes=(*true.notes, *(note for note in pred.notes if note not in true.notes)),
    )
    if true.arrays or pred.arrays:  # of which one holds more than columns: read as one NPZ
        sides = [_renamed(table, other, None) for table, other in ((true, pred), (pred, true))]
        names = (tuple(sides[0]), tuple(sides[1]))
        return sort_out(replace(whole, arrays=sides[0] | sides[1], sides=names), limits)
    keys = find_keys(true, pred)
    if keys is None:
        _check_rows(true, pred, name)
        sides = [_renamed(table, other, None) for table, other in ((true, pred), (pred, true))]
        ids: dict[str, Column] = {}
        note = _by_place(true, pred)
    else:
        at_true, at_pred = match_rows(true, pred, keys, name)
        sides = [
            {title: _taken(column, rows) for title, column in _renamed(table, other, key).items()}
            for table, other, key, rows in (
                (true, pred, keys[0], at_true),
                (pred, true, keys[1], at_pred),
            )
        ]
        ids = {keys[1]: _taken(pred.columns[keys[1]], at_pred)}
        note = _matched(true, pred, keys, at_true, at_pred)
    columns = ids | sides[1] | sides[0]
    check_columns(name, sum(column.width for column in columns.values()), limits)
    check_bytes(name, sum(column.nbytes for column in columns.values()), limits)
    return replace(
        whole,
        n_rows=len(next(iter(columns.values())).data),
        columns=columns,
        notes=(*whole.notes, note),
        sides=(tuple(sides[0]), tuple(sides[1])),
    )


def _renamed(table: RawTable, other: RawTable, key: str | None) -> dict[str, Column]:
    """The columns but for the ids; those of a name in both files with the file behind it."""
    taken = {*other.columns, *other.arrays}
    stem = PurePath(table.name).stem
    return {
        f"{title} ({stem})" if title in taken else title: column
        for title, column in {**table.columns, **table.arrays}.items()
        if title != key
    }


def _sides(first: RawTable, second: RawTable) -> tuple[RawTable, RawTable]:
    """The file with the labels, then that with the outputs: by name, then by columns and values."""
    marks = [_mark_of_name(table) for table in (first, second)]
    if marks[0] == marks[1]:
        marks = [_mark_of_columns(table) for table in (first, second)]
    return (second, first) if marks[0] > marks[1] else (first, second)


def _mark_of_name(table: RawTable) -> int:
    """Above 0 for a file that is called after outputs, below for one called after labels."""
    stem = PurePath(table.name).stem
    words = set(plain(stem).split("_")) | set(_SPLIT.split(stem.lower()))
    return bool(words & _PRED) * 2 - bool(words & _TRUE)


def _mark_of_columns(table: RawTable) -> int:
    roles = guess_roles(table)
    said = {says(title) for title in table.columns}
    fractions = any(
        column.data.dtype.kind == "f" and bool(np.any(column.data % 1 != 0))
        for title, column in table.columns.items()
        if not column.is_text and title not in (roles.ids, roles.weight)
    )
    return 2 * fractions + ("output" in said) - ("label" in said)


def _as_arrays(table: RawTable) -> RawTable:
    """An NPY file is one array, called as the file is."""
    if table.format != "NPY" or table.raw is not None:
        return table if table.raw is None else table.raw
    titles = list(table.columns)
    if any(not title.startswith("column_") for title in titles):
        return table
    data = [table.columns[title].data for title in titles]
    array = data[0] if len(data) == 1 else np.column_stack(data)
    column = replace(table.columns[titles[0]], data=array)
    return replace(table, columns={}, arrays={PurePath(table.name).stem: column})


def _check_rows(true: RawTable, pred: RawTable, name: str) -> None:
    if true.n_rows != pred.n_rows:
        raise InputError(
            name,
            "must have the same number of rows in both files, or a column of ids in both",
            Message(
                "{n_true:,} in {true} and {n_pred:,} in {pred}",
                {"n_true": true.n_rows, "true": true.name,
                 "n_pred": pred.n_rows, "pred": pred.name},
            ),
            "Save the labels and outputs of the same samples, or add the ids to both files.",
        )  # fmt: skip


def _by_place(true: RawTable, pred: RawTable) -> Message:
    return Message(
        "{n:,} row of {true} is joined with that of {pred} by its place.",
        {"n": true.n_rows, "true": true.name, "pred": pred.name},
        plural="{n:,} rows of {true} are joined with those of {pred} by their place.",
    )


def _matched(
    true: RawTable, pred: RawTable, keys: tuple[str, str], at_true: Array, at_pred: Array
) -> Message:
    shown = {
        "n": len(at_pred), "true": true.name, "pred": pred.name, "key": shorten(keys[0]),
        "n_true": true.n_rows, "n_pred": pred.n_rows,
        "left": true.n_rows - len(np.unique(at_true)) + pred.n_rows - len(np.unique(at_pred)),
    }  # fmt: skip
    if not shown["left"]:
        return Message(
            "{n:,} row is joined by {key}: each of {true} with its own of {pred}.",
            shown,
            plural="{n:,} rows are joined by {key}: each of {true} with its own of {pred}.",
        )
    return Message(
        "{n:,} row is joined by {key}: of {n_true:,} in {true} and {n_pred:,} in {pred}; rows "
        "without a partner are left out.",
        shown,
        plural="{n:,} rows are joined by {key}: of {n_true:,} in {true} and {n_pred:,} in {pred}; "
        "rows without a partner are left out.",
    )


def _taken(column: Column, rows: Array) -> Column:
    missing = None if column.missing is None else column.missing[rows]
    return replace(column, data=column.data[rows], missing=missing)


def guess(table: RawTable) -> Roles:
    """The roles of a table's columns; of two joined files each side has its own.

    Where a side by itself tells nothing, as where words in a column of no known name are all that
    it has, both sides together are looked at; a side of one column has that one.

    Examples
    --------
    >>> columns = {"a": Column(np.array([1, 0])), "b": Column(np.array([1, 0]))}
    >>> table = RawTable(
    ...     name="x", format="CSV", n_rows=2, columns=columns, sides=(("a",), ("b",))
    ... )
    >>> guess(table).labels, guess(table).outputs
    (('a',), ('b',))
    """
    if not any(table.sides):
        return guess_roles(table)
    sides = [
        {t: column for t, column in table.columns.items() if t in side} for side in table.sides
    ]
    true, pred = (guess_roles(replace(table, columns=side)) for side in sides)
    whole = guess_roles(table)
    return replace(
        whole,
        labels=true.labels or true.outputs or _of_side(table.sides[0], whole.labels),
        outputs=pred.outputs or pred.labels or _of_side(table.sides[1], whole.outputs),
        weight=true.weight or pred.weight,
        sure=bool(true.labels and pred.outputs) and whole.sure,
    )


def _of_side(side: Sequence[str], guessed: tuple[str, ...]) -> tuple[str, ...]:
    """What is guessed of both sides, if all of it stands on this one; else its only column."""
    if guessed and set(guessed) <= set(side):
        return guessed
    return tuple(side) if len(side) == 1 else ()
