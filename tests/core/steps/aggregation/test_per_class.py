"""Which classes count, and how much."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.steps.aggregation.per_class import PerClassMean


@pytest.mark.parametrize("dtype", ["i1", "i8", "f4"])
@pytest.mark.parametrize("weights", [None, np.ones(5)], ids=["plain", "weighted"])
@pytest.mark.parametrize("highest", [4, 120])
def test_classes_that_do_not_occur_do_not_count(dtype, weights, highest):
    labels = np.array([3, 3, 3, 0, highest], dtype)
    state = PerClassMean.of(np.array([True, False, False, True, False]), labels, weights)
    assert state.classes.tolist() == [0, 3, highest]
    assert state.result == pytest.approx((1 + 1 / 3 + 0) / 3, abs=1e-16)
    assert (state.count.value, len(state.means)) == (3.0, 3)


def test_the_state_of_no_samples_has_no_class():
    empty = PerClassMean.empty()
    assert (empty.classes.tolist(), empty.means, empty.count.value) == ([], (), 0.0)
    assert PerClassMean.of(np.array([], bool), np.array([], int)).classes.tolist() == []


def test_a_class_without_weight_does_not_count():
    state = PerClassMean.of(np.array([True, False]), np.array([0, 1]), np.array([1.0, 0.0]))
    assert (state.result, state.count.value) == (1.0, 1.0)


def test_many_narrow_labels_do_not_wrap_around():
    labels = np.resize(np.arange(-100, 101, dtype="i1"), 603)
    state = PerClassMean.of(labels > 0, labels)
    assert state.classes.tolist() == list(range(-100, 101))
    assert state.result == 100 / 201


def test_labels_that_are_nan_are_one_class_also_after_merging():
    values, labels = np.array([True, False, False]), np.array([1, np.nan, np.nan])
    part = PerClassMean.of(values, labels)
    merged = part.merge(part)
    assert np.array_equal(merged.classes, [1, np.nan], equal_nan=True)
    assert merged.result == part.result == 0.5
