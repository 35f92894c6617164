"""What a sweep refuses, with the rows named."""

from __future__ import annotations

import math

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.sweep.rows import BLOCK

NAMED = 5


def check_length(argument: str, array: Array, n_rows: int) -> None:
    """Refuse an array that does not have one entry per score."""
    if array.shape != (n_rows,):
        raise InputError(
            argument,
            "must have one entry for each of the {n_rows} scores",
            Message("shape {shape}", {"shape": array.shape}),
            "Check that both come from the same samples.",
            n_rows=n_rows,
        )


def check_no_nan(scores: Array) -> None:
    """Refuse NaN among scores ``(n,)``, naming the first rows."""
    if scores.dtype.kind != "f" or not len(scores):
        return
    named: list[int] = []
    count = 0
    for start in range(0, len(scores), BLOCK):
        block = scores[start : start + BLOCK]
        if math.isnan(block.min()):
            (rows,) = np.nonzero(np.isnan(block))
            named += (rows[: NAMED - len(named)] + start).tolist()
            count += len(rows)
    if count:
        raise nan_in_rows(count, named)


def nan_in_rows(count: int, first: list[int]) -> InputError:
    """The refusal of NaN in so many rows, of which the first few are named."""
    rows = ", ".join(map(str, first[:NAMED]))
    return InputError(
        "scores",
        "must be numbers, not NaN",
        Message(
            "NaN in row {rows}",
            {"n": count, "rows": rows},
            plural="NaN in {n:,} rows, the first are {rows}",
        ),
        "Leave out these rows, or find out why the model gives NaN.",
    )
