"""Sigmoid and softmax: exact where they can be, stable everywhere, in the dtype that came."""

from __future__ import annotations

import math

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.steps.activation import ACTIVATIONS, activate

FLOATS = ["f2", "f4", "f8"]


def test_none_is_the_very_same_array():
    logits = np.array([1.0, np.nan])
    assert activate(logits, "none") is logits


@pytest.mark.parametrize("dtype", FLOATS)
def test_sigmoid_at_the_boundaries(dtype):
    logits = np.array([-np.inf, -1e4, -0.0, 0.0, 1e4, np.inf, np.nan], dtype)
    scores = activate(logits, "sigmoid")
    assert scores.dtype == logits.dtype
    assert scores[:-1].tolist() == [0, 0, 0.5, 0.5, 1, 1]
    assert np.isnan(scores[-1])


@pytest.mark.parametrize(("dtype", "tolerance"), [("f2", 5e-4), ("f4", 2e-7), ("f8", 4e-16)])
def test_sigmoid_agrees_with_the_formula(dtype, tolerance):
    logits = np.linspace(-9, 30, 401).astype(dtype)
    expected = [1 / (1 + math.exp(-float(x))) for x in logits]
    np.testing.assert_allclose(activate(logits, "sigmoid"), expected, rtol=tolerance)


def test_sigmoid_keeps_the_smallest_numbers_apart_from_zero():
    smallest = np.nextafter(np.float64(0), 1)
    assert activate(np.array([-740.0]), "sigmoid")[0] == pytest.approx(math.exp(-740.0), abs=1e-323)
    assert activate(np.array([smallest, -smallest]), "sigmoid").tolist() == [0.5, 0.5]


@pytest.mark.parametrize("dtype", FLOATS)
def test_softmax_at_the_boundaries(dtype):
    rows = np.array(
        [[1e4, 0, -1e4], [-1e4, -1e4, -1e4], [0, -np.inf, 0], [np.nan, 0, 0], [np.inf, 0, 0]], dtype
    )
    scores = activate(rows, "softmax")
    assert scores.dtype == rows.dtype
    assert scores[0].tolist() == [1, 0, 0]
    assert scores[1].tolist() == [np.dtype(dtype).type(1) / np.dtype(dtype).type(3)] * 3
    assert scores[2].tolist() == [0.5, 0, 0.5]
    assert np.isnan(scores[3:]).all()


@pytest.mark.parametrize(("dtype", "tolerance"), [("f2", 2e-3), ("f4", 3e-7), ("f8", 5e-16)])
def test_softmax_agrees_with_the_formula_and_does_not_feel_a_shift(dtype, tolerance):
    rows = np.random.default_rng(3).integers(-40, 40, (50, 7)).astype(dtype) / 8
    powers = np.exp(rows.astype("f8"))
    scores = activate(rows, "softmax")
    np.testing.assert_allclose(scores, powers / powers.sum(1, keepdims=True), rtol=tolerance)
    np.testing.assert_array_equal(scores, activate(rows + rows.dtype.type(32), "softmax"))


@pytest.mark.parametrize("shape", [(3,), (3, 1)])
def test_softmax_of_a_single_unit_is_always_one(shape):
    assert activate(np.array([3.0, -1e4, 0.0]).reshape(shape), "softmax").ravel().tolist() == [
        1,
        1,
        1,
    ]


@pytest.mark.parametrize("dtype", ["?", "i1", "i8", "u2"])
@pytest.mark.parametrize("activation", ["sigmoid", "softmax"])
def test_integers_and_booleans_become_float32(dtype, activation):
    logits = np.array([[0, 1], [1, 1]], dtype)
    scores = activate(logits, activation)
    assert scores.dtype == np.float32
    assert np.array_equal(scores, activate(logits.astype("f4"), activation))


@pytest.mark.parametrize("activation", ["sigmoid", "softmax"])
@pytest.mark.parametrize("columns", [1, 3])
def test_many_rows_give_what_few_rows_give_and_the_input_stays(activation, columns):
    logits = np.random.default_rng(1).normal(size=(300_000, columns)).astype("f4")
    before = logits.copy()
    scores = activate(logits, activation)
    few = np.concatenate([activate(part, activation) for part in np.split(logits, 30)])
    assert np.array_equal(scores, few)
    assert np.array_equal(logits, before)
    assert scores.shape == logits.shape
    assert not scores.flags.writeable


def test_another_name_is_refused():
    with pytest.raises(InputError) as caught:
        activate(np.zeros(2), "relu")
    assert str(caught.value) == (
        f"`activation` must be one of {', '.join(ACTIVATIONS)}. Got 'relu'. "
        "Use none where the outputs are probabilities already."
    )
    assert list(ACTIVATIONS) == ["none", "sigmoid", "softmax"]
