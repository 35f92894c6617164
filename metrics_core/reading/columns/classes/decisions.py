"""Columns of predicted classes: as the classes of scores, as numbers, and beside the outputs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.classes.labels import to_indices
from metrics_core.reading.columns.positive import as_numbers
from metrics_core.reading.columns.profile import look, numbers_of, second_and_scores
from metrics_core.reading.columns.relation import best_threshold, top_of
from metrics_core.reading.columns.roles import Roles
from metrics_core.reading.limits import shorten
from metrics_core.reading.table import Column, RawTable


def of_class_one(
    table: RawTable,
    roles: Roles,
    scores: Array,
    keep: Array | None,
    classes: tuple[str, ...],
    notes: list[Message],
) -> Array:
    """``(n,)`` probabilities of class 1, from those of the predicted class.

    Raises
    ------
    InputError
        Where more than two classes are predicted.
    """
    assert roles.predicted is not None
    column = table.columns[roles.predicted]
    if column.is_text:
        predicted, count = to_indices(column, classes, keep), len(classes)
    else:
        cells = column.data if keep is None else column.data[keep]
        values = np.union1d(cells, _labels(table, roles, keep))
        predicted, count = np.searchsorted(values, cells), len(values)
    if count > 2:
        raise InputError(
            "roles",
            "must have two predicted classes where the output is the probability of these",
            Message("{n} classes in {column}", {"n": count, "column": shorten(roles.predicted)}),
            "Choose the predicted classes as the outputs.",
        )
    one = predicted == 1
    top = scores.dtype.type(top_of(scores)) if scores.dtype.kind == "f" else 1
    notes.append(
        Message(
            "{scores} is the probability of the class in {predicted}; the output is that of "
            "class 1: {scores}, or {top} - {scores} where class 0 is predicted.",
            {
                "scores": shorten(roles.outputs[0]), "predicted": shorten(roles.predicted),
                "top": int(top),
            },
        )
    )  # fmt: skip
    return np.where(one, scores, top - scores)


def _labels(table: RawTable, roles: Roles, keep: Array | None) -> Array:
    """The labels as numbers; 0 and 1 where they are words."""
    column = table.columns[roles.labels[0]]
    if column.is_text:
        return np.arange(2)
    return column.data if keep is None else column.data[keep]


def words_as_numbers(table: RawTable, roles: Roles) -> RawTable:
    """Predicted words beside labels that are numbers: ``LABEL_1`` is 1, and so is yes.

    Examples
    --------
    >>> from metrics_core.reading import read_columns
    >>> table = read_columns(b"gold,label\\n1,LABEL_1\\n0,LABEL_1\\n", "x.csv")
    >>> made = words_as_numbers(table, Roles(labels=("gold",), outputs=("label",)))
    >>> made.columns["label"].values.tolist()
    [1, 1]
    """
    predicted = [t for t in (*roles.outputs, roles.predicted) if t and table.columns[t].is_text]
    if len(predicted) != 1 or len(roles.labels) != 1:
        return table
    labels, column = table.columns[roles.labels[0]], table.columns[predicted[0]]
    if labels.is_text or labels.width > 1 or column.words is None:
        return table
    words = tuple(str(word) for word in column.words)
    numbers = as_numbers(words)
    if numbers is None:
        return table
    lookup = np.array([*numbers, 0], dtype=np.int64)
    columns = dict(table.columns)
    columns[predicted[0]] = Column(lookup[column.data], None, column.missing)
    return replace(table, columns=columns)


def where_decided(table: RawTable, roles: Roles) -> Message | None:
    """At which threshold on the outputs a column of predicted classes beside them was made.

    Parameters
    ----------
    table : RawTable
    roles : Roles
        With `Roles.hard`, as guessed.

    Returns
    -------
    Message or None
        None where there is no such column, or it has more than two classes.

    Examples
    --------
    >>> from metrics_core.reading import guess_roles, read_columns
    >>> text = b"predict,p0,p1,y\\n1,0.7,0.3,0\\n0,0.8,0.2,1\\n1,0.1,0.9,1\\n0,1,0,0\\n"
    >>> table = read_columns(text, "h2o.csv")
    >>> print(where_decided(table, guess_roles(table)))
    predict agrees with p1 > 0.2 in all 4 rows that were compared, and with any threshold from \
there up to 0.3; it was not decided at 0.5.
    """
    hard, outputs = roles.hard, roles.outputs
    if hard is None or hard not in table.columns or not outputs or hard in outputs:
        return None
    profiles = look(table, (hard, *outputs))
    if len(profiles[hard].values) != 2 or any(table.columns[t].is_text for t in outputs):
        return None
    if numbers_of(profiles, outputs).shape[1] > 2:
        return None
    second, scores = second_and_scores(table, profiles, hard, outputs[-1])
    found = best_threshold(second, scores)
    if found is None:
        return None
    values = {
        "hard": shorten(hard), "output": shorten(outputs[-1]), "n": len(scores),
        "share": found.share, "low": f"{found.low:.6g}", "high": f"{found.high:.6g}",
    }  # fmt: skip
    if found.share == 1.0 and found.above and found.low <= 0.5 < found.high:
        return Message(
            "{hard} agrees with {output} > 0.5 in its only row.",
            values,
            plural="{hard} agrees with {output} > 0.5 in all {n:,} rows that were compared.",
        )
    if found.share == 1.0 and found.above:
        return Message(
            "{hard} agrees with {output} > {low} in its only row.",
            values,
            plural="{hard} agrees with {output} > {low} in all {n:,} rows that were compared, and "
            "with any threshold from there up to {high}; it was not decided at 0.5.",
        )
    if found.share == 1.0:
        return Message(
            "{hard} is the class with the lower {output} in its only row.",
            values,
            plural="{hard} is the opposite of {output} > {low} in all {n:,} rows that were "
            "compared.",
        )
    return Message(
        "{hard} agrees best with {output} > {low}: in {share:.1%} of the row that was compared.",
        values,
        plural="{hard} agrees best with {output} > {low}: in {share:.1%} of the {n:,} rows that "
        "were compared.",
    )
