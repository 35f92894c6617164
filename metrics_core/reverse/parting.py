"""Where two recipes part: the number that was printed against the number somebody computed."""

from __future__ import annotations

from metrics_core.messages import Message
from metrics_core.reverse.recipes.recipe import Recipe
from metrics_core.reverse.search import Search

STEPS = ("data", "activation", "decision", "comparison", "aggregation")
"""The five steps, in the order of `Recipe.steps`."""
_WORDS = {
    "data": "how labels and outputs are read",
    "activation": "the activation",
    "decision": "the decision",
    "comparison": "the comparison",
    "aggregation": "the mean",
}
_CONSIDERED = 50


def parted(first: Recipe, second: Recipe) -> tuple[str, ...]:
    """The steps at which two recipes make another choice, of `STEPS`."""
    pairs = zip(STEPS, first.steps, second.steps, strict=True)
    return tuple(name for name, one, other in pairs if str(one) != str(other))


def part(first: Recipe, second: Recipe) -> Message:
    """Say at which step, or steps, two recipes part.

    Parameters
    ----------
    first, second : Recipe
        Of the number that was printed, and of the number somebody computed.

    Returns
    -------
    Message
        Its values are messages too.

    Examples
    --------
    >>> from metrics_core.reverse.recipes.readings import Reading
    >>> one = Recipe("binary", Reading("as_is"), (), "binary_accuracy", "binary")
    >>> two = Recipe("binary", Reading("as_is"), (), "binary_accuracy", "binary", threshold=0.0)
    >>> str(part(one, two))
    'They part at the decision: > 0.5 against > 0.'
    """
    names = parted(first, second)
    if not names:
        return Message("They do not part: both numbers come from the same recipe.")
    joined: Message | None = None
    for name in names:
        place = STEPS.index(name)
        values: dict[str, object] = {
            "step": Message(_WORDS[name]),
            "first": first.steps[place],
            "second": second.steps[place],
        }
        one = Message("{step}: {first} against {second}", values)
        both = {"before": joined, "then": one}
        joined = one if joined is None else Message("{before}; {then}", both)
    return Message("They part at {steps}.", {"steps": joined})


def closest(first: Search, second: Search) -> tuple[Recipe, Recipe] | None:
    """The recipes of two numbers that part at the fewest steps, then the most ordinary ones.

    Of each search the 50 most ordinary recipes are considered.

    Returns
    -------
    tuple of Recipe, or None
        None where either number has no recipe.
    """
    pairs = (
        (len(parted(one, other)), one.cost + other.cost, one.rank + other.rank, one, other)
        for one in first.recipes[:_CONSIDERED]
        for other in second.recipes[:_CONSIDERED]
    )
    best = min(pairs, key=lambda pair: pair[:3], default=None)
    return None if best is None else (best[3], best[4])
