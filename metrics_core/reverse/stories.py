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

_CONSIDERED, _TOLD = 60, 20
_SAME_ELEMENTS = {
    "binary_accuracy_rounded": "binary_accuracy",
    "element_accuracy": "binary_accuracy",
}


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
    sides = [_told(each) for each in (first, second) if each is not None]
    best: dict[object, tuple[tuple[int, int, int], tuple[_Told, ...]]] = {}
    for told in product(*sides):
        entry = (_together(told, first.habits), told)
        name = tuple(each.name for each in told)
        if name not in best or entry[0] < best[name][0]:
            best[name] = entry
    ordered = sorted(best.values(), key=lambda entry: entry[0])
    weights = [_weight(order[0]) for order, _ in ordered]
    total = sum(weights) + _by_chance(
        [first.elsewhere, *([second.elsewhere] if second else [])], sides
    )
    return tuple(
        _story(told, order[0], weight / total)
        for weight, (order, told) in list(zip(weights, ordered, strict=True))[:_TOLD]
    )


@dataclass(frozen=True, eq=False)
class _Told:
    """A recipe, its steps in words, and what it shares with those that are the same story."""

    recipe: Recipe
    steps: tuple[str, ...]
    name: object
    sizes: frozenset[int]


def _told(found: Search) -> list[_Told]:
    """The most ordinary recipes of a number.

    A mean of batches is no story of its own where the mean of all prints the same.
    """
    pooled = {_choices(one): one for one in found.recipes if one.averaging == "pooled"}
    told = []
    for recipe in _without_synonyms(found.recipes)[:_CONSIDERED]:
        plain = pooled.get(_choices(recipe), recipe) if recipe.batch_sizes else recipe
        name = (
            plain.reading,
            _SAME_ELEMENTS.get(plain.variant, plain.variant),
            round(plain.value, 12),
            plain.averaging,
            plain.weighting,
            bool(plain.thresholds),
        )
        sizes: frozenset[int] = frozenset()
        if recipe.batch_sizes:
            sizes = COMMON.intersection(recipe.batch_sizes) | {recipe.batch_size}
        told.append(_Told(recipe, tuple(map(str, recipe.steps)), name, sizes))
    return told


def _without_synonyms(recipes: tuple[Recipe, ...]) -> list[Recipe]:
    """The recipes without those that are an accuracy under another name, as macro recall is.

    The accuracy is then as ordinary as the most ordinary of its names.
    """
    least: dict[object, int] = {}
    plainest: dict[object, Recipe] = {}
    for recipe in recipes:
        value = _value_of(recipe)
        least.setdefault(value, recipe.cost)
        if recipe.row.is_accuracy:
            plainest.setdefault(value, recipe)
    kept = [recipe for recipe in recipes if recipe.row.is_accuracy]
    kept += [recipe for recipe in recipes if _value_of(recipe) not in plainest]
    told = [
        replace(recipe, cost=least[_value_of(recipe)])
        if plainest.get(_value_of(recipe)) is recipe
        else recipe
        for recipe in kept
    ]
    return sorted(told, key=lambda recipe: (recipe.cost, recipe.rank))


def _value_of(recipe: Recipe) -> object:
    return round(recipe.value, 12), recipe.reading, recipe.weighting


def _choices(recipe: Recipe) -> object:
    """Everything but the mean."""
    return (
        recipe.reading,
        recipe.activations,
        recipe.variant,
        recipe.threshold,
        recipe.k,
        recipe.weighting,
        bool(recipe.thresholds),
    )


def _weight(cost: int) -> float:
    return float(costs.RARER) ** -cost


def _as_one_of_two(recipe: Recipe) -> int:
    """What a metric that is no accuracy costs more where two numbers are compared."""
    return 0 if recipe.row.is_accuracy else costs.OTHER_OF_TWO


def _by_chance(elsewhere: list[float], sides: list[list[_Told]]) -> float:
    """The weight of what the stories leave out: a number, or both, that came from elsewhere."""
    if len(sides) == 1:
        return elsewhere[0]
    alone = [
        sum(
            {
                each.name: _weight(each.recipe.cost + _as_one_of_two(each.recipe))
                for each in reversed(side)
            }.values()
        )
        for side in sides
    ]
    return elsewhere[0] * alone[1] + elsewhere[1] * alone[0] + elsewhere[0] * elsewhere[1]


def _together(told: tuple[_Told, ...], habits: Habits) -> tuple[int, int, int]:
    """What recipes cost together, at how many steps they differ, and their ranks."""
    ranks = sum(each.recipe.rank for each in told)
    if len(told) == 1 or told[0].name == told[1].name:
        return min(each.recipe.cost for each in told), 0, ranks
    ours, theirs = (each.recipe for each in told)
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
    n_steps = sum(a != b for a, b in zip(told[0].steps, told[1].steps, strict=True))
    common = _common_sizes(*told)
    if common:
        cost += _size_cost(common) - _size_cost([ours.batch_size]) - _size_cost([theirs.batch_size])
        n_steps -= told[0].steps[-1] != told[1].steps[-1]
    if common or (ours.averaging == theirs.averaging and not ours.batch_sizes):
        cost -= costs.AVERAGING[ours.averaging]
    return cost, n_steps, ranks


def _common_sizes(ours: _Told, theirs: _Told) -> frozenset[int]:
    """The common batch sizes that give both numbers, where both are the same mean of batches."""
    same = ours.recipe.averaging == theirs.recipe.averaging
    return ours.sizes & theirs.sizes if same else frozenset()


def _story(told: tuple[_Told, ...], cost: int, share: float) -> Story:
    recipes = tuple(each.recipe for each in told)
    if len(recipes) == 1:
        return Story(recipes, (), cost, share)
    if told[0].name == told[1].name:
        recipes = (min(recipes, key=lambda recipe: recipe.cost),) * 2
    common = _common_sizes(*told)
    if common:
        size = min(common, key=lambda each: (_size_cost([each]), each))
        recipes = tuple(replace(recipe, batch_size=size) for recipe in recipes)
    return Story(recipes, differing_steps(*recipes), cost, share)


def _size_cost(sizes: Iterable[int]) -> int:
    return min(costs.batch_size(size, COMMON) for size in sizes)
