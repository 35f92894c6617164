"""Samples drawn again, each with all that it has in A and in B."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from metrics_core.compare.contributions import Contributions, means
from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array

RESAMPLES = 1000
FEWEST = 10
"""With fewer samples, drawing them again says too little."""
_CHUNK = 100


@dataclass(frozen=True)
class Drawn:
    """What draws say of a difference.

    Attributes
    ----------
    low, high : float
        Between them 95 of 100 draws lie.
    p : float
        Twice the share of draws on the other side of 0, at most 1. Where no draw is there, that of
        a normal distribution with their mean and spread, if it is lower.
    """

    low: float
    high: float
    p: float

    @classmethod
    def of(cls, differences: Array) -> Drawn:
        """From the difference in each draw, shape (r,), at least one."""
        low, high = np.quantile(differences, (0.025, 0.975))
        least = min(np.count_nonzero(differences <= 0), np.count_nonzero(differences >= 0))
        p = min(1.0, 2 * (int(least) + 1) / (len(differences) + 1))
        spread = float(differences.std())
        if not least and spread:
            p = min(p, math.erfc(abs(float(differences.mean())) / spread / math.sqrt(2)))
        return cls(float(low), float(high), p)


def paired_bootstrap(
    state: Contributions, n_resamples: int = RESAMPLES, seed: int = 0
) -> Drawn | None:
    """The percentile interval of the mean of B less that of A, over samples drawn again.

    Parameters
    ----------
    state : Contributions
    n_resamples : int
        1 or more.
    seed : int
        0 or more; the same seed gives the same interval.

    Returns
    -------
    Drawn or None
        None for fewer than `FEWEST` samples.

    Raises
    ------
    InputError
        If a setting is out of its range.

    Notes
    -----
    A sample is drawn with all its elements and with what it has in A and in B, so that elements of
    one sample are not taken for independent ones. How often the samples of a cell are drawn is
    multinomial; of cells with scatter the sums are drawn with their mean and covariance.
    Efron and Tibshirani, An introduction to the bootstrap, 1993, chapter 13.

    Examples
    --------
    >>> right = np.arange(100) % 10
    >>> rows = np.column_stack([right > 4, right >= 0, right > 1, right >= 0]).astype(float)
    >>> drawn = paired_bootstrap(Contributions.of(rows))
    >>> round(drawn.low, 1), round(drawn.high, 1)
    (0.2, 0.4)
    """
    check(n_resamples, seed)
    if state.count < FEWEST:
        return None
    return Drawn.of(np.concatenate([b - a for a, b in _draws(state, n_resamples, seed)]))


def _draws(state: Contributions, n_resamples: int, seed: int) -> Iterator[tuple[Array, Array]]:
    rng = np.random.default_rng(seed)
    share, roots = state.counts / state.count, None
    if np.any(state.scatter):
        spread, turn = np.linalg.eigh(state.scatter / state.counts[:, None, None])
        roots = turn * np.sqrt(np.maximum(spread, 0.0))[:, None, :]
    for start in range(0, n_resamples, _CHUNK):
        size = min(_CHUNK, n_resamples - start)
        times = rng.multinomial(state.count, share, size=size).astype(np.float64)
        sums = times[..., None] * state.values
        if roots is not None:
            normal = rng.standard_normal(sums.shape)
            sums += np.sqrt(times)[..., None] * np.einsum("gij,rgj->rgi", roots, normal)
        yield means(sums, state.group)


def check(n_resamples: int, seed: int) -> None:
    """Refuse settings that are out of their range."""
    if n_resamples < 1:
        raise InputError("n_resamples", "must be 1 or more", n_resamples, "1000 is usual.")
    if seed < 0:
        raise InputError("seed", "must be 0 or more", seed, "Any whole number from 0 on will do.")
