"""Best thresholds, against trying every threshold there is."""

from __future__ import annotations

import importlib

import numpy as np
import pytest

from metrics_core.counting.counts import FIGURES, CostMatrix, Counts, Figure
from metrics_core.errors import InputError
from metrics_core.sweep import Sweep, best_thresholds, cost_curve, metric_curve
from metrics_core.sweep.optimum.heights import Heights
from metrics_core.sweep.ranking import BLOCK
from tests.every import every

search = importlib.import_module("metrics_core.sweep.optimum.best")
COST = CostMatrix(tp=-1.0, fp=2.0, tn=0.25, fn=5.0)


def figures():
    """Every figure, and the cost with its sign turned so that higher is better."""
    made = {row.name: row.of for row in FIGURES.values()}
    return made | {"cost": lambda counts: -counts.cost(COST)}


def slow(scores, positive, weights):
    """For each figure its best value and all intervals that give it, one threshold at a time."""
    cuts = [-np.inf, *np.unique(scores).tolist()]
    ends = [*cuts[1:], np.inf]
    weights = np.ones(len(scores)) if weights is None else weights
    found = {}
    for name, of in figures().items():
        values = []
        for cut in cuts:
            above = scores > cut
            values.append(
                of(
                    Counts(
                        weights[above & positive].sum(),
                        weights[above & ~positive].sum(),
                        weights[~above & ~positive].sum(),
                        weights[~above & positive].sum(),
                    )
                )
            )
        best, runs, before = max(values), [], None
        for low, high, value in zip(cuts, ends, values, strict=True):
            if abs(value - best) < 1e-13:
                if before == low:
                    runs[-1][1] = high
                else:
                    runs.append([low, high])
                before = high
        found[name] = best, runs
    return found


def data(n, seed, cells):
    rng = np.random.default_rng(seed)
    positive = rng.random(n) < 0.35
    scores = rng.normal(positive * rng.choice([0.0, 0.3, 1.0]), 1.0)
    return np.round(scores * cells) / cells, positive


@every("seed", range(12))
@every("cells", [2, 1e6])
@every("weigh", [False, True])
def test_best_thresholds_are_the_best_of_all(seed, cells, weigh):
    scores, positive = data(40, seed, cells)
    weights = np.random.default_rng(seed).integers(1, 9, 40) / 8 if weigh else None
    sweep = Sweep.of(scores, positive, weights)
    expected = slow(scores, positive, weights)
    made = best_thresholds(sweep, cost=COST)
    assert [best.name for best in made] == [*FIGURES, "cost"]
    for best in made:
        value, runs = expected[best.name]
        own = -best.value if best.name == "cost" else best.value
        assert own == pytest.approx(value, abs=1e-14)
        assert best.n_intervals == len(runs)
        assert [best.low, best.high] in runs
        assert best.high - best.low == max(high - low for low, high in runs)
        assert best.low <= np.float32(best.threshold) < best.high
        assert figures()[best.name](best.counts) == pytest.approx(value, abs=1e-14)
        assert vars(best.counts) == vars(sweep.at(float(np.float32(best.threshold))))


@every("seed", range(3))
@every("cells", [20, 1e6])
@every("weigh", [False, True])
@every("ends", [(), (-np.inf, np.inf), (-np.inf,) * 90])
def test_blocks_that_cannot_reach_the_best_are_left_out_and_change_nothing(
    seed, cells, weigh, ends, monkeypatch
):
    scores, positive = data(1500, seed, cells)
    scores[: len(ends)] = ends
    weights = np.random.default_rng(seed).integers(1, 9, 1500) / 8 if weigh else None
    sweep = Sweep.of(scores, positive, weights)
    cost = CostMatrix(fp=300.0, fn=-2.0) if seed == 0 else COST
    with monkeypatch.context() as patch:
        patch.setattr(search, "BLOCK", 32)
        _, wanted = search._where(sweep, Heights.of_all(FIGURES, cost))
        assert wanted.sum() < len(wanted)
        some = best_thresholds(sweep, cost=cost)
        patch.setattr(search, "FEW", 10_000)
        assert repr(some) == repr(best_thresholds(sweep, cost=cost))


@pytest.mark.parametrize("flip", [False, True])
def test_intervals_that_cross_blocks_are_joined(flip):
    n = 2 * BLOCK + 10
    scores = np.arange(n) / n
    positive = np.arange(n) >= n - 5
    if flip:
        scores, positive = -scores, ~positive
    made = {best.name: best for best in best_thresholds(Sweep.of(scores, positive))}
    recall, accuracy = made["recall"], made["accuracy"]
    assert (recall.value, recall.n_intervals, recall.low) == (1.0, 1, -np.inf)
    assert recall.high == scores[positive].min()
    assert (accuracy.value, accuracy.n_intervals) == (1.0, 1)
    assert (accuracy.low, accuracy.high) == (scores[~positive].max(), scores[positive].min())
    specificity = made["specificity"]
    assert (specificity.low, specificity.high) == (scores[~positive].max(), np.inf)


def test_a_best_interval_in_the_middle_of_three_blocks():
    n = 3 * BLOCK
    scores, positive = np.arange(n, dtype=float), np.ones(n, bool)
    positive[: BLOCK - 2] = False
    weights = np.where((scores > BLOCK - 3) & (scores < 2 * BLOCK + 3), 1e-30, 1.0)
    best = best_thresholds(Sweep.of(scores, positive, weights))[0]
    assert (best.low, best.high, best.n_intervals) == (BLOCK - 3, 2 * BLOCK + 3, 1)


def test_a_block_without_the_best_value_parts_two_intervals():
    n = 3 * BLOCK

    def good(counts):
        place = n - counts.true_positives
        return ((place >= BLOCK - 5) & (place < BLOCK)) | (
            (place >= 2 * BLOCK) & (place < 2 * BLOCK + 7)
        )

    sweep = Sweep.of(np.arange(float(n)), np.ones(n, bool))
    best = best_thresholds(sweep, {"good": Figure("good", "", "", good)})[0]
    assert (best.value, best.n_intervals) == (1.0, 2)
    assert (best.low, best.high) == (2 * BLOCK - 1, 2 * BLOCK + 6)


def test_values_that_are_equal_but_round_apart_are_one_interval():
    scores = np.array([0.8] * 4 + [0.6] * 2 + [0.4] * 8 + [0.2] * 6)
    positive = np.array([1] * 3 + [0] + [1, 0] + [0] * 8 + [1] * 6) == 1
    made = {best.name: best for best in best_thresholds(Sweep.of(scores, positive))}
    assert 0.3 + 0.9 != 0.4 + 0.8
    youden = made["youden"]
    assert youden.value == pytest.approx(0.2, abs=1e-15)
    assert (youden.low, youden.high, youden.n_intervals) == (0.4, 0.8, 1)


def test_the_counts_are_those_at_the_threshold_as_keras_rounds_it():
    low = float(np.float32(0.1))
    scores = np.array([0.05, low, np.nextafter(low, 1), 0.2])
    best = best_thresholds(Sweep.of(scores, np.array([False, False, True, True])))[0]
    assert (best.threshold, best.value, best.counts.accuracy) == (0.1, 1.0, 1.0)
    assert not best.low <= best.threshold < best.high


def test_of_several_intervals_the_widest_is_named():
    scores, labels = np.array([0.1, 0.2, 0.3, 0.7, 0.9]), np.array([0, 1, 0, 1, 1]) == 1
    best = best_thresholds(Sweep.of(scores, labels))[0]
    assert (best.value, best.low, best.high, best.n_intervals) == (0.8, 0.3, 0.7, 2)
    assert best.threshold == 0.5


def test_intervals_are_separate_in_many_places():
    scores, labels = np.arange(2 * BLOCK) / BLOCK, np.arange(2 * BLOCK) % 2 == 1
    accuracy = best_thresholds(Sweep.of(scores, labels))[0]
    assert accuracy.n_intervals == BLOCK
    assert accuracy.value == 0.5 + 0.5 / BLOCK


def test_infinite_scores_leave_no_interval_beyond_them():
    sweep = Sweep.of(np.array([-np.inf, 0.0, np.inf]), np.array([True, False, True]))
    made = {best.name: best for best in best_thresholds(sweep)}
    recall, specificity = made["recall"], made["specificity"]
    assert (recall.value, recall.low, recall.high) == (0.5, -np.inf, np.inf)
    assert (specificity.low, specificity.high, specificity.threshold) == (0.0, np.inf, 0.5)
    assert metric_curve(sweep, FIGURES["recall"].of).y.tolist() == [1.0, 0.5, 0.5, 0.0]
    wrong = best_thresholds(Sweep.of(np.array([0.5, np.inf]), np.array([True, False])))[0]
    assert (wrong.value, wrong.high, wrong.n_intervals) == (0.5, 0.5, 1)
    only = best_thresholds(Sweep.of(np.array([-np.inf, np.inf]), np.array([True, True])))
    assert (only[2].value, only[2].low, only[2].high) == (0.5, -np.inf, np.inf)


def test_where_no_float32_lies_between_two_scores_there_is_no_threshold_to_type():
    scores = np.array([0.3, np.nextafter(0.3, 1)])
    best = best_thresholds(Sweep.of(scores, np.array([False, True])))[0]
    assert (best.value, best.low, best.high, best.threshold) == (1.0, *scores, None)
    assert best.counts.accuracy == 1.0


@pytest.mark.parametrize("positive", [True, False])
def test_one_label_and_one_score(positive):
    made = best_thresholds(Sweep.of(np.full(3, 0.25), np.full(3, positive)))
    accuracy = made[0]
    assert accuracy.value == 1.0
    assert (accuracy.low, accuracy.high) == ((-np.inf, 0.25) if positive else (0.25, np.inf))
    assert accuracy.threshold == (0.0 if positive else 0.5)
    assert made[-1].value == 0.0


def test_a_constant_figure_is_best_everywhere():
    made = best_thresholds(Sweep.of(np.array([0.1, 0.9]), np.array([True, True])))
    specificity = next(best for best in made if best.name == "specificity")
    assert (specificity.value, specificity.low, specificity.high) == (0.0, -np.inf, np.inf)
    assert specificity.threshold == 0.5


def test_a_cost_that_rewards_mistakes_is_lowest_where_most_are_made():
    scores, positive = np.array([0.1, 0.2, 0.8, 0.9]), np.array([False, False, True, True])
    best = best_thresholds(Sweep.of(scores, positive), {}, CostMatrix(fp=-1.0, fn=0.0))
    assert [(row.name, row.value, row.low, row.high) for row in best] == [
        ("cost", -0.5, -np.inf, 0.1)
    ]


@pytest.mark.parametrize(
    "sweep", [Sweep.empty(), Sweep.of(np.array([0.5]), np.array([True]), np.array([0.0]))]
)
def test_nothing_has_no_best_threshold(sweep):
    with pytest.raises(InputError, match=r"must have samples with a weight above 0\. Got 0\."):
        best_thresholds(sweep)


@pytest.mark.parametrize("weigh", [False, True])
def test_a_figure_at_every_threshold(weigh):
    n = BLOCK + 1000
    scores, positive = data(n, 5, 30_000)
    weights = np.random.default_rng(0).random(n) if weigh else None
    sweep = Sweep.of(scores, positive, weights)
    made = cost_curve(sweep, COST)
    np.testing.assert_array_equal(made.x, [-np.inf, *np.unique(scores)])
    np.testing.assert_allclose(made.y, sweep.at_each(made.x).cost(COST), rtol=1e-9, atol=1e-12)
    assert made.thresholds is made.x
    assert cost_curve(Sweep.empty()).x.tolist() == [-np.inf]
