"""Every value that is tried against `evaluate` and against its own code."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.kinds import KINDS
from metrics_core.predictions import Predictions
from metrics_core.reverse import keras_recipe, numpy_recipe
from tests.core.reverse.samples import data, every_recipe, logits, one_output, recomputed, run


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("dtype", "unit"), [("f4", False), ("f4", True), ("f8", False)])
def test_every_value_is_what_evaluate_and_the_code_give(kind, dtype, unit):
    given = data(kind, dtype, unit=unit)
    recipes = every_recipe(given)
    assert len(recipes) >= 30
    for recipe in recipes:
        assert recomputed(recipe, given) == pytest.approx(recipe.value, abs=1e-12), recipe
        assert run(numpy_recipe(recipe), given) == pytest.approx(recipe.value, abs=1e-12), recipe


@pytest.mark.parametrize("kind", ["binary", "sparse"])
def test_the_code_takes_columns(kind):
    given = data(kind, "f4", unit=True, column=True)
    for recipe in every_recipe(given)[::3]:
        assert run(numpy_recipe(recipe), given) == pytest.approx(recipe.value, abs=1e-12), recipe


@pytest.mark.parametrize("lowest", [1, -1])
def test_labels_out_of_range_are_counted_as_evaluate_counts_them(lowest):
    labels, outputs = logits(97)
    given = Predictions.of(labels + lowest, outputs)
    for recipe in every_recipe(given):
        assert recomputed(recipe, given) == pytest.approx(recipe.value, abs=1e-12), recipe


def test_smoothed_one_hot_labels_are_counted_as_evaluate_counts_them():
    labels, outputs = logits(97)
    smooth = np.eye(4, dtype="f4")[labels] * np.float32(0.9) + np.float32(0.025)
    given = Predictions.of(smooth, outputs)
    assert given.kind == "one_hot"
    for recipe in every_recipe(given):
        assert recomputed(recipe, given) == pytest.approx(recipe.value, abs=1e-12), recipe


def test_outputs_that_are_not_finite_are_counted_as_evaluate_counts_them():
    for labels, outputs in (logits(97), one_output(97)):
        odd = outputs.copy()
        flat = odd.reshape(-1)
        flat[::7], flat[3::19], flat[5::23] = np.nan, np.inf, -np.inf
        given = Predictions.of(labels, odd)
        for recipe in every_recipe(given):
            assert recomputed(recipe, given) == pytest.approx(recipe.value, abs=1e-12), recipe


def test_weights_of_very_unlike_size_are_counted_as_evaluate_counts_them():
    labels, outputs = one_output(97)
    unlike = 10.0 ** np.random.default_rng(1).integers(-37, 38, 97)
    given = Predictions.of(labels, outputs, sample_weight=unlike)
    for recipe in every_recipe(given):
        assert recomputed(recipe, given) == pytest.approx(recipe.value, rel=1e-12, abs=1e-12), (
            recipe
        )


@pytest.mark.keras
@pytest.mark.parametrize("kind", KINDS)
def test_the_keras_code_gives_the_value(kind):
    pytest.importorskip("keras")
    given = data(kind, "f4", unit=True)
    recipes = every_recipe(given)
    sample = [recipe for recipe in recipes if recipe.batch_size >= 32][
        :: max(1, len(recipes) // 25)
    ]
    assert len(sample) >= 10
    for recipe in sample:
        assert run(keras_recipe(recipe), given) == pytest.approx(recipe.value, abs=1e-6), recipe
