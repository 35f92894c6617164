"""Search the recipes for those that give a reported number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Means, Tried
from metrics_core.reverse.candidates.hits import all_hits
from metrics_core.reverse.candidates.metrics.every import Metrics
from metrics_core.reverse.candidates.others import others
from metrics_core.reverse.candidates.sweeps import FreeThreshold, free_thresholds
from metrics_core.reverse.chance import Attainable
from metrics_core.reverse.habits import Habits
from metrics_core.reverse.kinds_tried import Kinds, kinds_tried
from metrics_core.reverse.outside import outside
from metrics_core.reverse.ranking import hit_recipe, nearest, ranked, threshold_recipe, weighed
from metrics_core.reverse.recipes.readings import MOST_PERMUTED
from metrics_core.reverse.recipes.recipe import Recipe
from metrics_core.reverse.reported import Reported, sum_tolerance

_FOR_SWEEPS = 0.25


@dataclass(frozen=True, eq=False, kw_only=True)
class Search:
    """What was found for a reported number.

    Attributes
    ----------
    reported : Reported
        The number, its digits and its interval.
    recipes : tuple of Recipe
        Every recipe that gives it, the most ordinary first. Batch sizes that give it in the same
        way are one recipe.
    nearest : tuple of Recipe
        The five recipes whose values are nearest, where none gives it; else empty.
    thresholds : tuple of FreeThreshold
        All thresholds at once, for each way to count with one: the intervals that give the number,
        and the nearest results that any threshold attains.
    outside : tuple of Message
        Where to look if no recipe gives it; else empty.
    left_out : tuple of Message
        What was not tried, and why.
    habits : Habits
        What the data say about how they are computed with.
    elsewhere : float
        How likely a number that came from elsewhere is to be this one.
    kinds : Kinds or None
        The kinds of calculation that were tried, where none gives it.
    n_tried : int
        Values tried, one for each batch size; free thresholds are not among them.
    n_hits : int
        How many of these give the number.
    """

    reported: Reported
    recipes: tuple[Recipe, ...]
    nearest: tuple[Recipe, ...]
    thresholds: tuple[FreeThreshold, ...]
    outside: tuple[Message, ...]
    left_out: tuple[Message, ...]
    habits: Habits
    elsewhere: float
    kinds: Kinds | None
    n_tried: int
    n_hits: int


def search(
    predictions: Predictions,
    reported: float,
    *,
    digits: int,
    progress: Callable[[float], None] | None = None,
) -> Search:
    """Find every recipe that gives a reported number at the digits that were typed.

    Parameters
    ----------
    predictions : Predictions
    reported : float
        The number as a share, finite; see `parse_reported`.
    digits : int
        Decimals that were typed, 0 to 17.
    progress : callable, optional
        Called with the share that is done, from 0 to 1, never falling.

    Returns
    -------
    Search

    Raises
    ------
    InputError
        If the number or its digits are out of their range.

    Examples
    --------
    >>> data = Predictions.of([0, 1, 1, 1], [-1.0, 0.3, 0.4, 2.0])
    >>> found = search(data, 0.5, digits=4)
    >>> [str(step) for step in found.recipes[0].steps][1:3]
    ['none', '> 0.5']
    >>> [str(step) for step in search(data, 1.0, digits=4).recipes[0].steps][1:3]
    ['none', '> 0']
    """
    number = Reported(float(reported), digits, sum_tolerance(predictions.n_samples))
    return Trials(predictions, progress=progress).search(
        number.value, digits=digits, progress=progress
    )


class Trials:
    """All that is tried on some predictions, computed once for every number that is asked.

    Parameters
    ----------
    predictions : Predictions
    progress : callable, optional
        As in `search`.

    Examples
    --------
    >>> trials = Trials(Predictions.of([0, 1, 1, 1], [-1.0, 0.3, 0.4, 2.0]))
    >>> [trials.search(number, digits=4).recipes[0].variant for number in (0.5, 1.0)]
    ['binary_accuracy', 'binary_accuracy']
    """

    def __init__(
        self, predictions: Predictions, *, progress: Callable[[float], None] | None = None
    ) -> None:
        tell = progress or _silent
        tell(0.0)
        self.predictions = predictions
        self.habits = Habits.of(predictions)
        self.metrics = Metrics(predictions)
        self.tried = weighed(list(_try_all(predictions, tell, self.metrics)), self.habits)

    def search(
        self, reported: float, *, digits: int, progress: Callable[[float], None] | None = None
    ) -> Search:
        """Find every recipe that gives a number; see `search`."""
        tell = progress or _silent
        data, habits, metrics = self.predictions, self.habits, self.metrics
        number = Reported(float(reported), digits, sum_tolerance(data.n_samples))
        near = Attainable.near(number, data.n_samples, data.n_outputs)
        tried = self.tried
        if number.high > 1:
            tried = tried + weighed(list(metrics.above_one()), habits)
        free = []
        for done, swept in free_thresholds(data, number, near):
            free.append(replace(swept, cost=swept.cost + habits.more_of_free(swept)))
            tell(1 - _FOR_SWEEPS * (1 - done))
        free += metrics.free(number, near)
        values = np.concatenate([group.values for group in tried])
        least = near.least(values, np.concatenate([group.costs for group in tried]))
        for swept in free:
            np.minimum(least, swept.cost + swept.least, out=least)
        (hits,) = np.nonzero(number.holds(values))
        ends = np.cumsum([len(group.values) for group in tried])
        some = np.unique(np.searchsorted(ends, hits, side="right")).tolist()
        recipes = [hit_recipe(data, tried[index], number) for index in some]
        recipes += [threshold_recipe(data, swept, number) for swept in free if swept.intervals]
        found = ranked(recipes, near, least, number)
        tell(1.0)
        return Search(
            reported=number,
            recipes=found,
            nearest=() if found else nearest(data, tried, number),
            thresholds=tuple(free),
            outside=() if found else outside(data, number),
            left_out=tuple(_left_out(data, metrics)),
            habits=habits,
            elsewhere=1 / near.count,
            kinds=None if found else kinds_tried(data, tried, free, number),
            n_tried=int(np.count_nonzero(~np.isnan(values))),
            n_hits=len(hits),
        )


def _silent(_: float) -> None:
    pass


def _left_out(data: Predictions, metrics: Metrics) -> list[Message]:
    found = []
    if data.kind != "multi_label" and data.n_classes > MOST_PERMUTED:
        text = Message("Classes in another order are tried for up to {most} classes.")
        found.append(replace(text, values={"most": MOST_PERMUTED}))
    return [*found, *metrics.left_out]


def _try_all(
    data: Predictions, tell: Callable[[float], None], metrics: Metrics | None = None
) -> Iterator[Tried]:
    means = Means(data.n_samples, data.sample_weight)
    for done, choice in all_hits(data):
        tell((1 - _FOR_SWEEPS) * done)
        yield from means.of(choice)
    yield from others(data)
    if metrics is not None:
        yield from metrics.tried(means)
