"""The numbers that a lesson says: each is read from a recipe or made from others, never typed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from metrics_core.evaluation import Evaluation
from metrics_core.lessons.parts.marked import Marked
from metrics_core.lessons.parts.recipe import Recipe
from metrics_core.lessons.parts.sources import Recorded, Source
from metrics_core.numeric.arrays import Array
from metrics_core.steps.decision.rounding import round_half_even
from metrics_core.steps.decision.threshold import above

Number = float | int | str


class Computing(Protocol):
    """What a value is computed from; see `metrics_core.lessons.workings.Workings`."""

    def recipe(self, name: str) -> Recipe:
        """The recipe of this name, with the settings of the view."""

    def source(self, name: str) -> Source:
        """Where the data of this name come from."""

    def evaluation(self, name: str) -> Evaluation:
        """The recipe applied to its data."""

    def result(self, name: str) -> float:
        """Its number, as the release prints it where it has one."""

    def value(self, name: str) -> Number:
        """The named value of the lesson."""


MEASURES: dict[str, Callable[[Evaluation], float]] = {
    "total": lambda found: found.total,
    "count": lambda found: found.count,
    "wrong": lambda found: found.count - found.total,
    "distinct": lambda found: len(np.unique(found.decisions)),
    "ones": lambda found: int(np.count_nonzero(found.decisions == 1)),
    "samples": lambda found: found.predictions.n_samples,
    "classes": lambda found: found.predictions.n_classes,
    "outputs": lambda found: found.scores.size,
    "lowest": lambda found: float(found.scores.min()),
    "highest": lambda found: float(found.scores.max()),
    "threshold": lambda found: found.settings.threshold,
    "k": lambda found: found.settings.k,
    "batch_size": lambda found: found.settings.batch_size,
}
"""What can be read from an evaluation, besides its ``result``; ``wrong`` is what does not match."""
NAMES = ("result", *MEASURES, "release")


@dataclass(frozen=True)
class Measure:
    """One number of a recipe; written ``recipe.measure``."""

    recipe: str
    measure: str

    def of(self, workings: Computing) -> Number:
        """The number."""
        recipe = workings.recipe(self.recipe)
        if self.measure == "result":
            return workings.result(self.recipe)
        if self.measure == "release":
            return recipe.release
        if self.measure == "threshold":
            return recipe.settings.threshold
        return _plain(MEASURES[self.measure](workings.evaluation(self.recipe)))


@dataclass(frozen=True)
class Named:
    """Another value of the lesson, by its name."""

    name: str

    def of(self, workings: Computing) -> Number:
        """The number."""
        return workings.value(self.name)


@dataclass(frozen=True)
class Given:
    """A number that the lesson assumes, such as a price: nothing to compute it from."""

    number: float | int

    def of(self, workings: Computing) -> Number:  # noqa: ARG002 - as of every value
        """The number."""
        return self.number


COUNTED: dict[str, Callable[[Array, float], Array]] = {
    "above": above,
    "at_most": lambda scores, number: ~above(scores, number),
    "equal_to": lambda scores, number: scores == np.float32(number),
    "below": lambda scores, number: scores < np.float32(number),
    "rounds_to": lambda scores, number: round_half_even(scores) == number,
}


@dataclass(frozen=True)
class Counted:
    """How many scores of a recipe are above a number, equal to it, and the like."""

    recipe: str
    how: str
    number: float

    def of(self, workings: Computing) -> Number:
        """The count."""
        return int(np.count_nonzero(COUNTED[self.how](self.scores(workings), self.number)))

    def scores(self, workings: Computing) -> Array:
        """What is counted."""
        return workings.evaluation(self.recipe).scores


@dataclass(frozen=True)
class OfSample:
    """The score or label of the first sample with a property, or the ``number`` of them."""

    read: str
    marked: Marked

    def of(self, workings: Computing) -> Number:
        """The number; NaN where no sample has the property."""
        rows = np.flatnonzero(self.marked.rows(workings))
        if self.read == "number":
            return len(rows)
        evaluation = workings.evaluation(self.marked.recipe)
        if not len(rows):
            return math.nan
        if self.read == "score":
            return _plain(float(np.max(evaluation.scores[rows[0]])))
        label = evaluation.predictions.labels[rows[0]]
        return _plain(float(label if np.ndim(label) == 0 else np.argmax(label)))


@dataclass(frozen=True)
class OfRun:
    """What a recorded run printed after an epoch, counted from 0, which is before the first."""

    data: str
    name: str
    epoch: int

    def of(self, workings: Computing) -> Number:
        """The validation accuracy or loss; NaN where the data are no recorded run."""
        source = workings.source(self.data)
        if not isinstance(source, Recorded):
            return math.nan
        printed = source.by_epoch(self.name)
        return float(printed[min(self.epoch, len(printed) - 1)])


def _divided(parts: Sequence[float]) -> float:
    over, under = parts
    return over / under if under else math.nan


OPERATIONS: dict[str, Callable[[Sequence[float]], float]] = {
    "plus": sum,
    "minus": lambda parts: parts[0] - sum(parts[1:]),
    "times": math.prod,
    "over": _divided,
    "power": lambda parts: math.pow(parts[0], parts[1]),
    "log": lambda parts: math.log(parts[0]),
    "round": lambda parts: round(parts[0], int(parts[1])),
}


@dataclass(frozen=True)
class Combined:
    """A few values put together; NaN where the operation has no result."""

    operation: str
    parts: tuple[Value, ...]

    def of(self, workings: Computing) -> Number:
        """The number."""
        parts = [number(each, workings) for each in self.parts]
        try:
            return _plain(OPERATIONS[self.operation](parts))
        except (ArithmeticError, IndexError, ValueError):
            return math.nan


Value = Measure | Named | Given | Counted | OfSample | OfRun | Combined


def number(value: Value, workings: Computing) -> float:
    """A value that must be a number.

    Examples
    --------
    >>> number(Combined("over", (Given(5), Given(6))), None)
    0.8333333333333334
    """
    found = value.of(workings)
    return math.nan if isinstance(found, str) else float(found)


def _plain(found: float) -> Number:
    """Whole numbers without a point, so that texts show ``5``."""
    found = float(found)
    return int(found) if found.is_integer() else found
