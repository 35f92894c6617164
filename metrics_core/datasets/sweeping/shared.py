"""The scores that the most rows share, once the rows are let go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.sweep.optimum.heights import Totals
from metrics_core.sweep.state import DistinctScores

MOST = 12
"""So many are kept; of equal sizes the lower scores."""


@dataclass(frozen=True, eq=False)
class Shared:
    """Scores, ascending, with the rows, or weight, of each label at them and above them.

    Attributes
    ----------
    scores : ndarray of float64, shape (m,)
    at, above : ndarray, shape (2, m)
        Label 1 first; `above` counts all data.

    Examples
    --------
    >>> block = DistinctScores(*map(np.array, ([0.2, 0.5], [1, 0], [0, 0], [2, 1], [1, 0])))
    >>> shared = NOBODY.with_block(block, (0, 0))
    >>> shared.scores.tolist(), shared.sizes.tolist()
    ([0.2], [3])
    """

    scores: Array
    at: Array
    above: Array

    @property
    def sizes(self) -> Array:
        """How many rows, or how much weight, share each: ``(m,)``."""
        sizes: Array = self.at.sum(axis=0)
        return sizes

    def with_block(self, block: DistinctScores, above: Totals) -> Shared:
        """Those among these and the scores of a higher block.

        Parameters
        ----------
        block : DistinctScores
            With the weights above each score within its range.
        above : (float, float)
            Weight of each label above that range.
        """
        sizes = block.at_1 + block.at_0
        least = 0.0 if sizes.dtype.kind == "f" else 1.0
        if len(self.scores) == MOST:
            least = float(self.sizes.min())  # of equal sizes the lower score stays
        some = np.flatnonzero(sizes > least)
        if len(some) > MOST:
            some = np.sort(some[np.argsort(-sizes[some], kind="stable")[:MOST]])
        if not len(some):
            return self
        return self.merge(
            Shared(
                block.scores[some].astype(np.float64),
                np.stack([block.at_1[some], block.at_0[some]]),
                np.stack([block.above_1[some] + above[0], block.above_0[some] + above[1]]),
            )
        )

    def merge(self, other: Shared) -> Shared:
        """Those among both, of which the other has the higher scores."""
        if not len(self.scores):
            return other
        scores = np.append(self.scores, other.scores)
        at, above = np.hstack([self.at, other.at]), np.hstack([self.above, other.above])
        keep = np.sort(np.argsort(-at.sum(axis=0), kind="stable")[:MOST])
        return Shared(scores[keep], at[:, keep], above[:, keep])


NOBODY = Shared(np.zeros(0), np.zeros((2, 0), np.int64), np.zeros((2, 0), np.int64))
"""No scores."""
