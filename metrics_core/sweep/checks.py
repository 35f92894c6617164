"""What a sweep refuses, with the rows named."""

from __future__ import annotations

import math

import numpy as np

from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.sweep.rows import BLOCK

_NAMED = 5


def check_length(argument: str, array: Array, n_rows: int) -> None:
    """Refuse an array that has not one entry a score."""
    if array.shape != (n_rows,):
        raise InputError(
            argument,
            "must have one entry for each of the {n_rows} scores",
            f"shape {array.shape}",
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
            (places,) = np.nonzero(np.isnan(block))
            named += (places[: _NAMED - len(named)] + start).tolist()
            count += len(places)
    if count:
        raise InputError(
            "scores",
            "must be numbers, not NaN",
            f"NaN in {count:,} rows, first " + ", ".join(map(str, named)),
            "Leave these rows out, or find out why the model gives NaN.",
        )
