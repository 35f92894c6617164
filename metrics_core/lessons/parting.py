"""Where two recipes part: at which step, and on which sample it can be seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.evaluation import Evaluation
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reverse.recipes.readings import Reading
from metrics_core.reverse.recipes.recipe import Recipe as Found
from metrics_core.steps.step import Step


@dataclass(frozen=True, kw_only=True)
class Parting:
    """What makes two recipes give different numbers.

    Attributes
    ----------
    step : Step
        The first step with another choice that leaves something else behind.
    first, second : Message
        The two choices.
    others : tuple of Step
        Further steps at which they make another choice.
    sample : int or None
        The row to trace: the first that is right under one and wrong under the other, else the
        first that weighs more under one, else the first that is wrong; None where the two are not
        computed on the same samples.
    """

    step: Step
    first: Message
    second: Message
    others: tuple[Step, ...]
    sample: int | None


def parting(workings: Workings, first: str, second: str) -> Parting | None:
    """Compare two recipes of a lesson; None where they are the same.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> found = parting(Workings(lesson("exactly-at-the-threshold")), "above", "at_least")
    >>> found.step.name, str(found.first), str(found.second), found.sample
    ('DECISION', '> 0.5', '≥ 0.5', 3)
    """
    ours, theirs = choices(workings, first), choices(workings, second)
    differing = [step for step in Step if str(ours[step - 1]) != str(theirs[step - 1])]
    if not differing:
        return None
    step = _telling_step(workings, first, second, differing)
    return Parting(
        step=step,
        first=ours[step - 1],
        second=theirs[step - 1],
        others=tuple(each for each in differing if each is not step),
        sample=telling_sample(workings.evaluation(first), workings.evaluation(second)),
    )


def choices(workings: Workings, name: str) -> tuple[Message, ...]:
    """The choice of a recipe at each of the five steps.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> [str(each) for each in choices(Workings(lesson("six-probabilities")), "balanced")][1:]
    ['none', '> 0.5', 'equal to the true class', 'mean of each class, then of the classes']
    """
    recipe, evaluation = workings.recipe(name), workings.evaluation(name)
    settings = recipe.settings
    found = Found(
        source=evaluation.predictions.kind,
        reading=Reading("as_is"),
        activations=() if settings.activation == "none" else (settings.activation,),
        variant=evaluation.variant.name,
        kind=evaluation.predictions.kind,
        threshold=settings.threshold,
        k=settings.k,
        averaging=settings.aggregation or "pooled",  # type: ignore[arg-type]
        weighting="used" if settings.weighted else "ignored",
        batch_size=settings.batch_size,
    )
    _, activation, decision, comparison, aggregation = found.steps
    if recipe.at_least:
        decision = Message("≥ {threshold:g}", {"threshold": settings.threshold})
    title = workings.lesson.data[recipe.data].title
    outputs = Message("{name}", {"name": title or recipe.data})
    if recipe.data in workings.fresh:
        outputs = Message("other data")
    return outputs, activation, decision, comparison, aggregation


def _telling_step(workings: Workings, first: str, second: str, differing: list[Step]) -> Step:
    """The first of the differing steps whose arrays differ; else the last of them."""
    ours, theirs = workings.evaluation(first), workings.evaluation(second)
    for step in differing:
        match step:
            case Step.ACTIVATION:
                same = np.array_equal(ours.scores, theirs.scores)
            case Step.DECISION:
                kinds = {ours.decision.name, theirs.decision.name}
                ranked = len(kinds) > 1 and "rank" in kinds  # a rank is no class
                same = not ranked and np.array_equal(ours.decisions, theirs.decisions)
            case Step.COMPARISON:
                same = np.array_equal(ours.matches, theirs.matches)
            case _:
                same = False
        if not same:
            return step
    return differing[-1]


def telling_sample(first: Evaluation, second: Evaluation) -> int | None:
    """The row that shows best how two evaluations differ; None where the labels are others.

    Examples
    --------
    >>> from metrics_core.evaluation import evaluate
    >>> from metrics_core.predictions import Predictions
    >>> data = Predictions.of([1, 1, 0], [0.9, 0.5, 0.1])
    >>> low, high = (evaluate(data, "binary_accuracy", threshold=t) for t in (0.4, 0.6))
    >>> telling_sample(low, high)
    1
    """
    if not np.array_equal(first.predictions.labels, second.predictions.labels):
        return None
    ours, theirs = first.sample_values(), second.sample_values()
    values = np.abs(ours * 1.0 - theirs)
    weights = np.abs(_share(first) - _share(second))
    for rows in (values, weights, 1.0 - ours):
        finite = np.nan_to_num(rows)
        if finite.max() > 0:
            return int(finite.argmax())
    return 0


def _share(evaluation: Evaluation) -> Array:
    """What every sample weighs, relative to the heaviest."""
    weights = np.zeros(evaluation.predictions.n_samples)
    for factor, part in evaluation.parts:
        each = np.ones(len(weights)) if part is None else np.asarray(part, np.float64)
        weights += factor * (each if each.ndim == 1 else each.mean(axis=1))
    return np.asarray(weights / (weights.max() or 1.0))
