"""Counts behind the histogram: every finite score once, on its own side."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.overview.distribution import distribution


def test_counts_equal_numpys_histogram_apart_by_label():
    random = np.random.default_rng(5)
    scores = random.normal(size=300_000).astype("f4")
    positive = random.random(300_000) < 0.3
    made = distribution(scores, positive, 40)
    edges = np.linspace(made.low, made.high, 41)
    for counts, part in ((made.positive, positive), (made.other, ~positive)):
        expected = np.histogram(scores[part].astype("f8"), edges)[0]
        assert np.abs(counts - expected).max() <= 2  # a score on an edge may fall either side
        assert counts.sum() == part.sum()


def test_the_highest_score_is_in_the_last_bin():
    made = distribution(np.array([0.0, 1.0]), np.array([False, True]), 4)
    assert made.positive.tolist() == [0, 0, 0, 1]
    assert made.other.tolist() == [1, 0, 0, 0]


def test_scores_that_are_not_finite_are_counted_apart():
    scores = np.array([np.nan, np.inf, -np.inf, 0.25, 0.75])
    made = distribution(scores, np.ones(5, bool), 2)
    assert (made.low, made.high, made.n_left_out) == (0.25, 0.75, 3)
    assert made.positive.tolist() == [1, 1]


@pytest.mark.parametrize("scores", [np.full(7, 0.5), np.array([3])])
def test_a_single_value_stands_in_the_first_bin(scores):
    made = distribution(scores, np.ones(len(scores), bool), 3)
    assert made.positive.tolist() == [len(scores), 0, 0]
    assert made.low == made.high


def test_nothing_finite_gives_empty_bins():
    made = distribution(np.array([np.nan, np.inf]), np.array([True, False]), 3)
    assert made.positive.sum() + made.other.sum() == 0
    assert made.n_left_out == 2
