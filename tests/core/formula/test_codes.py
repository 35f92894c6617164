"""The numpy code that equals a formula, run and compared with it."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.formula import FUNCTIONS, code, evaluate, parse
from metrics_core.steps.activation import activate
from tests.every import every

N, C = 61, 4
RNG = np.random.default_rng(8)
PRED = RNG.normal(0.3, 0.8, (N, C)).astype("f4")
PRED[::7] = np.float32(0.3)
GIVEN = {
    "y_true": RNG.integers(0, 2, (N, C)),
    "y_pred": PRED,
    "decisions": PRED > 0.5,
    "matches": RNG.random((N, C)) < 0.7,
    "sample_weight": RNG.random(N),
}
FLAT = {name: array if array.ndim == 1 else array[:, 0] for name, array in GIVEN.items()}
FORMULAS = [
    "mean(abs(y_true - y_pred))",
    "mean(round(y_pred) == y_true)",
    "{'hit': mean(round(y_pred) == y_true), 'mean_pred': mean(y_pred)}",
    "{'print': y_pred, 'sigmoid': sigmoid(y_pred), 'print_metric': 1, 'y_true': k}",
    "y_pred > 0.3",
    "y_pred > threshold",
    "y_pred - threshold",
    "(y_pred > mean(y_pred)) & ~(y_true == 1) | (y_pred < -0.3)",
    "0 < y_pred <= (k - 2)",
    "(y_pred > 0) + (y_pred > 0) - (1 < 2)",
    "~(1 < 2) + 1",
    "matches & (y_pred > 0)",
    "mean(matches) * mean(decisions)",
    "sum(y_pred * sample_weight) / sum(sample_weight)",
    "mean(y_pred, -1) * sample_weight",
    "where(y_true, 2, 3) ** -1",
    "argmax(y_pred) ** -1 + max(argmax(y_pred))",
    "size(y_pred) ** -1 + size(y_pred, -1)",
    "1 / 0 + 2 ** -2 + k ** -1 + 7 // 2 + 7 % 2",
    "-(1 - y_pred) ** 2",
    "(-y_pred) ** 3 - -2 ** 2",
    "prod(clip(y_pred, 0.5, 1.5), -1) % 0.25 // 0.5",
    "softmax(softmax(y_pred)) - sigmoid(y_pred)",
    "scores > 0.5",
    "cos(pi) * e + std(scores)",
    "1e-7 + 1000000000000",
    "any(y_pred > 2) + all(y_true, -1) + count_nonzero(y_pred > 0, -1)",
    "k",
]
CALLS = [f"{row.name}({', '.join(['y_pred', '2', '3'][: len(row.arguments)])})" for row in (
    FUNCTIONS.values()
)]  # fmt: skip
TRUTHS = [f"{row.name}(y_pred > 0)" for row in FUNCTIONS.values() if len(row.arguments) == 1]
ALONE = [
    f"{row.name}({', '.join(['threshold', '2', '3'][: len(row.arguments)])})"
    for row in FUNCTIONS.values()
    if row.how != "row"
]


def run(text, given):
    """What the code leaves in `result`."""
    names = {name: np.array(array) for name, array in given.items()}
    with np.errstate(all="ignore"):
        exec(text.replace("print(result)", ""), names)
    return names["result"]


def assert_same(text, given, activation="none", *, weighted=False):
    formula = parse(text)
    made = given | {"threshold": 0.3, "k": 3, "scores": activate(given["y_pred"], activation)}
    weights = given["sample_weight"] if weighted else None
    results = {
        name: result.value for name, result in evaluate(formula, made, weights=weights).items()
    }
    chosen = {"threshold": 0.3, "k": 3, "activation": activation, "weighted": weighted}
    got = run(code(formula, "numpy", **chosen), given)
    got = got if isinstance(got, dict) else {"metric": got}
    assert all(type(value) is float for value in got.values())
    assert got == pytest.approx(results, rel=1e-6, abs=1e-7, nan_ok=True)


@every("text", [*FORMULAS, *CALLS, *TRUTHS, *ALONE])
def test_the_code_gives_the_value_of_the_formula(text):
    assert_same(text, FLAT)
    if "sample_weight" not in text or "-1" in text:
        assert_same(text, GIVEN)


@pytest.mark.parametrize("activation", ["none", "sigmoid", "softmax"])
@pytest.mark.parametrize("text", ["scores", "mean(scores) - mean(y_pred)", "scores == y_true"])
def test_the_code_follows_the_activation_and_the_weights(text, activation):
    for given in (FLAT, GIVEN):
        assert_same(text, given, activation)
        assert_same(text, given, activation, weighted=True)


def test_a_column_of_outputs_is_one_value_a_sample():
    given = FLAT | {"y_pred": FLAT["y_pred"].reshape(N, 1)}
    assert_same("abs(y_true - y_pred)", given)
    assert_same("{'a': softmax(y_pred), 'b': argmax(y_pred) == y_true}", given)


def test_the_keras_code_names_a_function_for_each_metric():
    text = code(parse("{'hit': mean(matches), 'print': mean(y_pred)}"), "keras")
    assert "def hit(y_true, y_pred, matches):" in text
    assert "def print_metric(y_true, y_pred):" in text
    assert "model.compile" not in text
    text = code(parse("{'hit': y_true == round(y_pred), 'high': max(y_pred)}"), "keras")
    assert "metrics=[hit, high]" in text


def test_the_code_of_the_greatest_formulas_stays_short():
    chain = "<".join(["y_pred"] * 60)
    deep = "softmax(" * 28 + "y_pred" + ")" * 28
    for text in (chain, deep):
        for flavour in ("numpy", "keras"):
            assert len(code(parse(text), flavour)) < 10_000
