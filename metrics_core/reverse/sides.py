"""One side of a story: the most ordinary recipes of a number, each story once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from metrics_core.reverse.candidates.batches import COMMON
from metrics_core.reverse.recipes.recipe import Recipe
from metrics_core.reverse.search import Search

_CONSIDERED = 60
_SAME_ELEMENTS = {
    "binary_accuracy_rounded": "binary_accuracy",
    "element_accuracy": "binary_accuracy",
}


@dataclass(frozen=True, eq=False)
class Side:
    """A recipe as one side of a story.

    Attributes
    ----------
    recipe : Recipe
    steps : tuple of str
        In words.
    name : object
        Equal for all recipes that are the same story.
    sizes : frozenset of int
        The common batch sizes that give the number, and the plainest of all.
    """

    recipe: Recipe
    steps: tuple[str, ...]
    name: object
    sizes: frozenset[int]


def sides_of(found: Search) -> list[Side]:
    """The most ordinary recipes of a number.

    A mean of batches is no story of its own where the mean of all prints the same.
    """
    pooled = {_choices(recipe): recipe for recipe in found.recipes if recipe.averaging == "pooled"}
    sides = []
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
        sides.append(Side(recipe, tuple(map(str, recipe.steps)), name, sizes))
    return sides


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
    as_plain = [
        replace(recipe, cost=least[_value_of(recipe)])
        if plainest.get(_value_of(recipe)) is recipe
        else recipe
        for recipe in kept
    ]
    return sorted(as_plain, key=lambda recipe: (recipe.cost, recipe.rank))


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


def common_sizes(ours: Side, theirs: Side) -> frozenset[int]:
    """The common batch sizes that give both numbers, where both are the same mean of batches."""
    same = ours.recipe.averaging == theirs.recipe.averaging
    return ours.sizes & theirs.sizes if same else frozenset()
