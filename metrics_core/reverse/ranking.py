"""From what was tried to recipes: those that give the number, in order, and the nearest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.sweeps import FreeThreshold
from metrics_core.reverse.chance import Attainable
from metrics_core.reverse.habits import Habits
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.recipe import IN_BATCHES, Recipe
from metrics_core.reverse.reported import Reported

_N_NEAREST = 5


def hit_recipe(data: Predictions, tried: Tried, number: Reported) -> Recipe:
    """The recipe of the values that hold, with the most ordinary batch size among them."""
    (positions,) = np.nonzero(number.holds(tried.values))
    sizes = tuple(tried.sizes[positions].tolist())
    matter = tried.averaging in IN_BATCHES or tried.weighting == "by_count"
    return replace(
        recipe_of(data, tried, int(positions[tried.costs[positions].argmin()]), number),
        batch_sizes=sizes if matter else (),
    )


def recipe_of(data: Predictions, tried: Tried, position: int, number: Reported) -> Recipe:
    """The recipe of one of the values that were tried, not yet ranked."""
    choice, value = tried.choice, float(tried.values[position])
    return Recipe(
        source=data.kind,
        reading=choice.reading,
        activations=choice.activations,
        variant=choice.variant,
        metric=choice.metric,
        kind=choice.kind,
        threshold=choice.threshold,
        k=choice.k,
        averaging=tried.averaging,
        weighting=tried.weighting,
        batch_size=int(tried.sizes[position]),
        value=value,
        rounded=number.rounded(value),
        cost=int(tried.costs[position]),
    )


def threshold_recipe(data: Predictions, swept: FreeThreshold, number: Reported) -> Recipe:
    """The recipe of a free threshold: of all intervals the one with the plainest threshold."""
    best = min(swept.intervals, key=lambda part: (len(repr(part.threshold)), part.low - part.high))
    return Recipe(
        source=data.kind,
        reading=swept.reading,
        activations=swept.activations,
        variant=swept.variant,
        metric=swept.metric,
        kind=swept.kind,
        threshold=best.threshold,
        weighting=swept.weighting,
        thresholds=swept.intervals,
        value=best.value,
        rounded=number.rounded(best.value),
        cost=swept.cost + costs.threshold_digits(best.threshold),
    )


def weighed(tried: list[Tried], habits: Habits) -> list[Tried]:
    """The same values, each with what its choice costs on these data."""
    found = []
    for group in tried:
        more = habits.more(group.choice, group.averaging, group.choice.threshold)
        found.append(replace(group, costs=np.maximum(group.costs + more, 0)))
    return found


def ranked(
    recipes: list[Recipe], near: Attainable, least: Array, number: Reported
) -> tuple[Recipe, ...]:
    """Order by cost, accuracies first, then distance, and say how likely each is by chance.

    Parameters
    ----------
    recipes : list of Recipe
        All that give the number.
    near : Attainable
    least : ndarray of int
        For each attainable number the least cost of what gives it.
    number : Reported
    """
    ordered = sorted(recipes, key=lambda recipe: _order(recipe, number))
    chances = {cost: near.chance(least, cost) for cost in {recipe.cost for recipe in recipes}}
    return tuple(
        replace(recipe, rank=rank, chance=chances[recipe.cost])
        for rank, recipe in enumerate(ordered, 1)
    )


def _order(recipe: Recipe, number: Reported) -> tuple[int, bool, float]:
    return recipe.cost, not recipe.row.is_accuracy, abs(recipe.value - number.value)


def nearest(data: Predictions, tried: list[Tried], number: Reported) -> tuple[Recipe, ...]:
    """The recipes with the five nearest values; of equally near ones the plainer."""
    distances = []
    for group in tried:
        gaps = np.abs(group.values - number.value)
        if not np.isnan(gaps).all():
            position = int(np.nanargmin(gaps))
            distances.append((float(gaps[position]), int(group.costs[position]), position, group))
    distances.sort(key=lambda entry: entry[:3])
    return tuple(
        recipe_of(data, group, position, number) for _, _, position, group in distances[:_N_NEAREST]
    )
