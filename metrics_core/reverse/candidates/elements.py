"""Rows of several outputs, compared element by element: how many elements of each match."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.numeric.arrays import Array, zeros_and_ones
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.rules import RULES, rule_choice
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.choice import Hits
from metrics_core.reverse.recipes.readings import Reading
from metrics_core.steps.comparison import equal, equal_output
from metrics_core.steps.decision.rounding import round_half_even
from metrics_core.steps.decision.threshold import above


def hits_of_elements(
    reading: Reading, activations: tuple[str, ...], scores: Array, labels: Array, kind: Kind
) -> Iterator[Hits]:
    """Rows of labels, compared element by element whatever they hold."""
    base = costs.READING[reading.name] + costs.ACTIVATION[activations]
    base += costs.COMPARISON["elements_of_classes" if kind == "one_hot" else "usual"]
    width = scores.shape[1]
    for rule in RULES:
        variant, threshold, cost = rule_choice(rule)
        predicted = round_half_even(scores) if rule is None else above(scores, threshold)
        hits = _row_counts(equal(labels, predicted))
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


def hits_of_classes(
    data: Predictions,
    tries: list[tuple[Reading, Predictions]],
    activations: tuple[str, ...],
    scores: Array,
) -> Iterator[Hits]:
    """Class indices read as one-hot rows: counted from the scores of a row and of its class."""
    n_rows, width = scores.shape
    if data.kind == "one_hot" and not zeros_and_ones(data.labels):
        yield from hits_of_elements(tries[0][0], activations, scores, data.labels, "one_hot")
        tries = tries[1:]
    base = costs.ACTIVATION[activations] + costs.COMPARISON["elements_of_classes"]
    if data.kind == "one_hot" and not activations and zeros_and_ones(data.labels):
        yield Hits(
            reading=Reading("as_is"),
            activations=(),
            variant="accuracy",
            kind="one_hot",
            cost=base + costs.DECISION["none"],
            hits=_row_counts(equal_output(data.labels, scores)),
            width=width,
        )
    for rule in RULES:
        variant, threshold, cost = rule_choice(rule)
        if rule is None:
            rounded = round_half_even(scores)
            ones, zeros = rounded == 1, rounded == 0
        else:
            ones = above(scores, threshold)
            zeros = ~ones
        zero_counts = _row_counts(zeros)
        for reading, given in tries:
            labels = given.labels.argmax(axis=1) if given.labels.ndim == 2 else given.labels
            inside = (labels >= 0) & (labels < width) & (labels == np.floor(labels))
            true_cells = np.arange(0, n_rows * width, width) + np.where(inside, labels, 0).astype(
                np.intp
            )
            gained = ones.reshape(-1)[true_cells].astype(np.int8) - zeros.reshape(-1)[true_cells]
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
