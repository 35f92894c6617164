"""One mean for each true class, then the mean of the classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.numeric.class_rows import ClassRows, class_rows_of
from metrics_core.steps.aggregation.mean import Mean
from metrics_core.steps.aggregation.total import Total


@dataclass(frozen=True, eq=False)
class PerClassMean:
    """One mean for each true class, then the mean of those classes that occur ("balanced").

    Attributes
    ----------
    classes : ndarray, shape (m,)
        The labels that occurred, sorted.
    means : tuple of Mean
        Their states, in the same order.

    Notes
    -----
    Equals ``sklearn.metrics.balanced_accuracy_score``.

    Examples
    --------
    >>> state = PerClassMean.of(np.array([True, True, True, False]), np.array([0, 0, 0, 1]))
    >>> state.result
    0.5
    """

    classes: Array
    means: tuple[Mean, ...]

    @classmethod
    def empty(cls) -> Self:
        """The state of no samples; merging it changes nothing."""
        return cls(np.empty(0), ())

    @classmethod
    def of(
        cls,
        values: Array,
        true_class: Array,
        weights: Array | None = None,
        *,
        places: ClassRows | None = None,
    ) -> Self:
        """State of one array of values ``(n,)`` with the true class of each.

        `places` is what `class_rows_of` makes of `true_class`, where a caller has it already.
        """
        places = class_rows_of(true_class) if places is None else places
        if weights is None and values.dtype.kind == "b":
            pairs = zip(places.matches(values), places.counts.tolist(), strict=True)
            means = tuple(Mean(Total(float(t)), Total(float(c))) for t, c in pairs)
            return cls(places.classes, means)
        means = tuple(
            Mean.of(values[rows], None if weights is None else weights[rows])
            for rows in places.rows()
        )
        return cls(places.classes, means)

    def merge(self, other: Self) -> Self:
        """The state of both parts together; classes are matched by label."""
        if not self.means or not other.means:
            return self if self.means else other
        both = np.concatenate([self.classes, other.classes])
        classes, positions = np.unique(both, return_inverse=True)
        means = [Mean()] * len(classes)
        for position, mean in zip(positions.tolist(), self.means + other.means, strict=True):
            means[position] = means[position].merge(mean)
        return type(self)(classes, tuple(means))

    @property
    def result(self) -> float:
        """The mean over the classes that have weight; 0.0 where none has."""
        results = [mean.result for mean in self.means if mean.count.value > 0]
        return Total.of(np.array(results)).value / len(results) if results else 0.0

    @property
    def total(self) -> Total:
        """The sum of the classes' means."""
        return Total.of(np.array([mean.result for mean in self.means if mean.count.value > 0]))

    @property
    def count(self) -> Total:
        """How many classes have weight."""
        return Total(float(sum(mean.count.value > 0 for mean in self.means)))
