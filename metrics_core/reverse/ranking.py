"""From what was tried to recipes: those that give the number, in order, and the nearest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.sweeps import FreeThreshold
from metrics_core.reverse.candidates.thresholds import covered
from metrics_core.reverse.recipes.recipe import Recipe
from metrics_core.reverse.reported import Reported

_N_NEAREST = 5
_AROUND = 50


def hit_recipe(data: Predictions, one: Tried, number: Reported) -> Recipe:
    """The recipe of the values that hold, with the most ordinary batch size among them."""
    (places,) = np.nonzero(number.holds(one.values))
    sizes = tuple(one.sizes[places].tolist())
    matter = one.averaging in ("batch_means", "tail_dropped") or one.weighting == "by_count"
    return replace(
        recipe_of(data, one, int(places[one.costs[places].argmin()]), number),
        batch_sizes=sizes if matter else (),
    )


def recipe_of(data: Predictions, one: Tried, place: int, number: Reported) -> Recipe:
    """The recipe of one of the values that were tried, not yet ranked."""
    made, value = one.made, float(one.values[place])
    return Recipe(
        source=data.kind,
        reading=made.reading,
        activations=made.activations,
        variant=made.variant,
        kind=made.kind,
        threshold=made.threshold,
        k=made.k,
        averaging=one.averaging,
        weighting=one.weighting,
        batch_size=int(one.sizes[place]),
        value=value,
        rounded=number.rounded(value),
        cost=int(one.costs[place]),
    )


def threshold_recipe(data: Predictions, one: FreeThreshold, number: Reported) -> Recipe:
    """The recipe of a free threshold: of all intervals the one with the plainest threshold."""
    best = min(one.intervals, key=lambda part: (len(repr(part.threshold)), part.low - part.high))
    return Recipe(
        source=data.kind,
        reading=one.reading,
        activations=one.activations,
        variant=one.variant,
        kind=one.kind,
        threshold=best.threshold,
        weighting=one.weighting,
        thresholds=one.intervals,
        value=best.value,
        rounded=number.rounded(best.value),
        cost=one.cost,
        chance=one.chance,
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
    ordered = sorted(recipes, key=lambda one: (one.cost, abs(one.value - number.value)))
    found = []
    for rank, one in enumerate(ordered, 1):
        if one.cost not in chances:
            others = np.unique(values[cost <= one.cost])
            chances[one.cost] = covered(others, number.width, low, high)
        chance = max(one.chance, chances[one.cost])
        found.append(replace(one, rank=rank, chance=chance))
    return tuple(found)


def nearest(data: Predictions, tried: list[Tried], number: Reported) -> tuple[Recipe, ...]:
    """The recipes with the five nearest values; of equally near ones the plainer."""
    distances = []
    for one in tried:
        gaps = np.abs(one.values - number.value)
        if not np.isnan(gaps).all():
            place = int(np.nanargmin(gaps))
            distances.append((float(gaps[place]), int(one.costs[place]), place, one))
    distances.sort(key=lambda entry: entry[:3])
    return tuple(recipe_of(data, one, place, number) for _, _, place, one in distances[:_N_NEAREST])
