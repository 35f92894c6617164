"""Exact equality, and errors in the dtype of the scores."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.steps.comparison import (
    absolute_error,
    all_equal,
    equal,
    equal_as_positive,
    equal_output,
    squared_error,
)

FLOATS = ["f2", "f4", "f8"]
INF, NAN = np.inf, np.nan


@pytest.mark.parametrize("dtype", FLOATS)
def test_equality_is_exact(dtype):
    labels = np.array([0, 1, -1, 1, 0.95, 2], "f8")
    scores = np.array([-0.0, 1, -1, np.nextafter(np.array(1, dtype), 0), 1, 2], dtype)
    assert equal(labels, scores).tolist() == [True, True, True, False, False, True]


def test_nan_equals_nothing_and_an_infinity_only_itself():
    values = np.array([np.nan, np.inf, -np.inf])
    assert equal(values, values).tolist() == [False, True, True]
    assert not equal(values, -values).any()


def test_labels_take_the_dtype_of_floating_decisions_first():
    assert equal(np.array([0.1, 16_777_217]), np.array([0.1, 16_777_216], "f4")).all()
    assert not equal(np.array([0.1], "f4"), np.array([0.1])).any()
    assert equal(np.array([70_000]), np.array([np.inf], "f2")).all()


@pytest.mark.parametrize("dtype", ["?", "i1", "u8", "f2", "f8"])
def test_a_decided_class_equals_its_label_in_every_dtype(dtype):
    labels = np.array([0, 1, 1, 0], dtype)
    assert equal(labels, np.array([False, True, False, True])).tolist() == [
        True,
        True,
        False,
        False,
    ]
    assert equal(labels, np.array([0, 1, 0, 1])).tolist() == [True, True, False, False]


def test_a_label_is_cut_to_a_whole_number_against_whole_outputs_but_not_against_classes():
    labels, outputs = np.array([0.5, 1.5, -0.5, 2]), np.array([0, 1, 0, 2])
    assert equal_output(labels, outputs).all()
    assert equal(labels, outputs).tolist() == [False, False, False, True]
    assert equal_output(labels, outputs.astype("f4")).tolist() == [False, False, False, True]
    assert equal_output(np.array([2, 0]), np.array([True, False])).all()


def test_labels_that_are_no_class_match_no_decided_class():
    labels = np.array([-1, 0.5, np.nan, 3, np.inf])
    assert not equal(labels, np.array([0, 0, 0, 0, 0])).any()
    assert not equal(labels, np.array([True] * 5)).any()


def test_every_label_but_zero_is_positive_for_precision_and_recall():
    labels = np.array([0, -0.0, 1, 2, -1, 0.05, np.nan])
    assert equal_as_positive(labels, np.ones(7, bool)).tolist() == [False] * 2 + [True] * 5
    assert equal_as_positive(labels, np.zeros(7, bool)).tolist() == [True] * 2 + [False] * 5


def test_a_row_is_right_only_where_every_element_is():
    labels = np.array([[0, 1], [1, 1], [0, 0]])
    assert all_equal(labels, np.array([[0, 1], [1, 0], [1, 1]], bool)).tolist() == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("labels", ["?", "u1", "i8", "f4", "f8"])
@pytest.mark.parametrize("scores", FLOATS)
def test_errors_keep_the_dtype_of_floating_scores(labels, scores):
    y_true, y_pred = np.array([0, 1, 1], labels), np.array([0.25, 0.25, -3], scores)
    for function, expected in (
        (absolute_error, [0.25, 0.75, 4]),
        (squared_error, [0.0625, 0.5625, 16]),
    ):
        error = function(y_true, y_pred)
        assert (error.dtype, error.tolist()) == (np.dtype(scores), expected)


@pytest.mark.parametrize("scores", ["?", "u1", "i8"])
def test_errors_of_integer_scores_are_float32_and_do_not_wrap(scores):
    error = absolute_error(np.array([1, 0, 1], "u1"), np.array([0, 0, 1], scores))
    assert (error.dtype, error.tolist()) == (np.dtype("f4"), [1, 0, 0])
    assert squared_error(np.array([200], "u1"), np.array([0], scores)).tolist() == [40_000]


def test_errors_of_values_that_are_not_finite_are_what_arithmetic_gives():
    labels, scores = np.array([1, 0, np.inf]), np.array([np.nan, -np.inf, np.inf])
    for function in (absolute_error, squared_error):
        assert np.array_equal(function(labels, scores), [np.nan, np.inf, np.nan], equal_nan=True)
    assert squared_error(np.array([0]), np.array([300], "f2")).tolist() == [np.inf]


def test_labels_that_the_dtype_of_the_outputs_cannot_hold_are_compared_without_a_warning():
    labels = np.array([NAN, INF, 1e300, 1.0])
    assert equal_output(labels, np.array([9, 9, 9, 1], "i4")).tolist() == [False] * 3 + [True]
    assert equal_output(labels, np.array([0, INF, INF, 1], "f2")).tolist() == [False] + [True] * 3
    assert equal(labels, np.array([0, INF, INF, 1], "f2")).tolist() == [False] + [True] * 3
    assert absolute_error(labels, np.array([0, 0, 0, 1], "f4"))[1:].tolist() == [INF, INF, 0]
    assert squared_error(np.array([0.0]), np.array([1e200])).tolist() == [INF]
    assert np.isnan(absolute_error(np.array([INF]), np.array([INF]))).all()
