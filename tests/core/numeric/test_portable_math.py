"""Logarithm, exponential and normal quantile against the standard library."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from metrics_core.numeric.portable_math import exp, log, normal_quantile, sigmoid, softmax


def test_exp_agrees_with_the_standard_library():
    values = np.concatenate([np.linspace(-700, 709, 3001), np.linspace(-1, 1, 501)])
    expected = np.array([math.exp(value) for value in values])
    np.testing.assert_allclose(exp(values), expected, rtol=5e-16)


def test_exp_of_very_low_numbers_is_zero_and_of_very_high_ones_stays_finite():
    assert exp(np.array([-746.0, -1e300])).tolist() == [0.0, 0.0]
    assert np.isfinite(exp(np.array([1e300]))).all()


def test_log_agrees_with_the_standard_library_over_the_whole_range():
    values = np.concatenate([10.0 ** np.linspace(-300, 300, 3001), np.linspace(0.5, 2, 501)])
    expected = np.array([math.log(value) for value in values])
    np.testing.assert_allclose(log(values), expected, rtol=1e-15, atol=1e-300)


def test_the_normal_quantile_agrees_with_the_standard_library_in_the_centre_and_both_tails():
    powers = 2.0 ** -np.arange(2, 53)
    shares = np.concatenate([np.linspace(0.001, 0.999, 1999), powers, 1 - powers])
    expected = np.array([NormalDist().inv_cdf(share) for share in shares])
    np.testing.assert_allclose(normal_quantile(shares), expected, rtol=1e-14, atol=1e-15)


def test_the_normal_quantile_is_odd_around_one_half():
    shares = np.arange(1, 64) / 128
    assert np.array_equal(normal_quantile(shares), -normal_quantile(1 - shares))
    assert normal_quantile(np.array([0.5]))[0] == 0.0


def test_shapes_are_kept():
    values = np.full((3, 2), 0.25)
    assert exp(values).shape == log(values).shape == normal_quantile(values).shape == (3, 2)


def test_sigmoid_and_softmax_of_two_classes_are_the_same_function():
    logits = np.linspace(-40, 40, 801)
    rows = np.stack([np.zeros_like(logits), logits], axis=1)
    np.testing.assert_allclose(softmax(rows)[:, 1], sigmoid(logits), rtol=1e-14)
    expected = np.array([1 / (1 + math.exp(-logit)) for logit in logits])
    np.testing.assert_allclose(sigmoid(logits), expected, rtol=1e-14)


def test_softmax_rows_sum_to_one_and_do_not_overflow():
    rows = np.array([[1e300, 0.0, -1e300], [-700.0, -700.0, -700.0]])
    np.testing.assert_allclose(softmax(rows), [[1, 0, 0], [1 / 3, 1 / 3, 1 / 3]], rtol=1e-15)
