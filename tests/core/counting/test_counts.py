"""Counts at one cut equal a count by hand, and every figure follows from them."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from metrics_core.counting.counts import FIGURES, CostMatrix, Counts
from metrics_core.errors import InputError
from metrics_core.steps.decision import above

RANDOM = np.random.default_rng(5)
N = 300_000
SCORES = np.array([0.0, -0.0, 0.3, 0.5, np.nextafter(0.5, 1), 0.7, np.inf, -np.inf, np.nan])


def parts(counts):
    return (
        counts.true_positives,
        counts.false_positives,
        counts.true_negatives,
        counts.false_negatives,
    )


def by_hand(labels, passed, weights):
    ones = labels == 1
    cells = (passed & ones, passed & ~ones, ~passed & ~ones, ~passed & ones)
    return tuple(weights[cell].sum() for cell in cells)


@pytest.mark.parametrize("threshold", [-0.1, 0.0, 0.3, 0.5, 2.0])
@pytest.mark.parametrize("form", [bool, "u1", "i8", "f4", "f8"])
@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_counts_are_those_of_the_decisions_across_blocks(dtype, form, threshold):
    scores = RANDOM.choice(SCORES, N).astype(dtype)
    labels = RANDOM.integers(0, 2, N).astype(form)
    passed, weights = above(scores, threshold), RANDOM.integers(0, 4, N)
    made = Counts.of(labels, scores, threshold)
    assert parts(made) == by_hand(labels, passed, np.ones(N, int))
    assert all(type(part) is int for part in parts(made))
    assert parts(Counts.of(labels, scores, threshold, weights)) == by_hand(labels, passed, weights)


def test_whole_numbers_as_scores_are_compared_as_they_are():
    made = Counts.of(np.array([0, 1, 1]), np.array([0, 1, 2]), 1.0)
    assert parts(made) == (1, 0, 1, 1)


def test_merged_parts_are_the_whole_and_empty_changes_nothing():
    labels, scores = RANDOM.integers(0, 2, 1000), RANDOM.random(1000)
    whole = Counts.of(labels, scores, 0.4)
    both = Counts.of(labels[:7], scores[:7], 0.4).merge(Counts.of(labels[7:], scores[7:], 0.4))
    assert parts(both) == parts(whole) == parts(Counts.empty().merge(whole))
    assert parts(Counts.of([], [], 0.5)) == parts(Counts.empty()) == (0, 0, 0, 0)


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


@pytest.mark.parametrize(
    ("argument", "call"),
    [
        ("labels", lambda: Counts.of([0, 1], [0.5], 0.5)),
        ("labels", lambda: Counts.of([[0], [1]], [0.5, 0.5], 0.5)),
        ("labels", lambda: Counts.of([0, 2], [0.5, 0.5], 0.5)),
        ("labels", lambda: Counts.of([0, np.nan], [0.5, 0.5], 0.5)),
        ("labels", lambda: Counts.of(["a"], [0.5], 0.5)),
        ("weights", lambda: Counts.of([0], [0.5], 0.5, [1.0, 2.0])),
        ("threshold", lambda: Counts.of([0], [0.5], np.inf)),
    ],
)
def test_what_cannot_be_counted_is_refused(argument, call):
    with pytest.raises(InputError) as refusal:
        call()
    assert refusal.value.argument == argument


def test_the_refusal_names_the_row_of_a_label():
    labels = np.zeros(N)
    labels[N - 2] = 0.5
    with pytest.raises(InputError, match=f"0.5 in row {N - 2}"):
        Counts.of(labels, labels, 0.5)


@pytest.mark.parametrize("weighted", [False, True])
def test_counting_takes_less_than_four_mebibytes(weighted):
    labels = RANDOM.integers(0, 2, 1_000_000).astype("f4")
    scores = RANDOM.random(1_000_000, dtype="f4")
    tracemalloc.start()
    Counts.of(labels, scores, 0.5, labels if weighted else None)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * 2**20
