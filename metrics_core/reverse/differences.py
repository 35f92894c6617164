"""Where two recipes differ: the number that was printed against the number somebody computed."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from metrics_core.messages import Message
from metrics_core.reverse.recipes.recipe import Recipe
from metrics_core.reverse.search import Search

_SENTENCES = {
    "data": Message("They differ in how labels and outputs are read: {first} against {second}."),
    "activation": Message("They differ in the activation step: {first} against {second}."),
    "decision": Message("They differ in the decision step: {first} against {second}."),
    "comparison": Message("They differ in the comparison step: {first} against {second}."),
    "aggregation": Message("They differ in the aggregation step: {first} against {second}."),
}
STEPS = tuple(_SENTENCES)
"""The five steps, in the order of `Recipe.steps`."""
_SAME = Message("They do not differ: both numbers come from the same recipe.")
_CONSIDERED = 50


def differing_steps(first: Recipe, second: Recipe) -> tuple[str, ...]:
    """The steps at which two recipes make another choice, of `STEPS`."""
    choices = zip(STEPS, first.steps, second.steps, strict=True)
    return tuple(name for name, ours, theirs in choices if str(ours) != str(theirs))


def differences(first: Recipe, second: Recipe) -> tuple[Message, ...]:
    """Say how two recipes differ, one sentence for each step at which they do.

    Parameters
    ----------
    first, second : Recipe
        Of the number that was printed, and of the number somebody computed.

    Returns
    -------
    tuple of Message
        At least one; their values are messages too.

    Examples
    --------
    >>> from metrics_core.reverse.recipes.readings import Reading
    >>> known = {"source": "binary", "reading": Reading("as_is"), "activations": ()}
    >>> known |= {"variant": "binary_accuracy", "kind": "binary"}
    >>> [str(each) for each in differences(Recipe(**known), Recipe(**known, threshold=0.0))]
    ['They differ in the decision step: > 0.5 against > 0.']
    """
    names = differing_steps(first, second)
    if not names:
        return (_SAME,)
    choices = zip(STEPS, first.steps, second.steps, strict=True)
    return tuple(
        replace(_SENTENCES[name], values={"first": ours, "second": theirs})
        for name, ours, theirs in choices
        if name in names
    )


def closest(first: Search, second: Search) -> tuple[Recipe, Recipe] | None:
    """The recipes of two numbers that differ at the fewest steps, then the most ordinary ones.

    Of each search the 50 most ordinary recipes are considered.

    Returns
    -------
    tuple of Recipe, or None
        None where either number has no recipe.
    """
    return min(
        product(first.recipes[:_CONSIDERED], second.recipes[:_CONSIDERED]), key=_apart, default=None
    )


def _apart(pair: tuple[Recipe, Recipe]) -> tuple[int, int, int]:
    """How many steps differ, then how unusual both recipes are."""
    ours, theirs = pair
    n_steps = len(differing_steps(ours, theirs))
    return n_steps, ours.cost + theirs.cost, ours.rank + theirs.rank
