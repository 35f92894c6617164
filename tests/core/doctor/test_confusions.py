"""For each confusion the doctor names it, and the search finds the recipe of its number."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from metrics_core.doctor import examine
from metrics_core.generate import GeneratorSettings, generate
from metrics_core.predictions import Predictions
from metrics_core.reverse import Recipe, search
from metrics_core.scenarios import scenario
from metrics_core.settings import Settings

LOGITS = generate(GeneratorSettings(n_samples=1003, output="logits", separability=1.5, seed=4))
SPARSE = generate(
    GeneratorSettings(kind="sparse", n_samples=1500, n_classes=6, balance=0.0, seed=4)
)
TEN_UNITS = scenario("ten-sigmoid-units").predictions()


def weighted() -> Predictions:
    right = LOGITS.labels == (LOGITS.outputs > 0)
    weights = np.where(right, 1.0, 4.0)
    return Predictions.of(LOGITS.y_true, LOGITS.y_pred, sample_weight=weights)


def permuted() -> Predictions:
    return Predictions.of(SPARSE.y_true, SPARSE.y_pred[:, [2, 0, 1, 4, 5, 3]])


def from_one() -> Predictions:
    return Predictions.of(SPARSE.labels + 1, SPARSE.y_pred)


def share(matches: np.ndarray) -> float:
    return float(np.mean(matches))


CASES: dict[str, tuple[Predictions, Settings, float, Callable[[Recipe], bool]]] = {
    "logits-cut": (
        LOGITS,
        Settings(),
        share(LOGITS.labels == (LOGITS.outputs > 0.5)),
        lambda recipe: recipe.threshold == 0.5,
    ),
    "logits-rounded": (
        LOGITS,
        Settings(),
        share(LOGITS.labels == np.rint(LOGITS.outputs)),
        lambda recipe: recipe.variant == "binary_accuracy_rounded",
    ),
    "element-wise-one-hot": (
        TEN_UNITS,
        Settings(),
        share(TEN_UNITS.y_true == (TEN_UNITS.y_pred > 0.5)),
        lambda recipe: recipe.variant == "binary_accuracy",
    ),
    "one-unit-softmax": (
        LOGITS,
        Settings(activation="softmax"),
        share(LOGITS.labels == 1),
        lambda recipe: "softmax" in recipe.activations,
    ),
    "classes-permuted": (
        permuted(),
        Settings(),
        share(permuted().y_pred.argmax(1) == SPARSE.labels),
        lambda recipe: recipe.variant == "sparse_categorical_accuracy",
    ),
    "labels-from-one": (
        from_one(),
        Settings(),
        share(SPARSE.y_pred.argmax(1) == SPARSE.labels),
        lambda recipe: recipe.variant == "sparse_categorical_accuracy" and recipe.cost > 0,
    ),
    "weights-ignored": (
        weighted(),
        Settings(threshold=0.0),
        share(LOGITS.labels == (LOGITS.outputs > 0)),
        lambda recipe: recipe.threshold == 0.0 and recipe.variant == "binary_accuracy",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_doctor_names_it_and_the_search_finds_its_number(name):
    data, settings, number, is_it = CASES[name]
    assert name in [finding.rule for finding in examine(data, settings=settings).findings]
    found = search(data, round(number, 6), digits=6)
    assert any(is_it(recipe) for recipe in found.recipes)
