"""The values of formulas against numpy, their shapes, and what is said of odd results."""
# ruff: noqa: ARG005 - every case of the table takes labels and outputs

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate as evaluate_variant
from metrics_core.formula import FUNCTIONS, FormulaError, evaluate, parse, values_of
from metrics_core.predictions import Predictions
from tests.every import every

N, C = 401, 5
RNG = np.random.default_rng(11)
PRED = RNG.normal(0.3, 1.4, (N, C))
PRED[::17] = np.round(PRED[::17] * 2) / 2 + 0.0
TRUE = RNG.integers(0, 2, (N, C)).astype(float)
LABEL = RNG.integers(0, C, N)
WIDE = {"y_true": TRUE, "y_pred": PRED, "sample_weight": RNG.random(N), "threshold": 0.3, "k": 3}
FLAT = WIDE | {"y_true": TRUE[:, 0], "y_pred": PRED[:, 0]}
ELEMENTWISE = {
    "abs(y_pred)": lambda t, p: np.abs(p),
    "sign(y_pred)": lambda t, p: np.sign(p),
    "round(y_pred)": lambda t, p: np.rint(p),
    "floor(y_pred)": lambda t, p: np.floor(p),
    "ceil(y_pred)": lambda t, p: np.ceil(p),
    "sqrt(y_pred)": lambda t, p: np.sqrt(p),
    "square(y_pred)": lambda t, p: p * p,
    "exp(y_pred)": lambda t, p: np.exp(p),
    "expm1(y_pred)": lambda t, p: np.expm1(p),
    "log(y_pred)": lambda t, p: np.log(p),
    "log1p(y_pred)": lambda t, p: np.log1p(p),
    "log2(y_pred)": lambda t, p: np.log2(p),
    "log10(y_pred)": lambda t, p: np.log10(p),
    "sin(y_pred)": lambda t, p: np.sin(p),
    "cos(y_pred)": lambda t, p: np.cos(p),
    "tanh(y_pred)": lambda t, p: np.tanh(p),
    "sigmoid(y_pred)": lambda t, p: 1 / (1 + np.exp(-p)),
    "isnan(log(y_pred))": lambda t, p: p < 0,
    "isfinite(1 / y_true)": lambda t, p: t != 0,
    "clip(y_pred, -0.5, y_true)": lambda t, p: np.clip(p, -0.5, t),
    "where(y_true, y_pred, 7)": lambda t, p: np.where(t == 1, p, 7),
    "maximum(y_pred, y_true)": lambda t, p: np.maximum(p, t),
    "minimum(y_pred, 0.25)": lambda t, p: np.minimum(p, 0.25),
    "equal(y_pred, 0.5)": lambda t, p: p == 0.5,
    "not_equal(y_pred, y_true)": lambda t, p: p != t,
    "greater(y_pred, 0.5)": lambda t, p: p > 0.5,
    "greater_equal(y_pred, 0.5)": lambda t, p: p >= 0.5,
    "less(y_pred, y_true)": lambda t, p: p < t,
    "less_equal(0.5, y_pred)": lambda t, p: p >= 0.5,
    "logical_and(y_true, y_pred > 0)": lambda t, p: (t == 1) & (p > 0),
    "logical_or(y_true, y_pred > 0)": lambda t, p: (t == 1) | (p > 0),
    "logical_not(y_true)": lambda t, p: t == 0,
    "add(y_pred, y_true)": lambda t, p: p + t,
    "subtract(y_pred, y_true)": lambda t, p: p - t,
    "multiply(y_pred, y_true)": lambda t, p: p * t,
    "divide(y_true, y_pred)": lambda t, p: t / p,
    "floor_divide(y_pred, 0.3)": lambda t, p: p // 0.3,
    "mod(y_pred, 0.3)": lambda t, p: p % 0.3,
    "power(y_pred, 3)": lambda t, p: p**3,
    "negative(y_pred)": lambda t, p: -p,
}
REDUCTIONS = {
    "mean": np.mean,
    "sum": np.sum,
    "min": np.min,
    "max": np.max,
    "prod": np.prod,
    "std": np.std,
    "var": np.var,
    "any": np.any,
    "all": np.all,
    "count_nonzero": lambda x, **axis: np.sum(x != 0, **axis),
    "size": lambda x, **axis: np.sum(np.ones(x.shape), **axis),
}


def value(text, given=FLAT, **more):
    return evaluate(parse(text), given, **more)["metric"]


def test_every_function_has_its_case():
    tested = {text.split("(")[0] for text in ELEMENTWISE} | {*REDUCTIONS, "argmax", "softmax"}
    assert tested == set(FUNCTIONS)


@every("text", ELEMENTWISE)
@every("given", [FLAT, WIDE], ids=["flat", "wide"])
def test_a_function_gives_what_numpy_gives(text, given):
    with np.errstate(all="ignore"):
        expected = ELEMENTWISE[text](given["y_true"], given["y_pred"]).astype(float)
        per_sample = expected if expected.ndim == 1 else expected.mean(axis=1)
    made = value(text, given)
    np.testing.assert_allclose(made.samples, per_sample, rtol=1e-13, atol=1e-15)
    with np.errstate(all="ignore"):
        total = per_sample.mean()
    np.testing.assert_allclose(made.value, total, rtol=1e-12)


@pytest.mark.parametrize("name", REDUCTIONS)
def test_a_reduction_goes_over_everything_or_over_the_classes(name):
    expected = REDUCTIONS[name]
    shifted = {"y_pred": 0.9 + 0.1 * PRED, "y_true": TRUE}
    for source, array in (("y_pred", shifted["y_pred"]), ("y_true", TRUE)):
        whole = value(f"{name}({source})", shifted)
        assert whole.samples is None
        assert whole.value == pytest.approx(float(expected(array)), rel=1e-12)
        rows = value(f"{name}({source}, -1)", shifted)
        np.testing.assert_allclose(rows.samples, expected(array, axis=1), rtol=1e-12)


def test_argmax_and_softmax_go_along_the_classes():
    labels = {"y_true": LABEL, "y_pred": PRED}
    expected = np.argmax(PRED, axis=1)
    assert value("argmax(y_pred)", labels).samples.tolist() == expected.tolist()
    hit = value("mean(argmax(y_pred) == y_true)", labels)
    assert hit.value == np.mean(expected == LABEL)
    powers = np.exp(PRED)
    shares = powers / powers.sum(axis=1, keepdims=True)
    top = value("max(softmax(y_pred), -1)", WIDE).samples
    np.testing.assert_allclose(top, shares.max(axis=1), rtol=1e-13)


def test_over_the_classes_of_one_value_a_sample_it_is_that_value():
    for name in ("mean", "sum", "min", "max", "prod"):
        assert value(f"{name}(y_pred, -1)").samples.tolist() == FLAT["y_pred"].tolist()
    assert value("softmax(y_pred)").samples.tolist() == [1.0] * N
    assert value("argmax(y_pred)").samples.tolist() == [0.0] * N
    assert value("std(y_pred, -1)").value == 0
    assert value("size(y_pred, -1)").value == 1
    columns = {name: np.reshape(FLAT[name], (N, 1)) for name in ("y_true", "y_pred")}
    assert value("abs(y_true - y_pred)", columns | {"y_true": FLAT["y_true"]}).value == (
        value("abs(y_true - y_pred)").value
    )


def test_a_matrix_of_one_output_a_sample_is_never_spread_over_the_labels():
    made = value("abs(y_true - y_pred)", {"y_true": [0, 1, 1], "y_pred": [[0.25], [0.5], [1.0]]})
    assert made.samples.tolist() == [0.25, 0.5, 0.0]


@pytest.mark.parametrize(
    "text", ["y_true - y_pred", "where(y_true, 1, y_pred)", "1 + abs(y_true == round(y_pred))"]
)
@pytest.mark.parametrize("n", [7, C])
def test_labels_beside_several_outputs_are_refused_whatever_the_numbers(text, n):
    with pytest.raises(FormulaError, match=r"argmax\(x\)") as caught:
        value(text, {"y_true": LABEL[:n], "y_pred": PRED[:n]})
    part = text[caught.value.column : caught.value.end]
    assert "y_true" in part
    assert "y_pred" in part


def test_numbers_stand_beside_arrays_and_alone():
    assert value("mean(y_pred) - mean(y_pred)").value == 0
    assert value("threshold * 2 + k").value == pytest.approx(3.6)
    assert value("cos(pi) + log(e)").value == pytest.approx(0)
    assert value("abs(-2) ** 2 / 8 - +1").value == -0.5
    centred = value("abs(y_pred - mean(y_pred))")
    assert centred.value == pytest.approx(np.abs(PRED[:, 0] - PRED[:, 0].mean()).mean())


def test_truth_is_one_and_zero():
    assert value("(y_pred > 0) + (y_pred > 0)").value == pytest.approx(2 * (PRED[:, 0] > 0).mean())
    assert value("mean((y_pred > 0) & ~(y_true == 1)) + 1").value == pytest.approx(
        1 + ((PRED[:, 0] > 0) & (TRUE[:, 0] == 0)).mean()
    )
    between = value("-0.5 < y_pred <= 0.5").samples
    assert between.tolist() == ((PRED[:, 0] > -0.5) & (PRED[:, 0] <= 0.5)).astype(float).tolist()


def test_round_takes_halves_to_the_even_number():
    given = {"y_pred": [0.5, 1.5, 2.5, -0.5, -1.5]}
    assert value("round(y_pred)", given).samples.tolist() == [0, 2, 2, 0, -2]


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_a_threshold_means_its_float32_as_on_the_cards(dtype):
    scores = np.array([0.3, 0.30000001192092896, 0.3000001, 0.29, 0.4], dtype)
    data = Predictions.of([0, 1, 0, 1, 1], scores)
    for threshold in (0.3, 0.5, 0.1):
        card = evaluate_variant(data, "binary_accuracy", threshold=threshold)
        for text in ("(scores > threshold) == y_true", f"(y_pred > {threshold}) == y_true"):
            formula = parse(text)
            made = evaluate(formula, values_of(card, formula.names))["metric"]
            assert made.samples.tolist() == card.matches.tolist()
            assert made.value == card.result


def test_the_worked_examples_of_the_catalogue_are_formulas_too():
    labels, outputs = [0, 0, 0, 1, 1, 0], [0.2, 0.3, 0.6, 0.7, 0.8, 0.1]
    given = {"y_true": labels, "y_pred": outputs}
    assert value("mean(round(y_pred) == y_true)", given).value == 5 / 6
    assert value("(y_pred > 0.5) == y_true", given).value == 5 / 6
    assert value("mean(y_pred)", given).value == pytest.approx(0.45)
    hits = "sum((y_pred > 0.5) & (y_true == 1))"
    precision = value(f"{hits} / sum(y_pred > 0.5)", given)
    assert precision.value == pytest.approx(2 / 3)


@pytest.mark.parametrize("activation", ["none", "sigmoid", "softmax"])
def test_the_names_are_those_of_the_evaluation(activation):
    hot = np.eye(C)[LABEL]
    for labels, name in ((LABEL, "sparse_categorical_accuracy"), (hot, "binary_accuracy")):
        data = Predictions.of(labels, PRED.astype("f4"), sample_weight=RNG.random(N))
        card = evaluate_variant(data, name, activation=activation, threshold=0.3, k=2)
        for text in ("matches", "mean(matches)", "matches & (k == 2)"):
            formula = parse(text)
            made = evaluate(formula, values_of(card, formula.names))["metric"]
            assert made.value == pytest.approx(card.result, rel=1e-15)
        scores = parse("mean(scores) + 0 * threshold + 0 * mean(decisions)")
        expected = np.mean(card.scores, dtype=float)
        found = evaluate(scores, values_of(card, scores.names))["metric"].value
        assert found == pytest.approx(expected, rel=1e-12)
        weight = parse("sum(sample_weight)")
        found = evaluate(weight, values_of(card, weight.names))["metric"].value
        assert found == pytest.approx(data.sample_weight.sum())


def test_a_formula_without_arrays_and_one_without_weights():
    card = evaluate_variant(Predictions.of([0, 1], [0.1, 0.9]), "binary_accuracy", k=4)
    formula = parse("k + 1")
    assert evaluate(formula, values_of(card, formula.names))["metric"].value == 5
    formula = parse("mean(y_pred) * sum(sample_weight)")
    with pytest.raises(FormulaError, match="what these predictions have") as caught:
        evaluate(formula, values_of(card, formula.names))
    assert formula.text[caught.value.column : caught.value.end] == "sample_weight"


def test_weights_count_in_the_mean_of_values_a_sample_only():
    weights = np.array([1.0, 3.0, 0.0])
    given = {"y_pred": [0.0, 1.0, 5.0]}
    assert value("y_pred", given, weights=weights).value == 0.75
    assert value("mean(y_pred)", given, weights=weights).value == 2.0
    assert value("y_pred", given, weights=np.zeros(3)).value == 0.0
    wide = {"y_pred": [[0.0, 1.0], [2.0, 4.0], [9.0, 9.0]]}
    assert value("y_pred", wide, weights=weights).value == (0.5 + 9) / 4


def test_a_result_that_is_not_finite_says_where_it_came_from():
    given = {"y_pred": [0.5, 0.0, 0.0], "y_true": [1.0, 0.0, 1.0]}
    made = value("-mean(y_true * log(y_pred))", given)
    assert math.isnan(made.value)
    assert str(made.remark) == "log(y_pred) is -inf in row 1; 2 rows are not finite"
    made = value("1 / (sum(y_true) - 2)", given)
    assert (made.value, str(made.remark)) == (math.inf, "1 / (sum(y_true) - 2) is inf")
    made = value("mean(y_pred)", {"y_pred": [1.0, np.nan]})
    assert str(made.remark) == "y_pred is nan in row 1, the only row that is not finite"
    assert value("where(y_pred > 0, log(y_pred), 0)", given).remark is None


def test_python_refuses_nothing_that_numpy_has_a_value_for():
    cases = {"1 / 0": math.inf, "0 ** -1": math.inf, "1 // 0": math.inf, "1e308 * 10": math.inf}
    for text, expected in cases.items():
        assert value(text).value == expected
    for text in ("1 % 0", "0 / 0", "sqrt(-1)", "(-8) ** 0.5", "1e300 % 1e-300"):
        assert math.isnan(value(text).value)
    assert value("1e300 // 1e-300").value == math.inf


def test_inputs_stay_as_they_are_and_samples_cannot_be_written_to():
    array = np.array([0.25, 0.5])
    made = value("y_pred", {"y_pred": array})
    assert array.flags.writeable
    assert not made.samples.flags.writeable
    assert not np.shares_memory(array, made.samples)


@pytest.mark.parametrize(
    ("given", "argument"),
    [
        ({}, "values"),
        ({"y_true": [], "y_pred": []}, "values"),
        ({"y_true": [1, 2, 3], "y_pred": [1, 2]}, "y_pred"),
        ({"y_true": [1, 2], "y_pred": np.zeros((2, 2, 2))}, "y_pred"),
        ({"y_true": [1, 2], "y_pred": np.zeros((2, 0))}, "y_pred"),
        ({"y_true": [1, 2], "y_pred": ["a", "b"]}, "y_pred"),
        ({"y_true": [1, 2], "y_pred": [1, 2], "threshold": "a"}, "threshold"),
        ({"y_true": [1, 2], "y_pred": [1, 2], "threshold": [1, 2]}, "threshold"),
    ],
)
def test_arrays_that_do_not_fit_are_refused_by_name(given, argument):
    with pytest.raises(InputError) as caught:
        value("y_pred + y_true + threshold", given)
    assert caught.value.argument == argument


def test_weights_that_do_not_fit_are_refused():
    for weights in ([1.0], np.ones((2, 2)), ["a", "b"]):
        with pytest.raises(InputError) as caught:
            value("y_pred", {"y_pred": [1, 2]}, weights=weights)
        assert caught.value.argument == "weights"


def test_too_little_memory_is_a_refusal(monkeypatch):
    def without_memory(*arrays):
        raise MemoryError

    monkeypatch.setitem(FUNCTIONS, "exp", replace(FUNCTIONS["exp"], compute=without_memory))
    with pytest.raises(FormulaError, match="must fit into the available memory"):
        value("exp(y_pred)")
