"""Areas under the curves of A and of B over the same samples, and how far apart they may be."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from metrics_core.compare.bootstrap import FEWEST, RESAMPLES, Drawn, check
from metrics_core.compare.influence import influences
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.sweep import Sweep, auc, average_precision

MOST_DRAWN = 4096
"""Up to so many scores samples are drawn again; with more, their influences are added up."""
_CHUNK = 50
_Z = 1.959964


@dataclass(frozen=True, eq=False)
class PairedScores:
    """Scores of A and of B with their labels.

    Attributes
    ----------
    a, b : ndarray, shape (n,) or (n, C)
        Scores without NaN. The elements of a row are drawn together.
    positive : ndarray of bool
        The same shape.
    weights : ndarray, shape (n,), or None
        Not negative.

    Examples
    --------
    >>> labels = np.array([False, False, True, True])
    >>> scores = PairedScores(np.array([0.1, 0.4, 0.3, 0.8]), np.array([1, 2, 3, 4.0]), labels)
    >>> scores.values("auc")
    (0.75, 1.0)
    """

    a: Array
    b: Array
    positive: Array
    weights: Array | None = None

    def __post_init__(self) -> None:
        if not self.a.shape == self.b.shape == self.positive.shape:
            raise InputError(
                "b",
                "must have the shape of `a` and of `positive`",
                Message("shapes {a} and {b}", {"a": self.a.shape, "b": self.b.shape}),
                "Join the two sets of outputs first.",
            )

    def merge(self, other: Self) -> Self:
        """The rows of both; a part without weights has 1 for each."""
        weights = None
        if self.weights is not None or other.weights is not None:
            weights = np.concatenate([self._each_weight, other._each_weight])
        return type(self)(
            np.concatenate([self.a, other.a]),
            np.concatenate([self.b, other.b]),
            np.concatenate([self.positive, other.positive]),
            weights,
        )

    @property
    def _each_weight(self) -> Array:
        return np.ones(len(self.a)) if self.weights is None else self.weights

    @property
    def width(self) -> int:
        """Scores of each sample."""
        return self.a.size // max(1, len(self.a))

    def _of_elements(self) -> Array | None:
        weights = self.weights
        return None if weights is None else np.repeat(np.asarray(weights, np.float64), self.width)

    @cached_property
    def sweeps(self) -> tuple[Sweep, Sweep]:
        """The sweep of each."""
        positive, weights = self.positive.reshape(-1), self._of_elements()
        return (
            Sweep.of(self.a.reshape(-1), positive, weights),
            Sweep.of(self.b.reshape(-1), positive, weights),
        )

    @property
    def has_both_labels(self) -> bool:
        """Whether both labels have some weight."""
        each = self.positive if self.weights is None else self.positive[self.weights > 0]
        return bool(each.any()) and not bool(each.all())

    def values(self, area: str) -> tuple[float, float]:
        """An area of A and of B: ``auc`` or ``average_precision``."""
        return self._areas[area]

    @cached_property
    def _areas(self) -> dict[str, tuple[float, float]]:
        a, b = self.sweeps
        return {name: (of(a), of(b)) for name, of in _VALUES.items()}

    def interval(self, area: str, n_resamples: int = RESAMPLES, seed: int = 0) -> Drawn | None:
        """The interval of the area of B less that of A, for 95 of 100.

        Parameters
        ----------
        area : {"auc", "average_precision"}
        n_resamples, seed : int
            Of the draws, where there are at most `MOST_DRAWN` scores.

        Returns
        -------
        Drawn or None
            None for fewer than ten samples, and where a label does not occur.

        Notes
        -----
        Few samples are drawn again with replacement, all that a sample has together; draws that
        lack a label are drawn again. Of many, how much each sample moves the area (its influence)
        gives the same spread without drawing: of the ROC area this is the variance of DeLong,
        DeLong and Clarke-Pearson, Comparing the areas under two or more correlated receiver
        operating characteristic curves, 1988, to the order of 1 in the number of samples.
        """
        check(n_resamples, seed)
        if len(self.a) < FEWEST or not self.has_both_labels:
            return None
        if self.a.size <= MOST_DRAWN:
            return self._drawn(area, n_resamples, seed)
        (a, b), spread = self.values(area), self._spreads[area]
        middle = b - a
        if not spread:
            return Drawn(middle, middle, 1.0 if not middle else 0.0)
        p = math.erfc(abs(middle) / spread / math.sqrt(2))
        return Drawn(middle - _Z * spread, middle + _Z * spread, p)

    def _drawn(self, area: str, n_resamples: int, seed: int) -> Drawn:
        rng = np.random.default_rng(seed)
        n, positive = len(self.a), self.positive.reshape(-1)
        ranked = [_ranked(side.reshape(-1)) for side in (self.a, self.b)]
        weights = self._of_elements()
        found: list[Array] = []
        left = n_resamples
        while left:
            drawn = rng.multinomial(n, np.full(n, 1 / n), size=min(left, _CHUNK))
            times: Array = np.repeat(drawn, self.width, axis=1).astype(np.float64)
            if weights is not None:
                times *= weights
            good = (times[:, positive].sum(axis=1) > 0) & (times[:, ~positive].sum(axis=1) > 0)
            times = times[good]
            a, b = (_OF_TIMES[area](times, positive, *side) for side in ranked)
            found.append(b - a)
            left -= len(times)
        return Drawn.of(np.concatenate(found))

    @cached_property
    def _spreads(self) -> dict[str, float]:
        """Of each area the standard deviation of the difference, from every row's influence."""
        weights, positive = self._of_elements(), self.positive.reshape(-1)
        one, two = (
            influences(
                side.reshape(-1), positive, weights,
                **{name: values[at] for name, values in self._areas.items()},
            )
            for at, side in enumerate((self.a, self.b))
        )  # fmt: skip
        found = {}
        for name, of_a, of_b in zip(_VALUES, one, two, strict=True):
            each = np.subtract(of_b, of_a, out=of_b)
            moves = each if self.width == 1 else each.reshape(len(self.a), -1).sum(axis=1)
            found[name] = math.sqrt(np.square(moves, out=moves).sum())
        return found


def _ranked(scores: Array) -> tuple[Array, Array]:
    """The order from the lowest up, and where each run of equal scores begins in it."""
    order = np.argsort(scores, kind="stable")
    ascending = scores[order]
    return order, np.flatnonzero(np.concatenate([[True], ascending[1:] != ascending[:-1]]))


def _by_score(times: Array, positive: Array, order: Array, starts: Array) -> tuple[Array, Array]:
    """Weight of label 1 and of label 0 at each score, ascending: ``(r, m)``."""
    ones = np.add.reduceat((times * positive)[:, order], starts, axis=1)
    zeros = np.add.reduceat((times * ~positive)[:, order], starts, axis=1)
    return ones, zeros


def _auc(times: Array, positive: Array, order: Array, starts: Array) -> Array:
    ones, zeros = _by_score(times, positive, order, starts)
    below = np.cumsum(zeros, axis=1) - zeros / 2
    return np.asarray((ones * below).sum(axis=1) / (ones.sum(axis=1) * zeros.sum(axis=1)))


def _average_precision(times: Array, positive: Array, order: Array, starts: Array) -> Array:
    ones, zeros = _by_score(times, positive, order, starts)
    found = np.cumsum(ones[:, ::-1], axis=1)[:, ::-1]
    wrong = np.cumsum(zeros[:, ::-1], axis=1)[:, ::-1]
    every = found + wrong
    precision = np.divide(found, every, out=np.zeros_like(found), where=every > 0)
    return np.asarray((ones * precision).sum(axis=1) / ones.sum(axis=1))


_VALUES: Mapping[str, Callable[[Sweep], float]] = {
    "auc": auc,
    "average_precision": average_precision,
}
_OF_TIMES: Mapping[str, Callable[[Array, Array, Array, Array], Array]] = {
    "auc": _auc,
    "average_precision": _average_precision,
}
AREAS = tuple(_VALUES)
