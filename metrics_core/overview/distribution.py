"""How the outputs are spread, by label: the counts behind a histogram."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from metrics_core.numeric.arrays import Array

_BLOCK = 262_144


@dataclass(frozen=True, eq=False)
class Distribution:
    """Counts of scores in bins of equal width, separately for positive and other labels.

    Attributes
    ----------
    low, high : float
        The lowest and highest finite score; equal where there is only one value.
    positive, other : ndarray of int64, shape (n_bins,)
        Counts where the label is positive (1, or the true class) and where it is not.
    n_left_out : int
        Scores that are NaN or infinite and are in no bin.
    """

    low: float
    high: float
    positive: Array
    other: Array
    n_left_out: int

    @property
    def edges(self) -> Array:
        """The ends of the bins, ascending: ``(n_bins + 1,)``."""
        return even_edges(self.low, self.high, len(self.positive))


def even_edges(low: float, high: float, n_bins: int) -> Array:
    """The ends of bins of equal width, ascending: ``(n_bins + 1,)``.

    Examples
    --------
    >>> even_edges(0.0, 1.0, 2).tolist(), even_edges(-1.5e308, 1.5e308, 2).tolist()
    ([0.0, 0.5, 1.0], [-1.5e+308, 0.0, 1.5e+308])
    """
    unit = 1.0 if np.isfinite(high - low) else 0.25
    return np.linspace(low * unit, high * unit, n_bins + 1) / unit


def distribution(scores: Array, positive: Array, n_bins: int = 60) -> Distribution:
    """Count scores in bins of equal width between the lowest and the highest finite one.

    Parameters
    ----------
    scores : ndarray
        Any shape, any numeric dtype.
    positive : ndarray of bool
        Same shape.
    n_bins : int
        At least 1. The last bin includes its upper edge.

    Examples
    --------
    >>> counts = distribution(np.array([0.0, 0.4, 1.0]), np.array([False, True, True]), 2)
    >>> counts.positive.tolist(), counts.other.tolist()
    ([1, 1], [1, 0])
    """
    flat, marks = scores.reshape(-1), positive.reshape(-1)
    low, high, finite = np.inf, -np.inf, 0
    for start in range(0, len(flat), _BLOCK):
        part = flat[start : start + _BLOCK]
        if flat.dtype.kind == "f":
            part = part[np.isfinite(part)]
        if len(part):
            low, high = min(low, float(part.min())), max(high, float(part.max()))
        finite += len(part)
    counts = np.zeros(2 * n_bins, np.int64)
    of_bin = _bins(low, high, n_bins)
    for start in range(0, len(flat) if finite else 0, _BLOCK):
        part, mark = flat[start : start + _BLOCK], marks[start : start + _BLOCK]
        if finite < len(flat):
            keep = np.isfinite(part)
            part, mark = part[keep], mark[keep]
        bins = of_bin(part.astype(np.float64))
        np.minimum(bins, n_bins - 1, out=bins)
        bins += n_bins * mark
        counts += np.bincount(bins, minlength=2 * n_bins)
    return Distribution(
        low if finite else 0.0,
        high if finite else 0.0,
        counts[n_bins:],
        counts[:n_bins],
        len(flat) - finite,
    )


def _bins(low: float, high: float, n_bins: int) -> Callable[[Array], Array]:
    """What gives the bin of each score, also where the width of a bin is no float64."""
    scale = n_bins / (high - low) if high > low else 0.0
    if np.isfinite(scale) and (scale or high <= low):
        return lambda part: ((part - low) * scale).astype(np.intp)
    unit = 1.0 if np.isfinite(high - low) else 0.25  # of numbers near the largest there are
    span = high * unit - low * unit
    return lambda part: ((part * unit - low * unit) / span * n_bins).astype(np.intp)
