"""Steps 1 to 4 of every recipe: for each sample how many of its elements match."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.order import hits_of_order
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.choice import Hits
from metrics_core.reverse.recipes.readings import Reading, activated, readings, zeros_and_ones
from metrics_core.steps import decision as decide
from metrics_core.steps.comparison import equal, equal_output

RULES: tuple[float | None, ...] = (0.5, 0.0, None)
"""Thresholds that are tried; None is rounding."""
SEARCHED = frozenset(
    {
        "accuracy",
        "balanced_accuracy",
        "binary_accuracy",
        "binary_accuracy_rounded",
        "categorical_accuracy",
        "element_accuracy",
        "sparse_categorical_accuracy",
        "sparse_top_k_categorical_accuracy",
        "subset_accuracy",
        "top_k_categorical_accuracy",
    }
)
"""Variants whose matches are counted here, under every reading and activation."""
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
            yield from _of_elements(reading, activations, scores, given.labels, data.kind)
    else:
        yield from _of_classes(data, tries, activations, scores)
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


def rule_choice(
    threshold: float | None, variant: str = "binary_accuracy"
) -> tuple[str, float, int]:
    """The variant, its threshold and the cost of one of `RULES`.

    Examples
    --------
    >>> rule_choice(0.0), rule_choice(None)
    (('binary_accuracy', 0.0, 1), ('binary_accuracy_rounded', 0.5, 1))
    """
    if threshold is None:
        return f"{variant}_rounded", 0.5, costs.DECISION["round"]
    cost = costs.DECISION["threshold"] + (costs.ZERO_THRESHOLD if threshold == 0 else 0)
    return variant, threshold, cost


def _of_one_output(
    tries: list[tuple[Reading, Predictions]], activations: tuple[str, ...], scores: Array
) -> Iterator[Hits]:
    for rule in RULES:
        variant, threshold, cost = rule_choice(rule)
        cost += costs.ACTIVATION[activations]
        decided = (
            decide.round_half_even(scores) if rule is None else decide.above(scores, threshold)
        )
        for reading, given in tries:
            if given.kind != "binary":
                continue
            hits = equal(given.labels, decided)
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


def _of_elements(
    reading: Reading, activations: tuple[str, ...], scores: Array, labels: Array, kind: Kind
) -> Iterator[Hits]:
    """Rows of labels, compared element by element whatever they hold."""
    base = costs.READING[reading.name] + costs.ACTIVATION[activations]
    base += costs.COMPARISON["elements_of_classes" if kind == "one_hot" else "usual"]
    width = scores.shape[1]
    for rule in RULES:
        variant, threshold, cost = rule_choice(rule)
        decided = (
            decide.round_half_even(scores) if rule is None else decide.above(scores, threshold)
        )
        hits = _row_counts(equal(labels, decided))
        yield Hits(
            reading=reading,
            activations=activations,
            variant=variant,
            kind=kind,
            cost=base + cost,
            hits=hits,
            width=width,
            threshold=threshold,
        )
        if rule is not None:
            total = base + cost + costs.COMPARISON["subset"]
            full = hits == width
            yield Hits(
                reading=reading,
                activations=activations,
                variant="subset_accuracy",
                kind=kind,
                cost=total,
                hits=full,
                width=1,
                threshold=threshold,
            )
    if not activations and reading.name == "as_is":
        hits = _row_counts(equal_output(labels, scores))
        yield Hits(
            reading=reading,
            activations=(),
            variant="accuracy",
            kind=kind,
            cost=base + costs.DECISION["none"],
            hits=hits,
            width=width,
        )


def _of_classes(
    data: Predictions,
    tries: list[tuple[Reading, Predictions]],
    activations: tuple[str, ...],
    scores: Array,
) -> Iterator[Hits]:
    """One class a row read as a one-hot row: counted from the row's scores and its own."""
    n_rows, width = scores.shape
    if data.kind == "one_hot" and not zeros_and_ones(data.labels):
        yield from _of_elements(tries[0][0], activations, scores, data.labels, "one_hot")
        tries = tries[1:]
    base = costs.ACTIVATION[activations] + costs.COMPARISON["elements_of_classes"]
    for rule in RULES:
        variant, threshold, cost = rule_choice(rule)
        if rule is None:
            rounded = decide.round_half_even(scores)
            ones, zeros = rounded == 1, rounded == 0
        else:
            ones = decide.above(scores, threshold)
            zeros = ~ones
        zero_counts = _row_counts(zeros)
        for reading, given in tries:
            labels = given.labels.argmax(axis=1) if given.labels.ndim == 2 else given.labels
            inside = (labels >= 0) & (labels < width) & (labels == np.floor(labels))
            own = np.arange(0, n_rows * width, width) + np.where(inside, labels, 0).astype(np.intp)
            gained = ones.reshape(-1)[own].astype(np.int8) - zeros.reshape(-1)[own]
            hits = zero_counts + gained * inside
            total = base + cost + costs.READING[reading.name]
            yield Hits(
                reading=reading,
                activations=activations,
                variant=variant,
                kind="one_hot",
                cost=total,
                hits=hits,
                width=width,
                threshold=threshold,
            )
            if rule is not None:
                total += costs.COMPARISON["subset"]
                full = hits == width
                yield Hits(
                    reading=reading,
                    activations=activations,
                    variant="subset_accuracy",
                    kind="one_hot",
                    cost=total,
                    hits=full,
                    width=1,
                    threshold=threshold,
                )


def _row_counts(marks: Array) -> Array:
    """How many marks each row has."""
    counts = np.einsum("ij->i", marks.view(np.uint8), dtype=np.int32, casting="unsafe")
    return np.asarray(counts)
