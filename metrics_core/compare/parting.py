"""At which step two evaluations of the same samples part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from metrics_core.evaluation import Evaluation
from metrics_core.numeric.arrays import Array
from metrics_core.steps.step import Step

COMPARED = (Step.OUTPUTS, Step.ACTIVATION, Step.DECISION, Step.COMPARISON)
NEVER = 0
_BLOCK = 262_144


@dataclass(frozen=True)
class Parting:
    """In how many samples A and B differ at each step, and where they first do.

    Attributes
    ----------
    differ : tuple of int
        At steps 1 to 4, the samples in which they differ there.
    first : tuple of int
        Never, then at steps 1 to 4, the samples that first differ there.

    Examples
    --------
    >>> from metrics_core.evaluation import evaluate
    >>> from metrics_core.predictions import Predictions
    >>> data = Predictions.of([0, 1, 1], [0.2, 0.7, 0.4])
    >>> a, b = (evaluate(data, "binary_accuracy", threshold=t) for t in (0.5, 0.3))
    >>> Parting.of(a, b).differ, Parting.of(a, b).first
    ((0, 0, 1, 1), (2, 0, 0, 1, 0))
    """

    differ: tuple[int, ...] = (0, 0, 0, 0)
    first: tuple[int, ...] = (0, 0, 0, 0, 0)

    @classmethod
    def empty(cls) -> Self:
        """The state of no samples; merging it changes nothing."""
        return cls()

    @classmethod
    def of(cls, a: Evaluation, b: Evaluation) -> Self:
        """Compare the arrays of every step, block by block."""
        found = cls()
        width = max(a.predictions.n_outputs, b.predictions.n_outputs)
        size = max(1, _BLOCK // width)
        for start in range(0, a.predictions.n_samples, size):
            found = found.merge(cls.of_marks(differences_of(a, b, slice(start, start + size))))
        return found

    @classmethod
    def of_marks(cls, marks: Array) -> Self:
        """The same from `differences_of`."""
        left = np.ones(marks.shape[1], bool)
        first = [0]
        for differ in marks:
            first.append(int(np.count_nonzero(differ & left)))
            left &= ~differ
        first[NEVER] = int(np.count_nonzero(left))
        return cls(tuple(np.count_nonzero(marks, axis=1).tolist()), tuple(first))

    def merge(self, other: Self) -> Self:
        """The counts of both parts together."""
        return type(self)(
            tuple(x + y for x, y in zip(self.differ, other.differ, strict=True)),
            tuple(x + y for x, y in zip(self.first, other.first, strict=True)),
        )

    @property
    def count(self) -> int:
        """All samples."""
        return sum(self.first)

    @property
    def result(self) -> Step | None:
        """The first step at which any sample differs; None where none does."""
        return next((step for step, n in zip(COMPARED, self.differ, strict=True) if n), None)


def parting_step(a: Evaluation, b: Evaluation, index: int) -> Step | None:
    """The first step at which one sample differs; None where it does at none.

    Examples
    --------
    >>> from metrics_core.evaluation import evaluate
    >>> from metrics_core.predictions import Predictions
    >>> data = Predictions.of([0, 1, 1], [0.2, 0.7, 0.4])
    >>> a, b = (evaluate(data, "binary_accuracy", threshold=t) for t in (0.5, 0.3))
    >>> parting_step(a, b, 2).name, parting_step(a, b, 0)
    ('DECISION', None)
    """
    marks = differences_of(a, b, slice(index, index + 1))[:, 0]
    return next((step for step, mark in zip(COMPARED, marks, strict=True) if mark), None)


def differences_of(a: Evaluation, b: Evaluation, rows: slice | Array = slice(None)) -> Array:
    """Whether each sample differs at each of four steps: ``(4, n)``.

    Examples
    --------
    >>> from metrics_core.evaluation import evaluate
    >>> from metrics_core.predictions import Predictions
    >>> data = Predictions.of([0, 1], [0.2, 0.7])
    >>> a, b = (evaluate(data, "binary_accuracy", threshold=t) for t in (0.5, 0.1))
    >>> differences_of(a, b)[2].tolist()
    [True, False]
    """
    one, two = a.only(rows), b.only(rows)
    pairs = (
        (one.predictions.outputs, two.predictions.outputs),
        (one.scores, two.scores),
        (one.decisions, two.decisions),
        (one.matches, two.matches),
    )
    return np.stack([differ(x, y) for x, y in pairs])


def differ(x: Array, y: Array) -> Array:
    """Whether the rows of two arrays differ; NaN equals NaN, another shape differs throughout.

    Examples
    --------
    >>> differ(np.array([0.5, np.nan, 1.0]), np.array([0.5, np.nan, 2.0])).tolist()
    [False, False, True]
    """
    if x.shape != y.shape:
        return np.ones(len(x), bool)
    other = np.asarray(x != y)
    if x.dtype.kind == "f" and y.dtype.kind == "f":
        other &= ~(np.isnan(x) & np.isnan(y))
    return other if other.ndim == 1 else np.asarray(other.any(axis=1))
