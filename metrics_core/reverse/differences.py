"""Where two recipes differ: the number that was printed against the number somebody computed."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.catalog.rows import CATALOG
from metrics_core.messages import Message
from metrics_core.reverse.recipes.recipe import Recipe

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


def title_of(recipe: Recipe) -> Message:
    """What the metric of a recipe is called: the mean over the classes is balanced accuracy.

    Examples
    --------
    >>> from metrics_core.reverse.recipes.readings import Reading
    >>> known = {"source": "binary", "reading": Reading("as_is"), "activations": ()}
    >>> known |= {"variant": "binary_accuracy", "kind": "binary"}
    >>> str(title_of(Recipe(**known))), str(title_of(Recipe(**known, averaging="per_class")))
    ('Binary accuracy', 'Balanced accuracy')
    """
    if recipe.averaging == "per_class" and recipe.row.is_accuracy:
        return CATALOG["balanced_accuracy"].title
    return recipe.row.title


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
