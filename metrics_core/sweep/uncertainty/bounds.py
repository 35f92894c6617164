"""How far areas and curves may be from those of the whole population, by resampling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.sweep.ranking import check_both_labels
from metrics_core.sweep.state import Sweep
from metrics_core.sweep.uncertainty.resampling import Groups, divide, draws, groups_of


@dataclass(frozen=True, eq=False)
class Band:
    """Limits of a ROC curve at given false positive rates, each limit on its own.

    Attributes
    ----------
    false_positive_rate, low, high : ndarray of float64, shape (m,)
        From 0 to 1; between `low` and `high` lies the true positive rate.
    """

    false_positive_rate: Array
    low: Array
    high: Array


def bootstrap(
    sweep: Sweep,
    statistic: str,
    n_resamples: int = 200,
    seed: int = 0,
    level: float = 0.95,
) -> tuple[float, float]:
    """The percentile interval of an area over rows drawn with replacement.

    Parameters
    ----------
    sweep : Sweep
        With both labels.
    statistic : {"auc", "average_precision"}
    n_resamples : int
        1 or more. Draws in which a label is missing are drawn again.
    seed : int
        0 or more; the same seed gives the same interval.
    level : float
        Above 0 and below 1.

    Returns
    -------
    low, high : float

    Raises
    ------
    InputError
        Where only one label occurs, or a setting is out of its range.

    Notes
    -----
    Rows are not drawn one by one: how often the rows of one score and label occur is multinomial.
    With more than 4,096 distinct scores, neighbours are joined into at most as many groups, each of
    at most about 1 in 2,048 of either label. How often label 1 wins within a group, and how precise
    its thresholds are relative to the group's last, is kept as it was found, so that drawing each
    row once would give the exact area; only the chance within groups is not drawn, which is
    some thousand times smaller than the chance between them. With weights the draw of a group's
    rows has the mean and the variance of their weights.

    Efron and Tibshirani, An introduction to the bootstrap, 1993, chapter 13.

    Examples
    --------
    >>> scores, positive = np.arange(200) / 200, np.arange(200) % 3 > 0
    >>> [round(end, 2) for end in bootstrap(Sweep.of(scores, positive), "auc")]
    [0.42, 0.59]
    """
    if statistic not in _STATISTICS:
        raise InputError(
            "statistic",
            "must be one of {names}",
            repr(statistic),
            "Choose one of these.",
            names=", ".join(_STATISTICS),
        )
    _check(sweep, n_resamples, seed, level)
    groups = groups_of(sweep)
    of = _STATISTICS[statistic]
    drawn = [of(groups, ones, zeros) for ones, zeros in draws(groups, n_resamples, seed)]
    low, high = np.quantile(np.concatenate(drawn), _ends(level))
    return float(low), float(high)


def roc_band(
    sweep: Sweep,
    n_points: int = 201,
    n_resamples: int = 200,
    seed: int = 0,
    level: float = 0.95,
) -> Band:
    """The percentile interval of the true positive rate at equally spaced false positive rates.

    Parameters
    ----------
    sweep, n_resamples, seed, level
        As in `bootstrap`, and drawn as there; the curve runs straight within a group.
    n_points : int
        2 or more.

    Notes
    -----
    Each point's interval holds on its own. A whole curve leaves the band somewhere more often.

    Examples
    --------
    >>> scores, positive = np.arange(200) / 200, np.arange(200) % 3 > 0
    >>> band = roc_band(Sweep.of(scores, positive), n_points=3)
    >>> band.low.round(1).tolist(), band.high.round(1).tolist()
    ([0.0, 0.4, 1.0], [0.1, 0.6, 1.0])
    """
    if n_points < 2:
        raise InputError("n_points", "must be 2 or more", n_points, "201 is enough to draw.")
    _check(sweep, n_resamples, seed, level)
    groups, wanted = groups_of(sweep), np.linspace(0.0, 1.0, n_points)
    curves = []
    for ones, zeros in draws(groups, n_resamples, seed):
        for found, wrong in zip(_shares(ones), _shares(zeros), strict=True):
            curves.append(np.interp(wanted, wrong, found))
    low, high = np.quantile(np.array(curves), _ends(level), axis=0)
    return Band(wanted, low, high)


def _auc(groups: Groups, ones: Array, zeros: Array) -> Array:
    wrong = np.cumsum(zeros, axis=1)
    below = wrong[:, -1:] - wrong
    won = (ones * (below + groups.wins * zeros)).sum(axis=1)
    return np.asarray(np.clip(won / (ones.sum(axis=1) * wrong[:, -1]), 0.0, 1.0))


def _average_precision(groups: Groups, ones: Array, zeros: Array) -> Array:
    found = np.cumsum(ones, axis=1)
    precision = divide(found, found + np.cumsum(zeros, axis=1)) * groups.ratio
    return np.asarray(np.clip((ones * precision).sum(axis=1) / found[:, -1], 0.0, 1.0))


_STATISTICS: dict[str, Callable[[Groups, Array, Array], Array]] = {
    "auc": _auc,
    "average_precision": _average_precision,
}


def _shares(weights: Array) -> Array:
    """From 0 to 1 along each row, ``(r, g + 1)``."""
    sums = np.cumsum(np.pad(weights, ((0, 0), (1, 0))), axis=1)
    return np.asarray(sums / sums[:, -1:])


def _ends(level: float) -> tuple[float, float]:
    return (1 - level) / 2, (1 + level) / 2


def _check(sweep: Sweep, n_resamples: int, seed: int, level: float) -> None:
    check_both_labels(sweep)
    if n_resamples < 1:
        raise InputError("n_resamples", "must be 1 or more", n_resamples, "200 is usual.")
    if seed < 0:
        raise InputError("seed", "must be 0 or more", seed, "Any whole number from 0 on will do.")
    if not 0 < level < 1:
        raise InputError("level", "must be above 0 and below 1", level, "Use 0.95.")
