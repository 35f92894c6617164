"""What the Thresholds page says of a sweep, checked against counting by hand."""

from __future__ import annotations

import numpy as np
import pytest

from accuracy_lens.explore.thresholds.answers import (
    at_threshold,
    headline,
    spread_of,
    ties_sentence,
)
from accuracy_lens.explore.thresholds.tables import best_frame, interval_frame, ties_frame, ties_of
from accuracy_lens.words.text import say
from metrics_core.counting.counts import CostMatrix
from metrics_core.counting.intervals import wilson
from metrics_core.overview.distribution import distribution
from metrics_core.sweep import Sweep, best_thresholds

RNG = np.random.default_rng(5)
SCORES = RNG.normal(size=500).astype(np.float32)
POSITIVE = SCORES + RNG.normal(size=500) > 0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_spread_is_that_of_the_scores_themselves(dtype):
    scores = SCORES.astype(dtype)
    read, counted = spread_of(Sweep.of(scores, POSITIVE), 20), distribution(scores, POSITIVE, 20)
    assert (read.low, read.high, read.n_left_out) == (counted.low, counted.high, 0)
    assert read.positive.tolist() == counted.positive.tolist()
    assert read.other.tolist() == counted.other.tolist()


def test_the_spread_of_equal_and_of_infinite_scores():
    made = spread_of(Sweep.of(np.array([0.5, 0.5]), np.array([True, False])), 3)
    assert (made.low, made.high) == (0.5, 0.5)
    assert (made.positive.tolist(), made.other.tolist()) == ([1, 0, 0], [1, 0, 0])
    made = spread_of(Sweep.of(np.array([-np.inf, 0.0, 1.0, np.inf]), np.array([True] * 4)), 2)
    assert (made.positive.tolist(), made.n_left_out) == ([1, 1], 2)


def test_the_cut_is_rounded_to_float32_as_keras_does():
    tenth = np.float64(np.float32(0.1))
    sweep = Sweep.of(np.array([0.1, tenth]), np.array([True, True]))
    assert at_threshold(sweep, 0.1).predicted_positive == 0
    assert at_threshold(sweep, 0.1, inclusive=True).predicted_positive == 1


def test_the_headline_leaves_the_areas_out_where_there_are_none():
    sweep = Sweep.of(np.array([0.2, 0.8]), np.array([False, True]))
    best = best_thresholds(sweep)[0]
    line = say(headline(sweep.at(0.5), best, {}))
    assert line == (
        "Accuracy 1.0000 (2 of 2). The best that any threshold gives is 1.0000, at 0.5; always "
        "predicting the more frequent label gives 0.5000."
    )
    assert "ROC curve 0.9000" in say(
        headline(sweep.at(0.5), best, {"auc": 0.9, "average_precision": 0.8})
    )


def test_the_best_table_has_the_value_at_the_cut_beside_the_best():
    sweep, cost = Sweep.of(SCORES, POSITIVE), CostMatrix(fn=3.0)
    counts = sweep.at(0.25)
    frame = best_frame(best_thresholds(sweep, cost=cost), counts, cost).set_index("Metric")
    above = SCORES > 0.25
    assert frame.loc["Accuracy", "At this threshold"] == f"{(above == POSITIVE).mean():.4f}"
    dear = (above & ~POSITIVE).sum() + 3.0 * (~above & POSITIVE).sum()
    assert frame.loc["Mean cost (lowest)", "At this threshold"] == f"{dear / 500:.4f}"
    assert float(frame.loc["Accuracy", "Best"]) >= float(frame.loc["Accuracy", "At this threshold"])


def test_intervals_are_wilsons_and_weights_have_none():
    counts = Sweep.of(SCORES, POSITIVE).at(0.0)
    frame = interval_frame(counts, {}, {}).set_index("Metric")
    right = int(((SCORES > 0) == POSITIVE).sum())
    low, high = wilson(right, 500)
    assert frame.loc["Accuracy", ["From", "To", "Counted"]].tolist() == [
        f"{low:.4f}", f"{high:.4f}", f"{right} / 500",
    ]  # fmt: skip
    found = int(((SCORES > 0) & POSITIVE).sum())
    assert frame.loc["Recall", "Counted"] == f"{found} / {POSITIVE.sum()}"
    assert frame.loc["Precision", "Counted"] == f"{found} / {(SCORES > 0).sum()}"
    areas = interval_frame(counts, {"auc": 0.5}, {"auc": (0.4, 0.6)}, weighted=True)
    assert areas["Metric"].tolist() == ["Area under the ROC curve"]


def test_ties_are_the_most_shared_scores_with_either_comparison():
    scores = np.array([0.1] * 3 + [0.5] * 5 + [0.9] * 2 + [0.95])
    positive = np.array([0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1]) > 0
    sweep = Sweep.of(scores, positive)
    frame = ties_frame(ties_of(sweep))
    assert frame["Score"].tolist() == ["0.5", "0.1", "0.9"]
    assert frame["Samples that share it"].tolist() == ["5", "3", "2"]
    assert frame["Accuracy with >"].tolist() == [
        f"{((scores > t) == positive).mean():.4f}" for t in (0.5, 0.1, 0.9)
    ]
    assert frame["Accuracy with ≥"].tolist() == [
        f"{((scores >= t) == positive).mean():.4f}" for t in (0.5, 0.1, 0.9)
    ]
    assert say(ties_sentence(sweep, 0.5)).startswith("5 scores equal 0.5")
    assert "> and ≥ predict the same" in say(ties_sentence(sweep, 0.4))


def test_distinct_scores_have_no_ties():
    assert ties_frame(ties_of(Sweep.of(np.arange(5.0), np.arange(5) > 2))).empty
