"""Steps 1 to 4 of every recipe: for each sample how many of its elements match."""

from __future__ import annotations

from collections.abc import Iterator

from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.elements import hits_of_classes, hits_of_elements
from metrics_core.reverse.candidates.order import hits_of_order
from metrics_core.reverse.candidates.rules import RULES, rule_choice
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.choice import Hits
from metrics_core.reverse.recipes.readings import Reading, activated, readings
from metrics_core.steps.comparison import equal, equal_output
from metrics_core.steps.decision.rounding import round_half_even
from metrics_core.steps.decision.threshold import above

_PACE = 0.97


def activations_for(data: Predictions) -> list[tuple[str, ...]]:
    """What can be done to the outputs; undoing a sigmoid only where all are from 0 to 1."""
    if data.kind == "class_indices":
        return [()]
    outputs = data.outputs
    unit = bool(outputs.min() >= 0 and outputs.max() <= 1)
    tries: list[tuple[str, ...]] = [(), ("sigmoid",), ("softmax",), ("sigmoid", "sigmoid")]
    tries += [("softmax", "softmax")] if data.n_outputs > 1 else []
    return tries + ([("logit",)] if unit and outputs.dtype.kind == "f" else [])


def all_hits(data: Predictions) -> Iterator[tuple[float, Hits]]:
    """Every choice at steps 1 to 4, each with the share of the work that is done by then."""
    tries = [(reading, reading.read(data)) for reading in readings(data)]
    ways = activations_for(data)
    plain: dict[str, Array] = {}
    for number, activations in enumerate(ways):
        scores = activated(data.outputs, activations)
        left = 1.0
        for choice in _of_activation(data, tries, activations, scores, plain):
            left *= _PACE
            yield (number + 1 - left) / len(ways), choice


def _of_activation(
    data: Predictions,
    tries: list[tuple[Reading, Predictions]],
    activations: tuple[str, ...],
    scores: Array,
    plain: dict[str, Array],
) -> Iterator[Hits]:
    if data.kind == "class_indices":
        yield from _of_indices(tries)
    elif data.kind == "binary":
        yield from _of_one_output(tries, activations, scores)
    elif data.kind == "multi_label":
        for reading, given in tries:
            yield from hits_of_elements(reading, activations, scores, given.labels, data.kind)
    else:
        yield from hits_of_classes(data, tries, activations, scores)
    if data.n_outputs > 1:
        yield from hits_of_order(data, tries, activations, scores, plain)


def _of_indices(tries: list[tuple[Reading, Predictions]]) -> Iterator[Hits]:
    for reading, given in tries:
        hits = equal_output(given.labels, given.outputs)
        cost = costs.READING[reading.name]
        usual = given.labels if reading.name == "as_is" else None
        yield Hits(
            reading=reading,
            activations=(),
            variant="accuracy",
            kind="class_indices",
            cost=cost,
            hits=hits,
            true_class=usual,
        )


def _of_one_output(
    tries: list[tuple[Reading, Predictions]], activations: tuple[str, ...], scores: Array
) -> Iterator[Hits]:
    for rule in RULES:
        variant, threshold, cost = rule_choice(rule)
        cost += costs.ACTIVATION[activations]
        predicted = round_half_even(scores) if rule is None else above(scores, threshold)
        for reading, given in tries:
            if given.kind != "binary":
                continue
            hits = equal(given.labels, predicted)
            usual = given.labels if reading.name in ("as_is", "signs") else None
            total = cost + costs.READING[reading.name]
            yield Hits(
                reading=reading,
                activations=activations,
                variant=variant,
                kind="binary",
                cost=total,
                hits=hits,
                width=1,
                threshold=threshold,
                k=5,
                true_class=usual,
            )
    if activations:
        return
    for reading, given in tries:
        cost = costs.READING[reading.name]
        if reading.name == "as_is":
            hits = equal_output(given.labels, scores)
            yield Hits(
                reading=reading,
                activations=(),
                variant="accuracy",
                kind="binary",
                cost=cost + costs.DECISION["none"],
                hits=hits,
            )
        elif given.kind == "class_indices":
            hits = equal_output(given.labels, given.outputs)
            yield Hits(
                reading=reading,
                activations=(),
                variant="accuracy",
                kind="class_indices",
                cost=cost,
                hits=hits,
            )
