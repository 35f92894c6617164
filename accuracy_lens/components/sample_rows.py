"""Which rows of the sample table are in view, and how its columns are shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import numpy as np

from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps

PAGE = 50
_BLOCK = 65_536
DOUBTED = "doubted"
"""The samples whose labels the outputs contradict; see `metrics_core.label_errors`."""
SHOW: dict[str, Message] = {
    "all": Message("all samples"),
    "wrong": Message("wrong only"),
    "right": Message("right only"),
    "disagree": Message("variants disagree"),
    DOUBTED: Message("labels probably wrong"),
}
SORT: dict[str, Message] = {
    "row": Message("row"),
    "label": Message("label"),
    "score": Message("score"),
    "distance": Message("distance to the threshold"),
    "rank": Message("rank of the true class"),
    "margin": Message("how surely the label is wrong"),
}


def sort_keys(data: Predictions, *, doubted: bool = False) -> list[str]:
    """The columns that the table can be sorted by, for this kind of predictions.

    Parameters
    ----------
    doubted : bool
        Whether it shows labels that are probably wrong.
    """
    several = data.n_outputs > 1
    ranked = data.kind in ("one_hot", "sparse")
    fits = {
        "score": True,
        "distance": not several,
        "rank": ranked,
        "label": data.kind != "multi_label",
        "margin": doubted,
    }
    return [name for name in SORT if fits.get(name, True)]


def sort_values(steps: Steps, key: str, threshold: float) -> Array | None:
    """The values that a sort key orders by, one per sample; None for the order of the file.

    For several outputs the score is the highest one of the row.
    """
    scores = steps.scores
    match key:
        case "label":
            return steps.true_class
        case "score":
            return scores if scores.ndim == 1 else scores.max(axis=1)
        case "distance":
            distance = scores.astype(np.float64)
            distance -= threshold
            return np.abs(distance, out=distance)
        case "rank":
            return steps.rank
        case _:
            return None


def chosen_rows(
    show: str, chosen: Evaluation, evaluations: Mapping[str, Evaluation]
) -> Array | None:
    """A mask over the samples: those that the filter lets through; None for all of them.

    Parameters
    ----------
    show : str
        One of `SHOW`. ``wrong`` and ``right`` are judged by `chosen`; a sample of several
        elements is wrong where any of them is. ``disagree`` keeps samples that some
        accuracy counts as right and another as wrong.
    """
    match show:
        case "wrong":
            return ~whole_matches(chosen)
        case "right":
            return whole_matches(chosen)
        case "disagree":
            each = [
                whole_matches(evaluation)
                for evaluation in evaluations.values()
                if evaluation.variant.is_accuracy
            ]
            return reduce(np.logical_or, each) & ~reduce(np.logical_and, each)
        case _:
            return None


def whole_matches(evaluation: Evaluation) -> Array:
    """Whether each sample is right as a whole; all are for metrics that are not accuracies."""
    matches = evaluation.matches
    if matches.dtype.kind != "b":
        return np.ones(len(matches), bool)
    return np.asarray(matches if matches.ndim == 1 else matches.all(axis=1))


def page_of(
    n_samples: int, mask: Array | None, order: Array | None, *, descending: bool, page: int
) -> Array:
    """Row numbers of one page.

    Parameters
    ----------
    n_samples : int
    mask : ndarray of bool, shape (n,), or None
        Rows to keep; None for all.
    order : ndarray of int or None
        Row numbers in ascending order of the sort key; None for the order of the file.
    descending : bool
    page : int
        From 1.
    """
    first = (page - 1) * PAGE
    if mask is None:
        return _rows_between(n_samples, order, first, first + PAGE, descending=descending)
    kept: list[Array] = []
    before = 0
    for start in range(0, n_samples, _BLOCK):
        rows = _rows_between(n_samples, order, start, start + _BLOCK, descending=descending)
        rows = rows[mask[rows]]
        kept.append(rows[max(0, first - before) : first + PAGE - before])
        before += len(rows)
        if before >= first + PAGE:
            break
    return np.concatenate(kept)


def rows_in_view(
    n_samples: int, mask: Array | None, order: Array | None, *, descending: bool
) -> slice | Array:
    """Row numbers of all pages in their order; parameters as in `page_of`.

    Examples
    --------
    >>> wrong = np.array([True, False, True])
    >>> rows_in_view(3, wrong, np.array([1, 2, 0]), descending=False).tolist()
    [2, 0]
    >>> rows_in_view(3, None, None, descending=False)
    slice(None, None, None)
    """
    if mask is None and order is None and not descending:
        return slice(None)
    rows = _rows_between(n_samples, order, 0, n_samples, descending=descending)
    return rows if mask is None else rows[mask[rows]]


def _rows_between(
    n_samples: int, order: Array | None, first: int, stop: int, *, descending: bool
) -> Array:
    """The rows at some positions of the order, or of its reverse."""
    positions = np.arange(first, max(first, min(stop, n_samples)))
    if descending:
        positions = n_samples - 1 - positions
    return positions if order is None else order[positions].astype(np.int64)
