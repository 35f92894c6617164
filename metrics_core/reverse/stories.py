"""The likely story behind one number, or behind two that should have been the same.

A story is one recipe for each number. It is as likely as its choices are ordinary, each counted
once where both recipes make it: `RARER` times less for each unit of cost. Against all stories
stands the possibility that a number came from elsewhere and is given by chance. The share that a
story has of all this is how far it is believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product

from metrics_core.reverse.candidates.batches import COMMON
from metrics_core.reverse.differences import differing_steps
from metrics_core.reverse.habits import Habits
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.recipe import Recipe
from metrics_core.reverse.search import Search
from metrics_core.reverse.sides import Side, common_sizes, sides_of

_TOLD = 20


@dataclass(frozen=True)
class Story:
    """One recipe for each number.

    Attributes
    ----------
    recipes : tuple of Recipe
    steps : tuple of str
        Where two of them differ.
    cost : int
        How unusual they are together.
    share : float
        How far it is believed, from 0 to 1.
    """

    recipes: tuple[Recipe, ...]
    steps: tuple[str, ...]
    cost: int
    share: float


def stories(first: Search, second: Search | None = None) -> tuple[Story, ...]:
    """The stories of one number or of two, the likeliest first.

    Equally ordinary ones are ordered by the fewest differing steps. Recipes that only write the
    same thing otherwise, such as rounding for a threshold of 0.5, are one story. Of each search
    the 60 most ordinary recipes are considered.

    Returns
    -------
    tuple of Story
        Empty where a number has no recipe.

    Examples
    --------
    >>> from metrics_core.predictions import Predictions
    >>> from metrics_core.reverse.search import search
    >>> labels, outputs = [[1, 0, 0], [0, 1, 0]], [[0.4, 0.3, 0.2], [0.4, 0.3, 0.1]]
    >>> data = Predictions.of(labels, outputs)
    >>> told = stories(search(data, 0.6667, digits=4), search(data, 0.5, digits=4))
    >>> [recipe.variant for recipe in told[0].recipes], told[0].steps
    (['binary_accuracy', 'categorical_accuracy'], ('decision', 'comparison'))
    """
    candidates = [sides_of(each) for each in (first, second) if each is not None]
    best: dict[object, tuple[tuple[int, int, int], tuple[Side, ...]]] = {}
    for sides in product(*candidates):
        entry = (_together(sides, first.habits), sides)
        name = tuple(each.name for each in sides)
        if name not in best or entry[0] < best[name][0]:
            best[name] = entry
    ordered = sorted(best.values(), key=lambda entry: entry[0])
    weights = [_weight(order[0]) for order, _ in ordered]
    total = sum(weights) + _by_chance(
        [first.elsewhere, *([second.elsewhere] if second else [])], candidates
    )
    return tuple(
        _story(sides, order[0], weight / total)
        for weight, (order, sides) in list(zip(weights, ordered, strict=True))[:_TOLD]
    )


def _weight(cost: int) -> float:
    return float(costs.RARER) ** -cost


def _as_one_of_two(recipe: Recipe) -> int:
    """What a metric that is no accuracy costs more where two numbers are compared."""
    return 0 if recipe.row.is_accuracy else costs.OTHER_OF_TWO


def _by_chance(elsewhere: list[float], candidates: list[list[Side]]) -> float:
    """The weight of what the stories leave out: a number, or both, that came from elsewhere."""
    if len(candidates) == 1:
        return elsewhere[0]
    alone = [
        sum(
            {
                each.name: _weight(each.recipe.cost + _as_one_of_two(each.recipe))
                for each in reversed(side)
            }.values()
        )
        for side in candidates
    ]
    return elsewhere[0] * alone[1] + elsewhere[1] * alone[0] + elsewhere[0] * elsewhere[1]


def _together(sides: tuple[Side, ...], habits: Habits) -> tuple[int, int, int]:
    """What recipes cost together, at how many steps they differ, and their ranks."""
    ranks = sum(each.recipe.rank for each in sides)
    if len(sides) == 1 or sides[0].name == sides[1].name:
        return min(each.recipe.cost for each in sides), 0, ranks
    ours, theirs = (each.recipe for each in sides)
    cost = ours.cost + max(0, theirs.cost + habits.by_hand(theirs))
    cost += _as_one_of_two(ours) + _as_one_of_two(theirs)
    if ours.reading == theirs.reading:
        cost -= habits.reading(ours.reading.name)
        if ours.activations == theirs.activations:
            cost -= habits.activation(ours.activations)
            if ours.thresholds and theirs.thresholds and ours.threshold == theirs.threshold:
                cost -= costs.FREE_THRESHOLD + costs.threshold_digits(ours.threshold)
    if ours.weighting == theirs.weighting:
        cost -= costs.WEIGHTING[ours.weighting]
    n_steps = sum(a != b for a, b in zip(sides[0].steps, sides[1].steps, strict=True))
    common = common_sizes(*sides)
    if common:
        cost += _size_cost(common) - _size_cost([ours.batch_size]) - _size_cost([theirs.batch_size])
        n_steps -= sides[0].steps[-1] != sides[1].steps[-1]
    if common or (ours.averaging == theirs.averaging and not ours.batch_sizes):
        cost -= costs.AVERAGING[ours.averaging]
    return cost, n_steps, ranks


def _story(sides: tuple[Side, ...], cost: int, share: float) -> Story:
    recipes = tuple(each.recipe for each in sides)
    if len(recipes) == 1:
        return Story(recipes, (), cost, share)
    if sides[0].name == sides[1].name:
        recipes = (min(recipes, key=lambda recipe: recipe.cost),) * 2
    common = common_sizes(*sides)
    if common:
        size = min(common, key=lambda each: (_size_cost([each]), each))
        recipes = tuple(replace(recipe, batch_size=size) for recipe in recipes)
    return Story(recipes, differing_steps(*recipes), cost, share)


def _size_cost(sizes: Iterable[int]) -> int:
    return min(costs.batch_size(size, COMMON) for size in sizes)
