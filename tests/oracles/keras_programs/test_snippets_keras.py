"""The Keras code beside every card, run in Keras and compared with the card."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from metrics_core.catalog.rows import CATALOG
from metrics_core.catalog.variant import Variant
from metrics_core.codegen.keras_code import keras_code
from metrics_core.evaluation import evaluate
from metrics_core.kinds import KINDS, Kind
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.activation import ACTIVATIONS
from tests.every import every

pytestmark = pytest.mark.keras
N, C = 83, 7
FITS = [(kind, row) for kind in KINDS for row in CATALOG.values() if kind in row.needs]
NAMES = [f"{kind}-{row.name}" for kind, row in FITS]


def data(kind: Kind, dtype: str = "f4", column: bool = False) -> Predictions:
    """Mostly right outputs, many of them on the usual thresholds."""
    rng = np.random.default_rng(9)
    shape = (N, C) if kind not in ("binary", "class_indices") else (N, 1) if column else (N,)
    pred = rng.normal(0.4, 1.0, shape).astype(dtype)
    for place, value in enumerate((0.0, 0.5, 0.3, 1.5, 2.5, -0.5, 0.9)):
        pred[place::11] = value
    true = (rng.random(shape) < 1 / (1 + np.exp(-3 * pred))).astype("i8")
    match kind:
        case "one_hot":
            true = np.eye(C, dtype="u1")[np.argmax(pred + rng.normal(0, 1, shape), axis=1)]
        case "sparse":
            true = np.argmax(pred + rng.normal(0, 1, shape), axis=1)
        case "class_indices":
            pred = rng.integers(0, 4, shape)
            true = np.where(rng.random(shape) < 0.6, pred, 3 - pred)
    weight = rng.integers(0, 5, N) / 2
    return Predictions.of(true, pred, kind=kind, sample_weight=weight)


def run(code: str, made: Predictions) -> float:
    names = {"y_true": made.y_true, "y_pred": made.y_pred, "sample_weight": made.sample_weight}
    exec(code.replace("print(result)", ""), names)
    assert type(names["result"]) is float
    return names["result"]


def assert_same(made: Predictions, row: Variant, settings: Settings) -> None:
    pytest.importorskip("keras")
    expected = evaluate(made, row.name, settings).result
    got = run(keras_code(row, made.kind, settings, has_weight=True), made)
    assert got == pytest.approx(expected, rel=1e-6, abs=1e-12)
    assert f"{got:.4f}" == f"{expected:.4f}"


@every(("kind", "row"), FITS, ids=NAMES)
def test_the_code_gives_the_number_of_the_card(kind: Kind, row: Variant) -> None:
    made, uses = data(kind), row.uses(kind)
    thresholds = (0.5, 0.3, 0.0, -0.7, 1.5) if "threshold" in uses else (0.5,)
    more = "k" in uses or "beta" in uses
    others = ((0, 2.0), (3, 0.5), (C + 1, 1.0)) if more else ((5, 1.0),)
    for activation, weighted in itertools.product(ACTIVATIONS, (False, True)):
        for threshold, (k, beta) in itertools.product(thresholds, others):
            assert_same(
                made,
                row,
                Settings(
                    activation=activation, threshold=threshold, k=k, beta=beta, weighted=weighted
                ),
            )


@pytest.mark.long
@every(("kind", "row"), FITS, ids=NAMES)
def test_the_code_gives_the_number_for_float64_outputs(kind: Kind, row: Variant) -> None:
    for threshold in (0.5, 0.3, 0.9, 1.3):
        assert_same(data(kind, "f8"), row, Settings(threshold=threshold))


@pytest.mark.long
@every(("kind", "row"), FITS, ids=NAMES)
def test_the_code_follows_another_aggregation(kind: Kind, row: Variant) -> None:
    made = data(kind)
    for weighted in (False, True):
        batches = Settings(weighted=weighted, aggregation="batch_means", batch_size=32)
        assert_same(made, row, batches)
        assert_same(made, row, Settings(weighted=weighted, aggregation="per_class"))
        assert_same(made, row, Settings(weighted=weighted, class_weight=((0, 3.0), (1, 0.5))))


@pytest.mark.parametrize("kind", ["binary", "sparse", "class_indices"])
def test_a_column_is_one_value_a_sample(kind: Kind) -> None:
    made = data(kind, column=True)
    columns = Predictions.of(
        made.labels.reshape(-1, 1), made.y_pred, kind=kind, sample_weight=made.sample_weight
    )
    for row in (row for row in CATALOG.values() if kind in row.needs):
        for activation, weighted in itertools.product(ACTIVATIONS, (False, True)):
            assert_same(columns, row, Settings(activation=activation, weighted=weighted))


@pytest.mark.parametrize("dtype", ["u1", "i8"])
def test_whole_outputs_do_not_wrap_around(dtype: str) -> None:
    true, pred = np.array([1, 0, 1, 1], dtype), np.array([0, 1, 1, 1], dtype)
    made = Predictions.of(true, pred, kind="binary")
    for row in (row for row in CATALOG.values() if "binary" in row.needs):
        assert_same(made, row, Settings())


def test_the_code_names_the_metric_of_keras() -> None:
    settings = Settings(threshold=0.25, k=2, beta=2)
    expected = {
        "binary_accuracy": "BinaryAccuracy(threshold=0.25)",
        "categorical_accuracy": "CategoricalAccuracy()",
        "top_k_categorical_accuracy": "TopKCategoricalAccuracy(k=2)",
        "precision": "Precision(thresholds=0.25)",
        "f_beta": 'FBetaScore(average="micro", beta=2.0, threshold=0.25)',
        "mean_squared_error": "MeanSquaredError()",
    }
    for name, metric in expected.items():
        code = keras_code(CATALOG[name], "one_hot", settings, has_weight=False)
        assert f"metric = keras.metrics.{metric}\n" in code
