"""Explain a number: metrics that are no row of the catalogue, each against its own code."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from metrics_core.predictions import Predictions
from metrics_core.reverse import Recipe, keras_recipe, numpy_recipe
from metrics_core.reverse.candidates.batches import Means, Tried
from metrics_core.reverse.candidates.metrics.every import Metrics
from metrics_core.reverse.ranking import recipe_of
from metrics_core.reverse.reported import Reported
from tests.core.reverse.samples import run

N, C = 203, 4


def data() -> dict[str, Predictions]:
    """Every kind of data, on both sides of the usual thresholds."""
    rng = np.random.default_rng(4)
    classes = rng.integers(0, C, N)
    logits = np.round(rng.normal(0, 1.5, (N, C)) + 1.5 * np.eye(C)[classes], 2).astype("f4")
    parts = np.exp(logits)
    shares = (parts / parts.sum(axis=1, keepdims=True)).astype("f4")
    unit = (1 / (1 + np.exp(-logits[:, 0]))).astype("f4")
    ones = (logits[:, 0] + rng.normal(0, 1, N) > 0.2).astype(int)
    many = (rng.random((N, C)) < 0.4).astype(int)
    weight = rng.integers(0, 4, N) / 2
    return {
        "logits of one unit": Predictions.of(ones, logits[:, 0], sample_weight=weight),
        "one unit": Predictions.of(ones, unit),
        "a column": Predictions.of(ones[:, None], unit[:, None]),
        "labels -1 and 1": Predictions.of(2 * ones - 1, logits[:, 0]),
        "two columns": Predictions.of(ones, np.stack([1 - unit, unit], axis=1)),
        "one-hot": Predictions.of(np.eye(C)[classes], shares, sample_weight=weight),
        "sparse": Predictions.of(classes, logits),
        "padded with -100": Predictions.of(np.where(classes == 2, -100, classes), shares),
        "multi-hot": Predictions.of(many, logits - 1, kind="multi_label", sample_weight=weight),
        "multi-hot shares": Predictions.of(many, shares, kind="multi_label"),
        "indices": Predictions.of(classes, logits.argmax(axis=1), sample_weight=weight),
        "padded with 255": Predictions.of(
            np.where(classes == 2, 255, classes), logits.argmax(axis=1)
        ),
    }


DATA = data()


def all_tried(given: Predictions) -> list[Tried]:
    metrics = Metrics(given)
    means = Means(given.n_samples, given.sample_weight)
    return [*metrics.tried(means), *metrics.above_one()]


def recipes(given: Predictions) -> Iterator[Recipe]:
    """Each tried recipe with its first and a middle batch size."""
    for tried in all_tried(given):
        for index in sorted({0, len(tried.values) // 2}):
            if not np.isnan(tried.values[index]):
                yield recipe_of(given, tried, index, Reported(0.5, 4))


@pytest.mark.parametrize("name", DATA)
def test_every_metric_is_what_its_code_gives(name):
    given = DATA[name]
    found = list(recipes(given))
    assert len(found) > 40
    for recipe in found:
        assert run(numpy_recipe(recipe), given) == pytest.approx(recipe.value, abs=1e-9), (
            recipe, numpy_recipe(recipe))  # fmt: skip


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", DATA)
def test_scikit_learn_gives_the_same(name):
    pytest.importorskip("sklearn")
    given, n_run = DATA[name], 0
    for recipe in recipes(given):
        code = keras_recipe(recipe)
        if "sklearn" in code:
            n_run += 1
            theirs = run(code, given)
            if "kappa" in code and np.isnan(theirs):  # 0 of 0: nothing but one class on either side
                theirs = 0.0
            assert theirs == pytest.approx(recipe.value, abs=1e-6), (recipe, code)
    assert n_run > 10


@pytest.mark.keras
@pytest.mark.parametrize("name", ["one unit", "logits of one unit", "one-hot", "multi-hot shares"])
def test_keras_gives_the_same(name):
    pytest.importorskip("keras")
    given, n_run = DATA[name], 0
    for recipe in recipes(given):
        code = keras_recipe(recipe)
        if recipe.metric is not None and "import keras" in code:
            n_run += 1
            assert run(code, given) == pytest.approx(recipe.value, abs=2e-6), (recipe, code)
    assert n_run >= 4


@pytest.mark.parametrize(("name", "average"), [("", "macro"), ("_weighted", "weighted")])
def test_auc_of_one_class_against_one_is_that_of_scikit_learn(name, average):
    sklearn = pytest.importorskip("sklearn.metrics")
    given = DATA["one-hot"]
    (value,) = (
        float(group.values[0])
        for group in all_tried(given)
        if group.choice.variant == f"auc_of_pairs{name}" and not group.choice.activations
    )
    theirs = sklearn.roc_auc_score(
        given.y_true.argmax(axis=1), given.y_pred, multi_class="ovo", average=average
    )
    assert value == pytest.approx(theirs, abs=1e-9)
