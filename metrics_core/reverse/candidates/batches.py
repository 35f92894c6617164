"""Step 5 of every recipe: all means of the matches, for all batch sizes at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.choice import Hits
from metrics_core.reverse.recipes.recipe import Averaging, Weighting
from metrics_core.steps.aggregation.per_class import PerClassMean

ALL_TO = 4096
"""Every batch size up to this is tried, and the common ones beyond."""
COMMON = frozenset(
    [2**power for power in range(15)]
    + [factor * 10**power for factor in (1, 2, 5) for power in range(5)]
    + [12, 24, 25, 48, 60, 96, 192, 250, 300, 384, 400, 600]
)
MOST_K = 10
"""Batches are tried with top-k up to this k."""
MOST_COST = 2
"""Weighted batches are tried with choices at steps 1 to 4 up to this cost, at the common sizes."""
_EVEN = 1e6


@dataclass(frozen=True, eq=False, kw_only=True)
class Tried:
    """The values of one choice at steps 1 to 4 under one kind of mean.

    Attributes
    ----------
    choice : Hits
    averaging, weighting : str
        As in `Recipe`.
    values : ndarray of float64, shape (m,)
        NaN where nothing is left to divide by.
    sizes : ndarray of int64, shape (m,)
        The batch size of each value; 32 where batches do not matter.
    costs : ndarray of int, shape (m,)
        Of the whole recipe.
    """

    choice: Hits
    averaging: Averaging
    weighting: Weighting
    values: Array
    sizes: Array
    costs: Array


class Means:
    """All kinds of mean over one set of samples; what depends on the weights is computed once.

    Examples
    --------
    >>> from metrics_core.reverse.recipes.readings import Reading
    >>> how = {"reading": Reading("as_is"), "activations": (), "variant": "accuracy"}
    >>> choice = Hits(**how, kind="binary", cost=0, hits=np.array([True, True, False]))
    >>> tried = list(Means(3, None).of(choice))
    >>> [(mean.averaging, mean.sizes.tolist(), mean.values.round(4).tolist()) for mean in tried[1:]]
    [('batch_means', [2], [0.5]), ('tail_dropped', [2], [1.0])]
    """

    def __init__(self, n_samples: int, sample_weight: Array | None) -> None:
        common = np.array(sorted(COMMON))
        sizes = np.union1d(np.arange(1, min(n_samples, ALL_TO + 1)), common[common < n_samples])
        self.n_samples = n_samples
        self.sizes = sizes[n_samples % sizes != 0]
        self._full = n_samples // self.sizes
        self._tail = n_samples - self._full * self.sizes
        self._size_costs = size_costs(self.sizes)
        self.weight = None if sample_weight is None else sample_weight.astype(np.float64)
        if self.weight is not None:
            self._weighted_sizes = common[common < n_samples]
            self._weights_before = _running(self.weight)
            least = self.weight[self.weight > 0].min(initial=np.inf)
            self._uneven = bool(self.weight.max() > _EVEN * least)
            self._batches = [self._batch_weights(size) for size in self._weighted_sizes.tolist()]

    def _batch_weights(self, size: int) -> tuple[Array, Array, Array]:
        """Where batches end, what each weighs, and its length over its weights that are not 0."""
        assert self.weight is not None
        ends = np.append(np.arange(0, self.n_samples, size), self.n_samples)
        weights = np.add.reduceat(self.weight, ends[:-1])
        counts = np.add.reduceat(self.weight != 0, ends[:-1], dtype=np.int64)
        with np.errstate(divide="ignore"):
            return ends, weights, np.diff(ends) / counts

    def of(self, choice: Hits) -> Iterator[Tried]:
        """Every mean of the matches."""
        total = int(choice.hits.sum(dtype=np.int64))
        pooled = np.array([total / (self.n_samples * choice.width)])
        yield _single(choice, "pooled", "ignored", pooled)
        if choice.true_class is not None:
            balanced = PerClassMean.of(choice.hits, choice.true_class).result
            yield _single(choice, "per_class", "ignored", np.array([balanced]))
        ranked = "top_k" in choice.variant
        if len(self.sizes) and not (ranked and choice.k > MOST_K):
            yield from self._of_batches(choice, total)
        if self.weight is not None:
            products = choice.hits * self.weight
            weighted = float(products.sum()) / choice.width
            everything = float(self._weights_before[-1])
            if everything:
                yield _single(choice, "pooled", "used", np.array([weighted / everything]))
            few = choice.cost <= MOST_COST and choice.metric is None
            if few and not (ranked and choice.k > MOST_K):
                yield from self._of_weighted_batches(choice, products)

    def _of_batches(self, choice: Hits, total: int) -> Iterator[Tried]:
        """Full batches weigh the same: only their sum and the short last batch matter."""
        last = choice.hits[self.n_samples - int(self._tail.max()) :]
        before = _running(last[::-1])
        tail = before[self._tail]
        full = (total - tail) / (self.sizes * choice.width)
        means = (full + tail / (self._tail * choice.width)) / (self._full + 1)
        kinds: list[tuple[Averaging, Array]] = [
            ("batch_means", means),
            ("tail_dropped", full / self._full),
        ]
        for averaging, values in kinds:
            cost = choice.cost + costs.AVERAGING[averaging] + self._size_costs
            yield Tried(
                choice=choice,
                averaging=averaging,
                weighting="ignored",
                values=values,
                sizes=self.sizes,
                costs=cost,
            )

    def _of_weighted_batches(self, choice: Hits, products: Array) -> Iterator[Tried]:
        before = _running(products)
        rows: list[tuple[float, float, float]] = []
        sizes = self._weighted_sizes.tolist()
        for size, (ends, weights, lengths) in zip(sizes, self._batches, strict=True):
            starts = ends[:-1]  # differences of running sums would lose far smaller weights
            hits = np.add.reduceat(products, starts) if self._uneven else np.diff(before[ends])
            with np.errstate(invalid="ignore"):
                by_count = float((hits * lengths).sum()) / self.n_samples
            means = np.divide(hits, weights, out=np.zeros_like(hits), where=weights != 0)
            kept = ends[self.n_samples // size]
            dropped = before[kept] / max(self._weights_before[kept], 1e-300)
            short = kept < self.n_samples
            rows.append((float(means.mean()), float(dropped) if short else np.nan, by_count))
        if not rows:
            return
        columns = np.array(rows).T / choice.width
        kinds: list[tuple[Averaging, Weighting]] = [
            ("batch_means", "used"),
            ("tail_dropped", "used"),
        ]
        kinds += [] if "top_k" in choice.variant else [("pooled", "by_count")]
        by_size = size_costs(self._weighted_sizes)
        for (averaging, weighting), values in zip(kinds, columns, strict=False):
            cost = choice.cost + costs.AVERAGING[averaging] + costs.WEIGHTING[weighting] + by_size
            yield Tried(
                choice=choice,
                averaging=averaging,
                weighting=weighting,
                values=values,
                sizes=self._weighted_sizes,
                costs=cost,
            )


def _single(choice: Hits, averaging: Averaging, weighting: Weighting, values: Array) -> Tried:
    cost = choice.cost + costs.AVERAGING[averaging] + costs.WEIGHTING[weighting]
    return Tried(
        choice=choice,
        averaging=averaging,
        weighting=weighting,
        values=values,
        sizes=np.array([32]),
        costs=np.array([cost]),
    )


def size_costs(sizes: Array) -> Array:
    """How unusual each batch size is."""
    return np.array([costs.batch_size(size, COMMON) for size in sizes.tolist()], np.int64)


def _running(values: Array) -> Array:
    """Sums of the first 0, 1, 2 ... values."""
    dtype = np.float64 if values.dtype.kind == "f" else np.int64
    sums = np.zeros(len(values) + 1, dtype)
    np.cumsum(values, dtype=dtype, out=sums[1:])
    return sums
