"""How hard decisions that stand beside scores were made."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.reverse.hard_decisions import decided_at

SCORES = np.array([0.05, 0.2, 0.2, 0.4, 0.55, 0.9])


@pytest.mark.parametrize("threshold", [0.1, 0.3, 0.45, 0.7])
def test_the_interval_holds_the_threshold_and_gives_the_decisions(threshold):
    decisions = threshold < SCORES
    found = decided_at(decisions.astype(int), SCORES)
    assert found.how == "threshold"
    assert found.low <= threshold < found.high
    for inside in (found.low, found.threshold):
        assert ((inside < SCORES) == decisions).all()
    assert not ((found.high < SCORES) == decisions).all()
    assert ("another threshold than 0.5" in str(found.sentence)) == (threshold != 0.45)


def test_decisions_at_the_threshold_itself_are_its_upper_end():
    found = decided_at((SCORES >= 0.4).astype(int), SCORES)
    assert (found.low, found.high) == (0.2, 0.4)


def test_two_columns_are_the_highest_first_and_then_a_threshold_on_the_second():
    both = np.stack([1 - SCORES, SCORES], axis=1)
    assert decided_at(both.argmax(axis=1), both).how == "argmax"
    found = decided_at((SCORES > 0.27).astype(int), both)
    assert found.how == "threshold"
    assert (found.low, found.high, found.threshold) == (0.2, 0.4, 0.3)


def test_several_columns_that_were_not_decided_by_the_highest_say_how_many_differ():
    scores = np.array([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2], [0.1, 0.1, 0.8]])
    assert decided_at([1, 0, 2], scores).how == "argmax"
    found = decided_at([1, 1, 2], scores)
    assert (found.how, found.n_different) == ("none", 1)
    assert "1 of 3 row differs" in str(found.sentence)


def test_inverted_decisions_are_told():
    found = decided_at((SCORES <= 0.3).astype(int), SCORES)
    assert found.how == "inverted"
    assert (found.low, found.high) == (0.2, 0.4)


def test_decisions_that_no_threshold_gives_name_the_one_with_the_fewest_others():
    decisions = (SCORES > 0.3).astype(int)
    decisions[0] = 1
    found = decided_at(decisions, SCORES)
    assert (found.how, found.n_different) == ("none", 1)
    assert np.count_nonzero((found.threshold < SCORES) != decisions) == 1
    rng = np.random.default_rng(1)
    decisions, scores = rng.integers(0, 2, 60), rng.integers(0, 9, 60) / 10
    found = decided_at(decisions, scores)
    counts = [np.count_nonzero((scores > t) != decisions) for t in np.append(scores, -1)]
    assert found.n_different == min(counts)
    assert np.count_nonzero((scores > found.threshold) != decisions) == min(counts)


@pytest.mark.parametrize("label", [0, 1])
def test_one_decision_for_all_rows_is_any_threshold_beyond_the_scores(label):
    found = decided_at(np.full(6, label), SCORES)
    assert found.how == "threshold"
    assert ((found.threshold < SCORES) == label).all()
    assert f"predicted {label}" in str(found.sentence)


def test_scores_that_are_missing_count_for_nothing():
    found = decided_at([0, 1, 1], [0.2, np.nan, 0.6])
    assert (found.low, found.high) == (0.2, 0.6)


def test_other_decisions_beside_one_column_are_refused():
    with pytest.raises(InputError, match="must be 0 and 1"):
        decided_at([0, 2], [0.1, 0.9])
    with pytest.raises(InputError):
        decided_at([0, 1, 1], [0.1, 0.9])
