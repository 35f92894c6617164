"""The best assignment against every permutation."""

from __future__ import annotations

import itertools

import numpy as np

from metrics_core.numeric.assignment import best_assignment


def test_the_best_assignment_is_the_best_of_all():
    rng = np.random.default_rng(8)
    for size in (1, 2, 3, 4, 5, 6):
        for gain in rng.integers(0, 20, (10, size, size)):
            chosen = best_assignment(gain)
            assert sorted(chosen.tolist()) == list(range(size))
            orders = itertools.permutations(range(size))
            best = max(gain[np.arange(size), list(order)].sum() for order in orders)
            assert gain[np.arange(size), chosen].sum() == best
