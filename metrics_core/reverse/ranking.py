"""From what was tried to recipes: those that give the number, in order, and the nearest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.sweeps import FreeThreshold
from metrics_core.reverse.candidates.thresholds import covered
from metrics_core.reverse.recipes.recipe import IN_BATCHES, Recipe
from metrics_core.reverse.reported import Reported

_N_NEAREST = 5
_AROUND = 50


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
        cost=swept.cost,
        chance=swept.chance,
    )


def ranked(
    recipes: list[Recipe], values: Array, cost: Array, number: Reported
) -> tuple[Recipe, ...]:
    """Order by cost, then by distance, and say of each how likely it is by chance."""
    low = max(0.0, number.low - _AROUND * number.width)
    high = max(min(1.0, number.high + _AROUND * number.width), low + number.width)
    near = (values >= low - number.width) & (values <= high + number.width)
    near &= ~number.holds(values)
    values, cost = values[near], cost[near]
    chances: dict[int, float] = {}
    ordered = sorted(recipes, key=lambda recipe: (recipe.cost, abs(recipe.value - number.value)))
    found = []
    for rank, recipe in enumerate(ordered, 1):
        if recipe.cost not in chances:
            nearby = np.unique(values[cost <= recipe.cost])
            chances[recipe.cost] = covered(nearby, number.width, low, high)
        chance = max(recipe.chance, chances[recipe.cost])
        found.append(replace(recipe, rank=rank, chance=chance))
    return tuple(found)


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
