"""The 2 × 2 of right and wrong in A and in B, and how far two sets of decisions agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from metrics_core.compare.proportions import mcnemar, newcombe
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array


@dataclass(frozen=True)
class Paired:
    """How many samples are right in both, in one alone, in neither.

    Attributes
    ----------
    both, only_a, only_b, neither : int

    Examples
    --------
    >>> counted = Paired.of([True, True, False], [True, False, False])
    >>> (counted.both, counted.only_a, counted.only_b, counted.neither)
    (1, 1, 0, 1)
    >>> round(counted.difference, 4), counted.p
    (-0.3333, 1.0)
    """

    both: int = 0
    only_a: int = 0
    only_b: int = 0
    neither: int = 0

    @classmethod
    def empty(cls) -> Self:
        """The state of no samples; merging it changes nothing."""
        return cls()

    @classmethod
    def of(
        cls, right_a: npt.ArrayLike, right_b: npt.ArrayLike, counted: Array | None = None
    ) -> Self:
        """Count in one pass.

        Parameters
        ----------
        right_a, right_b : array_like of bool, shape (n,)
        counted : ndarray of bool, shape (n,), optional
            The samples that count; all by default.

        Raises
        ------
        InputError
            Where the lengths differ.
        """
        a, b = np.asarray(right_a, bool), np.asarray(right_b, bool)
        if a.shape != b.shape or a.ndim != 1:
            raise InputError(
                "right_b",
                "must have the shape of `right_a`, (n,)",
                Message("shapes {a} and {b}", {"a": a.shape, "b": b.shape}),
                "Join the two sets of outputs first.",
            )
        n = len(a)
        if counted is not None:
            a, b, n = a & counted, b & counted, int(np.count_nonzero(counted))
        both = int(np.count_nonzero(a & b))
        only_a, only_b = int(np.count_nonzero(a)) - both, int(np.count_nonzero(b)) - both
        return cls(both, only_a, only_b, n - both - only_a - only_b)

    def merge(self, other: Self) -> Self:
        """The counts of both parts together."""
        return type(self)(
            self.both + other.both,
            self.only_a + other.only_a,
            self.only_b + other.only_b,
            self.neither + other.neither,
        )

    @property
    def count(self) -> int:
        """All samples."""
        return self.both + self.only_a + self.only_b + self.neither

    @property
    def discordant(self) -> int:
        """The samples that are right in one alone."""
        return self.only_a + self.only_b

    @property
    def difference(self) -> float:
        """The share that is right in B less that in A; 0.0 where there are no samples."""
        return (self.only_b - self.only_a) / self.count if self.count else 0.0

    @property
    def result(self) -> float:
        """The difference."""
        return self.difference

    @property
    def interval(self) -> tuple[float, float]:
        """Newcombe's interval of the difference, for 95 of 100."""
        return newcombe(self.both, self.only_a, self.only_b, self.neither)

    @property
    def p(self) -> float:
        """McNemar's exact test."""
        return mcnemar(self.only_a, self.only_b)


def kappa(table: Array) -> float | None:
    """Cohen's kappa: how far two sets of decisions agree beyond chance.

    Parameters
    ----------
    table : ndarray, shape (C, C)
        How often A predicts a class (row) where B predicts another (column), or sums of weights.

    Returns
    -------
    float or None
        1 where they always agree, 0 for chance; None where chance alone would always agree, as
        where both always predict the same class, and where there are no samples.

    Notes
    -----
    J. Cohen, A coefficient of agreement for nominal scales, 1960; equals
    ``sklearn.metrics.cohen_kappa_score``, which gives NaN for None.

    Examples
    --------
    >>> kappa(np.array([[20, 5], [10, 15]])), kappa(np.array([[7, 0], [0, 0]]))
    (0.4, None)
    """
    wide = np.asarray(table, np.float64)
    total = float(wide.sum())
    if not total:
        return None
    agreed = float(np.trace(wide)) / total
    chance = float((wide.sum(axis=0) * wide.sum(axis=1)).sum()) / total**2
    return None if chance == 1.0 else float(round((agreed - chance) / (1.0 - chance), 15))
