"""How decisions that stand beside scores were made: at which threshold, or by the highest."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from metrics_core.counting.class_inputs import column
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array, check_numeric
from metrics_core.numeric.plain_threshold import plain_threshold
from metrics_core.reverse.recipes.words import shown_score
from metrics_core.steps import decision as decide

_ARGMAX = Message("The predictions are the class with the highest score, in every row.")
_HALF = Message("The predictions are scores above 0.5: every threshold from {low} up to {high}.")
_THRESHOLD = Message(
    "The predictions were made at another threshold than 0.5: scores above {threshold}, or any "
    "threshold from {low} up to {high} (exclusive)."
)
_INVERTED = Message(
    "The predictions are inverted: 1 where the score is not above {threshold}, or any threshold "
    "from {low} up to {high} (exclusive)."
)
_ONE_SIDE = Message("Every row is predicted {label}: any threshold beyond all scores gives that.")
_NEARLY = Message(
    "No threshold gives the predictions: above {threshold}, {n} of {total} row differs.",
    plural="No threshold gives the predictions: above {threshold}, {n} of {total} rows differ.",
)
_NOT_HIGHEST = Message(
    "The predictions are not the class with the highest score: {n} of {total} row differs.",
    plural="The predictions are not the class with the highest score: {n} of {total} rows differ.",
)


@dataclass(frozen=True, kw_only=True)
class DecidedAt:
    """How decisions were made from scores.

    Attributes
    ----------
    how : {"threshold", "inverted", "argmax", "none"}
        Above a threshold, not above it, by the highest score, or by none of these.
    low, high : float
        Every threshold from `low` to below `high` gives all decisions; for ``none`` as many as any.
        NaN for ``argmax``, and where the highest score of several columns was not taken.
    threshold : float
        One of them with few decimals; NaN as above.
    n_different : int
        Rows that it decides otherwise; 0 unless `how` is ``none``.
    sentence : Message
        The same in words.
    """

    how: str
    low: float = float("nan")
    high: float = float("nan")
    threshold: float = float("nan")
    n_different: int = 0
    sentence: Message


def decided_at(decisions: npt.ArrayLike, scores: npt.ArrayLike) -> DecidedAt:
    """Find how hard decisions that stand beside scores were made.

    Parameters
    ----------
    decisions : array_like, shape (n,)
        0 and 1; class indices where there are more than two columns of scores.
    scores : array_like, shape (n,) or (n, C)
        Of class 1, or one column a class. Two columns are tried by the highest first, then by a
        threshold on the second.

    Raises
    ------
    InputError
        Where the lengths differ, or decisions beside one column are not 0 and 1.

    Notes
    -----
    A score equal to the threshold is class 0, as in Keras; programs that predict 1 at the threshold
    itself (H2O) took the upper end of the interval.

    Examples
    --------
    >>> found = decided_at([0, 1, 1, 0], [0.1, 0.3, 0.9, 0.25])
    >>> found.low, found.high, str(found.sentence)[:57]
    (0.25, 0.3, 'The predictions were made at another threshold than 0.5: ')
    >>> decided_at([1, 0], [[0.4, 0.6], [0.7, 0.3]]).how
    'argmax'
    """
    values = np.asarray(scores)
    check_numeric("scores", values)
    wide = values.ndim == 2 and values.shape[1] > 1
    values = values if wide else values.reshape(-1)
    chosen = column("decisions", decisions, len(values))
    if wide:
        wrong = int(np.count_nonzero(decide.argmax(values) != chosen))
        if not wrong:
            return DecidedAt(how="argmax", sentence=_ARGMAX)
        if values.shape[1] > 2:
            shown = {"n": wrong, "total": len(values)}
            sentence = replace(_NOT_HIGHEST, values=shown)
            return DecidedAt(how="none", n_different=wrong, sentence=sentence)
        values = values[:, 1]
    if not np.all((chosen == 0) | (chosen == 1)):
        raise InputError(
            "decisions",
            "must be 0 and 1 beside the scores of one class",
            "other numbers",
            "Write the two predicted classes as 0 and 1.",
        )
    return _at_threshold(np.asarray(chosen == 1), values.astype(np.float64, copy=False))


def _at_threshold(ones: Array, scores: Array) -> DecidedAt:
    kept = ~np.isnan(scores)
    ones, scores = ones[kept], scores[kept]
    if not len(ones) or ones.all() or not ones.any():
        label = int(bool(len(ones)) and bool(ones[0]))
        low = float(scores.max(initial=-np.inf)) if not label else -np.inf
        high = float(scores.min(initial=np.inf)) if label else np.inf
        sentence = replace(_ONE_SIDE, values={"label": label})
        return _found("threshold", low, high, sentence)
    low, high = float(scores[~ones].max()), float(scores[ones].min())
    if low < high:
        return _found("threshold", low, high, _HALF if low <= 0.5 < high else _THRESHOLD)
    under, over = float(scores[ones].max()), float(scores[~ones].min())
    if under < over:
        return _found("inverted", under, over, _INVERTED)
    starts, wrong = _wrong_at_each(ones, scores)
    best = int(wrong.argmin())
    ends = np.append(starts, np.inf)
    found = _found("none", float(starts[best]), float(ends[best + 1]), _NEARLY)
    n_wrong = int(wrong[best])
    shown = {**found.sentence.values, "n": n_wrong, "total": len(ones)}
    return replace(found, n_different=n_wrong, sentence=replace(_NEARLY, values=shown))


def _wrong_at_each(ones: Array, scores: Array) -> tuple[Array, Array]:
    """Where the decisions of a threshold change, and how many rows differ from there on."""
    order = np.argsort(scores, kind="stable")
    ordered, label = scores[order], ones[order]
    last = np.append(ordered[1:] != ordered[:-1], True)
    missed, zeros_below = np.cumsum(label)[last], np.cumsum(~label)[last]
    n_zeros = int(np.count_nonzero(~ones))
    wrong = np.concatenate([[n_zeros], missed + n_zeros - zeros_below])
    return np.concatenate([[-np.inf], ordered[last]]), wrong


def _found(how: str, low: float, high: float, sentence: Message) -> DecidedAt:
    plain = plain_threshold(low, high)
    threshold = low if plain is None else plain
    shown: dict[str, object] = {
        **sentence.values,
        "threshold": f"{threshold:g}",
        "low": shown_score(low),
        "high": shown_score(high),
    }
    return DecidedAt(
        how=how,
        low=low,
        high=high,
        threshold=threshold,
        sentence=replace(sentence, values=shown),
    )
