"""Labels in one file and outputs in another: one table, joined by id or by row."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.naming import plain, says
from metrics_core.reading.columns.roles import Roles, guess_roles
from metrics_core.reading.limits import LIMITS, Limits, check_bytes, check_columns, shorten
from metrics_core.reading.positions import sort_out
from metrics_core.reading.table import Column, RawTable

_TRUE = {
    "solution", "solutions", "label", "labels", "truth", "true", "gt", "actual", "actuals",
    "target", "targets", "answer", "answers", "gold", "reference", "references", "test", "ytest",
    "ytrue", "y",
}  # fmt: skip
_PRED = {
    "submission", "submissions", "pred", "preds", "prediction", "predictions", "predicted",
    "predict", "output", "outputs", "score", "scores", "prob", "probs", "proba", "probas",
    "probabilities", "logits", "ypred", "yhat", "hat", "results", "softmax", "sigmoid",
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
    true, pred = _sides(first, second)
    name = shorten(f"{true.name} + {pred.name}")
    true, pred = _whole(true), _whole(pred)
    if true.arrays or pred.arrays:
        return _join_arrays(true, pred, name, limits)
    keys = _keys(true, pred)
    notes = [*true.notes, *(note for note in pred.notes if note not in true.notes)]
    if keys is None:
        _check_rows(true, pred, name)
        rows: tuple[Array | None, Array | None] = (None, None)
        shown = {"n": true.n_rows, "true": true.name, "pred": pred.name}
        notes.append(
            Message(
                "{n:,} row of {true} is joined with that of {pred} by its place.",
                shown,
                plural="{n:,} rows of {true} are joined with those of {pred} by their place.",
            )
        )
    else:
        at_true, at_pred = _match(true, pred, keys, name)
        rows = (at_true, at_pred)
        notes.append(_matched(true, pred, keys, at_true, at_pred))
    columns = {}
    if keys is not None:
        columns[keys[1]] = _taken(pred.columns[keys[1]], rows[1])
    names: list[tuple[str, ...]] = []
    for table, key, order in (
        (pred, keys and keys[1], rows[1]),
        (true, keys and keys[0], rows[0]),
    ):
        other = true if table is pred else pred
        renamed = {
            title: f"{title} ({PurePath(table.name).stem})" if title in other.columns else title
            for title in table.columns
            if title != key
        }
        names.append(tuple(renamed.values()))
        columns |= {new: _taken(table.columns[old], order) for old, new in renamed.items()}
    check_columns(name, sum(column.width for column in columns.values()), limits)
    check_bytes(name, sum(column.nbytes for column in columns.values()), limits)
    return RawTable(
        name=name,
        format=_format(true, pred),
        n_rows=len(next(iter(columns.values())).data),
        columns=columns,
        class_names=true.class_names or pred.class_names,
        notes=tuple(notes),
        sides=(names[1], names[0]),
    )


def _format(true: RawTable, pred: RawTable) -> str:
    return " + ".join(dict.fromkeys((true.format, pred.format)))


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


def _whole(table: RawTable) -> RawTable:
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


def _join_arrays(true: RawTable, pred: RawTable, name: str, limits: Limits) -> RawTable:
    """Two files of arrays, of which at least one holds more than columns, are read as one NPZ."""
    sides: list[tuple[str, ...]] = []
    arrays: dict[str, Column] = {}
    for table in (true, pred):
        other = pred if table is true else true
        taken = {**other.columns, **other.arrays}
        stem = PurePath(table.name).stem
        renamed = {
            f"{title} ({stem})" if title in taken else title: column
            for title, column in {**table.columns, **table.arrays}.items()
        }
        sides.append(tuple(renamed))
        arrays |= renamed
    notes = (*true.notes, *(note for note in pred.notes if note not in true.notes))
    table = RawTable(
        name=name,
        format=_format(true, pred),
        n_rows=max(true.n_rows, pred.n_rows),
        columns={},
        arrays=arrays,
        class_names=true.class_names or pred.class_names,
        notes=notes,
        sides=(sides[0], sides[1]),
    )
    return sort_out(table, limits)


def _keys(true: RawTable, pred: RawTable) -> tuple[str, str] | None:
    """The column of ids in either file: those of one name first, then whatever speaks for ids."""
    same = [t for t in true.columns if t in pred.columns and says(t) == "id"]
    if same:
        return same[0], same[0]
    ids = [[t for t in table.columns if says(t) == "id"] for table in (true, pred)]
    if ids[0] and ids[1]:
        return ids[0][0], ids[1][0]
    shared = [t for t in true.columns if t in pred.columns and t == next(iter(true.columns))]
    if shared and all(_different(table.columns[shared[0]]) for table in (true, pred)):
        return shared[0], shared[0]
    return None


def _different(column: Column) -> bool:
    """Whether no cell comes twice, and no number is a fraction."""
    if column.width > 1 or column.missing is not None:
        return False
    if not column.is_text and column.data.dtype.kind == "f" and np.any(column.data % 1 != 0):
        return False
    return len(np.unique(column.data)) == len(column.data)


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


def _match(true: RawTable, pred: RawTable, keys: tuple[str, str], name: str) -> tuple[Array, Array]:
    """The rows of either file that have the same id, in the order of the outputs."""
    a, b = _comparable(true.columns[keys[0]], pred.columns[keys[1]])
    rows = _meeting(a, b, name)
    if rows is None:
        rows = _meeting(*_as_written(a, b), name)
    if rows is None:
        raise InputError(
            name,
            "must have some of the same ids in both files",
            Message(
                "{a} in {true} and {b} in {pred}",
                {"a": shorten(", ".join(map(str, a[:3]))), "true": true.name,
                 "b": shorten(", ".join(map(str, b[:3]))), "pred": pred.name},
            ),
            "Write the ids alike in both files, or leave them out to join the files by row.",
        )  # fmt: skip
    return rows


def _meeting(a: Array, b: Array, name: str) -> tuple[Array, Array] | None:
    """The rows of two columns of ids that are the same; None where none are."""
    (known, first), swapped = np.unique(a, return_index=True), False
    if len(known) != len(a):
        (known, first), swapped = np.unique(b, return_index=True), True
        if len(known) != len(b):
            raise InputError(
                name,
                "must have each id once in one of the two files",
                Message("ids that come several times in both"),
                "Join the two tables before, or remove the column of ids to join them by row.",
            )
    many = a if swapped else b
    at = np.searchsorted(known, many).clip(max=len(known) - 1)
    found = np.flatnonzero(known[at] == many)
    if not len(found):
        return None
    one = first[at[found]]
    return (found, one) if swapped else (one, found)


def _comparable(a: Column, b: Column) -> tuple[Array, Array]:
    """The ids of two files in one form: numbers where both are, else texts."""
    if not a.is_text and not b.is_text:
        return a.data.reshape(-1), b.data.reshape(-1)
    return _as_text(a), _as_text(b)


def _as_written(a: Array, b: Array) -> tuple[Array, Array]:
    """Ids without folder, ending and capitals, else their last numbers, where some then agree."""
    for form in (_bare_id, _number_of_id):
        one, two = (np.array([form(str(cell)) for cell in ids]) for ids in (a, b))
        different = all(
            len(np.unique(new)) == len(np.unique(old)) for new, old in ((one, a), (two, b))
        )
        if different and np.isin(one, two).any():
            return one, two
    return a, b


def _bare_id(cell: str) -> str:
    name = re.split(r"[\\/]", cell.strip())[-1].casefold()
    return re.sub(r"(?<=.)\.[a-z]\w{1,4}$", "", name)


def _number_of_id(cell: str) -> str:
    found = re.findall(r"\d+", _bare_id(re.sub(r"\.0$", "", cell)))
    return str(int(found[-1])) if found else cell


def _as_text(column: Column) -> Array:
    values = column.values.reshape(-1)
    if column.is_text:
        return np.char.strip(values)
    whole = values.dtype.kind == "f" and bool(np.all(values == np.floor(values)))
    return (values.astype(np.int64) if whole else values).astype(str)


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


def _taken(column: Column, rows: Array | None) -> Column:
    if rows is None:
        return column
    missing = None if column.missing is None else column.missing[rows]
    return Column(column.data[rows], column.words, missing)


def guess(table: RawTable) -> Roles:
    """The roles of a table's columns; of two joined files each side has its own.

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
        labels=true.labels or true.outputs,
        outputs=pred.outputs or pred.labels,
        weight=true.weight or pred.weight,
        sure=bool(true.labels and pred.outputs) and whole.sure,
    )
