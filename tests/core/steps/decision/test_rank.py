"""Ranks and top k at ties, NaN, infinities and labels out of range."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.steps.decision.rank import NEVER, in_top, rank_of_true_class
from tests.every import every

INF, NAN = np.inf, np.nan
ROW = [0.5, 0.2, 0.2, 0.1, 0.9]


@every(
    ("row", "label", "expected"),
    [
        *((ROW, label, rank) for label, rank in enumerate([1, 2, 2, 4, 0])),
        ([7.0] * 5, 3, 0),
        ([-0.0, 0.0], 0, 0),
        (ROW, 5, NEVER),
        (ROW, -1, NEVER),
        (ROW, -0.5, 1),
        (ROW, 4.9, 0),
        (ROW, NAN, NEVER),
        (ROW, INF, NEVER),
        (ROW, 2**40, NEVER),
        ([0.1, NAN], 0, NEVER),
        ([0.1, INF], 1, NEVER),
        ([0.1, -INF], 0, NEVER),
        ([0.1, 5e-324], 1, 1),
        ([1e4, -1e4], 1, 1),
    ],
)
def test_the_rank_counts_strictly_higher_scores_in_a_finite_row(row, label, expected):
    assert (
        rank_of_true_class(np.array([row, row]), np.array([label] * 2)).tolist() == [expected] * 2
    )


def test_ranks_of_many_rows_agree_with_sorting():
    rng = np.random.default_rng(2)
    scores = rng.permuted(np.tile(np.arange(4, dtype="i2"), (150_000, 1)), axis=1)
    labels = rng.integers(0, 4, 150_000).astype("u1")
    rank = rank_of_true_class(scores, labels)
    assert np.array_equal(rank, 3 - scores[np.arange(150_000), labels])


def test_a_rank_of_more_than_a_byte_holds():
    assert rank_of_true_class(np.arange(1000.0)[None], np.array([0])).tolist() == [999]


@pytest.mark.parametrize(
    ("k", "expected"),
    [
        (0, [0, 0, 0]),
        (1, [1, 0, 0]),
        (4, [1, 0, 0]),
        (5, [1, 1, 0]),
        (6, [1, 1, 0]),
        (10**9, [1, 1, 0]),
    ],
)
def test_top_k_from_no_class_to_more_than_there_are(k, expected):
    assert in_top(np.array([0, 4, NEVER]), k).tolist() == [bool(one) for one in expected]


@pytest.mark.parametrize("k", [-1, 1.5, NAN, INF])
def test_a_k_that_is_no_whole_number_from_0_is_refused(k):
    with pytest.raises(InputError, match="`k` must be a whole number"):
        in_top(np.array([0]), k)
