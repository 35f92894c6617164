"""Formulas against the installed Keras 3: the code that equals them, and a real ``compile``."""

from __future__ import annotations

import os
import warnings

import numpy as np
import pytest

from metrics_core.formula import FUNCTIONS, code, evaluate, parse, value_by_batches
from metrics_core.steps.activation import activate

pytestmark = [pytest.mark.keras, pytest.mark.filterwarnings("ignore:You are using a softmax")]
N, C = 83, 4
RNG = np.random.default_rng(21)
PRED = RNG.normal(0.4, 0.9, (N, C)).astype("f4")
PRED[::9] = np.float32(0.3)
PRED[4::9] = np.float32(1.5)
GIVEN = {
    "y_true": RNG.integers(0, 2, (N, C)),
    "y_pred": PRED,
    "decisions": PRED > 0.5,
    "matches": RNG.random((N, C)) < 0.7,
    "sample_weight": RNG.random(N).astype("f4"),
}
FLAT = {name: array if array.ndim == 1 else array[:, 0] for name, array in GIVEN.items()}
FORMULAS = [
    "mean(abs(y_true - y_pred))",
    "mean(round(y_pred) == y_true)",
    "y_pred > 0.3",
    "y_pred > threshold",
    "y_pred == 0.3",
    "(y_pred > mean(y_pred) + 0.01) & ~(y_true == 1) | (y_pred < -0.3)",
    "0 < y_pred <= (k - 2)",
    "(y_pred > 0) + (y_pred > 0) - (1 < 2)",
    "~(1 < 2) + 1",
    "matches & (y_pred > 0)",
    "mean(y_pred, -1) * sample_weight",
    "where(y_true, 2, 3) ** -1",
    "argmax(y_pred) ** 2 + max(argmax(y_pred))",
    "size(y_pred) ** -1 + size(y_pred, -1)",
    "2 ** -2 + k ** -1 + 7 // 2 + 7 % 2 + abs(-1 / 2)",
    "-(1 - y_pred) ** 2",
    "softmax(softmax(y_pred)) - sigmoid(y_pred)",
    "scores > 0.5",
    "cos(pi) * e + std(scores)",
    "any(y_pred > 2) + all(y_true, -1) + count_nonzero(y_pred > 0, -1)",
    "prod(clip(y_pred, 0.5, 1.5), -1)",
    "{'hit': mean(round(y_pred) == y_true), 'mean_pred': mean(y_pred), 'print': k}",
]
CALLS = [
    f"{row.name}({', '.join(['abs(y_pred) + 0.1', '2', '3'][: len(row.arguments)])})"
    for row in FUNCTIONS.values()
]


@pytest.fixture(scope="session")
def keras():
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("keras")


def run(text, given):
    names = dict(given)
    exec(text.replace("print(result)", ""), names)
    return names


CASES = [(text, "none") for text in (*FORMULAS, *CALLS)] + [
    (text, activation)
    for text in FORMULAS
    if "scores" in text
    for activation in ("sigmoid", "softmax")
]


@pytest.mark.parametrize(("text", "activation"), CASES)
def test_the_keras_code_gives_the_value_of_the_formula(keras, text, activation):
    for given in (FLAT, GIVEN):
        made = given | {"threshold": 0.3, "k": 3, "scores": activate(given["y_pred"], activation)}
        formula = parse(text)
        for weighted in (False, True):
            weights = given["sample_weight"] if weighted else None
            results = evaluate(formula, made, weights=weights)
            expected = {name: result.value for name, result in results.items()}
            chosen = {"threshold": 0.3, "k": 3, "activation": activation, "weighted": weighted}
            got = run(code(formula, "keras", **chosen), given)["result"]
            got = got if isinstance(got, dict) else {"metric": got}
            assert got == pytest.approx(expected, rel=1e-5, abs=1e-5)


COMPILED = [
    "mean(abs(y_true - y_pred))",
    "mean(round(y_pred) == y_true)",
    "mean(y_pred)",
    "max(y_pred) - mean(y_true)",
    "sqrt(mean(square(y_true - y_pred)))",
    "sum((y_pred > 0.5) & (y_true == 1)) / sum(y_pred > 0.5)",
    "abs(y_true - y_pred)",
    "round(y_pred) == y_true",
    "y_pred > 0.3",
    "max(y_pred, -1) > mean(y_pred) + 0.01",
    "softmax(y_pred) * y_true",
]


def loss(y_true, y_pred):
    return y_pred[:, 0]


def as_dictionary(y_true, y_pred):
    return {"a": y_pred}


def reported(keras, functions, given, size, **more):
    """What ``evaluate`` of a model that passes its inputs through reports."""
    outputs = given["y_pred"].reshape(N, -1)
    model = keras.Sequential([keras.Input(outputs.shape[1:]), keras.layers.Identity()])
    model.compile(loss=loss, **functions)
    labels = given["y_true"].astype("f4")
    logs = model.evaluate(outputs, labels, batch_size=size, verbose=0, return_dict=True, **more)
    keras.backend.clear_session()
    return {name: float(value) for name, value in logs.items() if name != "loss"}


@pytest.mark.long
@pytest.mark.parametrize("given", [FLAT, GIVEN], ids=["flat", "wide"])
def test_compile_reports_the_number_over_batches_of_unequal_size(keras, given):
    formula = parse("{" + ", ".join(f"'m{n}': {text}" for n, text in enumerate(COMPILED)) + "}")
    names = run(code(formula, "keras"), given)
    functions = [names[name] for name, _ in formula.metrics]
    for size in (32, 60):
        made = value_by_batches(formula, given, size)
        expected = {name: batches.keras_3 for name, batches in made.items()}
        got = reported(keras, {"metrics": functions}, given, size)
        assert got == pytest.approx(expected, rel=2e-6)


def test_batches_matter_where_the_function_gives_one_number_only():
    for text, by_sample in (("mean(y_pred)", False), ("y_pred", True)):
        made = value_by_batches(parse(text), FLAT, 60)["metric"]
        assert made.by_sample is by_sample
        assert abs(made.each_once - made.whole) > 1e-3
        assert (abs(made.keras_3 - made.whole) < 1e-9) is by_sample


def test_weighted_metrics_weigh_values_a_sample_and_refuse_one_number(keras):
    weights = {"sample_weight": FLAT["sample_weight"]}
    for given in (FLAT, GIVEN):
        formula = parse("abs(y_true - y_pred)")
        metric = run(code(formula, "keras"), given)["metric"]
        got = reported(keras, {"weighted_metrics": [metric]}, given, 32, **weights)
        expected = evaluate(formula, given, weights=FLAT["sample_weight"])["metric"].value
        assert got["metric"] == pytest.approx(expected, rel=2e-6)
    single = run(code(parse("mean(y_pred)"), "keras"), FLAT)["metric"]
    with pytest.raises(ValueError, match="rank"):
        reported(keras, {"weighted_metrics": [single]}, FLAT, 32, **weights)


def test_a_function_that_gives_a_dictionary_is_refused_by_keras_3(keras):
    with pytest.raises(TypeError):
        reported(keras, {"metrics": [as_dictionary]}, FLAT, 32)


def test_labels_without_an_axis_spread_over_the_outputs_unless_the_code_prevents_it(keras):
    def plain(y_true, y_pred):
        return keras.ops.abs(y_true - y_pred)

    metric = run(code(parse("abs(y_true - y_pred)"), "keras"), FLAT)["metric"]
    got = reported(keras, {"metrics": [plain, metric]}, FLAT, N)
    gaps = np.abs(FLAT["y_true"].astype(float) - FLAT["y_pred"])
    spread = np.abs(FLAT["y_true"][None, :].astype(float) - FLAT["y_pred"][:, None])
    assert got["metric"] == pytest.approx(gaps.mean(), rel=1e-6)
    assert got["plain"] == pytest.approx(spread.mean(), rel=1e-6)
    assert abs(got["plain"] - got["metric"]) > 1e-3
