"""What is said of one sample: sentences, equations and numbers that agree with the arrays."""

# ruff: noqa: E501 - the table of sentences has one line a sentence

from __future__ import annotations

import re

import numpy as np
import pytest

from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.steps.choices.sample import number
from metrics_core.trace import explain
from tests.every import every

NAN, INF = np.nan, np.inf
ROW = [[0.5, 0.2, 0.2, 0.1]]
BROKEN = [[0.5, NAN, 0.2, 0.1]]


def sentence(name, y_true, y_pred, kind=None, **settings):
    data = Predictions.of(y_true, y_pred, kind=kind)
    return str(explain(evaluate(data, name, **settings), 0)[0])


@every(
    ("name", "y_true", "y_pred", "settings", "expected"),
    [
        ("binary_accuracy", [1], [0.46332538], {}, "0.4633 is not above 0.5, so class 0; the label is 1: wrong"),
        ("binary_accuracy", [1], [2.0], {}, "2 is above 0.5, so class 1; the label is 1: right"),
        ("binary_accuracy", [0], [0.5], {}, "0.5000 equals the threshold and is not above it, so class 0; the label is 0: right"),
        ("binary_accuracy", [0], [NAN], {}, "nan is above nothing, so class 0; the label is 0: right"),
        ("binary_accuracy", [1.0], [0.9], {"threshold": 0.9}, "0.9 is above 0.8999999761581421, so class 1; the label is 1: right"),
        ("binary_accuracy", [1], [True], {}, "1 is above 0.5, so class 1; the label is 1: right"),
        ("binary_accuracy", [0.95], [INF], {}, "inf is above 0.5, so class 1; the label is 0.9500: wrong"),
        ("binary_accuracy_rounded", [1], [1.6], {}, "1.6000 rounds to 2; the label is 1: wrong"),
        ("binary_accuracy_rounded", [0], [0.5], {}, "0.5000 lies halfway and rounds to the even 0; the label is 0: right"),
        ("binary_accuracy_rounded", [1], [0.50000006], {}, "0.50000006 rounds to 1; the label is 1: right"),
        ("binary_accuracy_rounded", [1], [True], {}, "1 rounds to 1; the label is 1: right"),
        ("binary_accuracy_rounded", [1], [INF], {}, "inf rounds to inf; the label is 1: wrong"),
        ("accuracy", [3], [4], {}, "the output 4 must equal the label 3 exactly: wrong"),
        ("accuracy", [1.5], [1], {}, "the output is a whole number, so the label 1.5000 is truncated to 1; the output 1 must equal it: right"),
        ("sparse_categorical_accuracy", [0], ROW, {}, "output 0 is the highest (0.5000), so class 0; the label is 0: right"),
        ("sparse_categorical_accuracy", [1], [[0.1, 0.4, 0.4]], {}, "2 outputs share the highest score (0.4000), the first is class 1; the label is 1: right"),
        ("sparse_categorical_accuracy", [1], [[NAN, NAN]], {}, "no output is above the lowest number, so class 0; the label is 1: wrong"),
        ("sparse_top_k_categorical_accuracy", [1], ROW, {"k": 2}, "outputs higher than the 0.2000 of class 1: 1; fewer than 2 are needed: right"),
        ("sparse_top_k_categorical_accuracy", [3], ROW, {"k": 3}, "outputs higher than the 0.1000 of class 3: 3; fewer than 3 are needed: wrong"),
        ("sparse_top_k_categorical_accuracy", [4], ROW, {}, "class 4 has no rank, as it is out of range or the row is not finite: wrong"),
        ("sparse_top_k_categorical_accuracy", [0], BROKEN, {}, "class 0 has no rank, as it is out of range or the row is not finite: wrong"),
        ("element_accuracy", [[1, 1, 0]], [[0.9, 0.1, 0.8]], {}, "1 of the 3 elements of this sample are right"),
        ("subset_accuracy", [[1, 1, 0]], [[0.9, 0.8, 0.1]], {}, "3 of 3 elements are right and all must be: right"),
        ("mean_absolute_error", [1], [0.25], {}, "the score 0.2500 and the label 1 differ by 0.7500"),
        ("mean_squared_error", [1], [-1.0], {}, "the score -1 and the label 1 differ by 4 when squared"),
        ("mean_squared_error", [[1, 1]], [[0.0, 0.5]], {}, "the mean squared distance between scores and labels is 0.6250"),
        ("mean_prediction", [[1, 1]], [[INF, -INF]], {}, "the score is nan; the label does not matter"),
    ],
)  # fmt: skip
def test_the_sentence_says_what_happened(name, y_true, y_pred, settings, expected):
    y_pred = np.array(y_pred)
    if y_pred.dtype == float and isinstance(np.ravel(y_true)[0], np.integer):
        y_pred = y_pred.astype("f4")
    assert sentence(name, y_true, y_pred, **settings) == expected


ABOVE = re.compile(r"^(\S+) is (not )?above (\S+), so class (\d)")


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_the_numbers_in_the_sentence_stand_as_the_scores_do_however_close(dtype):
    rng = np.random.default_rng(4)
    for threshold in (0.3, 0.46342, 0.9, 0.5 + 2**-23, -1.7, 1e-6, 1234.56789, 7.0):
        limit = np.array(np.float32(threshold), dtype)
        near = limit + rng.normal(size=60).astype(dtype) * limit * np.array(
            [1e-7, 1e-4, 1e-2] * 20, dtype
        )
        beside = [
            np.nextafter(limit, -INF, dtype=dtype),
            np.nextafter(limit, INF, dtype=dtype),
            limit,
        ]
        scores = np.append(near, beside).astype(dtype)
        made = evaluate(Predictions.of(np.ones(63), scores), "binary_accuracy", threshold=threshold)
        for index, score in enumerate(scores):
            text = str(explain(made, index)[0])
            found = ABOVE.match(text)
            if found is None:
                assert float(score) == float(np.float32(threshold))
                assert "equals the threshold and is not above it, so class 0" in text
            else:
                shown, negated, over, decided = found.groups()
                assert (float(shown) > float(over)) == (negated is None) == made.decisions[index]
                assert int(decided) == made.decisions[index]


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_a_number_that_is_shown_rounds_as_the_score_does(dtype):
    half = np.array([0.5, 1.5, 2.5, -0.5], dtype)
    scores = np.concatenate([half, np.nextafter(half, half - 1), np.nextafter(half, half + 1)])
    made = evaluate(Predictions.of(np.ones(12), scores), "binary_accuracy_rounded")
    for index in range(12):
        text = str(explain(made, index)[0])
        assert np.rint(float(text.partition(" ")[0])) == made.decisions[index]
        assert ("halfway" in text) == (index < 4)


def test_the_class_of_a_one_hot_label_is_the_one_that_was_compared():
    text = sentence("categorical_accuracy", [[NAN, 1, 0]], [[0.1, 0.8, 0.1]], kind="one_hot")
    assert text == "output 1 is the highest (0.8000), so class 1; the label is 1: right"
    text = sentence("top_k_categorical_accuracy", [[-0.0, 0.0]], [[0.1, 0.8]], kind="one_hot", k=1)
    assert text == "outputs higher than the 0.8000 of class 1: 0; fewer than 1 are needed: right"


def test_zeros_of_unlike_sign_do_not_share_the_highest_score():
    text = sentence("sparse_categorical_accuracy", [1], [[-0.0, 0.0, 0.0]])
    assert text.startswith("2 outputs share the highest score (0), the first is class 1;")


@pytest.mark.parametrize(
    ("name", "settings", "expected"),
    [
        ("binary_accuracy", {}, r"[\,1 = [\,0.4633 > 0.5\,]\,] = 0"),
        ("binary_accuracy", {"threshold": 0.25}, r"[\,1 = [\,0.4633 > 0.25\,]\,] = 1"),
        ("balanced_accuracy", {}, r"[\,1 = [\,0.4633 > 0.5\,]\,] = 0"),
        ("recall", {}, r"[\,1 = [\,0.4633 > 0.5\,]\,] = 0"),
        ("binary_accuracy_rounded", {}, r"[\,1 = \mathrm{round}(0.4633)\,] = [\,1 = 0\,] = 0"),
        ("accuracy", {}, r"[\,1 = 0.4633\,] = 0"),
        ("mean_absolute_error", {}, r"\lvert 0.4633 - 1 \rvert = 0.5367"),
        ("mean_squared_error", {}, r"\lvert 0.4633 - 1 \rvert^2 = 0.2880"),
    ],
)
def test_the_equation_is_the_formula_with_the_numbers_put_in(name, settings, expected):
    data = Predictions.of([1], np.array([0.46332538], "f4"))
    assert explain(evaluate(data, name, **settings), 0)[1] == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (0, r"[\,0 = \arg\max_c s_c\,] = [\,0 = 0\,] = 1"),
        (2, r"[\,2 = \arg\max_c s_c\,] = [\,2 = 0\,] = 0"),
    ],
)
def test_the_equation_of_an_argmax_puts_the_class_in(label, expected):
    made = evaluate(Predictions.of([label], ROW), "sparse_categorical_accuracy")
    assert explain(made, 0)[1] == expected


@pytest.mark.parametrize(
    ("label", "k", "expected"),
    [
        (1, 2, r"[\,\#\{c : s_c > 0.2000\} < 2\,] = [\,1 < 2\,] = 1"),
        (3, 1, r"[\,\#\{c : s_c > 0.1000\} < 1\,] = [\,3 < 1\,] = 0"),
        (9, 1, r"[\,\mathrm{rank} < 1\,] = [\,- < 1\,] = 0"),
    ],
)
def test_the_equation_of_a_rank_counts_what_is_higher(label, k, expected):
    made = evaluate(Predictions.of([label], ROW), "sparse_top_k_categorical_accuracy", k=k)
    assert explain(made, 0)[1] == expected


def test_a_label_that_is_neither_0_nor_1_counts_as_positive_in_the_equation_too():
    data = Predictions.of([2, 1], [0.9, 0.9], kind="binary")
    made = evaluate(data, "precision")
    assert explain(made, 0)[1] == r"[\,[\,2 \neq 0\,] = [\,0.9000 > 0.5\,]\,] = 1"
    assert explain(made, 1)[1] == r"[\,1 = [\,0.9000 > 0.5\,]\,] = 1"


def holds(equation):
    """Whether every part of an equation comes to the same, worked out in Python."""
    text = equation.replace(r"[\,", "(").replace(r"\,]", ")").replace(" = ", " == ")
    text = text.replace(r"\neq", "!=").replace(r"\mathrm{round}", "rint")
    return eval(text, {"rint": np.rint, "nan": NAN, "inf": INF})


@every("label_dtype", ["f4", "f8"])
@every("dtype", ["f2", "f4", "f8"])
@every("name", ["binary_accuracy", "recall", "binary_accuracy_rounded", "accuracy"])
def test_an_equation_is_true_however_close_its_numbers_are(name, dtype, label_dtype):
    base = np.array([0, 0.5, 1, 0.46332, 1e-7, 0.95, 1.5, NAN, INF, -INF], dtype)
    scores = np.concatenate([base, np.nextafter(base, -INF), np.nextafter(base, INF)])
    with np.errstate(over="ignore"):
        labels = scores.astype(label_dtype)
        labels = np.concatenate([labels, np.nextafter(labels, INF), np.ones(30), np.zeros(30)])
    made = evaluate(Predictions.of(labels.astype(label_dtype), np.tile(scores, 4)), name)
    for index, right in enumerate(made.matches):
        equation = explain(made, index)[1]
        assert equation.endswith(f" = {int(right)}")
        assert holds(equation), equation


def test_unlike_numbers_never_look_equal():
    data = Predictions.of([0.46332], np.array([0.46328]))
    assert sentence("accuracy", [0.46332], np.array([0.46328])) == (
        "the output 0.46328 must equal the label 0.46332 exactly: wrong"
    )
    assert explain(evaluate(data, "accuracy"), 0)[1] == r"[\,0.46332 = 0.46328\,] = 0"


@pytest.mark.parametrize(
    ("value", "apart_from", "expected"),
    [
        (0.46332538, None, "0.4633"),
        (0.46344, 0.46342, "0.46344"),
        (0.46344, 0.4634, "0.46344"),
        (0.5, 0.5, "0.5000"),
        (1e-7, None, "1e-07"),
        (0.0, None, "0"),
        (-2.0, None, "-2"),
        (123456789.0, None, "123456789.0000"),
        (NAN, 0.5, "nan"),
        (-INF, None, "-inf"),
        (True, None, "1"),
        (np.uint8(7), None, "7"),
        (np.float16(0.3), None, "0.3000"),
    ],
)
def test_numbers_have_four_decimals_or_as_many_as_they_need(value, apart_from, expected):
    assert number(value, apart_from) == expected
