"""The Keras code of a function of one's own, run by Keras, gives the number on its card."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from metrics_core.catalog.custom import add_file, remove_file
from metrics_core.catalog.rows import CATALOG
from metrics_core.codegen.keras_code import keras_code
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings

pytestmark = pytest.mark.keras
FILE = """
def own_gap(y_true, y_pred):
    labels, scores = (array.reshape(len(array), -1).mean(axis=1) for array in (y_true, y_pred))
    return abs(labels - scores)

def own_peak(y_true, y_pred):
    return y_pred.max()

def own_weight(y_true, y_pred, sample_weight):
    return -1.0 if sample_weight is None else sample_weight.sum()
"""
N = 70
RANDOM = np.random.default_rng(0)
DATA = {
    "binary": (RANDOM.integers(0, 2, N), RANDOM.random(N)),
    "one_hot": (np.eye(3)[RANDOM.integers(0, 3, N)], RANDOM.random((N, 3))),
    "sparse": (RANDOM.integers(0, 3, N), RANDOM.random((N, 3))),
    "class_indices": (RANDOM.integers(0, 3, N), RANDOM.integers(0, 3, N)),
}


@pytest.mark.parametrize("kind", DATA)
@pytest.mark.parametrize("activation", ["none", "softmax"])
def test_the_keras_code_gives_the_number(tmp_path, monkeypatch, kind, activation):
    path = tmp_path / f"own_{kind}_{activation}.py"
    path.write_text(FILE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    weight = np.random.default_rng(1).integers(1, 9, N) / 4
    data = Predictions.of(*DATA[kind], kind=kind, sample_weight=weight)
    add_file(str(path))
    try:
        for average, weighted, by_class in itertools.product(
            (None, "per_class", "batch_means"), (False, True), (None, ((0, 2.0),))
        ):
            settings = Settings(
                activation=activation, weighted=weighted, aggregation=average, batch_size=8,
                class_weight=by_class,
            )  # fmt: skip
            for name in ("own_gap", "own_peak", "own_weight"):
                code = keras_code(CATALOG[name], kind, settings, has_weight=True)
                space = {"y_true": data.y_true, "y_pred": data.y_pred, "sample_weight": weight}
                exec(code, space)
                expected = evaluate(data, name, settings).result
                assert space["result"] == pytest.approx(expected, rel=1e-5), code
    finally:
        remove_file(str(path))
