"""What batches make of a formula."""

from __future__ import annotations

import math

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.formula import evaluate, parse, value_by_batches
from metrics_core.releases import RELEASES, compiled_accuracy
from tests.every import every

N, C = 103, 4
RNG = np.random.default_rng(3)
GIVEN = {
    "y_true": RNG.integers(0, 2, (N, C)),
    "y_pred": RNG.random((N, C)),
    "sample_weight": RNG.random(N),
    "threshold": 0.5,
}
FLAT = GIVEN | {"y_true": GIVEN["y_true"][:, 0], "y_pred": GIVEN["y_pred"][:, 0]}
WEIGHTS = RNG.integers(0, 4, N).astype(float)
FORMULAS = [
    "mean(y_pred)",
    "max(y_pred) - mean(y_true)",
    "sqrt(mean(square(y_true - y_pred)))",
    "abs(y_true - y_pred)",
    "y_pred > mean(y_pred)",
    "mean(y_pred, -1) * std(y_pred)",
    "sum(sample_weight) / size(sample_weight)",
    "argmax(y_pred)",
    "softmax(y_pred) + sigmoid(y_true)",
    "count_nonzero(y_pred > threshold) / size(y_pred)",
    "threshold * 2",
]


def cut(given, rows):
    return {name: array[rows] if np.ndim(array) else array for name, array in given.items()}


@every("text", FORMULAS)
@every("size", [1, 2, 25, 32, 102, 103, 104, 1000])
@every("given", [FLAT, GIVEN], ids=["flat", "wide"])
def test_a_batch_value_is_the_value_of_the_batch_alone(text, size, given):
    formula = parse(text)
    made = value_by_batches(formula, given, size)["metric"]
    parts = [slice(start, start + size) for start in range(0, N, size)]
    alone = [evaluate(formula, cut(given, rows))["metric"] for rows in parts]
    np.testing.assert_allclose(made.values, [part.value for part in alone], rtol=1e-12)
    assert made.lengths.tolist() == [len(range(N)[rows]) for rows in parts]
    assert made.whole == evaluate(formula, given)["metric"].value
    assert made.by_sample == (alone[0].samples is not None)
    assert made.each_once == pytest.approx(np.mean(made.values))
    assert made.by_length == made.keras_1
    assert made.by_length == pytest.approx(np.average(made.values, weights=made.lengths))
    assert made.keras_3 == (made.by_length if made.by_sample else made.each_once)


def test_the_mean_of_values_a_sample_does_not_depend_on_batches():
    made = value_by_batches(parse("abs(y_true - y_pred)"), FLAT, 32)["metric"]
    assert made.by_length == pytest.approx(made.whole)
    assert made.keras_3 == pytest.approx(made.whole, rel=1e-15)
    assert abs(made.each_once - made.whole) > 1e-4


def test_a_short_last_batch_counts_in_full_where_the_formula_gives_a_number():
    made = value_by_batches(parse("mean(y_pred)"), {"y_pred": [0.0, 0.0, 1.0]}, 2)["metric"]
    assert (made.whole, made.keras_1, made.keras_3) == (pytest.approx(1 / 3), 1 / 3, 0.5)


def test_weights_stay_with_their_samples():
    formula = parse("abs(y_true - y_pred)")
    made = value_by_batches(formula, GIVEN, 25, weights=WEIGHTS)["metric"]
    for place, start in enumerate(range(0, N, 25)):
        rows = slice(start, start + 25)
        alone = evaluate(formula, cut(GIVEN, rows), weights=WEIGHTS[rows])["metric"].value
        assert made.values[place] == pytest.approx(alone, rel=1e-12)
    assert made.keras_3 == pytest.approx(made.whole, rel=1e-14)
    none = value_by_batches(formula, GIVEN, 25, weights=np.zeros(N))["metric"]
    assert (none.whole, none.keras_3, none.values.tolist()) == (0.0, 0.0, [0.0] * 5)


def test_what_is_not_finite_in_one_batch_reaches_the_means():
    made = value_by_batches(parse("log(min(y_pred))"), {"y_pred": [1.0, 1.0, 0.0]}, 2)["metric"]
    assert (made.each_once, made.by_length) == (-math.inf, -math.inf)


@pytest.mark.parametrize("size", [0, -1, 2.5, True, math.inf, math.nan])
def test_a_batch_size_that_is_no_whole_number_is_refused(size):
    with pytest.raises(InputError, match="batch_size"):
        value_by_batches(parse("y_pred"), FLAT, size)


@every("name", RELEASES)
@every("metric", ["mean_pred", "mean_absolute_error"])
def test_the_means_are_those_of_the_releases(name, metric):
    single = FLAT | {"y_pred": FLAT["y_pred"].astype("f4")}
    asked = {"release": name, "loss": "mean_squared_error", "batch_size": 32, "metric": metric}
    printed = compiled_accuracy(single["y_true"], single["y_pred"], **asked).value
    text = {"mean_pred": "mean(y_pred)", "mean_absolute_error": "abs(y_pred - y_true)"}[metric]
    made = value_by_batches(parse(text), single, 32)["metric"]
    release = RELEASES[name]
    ours = made.keras_1 if release.totals == "by_length" else made.keras_3
    if release.aligns_ranks == "squeeze" and metric == "mean_absolute_error":
        ours = made.each_once  # Keras 3.0 makes labels (n,) and outputs (n, 1) one value
    assert ours == pytest.approx(printed, rel=1e-6)
