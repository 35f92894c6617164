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
    n_distinct, n_distinct_hits : int
        How many different values these are, to twelve decimals.
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
    n_distinct: int
    n_distinct_hits: int

    @property
    def share(self) -> float:
        """The share of the different values tried that fell in the interval."""
        return self.n_distinct_hits / self.n_distinct if self.n_distinct else 0.0


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
        The number as a share, finite, 0 or more; see `parse_reported`.
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
    tell = progress or (lambda _: None)
    tell(0.0)
    habits = Habits.of(predictions)
    near = Attainable.near(number, predictions.n_samples, predictions.n_outputs)
    metrics = Metrics(predictions, above=number.high > 1)
    tried = weighed(list(_try_all(predictions, tell, metrics)), habits)
    free = []
    for done, swept in free_thresholds(predictions, number, near):
        free.append(replace(swept, cost=swept.cost + habits.more_of_free(swept)))
        tell(1 - _FOR_SWEEPS * (1 - done))
    free += metrics.free(number, near)
    values = np.concatenate([group.values for group in tried])
    cost = np.concatenate([group.costs for group in tried])
    recipes = [
        hit_recipe(predictions, group, number)
        for group in tried
        if number.holds(group.values).any()
    ]
    recipes += [threshold_recipe(predictions, swept, number) for swept in free if swept.intervals]
    least = [near.least(values, cost), *(swept.cost + swept.least for swept in free)]
    found = ranked(recipes, near, np.minimum.reduce(least), number)
    distinct = np.unique(values[~np.isnan(values)].round(12))
    left_out = []
    if predictions.kind != "multi_label" and predictions.n_classes > MOST_PERMUTED:
        left_out.append(
            Message(
                "Classes in another order are tried for up to {most} classes.",
                {"most": MOST_PERMUTED},
            )
        )
    left_out += metrics.left_out
    tell(1.0)
    return Search(
        reported=number,
        recipes=found,
        nearest=() if found else nearest(predictions, tried, number),
        thresholds=tuple(free),
        outside=() if found else outside(predictions, number),
        left_out=tuple(left_out),
        habits=habits,
        elsewhere=1 / near.count,
        kinds=None if found else kinds_tried(predictions, tried, free, number),
        n_tried=int(np.count_nonzero(~np.isnan(values))),
        n_hits=int(np.count_nonzero(number.holds(values))),
        n_distinct=len(distinct),
        n_distinct_hits=int(np.count_nonzero(number.holds(distinct))),
    )


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
