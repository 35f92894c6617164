"""Counts at one threshold or at many, and every figure that follows from them."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.counting.counts import FIGURES, CostMatrix, Counts

RANDOM = np.random.default_rng(5)


def parts(counts):
    return (
        counts.true_positives,
        counts.false_positives,
        counts.true_negatives,
        counts.false_negatives,
    )


def test_merged_parts_are_the_whole_and_empty_changes_nothing():
    both = Counts(1, 2, 3, 4).merge(Counts(10, 20, 30, 40))
    assert parts(both) == (11, 22, 33, 44) == parts(Counts.empty().merge(both))
    assert parts(Counts.empty()) == (0, 0, 0, 0)
    table = RANDOM.integers(0, 9, (2, 4, 5))
    many = Counts(*table[0]).merge(Counts(*table[1]))
    assert np.stack(parts(many)).tolist() == table.sum(axis=0).tolist()


def test_the_figures_of_one_matrix():
    counts = Counts(4, 1, 3, 2)
    values = {name: figure.of(counts) for name, figure in FIGURES.items()}
    assert values == pytest.approx(
        {
            "accuracy": 7 / 10,
            "precision": 4 / 5,
            "recall": 4 / 6,
            "specificity": 3 / 4,
            "f1": 8 / 11,
            "balanced_accuracy": (4 / 6 + 3 / 4) / 2,
            "matthews": (4 * 3 - 1 * 2) / (5 * 6 * 4 * 5) ** 0.5,
            "youden": 4 / 6 + 3 / 4 - 1,
        }
    )
    assert counts.result == 0.7
    assert (counts.majority, counts.predicted_share) == (0.6, 0.5)
    assert counts.false_positive_rate == 0.25
    assert counts.f_beta(2.0) == pytest.approx(5 * 4 / (5 * 4 + 4 * 2 + 1))
    assert counts.cost(CostMatrix(fp=2.0, fn=10.0, tp=-1.0)) == pytest.approx((2 + 20 - 4) / 10)


@pytest.mark.parametrize("name", FIGURES)
def test_many_cuts_give_the_figure_of_each(name):
    table = RANDOM.integers(0, 3, (4, 200))
    of = FIGURES[name].of
    many = of(Counts(*table))
    assert many.dtype == np.float64
    assert many.tolist() == [of(Counts(*column)) for column in table.T.tolist()]


def test_a_share_of_nothing_is_0():
    nothing = Counts.empty()
    named = {name: figure.of(nothing) for name, figure in FIGURES.items()}
    assert named.pop("youden") == -1.0
    assert set(named.values()) == {0.0}
    assert nothing.cost(CostMatrix()) == nothing.majority == 0.0
    assert Counts(np.array([0, 2]), np.array([0, 2])).precision.tolist() == [0.0, 0.5]


def test_one_label_leaves_the_other_out_of_the_balanced_mean():
    assert Counts(3, 0, 0, 1).balanced_accuracy == 0.75
    assert Counts(0, 1, 3, 0).balanced_accuracy == 0.75


def test_the_correlation_of_ten_million_samples_does_not_overflow():
    half = 5_000_000_000
    assert Counts(half, 0, half, 0).matthews == pytest.approx(1.0)
    assert Counts(np.array([0]), np.array([half]), np.array([0]), np.array([half])).matthews == -1.0
