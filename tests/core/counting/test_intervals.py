"""Intervals of shares, areas and curves, against drawing the rows themselves."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.counting.intervals import wilson
from metrics_core.errors import InputError
from metrics_core.sweep import Sweep, auc, average_precision, bootstrap, roc, roc_band
from metrics_core.sweep.uncertainty.bounds import _STATISTICS
from metrics_core.sweep.uncertainty.resampling import MOST_GROUPS, draws, groups_of
from tests.every import every

EXACT = {"auc": auc, "average_precision": average_precision}
statistics = every("statistic", sorted(EXACT))


def data(n, share=0.4, seed=0, cells=None):
    rng = np.random.default_rng(seed)
    positive = np.zeros(n, bool)
    positive[: max(1, round(share * n))] = True
    rng.shuffle(positive)
    scores = rng.normal(positive * 1.0, 1.0)
    return (scores if cells is None else np.round(scores * cells) / cells), positive


def by_rows(scores, positive, weights, n_resamples, seed, statistic):
    """The slow way: draw the rows themselves, leaving out draws of one label."""
    rng = np.random.default_rng(seed)
    found = []
    while len(found) < n_resamples:
        rows = rng.integers(0, len(scores), len(scores))
        if 0 < positive[rows].sum() < len(rows):
            weight = None if weights is None else weights[rows]
            found.append(EXACT[statistic](Sweep.of(scores[rows], positive[rows], weight)))
    return np.array(found)


# shares


def test_wilsons_interval_of_arrays_is_that_of_their_numbers():
    right, count = np.array([0, 5, 6, 0.5, 0]), np.array([6, 6, 6, 2.5, 0])
    low, high = wilson(right, count)
    for place in range(5):
        pair = wilson(float(right[place]), float(count[place]))
        assert all(type(end) is float for end in pair)
        assert (low[place], high[place]) == pair
    assert wilson(right[:3], 6)[0].tolist() == low[:3].tolist()
    assert wilson(0, count)[1].shape == (5,)
    assert np.ndim(wilson(np.int64(5), np.int64(6))[0]) == 0


def test_wilsons_interval_stays_within_0_and_1_and_holds_the_share():
    right = np.arange(101.0)
    low, high = wilson(right, 100)
    assert low[0] == 0
    assert high[-1] == 1
    assert np.all(low <= right / 100)
    assert np.all(high >= right / 100)
    np.testing.assert_allclose(low, 1 - high[::-1], atol=1e-15)
    count = np.arange(1.0, 3000.0)
    assert wilson(0 * count, count)[0].min() >= 0
    assert wilson(count, count)[1].max() <= 1
    assert [end.tolist() for end in wilson(np.zeros(1), np.zeros(1))] == [[0], [1]]
    assert np.all(wilson(right[1:-1], 100, z=1.0)[0] > low[1:-1])


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_95_of_100_intervals_hold_the_true_share(share):
    right = np.random.default_rng(2).binomial(150, share, 20_000)
    low, high = wilson(right, 150)
    assert np.mean((low <= share) & (share <= high)) == pytest.approx(0.95, abs=0.025)


# areas


@statistics
@pytest.mark.parametrize("cells", [None, 3])
@pytest.mark.parametrize("weigh", [False, True])
def test_the_bootstrap_draws_as_drawing_rows_does(statistic, cells, weigh):
    scores, positive = data(150, cells=cells)
    weights = np.random.default_rng(4).choice([0.1, 4.0], 150) if weigh else None
    slow = by_rows(scores, positive, weights, 700, 1, statistic)
    made = bootstrap(Sweep.of(scores, positive, weights), statistic, n_resamples=2000)
    np.testing.assert_allclose(made, np.quantile(slow, [0.025, 0.975]), atol=0.25 * slow.std())


@statistics
@pytest.mark.parametrize(("share", "n"), [(0.4, 20_000), (0.002, 20_000)])
def test_groups_of_scores_draw_as_rows_do(statistic, share, n):
    scores, positive = data(n, share)
    slow = by_rows(scores, positive, None, 100, 1, statistic)
    made = bootstrap(Sweep.of(scores, positive), statistic, n_resamples=400, level=0.8)
    np.testing.assert_allclose(made, np.quantile(slow, [0.1, 0.9]), atol=0.45 * slow.std())


@statistics
@every("weigh", [False, True])
@every(("share", "n"), [(0.4, 300), (0.4, 60_000), (0.999, 30_000), (1e-4, 9e4)])
def test_drawing_each_row_once_gives_the_exact_area(statistic, weigh, share, n):
    scores, positive = data(int(n), share)
    weights = np.random.default_rng(1).random(int(n)) if weigh else None
    sweep = Sweep.of(scores, positive, weights)
    groups = groups_of(sweep)
    assert groups.rows.shape[1] <= MOST_GROUPS
    assert groups.rows.sum(axis=1).tolist() == [positive.sum(), (~positive).sum()]
    ones, zeros = groups.rows * groups.mean
    made = _STATISTICS[statistic](groups, ones[None], zeros[None])
    assert made[0] == pytest.approx(EXACT[statistic](sweep), abs=1e-12)


def test_rare_labels_stand_in_groups_of_their_own():
    scores, positive = data(90_000, 1e-3)
    ones, zeros = groups_of(Sweep.of(scores, positive)).rows
    assert ones.max() == 1
    assert zeros.max() <= 90_000 / (MOST_GROUPS / 2) + 1


def test_up_to_4096_scores_each_is_a_group():
    scores, positive = data(MOST_GROUPS)
    assert groups_of(Sweep.of(scores, positive)).rows.shape == (2, MOST_GROUPS)
    coarse, labels = data(50_000, cells=5)
    assert groups_of(Sweep.of(coarse, labels)).rows.shape[1] == len(np.unique(coarse))


def test_the_interval_holds_the_true_area_about_as_often_as_it_says():
    inside = 0
    for seed in range(200):
        sweep = Sweep.of(*data(120, 0.5, seed))
        low, high = bootstrap(sweep, "auc", n_resamples=150, seed=seed, level=0.9)
        inside += low <= 0.7602499389065233 <= high
    assert 0.82 <= inside / 200 <= 0.96


@statistics
def test_the_seed_decides(statistic):
    sweep = Sweep.of(*data(300))
    first = bootstrap(sweep, statistic, seed=5)
    assert bootstrap(sweep, statistic, seed=5) == first
    assert bootstrap(sweep, statistic, seed=6) != first
    halves = [Sweep.of(scores, labels) for scores, labels in zip(
        *(np.split(part, 2) for part in data(300)), strict=True
    )]  # fmt: skip
    assert bootstrap(halves[1].merge(halves[0]), statistic, seed=5) == first


def test_a_wider_level_gives_a_wider_interval_and_more_rows_a_narrower_one():
    small, large = Sweep.of(*data(300)), Sweep.of(*data(30_000))
    narrow, wide = (bootstrap(small, "auc", level=level) for level in (0.5, 0.99))
    assert wide[0] < narrow[0] < auc(small) < narrow[1] < wide[1]
    few, many = (np.ptp(bootstrap(sweep, "auc", 400)) for sweep in (small, large))
    assert many == pytest.approx(few / 10, rel=0.25)


@statistics
def test_scores_that_part_the_labels_have_no_doubt(statistic):
    sweep = Sweep.of(np.array([0.1, 0.2, 0.8]), np.array([False, False, True]))
    assert bootstrap(sweep, statistic) == (1.0, 1.0)


def test_tied_scores_give_half_always():
    sweep = Sweep.of(np.full(9, 0.5), np.arange(9) < 3)
    assert bootstrap(sweep, "auc") == (0.5, 0.5)
    band = roc_band(sweep, n_points=5)
    np.testing.assert_allclose(band.low, band.false_positive_rate, atol=1e-15)
    np.testing.assert_allclose(band.high, band.false_positive_rate, atol=1e-15)


# bands


def test_the_band_is_that_of_curves_of_drawn_rows():
    scores, positive = data(400)
    rng, wanted, curves = np.random.default_rng(3), np.linspace(0, 1, 11), []
    for _ in range(800):
        rows = rng.integers(0, 400, 400)
        made = roc(Sweep.of(scores[rows], positive[rows]))
        curves.append(np.interp(wanted, made.x, made.y))
    band = roc_band(Sweep.of(scores, positive), n_points=11, n_resamples=1500)
    np.testing.assert_array_equal(band.false_positive_rate, wanted)
    low, high = np.quantile(curves, [0.025, 0.975], axis=0)
    np.testing.assert_allclose(band.low, low, atol=0.025)
    np.testing.assert_allclose(band.high, high, atol=0.025)


@pytest.mark.parametrize("n", [200, 50_000])
def test_the_curve_runs_within_its_band(n):
    sweep = Sweep.of(*data(n))
    band, curve = roc_band(sweep), roc(sweep)
    middle = np.interp(band.false_positive_rate, curve.x, curve.y)
    assert np.all(band.low <= middle + 1e-12)
    assert np.all(middle <= band.high + 1e-12)
    assert np.all(np.diff(band.low) >= 0)
    assert band.low[-1] == band.high[-1] == 1
    assert np.max(band.high - band.low) < 12 / np.sqrt(n)


# refusals


@pytest.mark.parametrize("draw", [roc_band, lambda sweep: bootstrap(sweep, "average_precision")])
@pytest.mark.parametrize("labels", [[True, True], [False, False], []])
def test_one_label_has_no_interval(draw, labels):
    with pytest.raises(InputError, match="`sweep` must have samples of label"):
        draw(Sweep.of(np.linspace(0, 1, len(labels)), np.array(labels, bool)))


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"statistic": "f1"}, r"`statistic` must be one of auc, average_precision\. Got 'f1'"),
        ({"n_resamples": 0}, r"`n_resamples` must be 1 or more\. Got 0"),
        ({"seed": -1}, r"`seed` must be 0 or more\. Got -1"),
        ({"level": 1.0}, r"`level` must be above 0 and below 1\. Got 1\.0"),
        ({"level": 0.0}, r"`level` must be above 0"),
    ],
)
def test_settings_out_of_their_range_are_refused(settings, text):
    with pytest.raises(InputError, match=text):
        bootstrap(Sweep.of(*data(20)), **{"statistic": "auc"} | settings)
    with pytest.raises(InputError, match="`n_points` must be 2 or more"):
        roc_band(Sweep.of(*data(20)), n_points=1)


@pytest.mark.parametrize("n_resamples", [1, 25, 60])
def test_there_are_as_many_draws_as_asked_each_with_both_labels(n_resamples):
    groups = groups_of(Sweep.of(*data(8, 0.1)))
    ones, zeros = (
        np.concatenate(side) for side in zip(*draws(groups, n_resamples, 0), strict=True)
    )
    assert len(ones) == len(zeros) == n_resamples
    np.testing.assert_array_equal(ones.sum(axis=1) + zeros.sum(axis=1), 8)
    assert ones.sum(axis=1).min() > 0
    assert zeros.sum(axis=1).min() > 0


def test_one_row_of_each_label_is_drawn_until_both_are_there():
    sweep = Sweep.of(np.array([0.3, 0.6]), np.array([True, False]))
    assert bootstrap(sweep, "auc", n_resamples=1) == (0.0, 0.0)
