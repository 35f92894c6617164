"""One sample's way through a recipe, in the words of the recipe."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message
from metrics_core.steps.choices.sample import bracket, match_equation, number, verdict
from metrics_core.trace import Trace, trace


def traced(workings: Workings, name: str, index: int) -> Trace:
    """The trace of a sample; where a recipe counts the threshold itself as class 1, it says so.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> found = traced(Workings(lesson("exactly-at-the-threshold")), "at_least", 3)
    >>> str(found.sentence)
    '0.5000 is at least 0.5, so class 1; the label is 0: wrong'
    """
    recipe = workings.recipe(name)
    found = trace(workings.evaluation(name), index)
    if not recipe.at_least or found.activated.ndim:
        return found
    threshold = recipe.settings.threshold
    values: dict[str, object] = {
        "score": number(found.activated[()], threshold),
        "threshold": f"{threshold:g}",
        "label": number(found.label[()], float(found.decided)),
        "verdict": verdict(found.compared),
    }
    said = Message(
        "{score} is at least {threshold}, so class 1; the label is {label}: {verdict}", values
    )
    if not found.decided:
        said = Message(
            "{score} is below {threshold}, so class 0; the label is {label}: {verdict}", values
        )
    condition = rf"{values['score']} \geq {values['threshold']}"
    claim = f"{values['label']} = {bracket(condition)}"
    return replace(found, sentence=said, equation=match_equation(claim, found.compared))
