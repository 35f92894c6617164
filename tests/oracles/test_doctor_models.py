"""The doctor on outputs of real models: silent on correct ones, and right about spoilt ones."""

from __future__ import annotations

import warnings
from functools import cache

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment
from scipy.stats import binomtest
from sklearn import datasets
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, log_loss
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier

from metrics_core.counting.intervals import wilson
from metrics_core.doctor import examine
from metrics_core.doctor.calibration import calibration
from metrics_core.doctor.case import Case
from metrics_core.generate import GeneratorSettings, generate
from metrics_core.numeric.assignment import best_assignment
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from tests.every import every

DATA = ("digits", "breast_cancer", "iris", "wine")
PROBABLE = {
    "logistic": lambda: make_pipeline(StandardScaler(), LogisticRegression(max_iter=500)),
    "forest": lambda: RandomForestClassifier(100, random_state=0),
    "mlp": lambda: make_pipeline(
        StandardScaler(), MLPClassifier((16,), max_iter=150, random_state=0)
    ),
    "neighbours": KNeighborsClassifier,
    "tree": lambda: DecisionTreeClassifier(max_depth=3, random_state=0),
}
DECIDING = {
    "logistic": PROBABLE["logistic"],
    "svc": lambda: make_pipeline(StandardScaler(), LinearSVC()),
}
on_all_data = every("name", DATA)


@cache
def split(name):
    x, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    return train_test_split(x, y, random_state=1, stratify=y)


@cache
def fitted(name, model):
    x, _, y, _ = split(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ({**PROBABLE, **DECIDING})[model]().fit(x, y)


@cache
def probabilities(name, model):
    _, x, _, y = split(name)
    return y, fitted(name, model).predict_proba(x)


@cache
def logits(name, model):
    _, x, _, y = split(name)
    return y, fitted(name, model).decision_function(x)


def serious(report):
    return [found.rule for found in report.of_severity("serious")]


def found_in(report):
    return {found.rule: found for found in report.findings}


@pytest.mark.long
@on_all_data
@every("model", PROBABLE)
@every("dtype", ["f2", "f4", "f8"])
@every("order", ["as split", "sorted by class", "sorted by class, backwards"])
def test_nothing_serious_on_probabilities(name, model, dtype, order):
    y, outputs = probabilities(name, model)
    if order != "as split":
        rows = np.argsort(y, kind="stable")[:: 1 if order == "sorted by class" else -1]
        y, outputs = y[rows], outputs[rows]
    outputs = outputs.astype(dtype)
    sparse = Predictions.of(y, outputs)
    views = [sparse, sparse.to_one_hot()]
    if outputs.shape[1] == 2:
        views += [Predictions.of(y, outputs[:, 1]), Predictions.of(y[:, None], outputs[:, 1:])]
    for predictions in views:
        report = examine(predictions)
        assert serious(report) == []
        assert "padding" not in found_in(report)


@on_all_data
@pytest.mark.parametrize("model", DECIDING)
def test_nothing_serious_on_logits_at_threshold_0(name, model):
    y, outputs = logits(name, model)
    assert serious(examine(Predictions.of(y, outputs), settings=Settings(threshold=0.0))) == []
    activation = "sigmoid" if outputs.ndim == 1 else "softmax"
    assert (
        serious(examine(Predictions.of(y, outputs), settings=Settings(activation=activation))) == []
    )
    if outputs.ndim == 2:
        assert serious(examine(Predictions.of(y, outputs).to_one_hot())) == []


@on_all_data
@every("model", PROBABLE)
def test_nothing_serious_on_decided_classes(name, model):
    _, x, _, y = split(name)
    decided = fitted(name, model).predict(x)
    assert serious(examine(Predictions.of(y, decided))) == []


@pytest.mark.parametrize("seed", range(4))
def test_nothing_serious_on_a_linear_model_of_0_and_1(seed):
    x, rest, y, labels = train_test_split(
        *datasets.load_breast_cancer(return_X_y=True), random_state=seed
    )
    outputs = make_pipeline(StandardScaler(), Ridge()).fit(x, y).predict(rest)
    assert outputs.min() < 0
    assert outputs.max() > 1
    assert serious(examine(Predictions.of(labels, outputs))) == []


def test_nothing_serious_on_a_model_that_could_learn_nothing():
    random = np.random.default_rng(3)
    x, y = random.normal(size=(2000, 5)), random.integers(0, 4, 2000)
    outputs = LogisticRegression().fit(x[:1000], y[:1000]).predict_proba(x[1000:])
    report = examine(Predictions.of(y[1000:], outputs))
    assert serious(report) == []
    assert "majority-class" in found_in(report)


@pytest.mark.parametrize("model", DECIDING)
def test_logits_cut_at_one_half_are_named(model):
    y, outputs = logits("breast_cancer", model)
    found = found_in(examine(Predictions.of(y, outputs)))["logits-cut"]
    assert found.severity == "serious"
    assert f"{accuracy_score(y, outputs > 0):.4f}" in str(found.counterfactual)


@on_all_data
@pytest.mark.parametrize("model", ["logistic", "forest", "mlp"])
def test_what_was_spoilt_is_named_with_the_number_of_the_model(name, model):
    y, outputs = probabilities(name, model)
    right = f"{accuracy_score(y, outputs.argmax(axis=1)):.4f}"
    order = np.roll(np.arange(outputs.shape[1]), 1)
    spoilt = {
        "classes-permuted": Predictions.of(y, outputs[:, order]),
        "labels-from-one": Predictions.of(y + 1, outputs),
        "labels-shuffled": Predictions.of(np.roll(y, 3), outputs),
        "broadcast": Predictions.of(y[:, None], outputs),
    }
    for rule, predictions in spoilt.items():
        found = found_in(examine(predictions)).get(rule)
        assert found is not None, rule
        assert right in str(found.counterfactual), rule


@on_all_data
@pytest.mark.parametrize("model", ["logistic", "mlp"])
def test_a_second_softmax_is_named(name, model):
    y, outputs = probabilities(name, model)
    exps = np.exp(outputs)
    report = examine(Predictions.of(y, exps / exps.sum(axis=1, keepdims=True)))
    assert "double-softmax" in found_in(report)


@pytest.mark.parametrize("model", ["logistic", "forest", "mlp"])
def test_a_second_sigmoid_is_named(model):
    y, outputs = probabilities("breast_cancer", model)
    found = found_in(examine(Predictions.of(y, 1 / (1 + np.exp(-outputs[:, 1])))))
    assert found["double-sigmoid"].severity == "serious"


@pytest.mark.keras
def test_keras_models_right_and_wrong():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import keras

    x, rest, y, labels = split("digits")
    x, rest = x / 16, rest / 16
    hot = np.eye(10, dtype="f4")[labels]

    def outputs(activation, loss, targets):
        keras.utils.set_random_seed(0)
        layers = [keras.layers.Dense(32, activation="relu"), keras.layers.Dense(10, activation)]
        model = keras.Sequential(layers)
        model.compile(optimizer=keras.optimizers.Adam(0.01), loss=loss)
        model.fit(x, targets, epochs=6, verbose=0)
        return model.predict(rest, verbose=0)

    sparse = keras.losses.SparseCategoricalCrossentropy
    probable = outputs("softmax", sparse(), y)
    raw = outputs(None, sparse(from_logits=True), y)
    assert serious(examine(Predictions.of(labels, probable))) == []
    assert serious(examine(Predictions.of(hot, probable))) == []
    assert serious(examine(Predictions.of(labels, raw))) == []
    units = outputs("sigmoid", "binary_crossentropy", np.eye(10)[y])
    assert {"element-wise-one-hot", "rows-not-one"} <= set(
        found_in(examine(Predictions.of(hot, units)))
    )
    again = np.exp(probable) / np.exp(probable).sum(axis=1, keepdims=True)
    assert "double-softmax" in found_in(examine(Predictions.of(labels, again)))


@pytest.mark.parametrize("size", [1, 2, 7, 30, 120])
@pytest.mark.parametrize("most", [2, 1000])
def test_the_best_assignment_is_scipys(size, most):
    gain = np.random.default_rng(size).integers(0, most, (size, size))
    chosen = best_assignment(gain)
    assert sorted(chosen.tolist()) == list(range(size))
    assert gain[np.arange(size), chosen].sum() == gain[linear_sum_assignment(gain, True)].sum()


@pytest.mark.parametrize(("right", "count"), [(0, 7), (7, 7), (3, 10), (912, 1000)])
def test_the_interval_is_scipys(right, count):
    theirs = binomtest(right, count).proportion_ci(method="wilson")
    assert wilson(right, count) == pytest.approx((theirs.low, theirs.high), abs=1e-7)


@on_all_data
@pytest.mark.parametrize("model", ["logistic", "mlp"])
def test_the_log_loss_is_scikit_learns(name, model):
    y, outputs = probabilities(name, model)
    made = calibration(Case(Predictions.of(y, outputs), Settings()))
    assert made.log_loss == pytest.approx(log_loss(y, outputs), rel=1e-3)


@pytest.mark.parametrize(
    "settings",
    [
        GeneratorSettings(n_samples=1_000_000),
        GeneratorSettings(n_samples=1_000_000, output="logits"),
        GeneratorSettings(kind="one_hot", n_samples=100_000, n_classes=10),
        GeneratorSettings(kind="multi_label", n_samples=100_000, n_classes=10, output="logits"),
    ],
    ids=["binary", "binary logits", "ten classes", "ten labels"],
)
def test_large_data_of_a_correct_model_have_no_serious_finding_but_the_cut_of_logits(settings):
    report = examine(generate(settings))
    cut = {"logits-cut"} if settings.output == "logits" else set()
    assert {finding.rule for finding in report.of_severity("serious")} <= cut
