"""The kinds of calculation that were tried, in words, for a number that none of them gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.sweeps import FreeThreshold
from metrics_core.reverse.differences import title_of
from metrics_core.reverse.ranking import recipe_of
from metrics_core.reverse.recipes import words
from metrics_core.reverse.reported import Reported

_ANY_THRESHOLD = Message("> any threshold")


@dataclass(frozen=True)
class Kinds:
    """What was tried at each step, each choice once.

    Attributes
    ----------
    metrics, readings, activations, decisions, averages : tuple of Message
    """

    metrics: tuple[Message, ...]
    readings: tuple[Message, ...]
    activations: tuple[Message, ...]
    decisions: tuple[Message, ...]
    averages: tuple[Message, ...]


def kinds_tried(
    data: Predictions, tried: Iterable[Tried], free: Sequence[FreeThreshold], number: Reported
) -> Kinds:
    """Name every metric, reading, activation, decision and average that was tried.

    Batch sizes and the k of the top k are not counted up: each kind is named once.
    """
    recipes: dict[object, Tried] = {}
    for group in tried:
        choice = group.choice
        way = (choice.variant, choice.threshold, choice.reading.name, choice.activations)
        recipes.setdefault((*way, group.averaging, group.weighting), group)
    steps = []
    for group in recipes.values():
        recipe = recipe_of(data, group, 0, number)
        steps.append((title_of(recipe), *recipe.steps))
    metrics, readings, activations, decisions, _, averages = zip(*steps, strict=True)
    more = [words.ACTIVATIONS[swept.activations] for swept in free]
    return Kinds(
        metrics=_each_once(metrics),
        readings=_each_once(readings),
        activations=_each_once([*activations, *more]),
        decisions=_each_once([*decisions, *([_ANY_THRESHOLD] if free else [])]),
        averages=_each_once(averages),
    )


def _each_once(messages: Iterable[Message]) -> tuple[Message, ...]:
    return tuple({str(message): message for message in messages}.values())
