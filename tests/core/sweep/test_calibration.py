"""Reliability from a sweep, against sums over the rows."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.sweep import Sweep, bin_means, reliability
from metrics_core.sweep.ranking import BLOCK
from tests.every import every


def made_of(n, seed=0, cells=None):
    rng = np.random.default_rng(seed)
    scores = rng.random(n)
    if cells is not None:
        scores = np.round(scores * cells) / cells
    return scores, rng.random(n) < scores**1.5, rng.integers(0, 4, n) / 2


@every("weigh", [False, True])
@every("n", [1, 500, BLOCK + 77])
@every("n_bins", [1, 7, 15])
def test_bins_hold_the_means_of_their_rows(n, n_bins, weigh):
    scores, positive, weights = made_of(n)
    weights = weights + 0.5 if weigh else np.ones(n)
    made = reliability(Sweep.of(scores, positive, weights if weigh else None), n_bins)
    edges = np.linspace(0, 1, n_bins + 1)
    np.testing.assert_array_equal(made.edges, edges)
    ece = 0.0
    for place in range(n_bins):
        inside = (scores > edges[place]) & (scores <= edges[place + 1])
        assert made.weight[place] == pytest.approx(weights[inside].sum())
        if not inside.any():
            assert np.isnan(made.mean_score[place])
            assert np.isnan(made.share_positive[place])
            continue
        mean = np.average(scores[inside], weights=weights[inside])
        share = np.average(positive[inside], weights=weights[inside])
        assert made.mean_score[place] == pytest.approx(mean)
        assert made.share_positive[place] == pytest.approx(share, abs=1e-12)
        ece += abs(mean - share) * weights[inside].sum() / weights.sum()
    assert made.ece == pytest.approx(ece, abs=1e-10)


@every("weigh", [False, True])
def test_the_means_alone_are_those_of_the_whole(weigh):
    draw = np.random.default_rng(8)
    scores = np.concatenate([draw.random(BLOCK + 9, np.float32) ** 3, np.linspace(0, 0.6, 4)])
    weights = draw.integers(0, 3, len(scores)).astype(float) if weigh else None
    sweep = Sweep.of(scores, draw.random(len(scores)) < scores, weights)
    whole = reliability(sweep, 20)
    some = whole.weight > 0
    mean_score, share_positive = bin_means(sweep, 20)
    np.testing.assert_allclose(mean_score, whole.mean_score[some], rtol=1e-12)
    np.testing.assert_allclose(share_positive, whole.share_positive[some], rtol=1e-12)


def test_a_score_on_an_edge_belongs_to_the_lower_bin_and_0_to_the_first():
    scores = np.array([0.0, 0.25, 0.25, 0.5, 0.75, 1.0])
    made = reliability(Sweep.of(scores, scores > 0.3), 4)
    assert made.weight.tolist() == [3, 1, 1, 1]


@pytest.mark.parametrize("n", [600, 3 * BLOCK])
def test_bins_of_equal_counts(n):
    scores, positive, _ = made_of(n)
    made = reliability(Sweep.of(scores, positive), 6, equal_counts=True)
    assert made.weight.tolist() == [n / 6] * 6
    ordered = np.sort(scores)
    np.testing.assert_array_equal(made.edges, [ordered[0], *ordered[n // 6 - 1 :: n // 6]])
    assert made.ece == pytest.approx(
        sum(
            abs((scores[part] - positive[part]).sum())
            for part in np.split(np.argsort(scores, kind="stable"), 6)
        )
        / n
    )


def test_bins_of_equal_counts_do_not_part_equal_scores():
    scores = np.array([0.2] * 7 + [0.9] * 3)
    made = reliability(Sweep.of(scores, scores > 0.5), 5, equal_counts=True)
    assert sorted(made.weight.tolist()) == [0, 0, 0, 3, 7]
    assert np.all(np.diff(made.edges) >= 0)
    assert (made.edges[0], made.edges[-1]) == (0.2, 0.9)
    np.testing.assert_allclose(made.mean_score[made.weight > 0], [0.2, 0.9], rtol=1e-15)
    assert made.ece == pytest.approx((7 * 0.2 + 3 * 0.1) / 10)


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
@pytest.mark.parametrize("cells", [None, 10])
def test_brier_and_log_loss_are_means_over_the_rows(dtype, cells):
    scores, positive, weights = made_of(BLOCK + 5, cells=cells)
    scores = scores.astype(dtype)
    made = reliability(Sweep.of(scores, positive, weights), 3)
    wide = scores.astype(float)
    own = np.where(positive, wide, 1 - wide)
    assert made.brier == pytest.approx(np.average((1 - own) ** 2, weights=weights), rel=1e-10)
    loss = -np.log(np.clip(own, 1e-7, 1 - 1e-7))
    assert made.log_loss == pytest.approx(np.average(loss, weights=weights), rel=1e-10)


def test_certain_scores():
    right = reliability(Sweep.of(np.array([0.0, 1.0]), np.array([False, True])))
    wrong = reliability(Sweep.of(np.array([0.0, 1.0]), np.array([True, False])))
    assert (right.ece, right.brier) == (0, 0)
    assert right.log_loss == pytest.approx(1e-7, rel=1e-6)
    assert (wrong.ece, wrong.brier) == (1, 1)
    assert wrong.log_loss == pytest.approx(-np.log(1e-7), rel=1e-6)


@pytest.mark.parametrize("scores", [[-0.01, 0.5], [0.5, 1.01], [-np.inf, 0.5], [0.5, np.inf]])
def test_scores_that_are_no_probabilities_are_refused_with_the_remedy(scores):
    with pytest.raises(InputError, match=r"must have scores from 0 to 1\..*First apply a sigmoid"):
        reliability(Sweep.of(np.array(scores), np.array([True, False])))


@pytest.mark.parametrize("n_bins", [0, -1])
def test_there_is_at_least_one_bin(n_bins):
    with pytest.raises(InputError, match=f"`n_bins` must be 1 or more. Got {n_bins}."):
        reliability(Sweep.of(np.array([0.5]), np.array([True])), n_bins)


def test_nothing_is_refused():
    with pytest.raises(InputError, match="samples with a weight above 0"):
        reliability(Sweep.empty())
