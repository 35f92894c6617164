"""Two sets of outputs, brought to the same samples in the same order."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reading.ids import match_rows
from metrics_core.reading.table import Column, RawTable

_ID = "id"


@dataclass(frozen=True, eq=False, kw_only=True)
class SameSamples:
    """Outputs of A and of B, row by row of the same samples.

    Attributes
    ----------
    a, b : Predictions
        Both with the labels, weights and ids of A.
    by_id : bool
        Whether rows were joined by their ids; else as they stand.
    left_a, left_b : int
        Rows without a partner, which are left out.
    other_labels : int
        Samples that B itself labels otherwise.
    """

    a: Predictions
    b: Predictions
    by_id: bool = False
    left_a: int = 0
    left_b: int = 0
    other_labels: int = 0


def same_samples(a: Predictions, b: Predictions) -> SameSamples:
    """Join the outputs of B to those of A, by id where both have ids, else by row.

    Raises
    ------
    InputError
        Where no ids are the same, where one comes several times, where the numbers of rows differ
        and there are no ids, and where B has not as many outputs per sample as A.

    Examples
    --------
    >>> a = Predictions.of([0, 1, 1], [0.2, 0.7, 0.4], sample_ids=["x", "y", "z"])
    >>> b = Predictions.of([1, 0], [0.9, 0.3], sample_ids=["z", "x"])
    >>> joined = same_samples(a, b)
    >>> joined.b.y_pred.tolist(), joined.left_a, joined.left_b, joined.other_labels
    ([0.3, 0.9], 1, 0, 0)
    """
    if a.n_outputs != b.n_outputs:
        raise InputError(
            "B",
            Message(
                "must have {n} output per sample, as the data in view",
                {"n": a.n_outputs},
                plural="must have {n} outputs per sample, as the data in view",
            ),
            b.n_outputs,
            "Compare outputs for the same classes.",
        )
    by_id = a.sample_ids is not None and b.sample_ids is not None
    left_a = left_b = 0
    if by_id:
        at_a, at_b = _matched(a, b)
        left_a, left_b = a.n_samples - len(at_a), b.n_samples - len(at_b)
        if left_a:
            a = a.only(at_a)
        if left_b or np.any(at_b != np.arange(len(at_b))):
            b = b.only(at_b)
    elif a.n_samples != b.n_samples:
        raise InputError(
            "B",
            "must have the {rows:,} samples of the data in view, or ids as they have",
            b.n_samples,
            "Save the outputs of both models for the same samples, with a column of ids.",
            rows=a.n_samples,
        )
    return SameSamples(
        a=a,
        b=replace(
            a, y_pred=b.y_pred.reshape(a.y_pred.shape), kind=a.kind, class_names=a.class_names
        ),
        by_id=by_id,
        left_a=left_a,
        left_b=left_b,
        other_labels=_other_labels(a, b),
    )


def _matched(a: Predictions, b: Predictions) -> tuple[Array, Array]:
    """The rows of the same id, in the order of A."""
    of_b, of_a = (_ids_alone(side, name) for side, name in ((b, "B"), (a, "A")))
    at_b, at_a = match_rows(of_b, of_a, (_ID, _ID), "B")
    if any(len(np.unique(rows)) != len(rows) for rows in (at_a, at_b)):
        raise InputError(
            "B",
            "must have each id once, as the data in view",
            Message("ids that come several times"),
            "Leave the ids out to join by row, or keep one row of each id.",
        )
    return at_a, at_b


def _ids_alone(data: Predictions, name: str) -> RawTable:
    ids = data.sample_ids
    assert ids is not None
    if ids.dtype.kind in "biuf":
        column = Column(ids)
    else:
        words = np.char.decode(ids, "utf-8", "replace") if ids.dtype.kind == "S" else ids
        column = Column(np.arange(len(ids), dtype=np.int32), words.astype(str))
    return RawTable(name=name, format="ids", n_rows=len(ids), columns={_ID: column})


def _other_labels(a: Predictions, b: Predictions) -> int:
    """In how many rows the labels are not the same."""
    one, two = a.labels, b.labels
    if one.ndim != two.ndim:
        one, two = (side if side.ndim == 1 else side.argmax(axis=1) for side in (one, two))
    other = np.asarray(one != two)
    return int(np.count_nonzero(other if other.ndim == 1 else other.any(axis=1)))
