"""Top-k accuracy for every k, from one ranking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from metrics_core.counting.class_inputs import check_same_classes, column, matrix, weight_column
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.threads import cut, each_block, threads_for
from metrics_core.rules import K
from metrics_core.steps.decision.blocks import blocks
from metrics_core.steps.decision.rank import rank_of_block

_HELD = 65_536
"""Counts of blocks that are held before they are added up."""


@dataclass(frozen=True, eq=False)
class TopK:
    """How many samples have so many classes above the true one.

    Attributes
    ----------
    by_rank : ndarray of int64 or float64, shape (C,)
        At index r the number of samples, or the sum of their weights, in which exactly r scores are
        strictly greater than that of the true class.
    never : int or float
        Those that are in no top k: the label is out of range, or a score is NaN or infinite.

    Examples
    --------
    >>> ranked = TopK.of([2, 1], [[0.5, 0.2, 0.3], [0.3, 0.6, 0.1]])
    >>> ranked.accuracies.tolist()
    [0.5, 1.0, 1.0]
    """

    by_rank: Array
    never: float = 0

    @classmethod
    def empty(cls, n_classes: int) -> Self:
        """The state of no samples; merging it changes nothing."""
        return cls(np.zeros(n_classes, np.int64))

    @classmethod
    def of(
        cls,
        true_class: npt.ArrayLike,
        scores: npt.ArrayLike,
        weights: npt.ArrayLike | None = None,
        *,
        threads: int | None = None,
    ) -> Self:
        """Rank in one pass over blocks that stay in the cache.

        Parameters
        ----------
        true_class : array_like, shape (n,) or (n, 1)
            Class indices; see `decision.rank_of_true_class` for those that are out of
            range and for ties.
        scores : array_like, shape (n, C)
        weights : array_like, shape (n,), optional
            Finite and not negative.
        threads : int, optional
            See `metrics_core.numeric.threads.threads_for`; the counts are the same to the bit.

        Raises
        ------
        InputError
            Where the shapes do not fit, or a weight is not finite or negative.

        Notes
        -----
        Equals ``keras.metrics.TopKCategoricalAccuracy`` and its sparse form for every k. A tie
        counts for the true class; ``sklearn.metrics.top_k_accuracy_score`` lets the highest index
        win instead.

        Examples
        --------
        >>> TopK.of([0], [[0.5, 0.5]], weights=[2.5]).by_rank.tolist()
        [2.5, 0.0]
        """
        outputs = matrix("scores", scores)
        true = column("true_class", true_class, len(outputs))
        weight = weight_column(weights, len(outputs))
        n_ranks = outputs.shape[1] + 1
        counts = np.zeros(n_ranks, np.int64 if weight is None else np.float64)
        n_threads, every = threads_for(outputs.size, threads), blocks(outputs)

        def work(rows: slice) -> Array:
            rank = rank_of_block(outputs[rows], true[rows]).astype(np.intp)
            return np.bincount(rank + 1, None if weight is None else weight[rows], n_ranks)

        for some in cut(len(every), max(2, _HELD // n_ranks)):
            for counted in each_block(work, every[some], n_threads):
                counts += counted
        return cls._frozen(counts[1:], counts[0].item())

    @classmethod
    def _frozen(cls, by_rank: Array, never: float) -> Self:
        by_rank.setflags(write=False)
        return cls(by_rank, never)

    def merge(self, other: Self) -> Self:
        """The state of both parts together.

        Raises
        ------
        InputError
            Where the parts count different numbers of classes.
        """
        check_same_classes(self.n_classes, other.n_classes)
        return self._frozen(self.by_rank + other.by_rank, self.never + other.never)

    @property
    def n_classes(self) -> int:
        """Number of classes."""
        return len(self.by_rank)

    @property
    def count(self) -> float:
        """All samples, or the sum of their weights."""
        return float(self.by_rank.sum() + self.never)

    @property
    def accuracies(self) -> Array:
        """The accuracy for each k from 1 to the number of classes; 0.0 where nothing counts."""
        reached = np.cumsum(self.by_rank, dtype=np.float64)
        return reached / self.count if self.count else reached

    def accuracy(self, k: int) -> float:
        """The share of samples whose true class is among the k highest.

        Parameters
        ----------
        k : int
            0 or more: 0 gives 0.0, more than the number of classes gives the same as that number.

        Raises
        ------
        InputError
            If k is negative or not a whole number.

        Examples
        --------
        >>> TopK.of([1, 0], [[0.9, 0.1], [0.9, 0.1]]).accuracy(1)
        0.5
        """
        K.check(k)
        reached = min(int(k), self.n_classes)
        return float(self.accuracies[reached - 1]) if reached else 0.0

    @property
    def result(self) -> Array:
        """The accuracy for each k, as `accuracies`."""
        return self.accuracies
