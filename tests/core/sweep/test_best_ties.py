"""Of several intervals that give the best value and are as wide, the lowest is named."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.counting.counts import Figure
from metrics_core.sweep import Sweep, best_thresholds
from metrics_core.sweep.ranking import BLOCK


def best_of(starts, width=3):
    """The best thresholds of a figure that is 1 in intervals of one width and 0 elsewhere."""
    n = 3 * BLOCK

    def good(counts):
        below = np.asarray(n - counts.true_positives)
        return sum(((below >= start) & (below < start + width)) * 1.0 for start in starts)

    sweep = Sweep.of(np.arange(float(n)), np.ones(n, bool))
    return best_thresholds(sweep, {"good": Figure("good", "", "", good)})[0]


@pytest.mark.parametrize(
    "starts",
    [
        (10, 20),
        (10, BLOCK + 10),
        (BLOCK + 10, 2 * BLOCK + 10),
        (10, BLOCK + 10, 2 * BLOCK + 10),
        (BLOCK - 1, 2 * BLOCK - 1),
    ],
)
def test_the_lower_of_two_that_are_as_wide(starts):
    best = best_of(starts)
    assert (best.value, best.n_intervals) == (1.0, len(starts))
    assert (best.low, best.high) == (starts[0] - 1, starts[0] + 2)
