"""What the trace says of one sample, sentence and equation, at every turn a decision can take."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.steps.choices.sample import number, numbers_apart, side
from metrics_core.trace import explain
from tests.every import every

NAN, INF = np.nan, np.inf
ROW = [0.2, 0.7, 0.7]


def said(name, label, output, kind, **settings):
    data = Predictions.of([label], np.array([output]), kind=kind)
    sentence, equation = explain(evaluate(data, name, **settings), 0)
    return str(sentence), equation


BINARY = {
    ("binary_accuracy", 1, 0.75, 0.5): (
        "0.7500 is above 0.5, so class 1; the label is 1: right",
        r"[\,1 = [\,0.7500 > 0.5\,]\,] = 1",
    ),
    ("binary_accuracy", 1, 0.25, 0.5): (
        "0.2500 is not above 0.5, so class 0; the label is 1: wrong",
        r"[\,1 = [\,0.2500 > 0.5\,]\,] = 0",
    ),
    ("binary_accuracy", 0, 0.5, 0.5): (
        "0.5000 equals the threshold and is not above it, so class 0; the label is 0: right",
        r"[\,0 = [\,0.5000 > 0.5\,]\,] = 1",
    ),
    ("binary_accuracy", 1, NAN, 0.5): (
        "nan is above nothing, so class 0; the label is 1: wrong",
        r"[\,1 = [\,nan > 0.5\,]\,] = 0",
    ),
    ("binary_accuracy", 1, 0.50000001, 0.5): (
        "0.50000001 is above 0.5, so class 1; the label is 1: right",
        r"[\,1 = [\,0.50000001 > 0.5\,]\,] = 1",
    ),
    ("binary_accuracy", 1, 0.3, 0.3): (
        "0.3 is not above 0.30000001192092896, so class 0; the label is 1: wrong",
        r"[\,1 = [\,0.3 > 0.30000001192092896\,]\,] = 0",
    ),
    ("binary_accuracy", 1.00001, 0.75, 0.5): (
        "0.7500 is above 0.5, so class 1; the label is 1.00001: wrong",
        r"[\,1.00001 = [\,0.7500 > 0.5\,]\,] = 0",
    ),
    ("binary_accuracy", 2, 0.75, 0.5): (
        "0.7500 is above 0.5, so class 1; the label is 2: wrong",
        r"[\,2 = [\,0.7500 > 0.5\,]\,] = 0",
    ),
    ("recall", 2, 0.75, 0.5): (
        "0.7500 is above 0.5, so class 1; the label is 2: right",
        r"[\,[\,2 \neq 0\,] = [\,0.7500 > 0.5\,]\,] = 1",
    ),
    ("recall", 0.25, 0.25, 0.5): (
        "0.2500 is not above 0.5, so class 0; the label is 0.2500: wrong",
        r"[\,[\,0.2500 \neq 0\,] = [\,0.2500 > 0.5\,]\,] = 0",
    ),
    ("recall", 0, 0.25, 0.5): (
        "0.2500 is not above 0.5, so class 0; the label is 0: right",
        r"[\,0 = [\,0.2500 > 0.5\,]\,] = 1",
    ),
    ("recall", 1, 0.75, 0.5): (
        "0.7500 is above 0.5, so class 1; the label is 1: right",
        r"[\,1 = [\,0.7500 > 0.5\,]\,] = 1",
    ),
    ("binary_accuracy_rounded", 0, 0.5, 0.5): (
        "0.5000 lies halfway and rounds to the even 0; the label is 0: right",
        r"[\,0 = \mathrm{round}(0.5000)\,] = [\,0 = 0\,] = 1",
    ),
    ("binary_accuracy_rounded", 1, 2.5, 0.5): (
        "2.5000 lies halfway and rounds to the even 2; the label is 1: wrong",
        r"[\,1 = \mathrm{round}(2.5000)\,] = [\,1 = 2\,] = 0",
    ),
    ("binary_accuracy_rounded", 0, -0.5, 0.5): (
        "-0.5000 lies halfway and rounds to the even 0; the label is 0: right",
        r"[\,0 = \mathrm{round}(-0.5000)\,] = [\,0 = 0\,] = 1",
    ),
    ("binary_accuracy_rounded", 1, 0.50001, 0.5): (
        "0.50001 rounds to 1; the label is 1: right",
        r"[\,1 = \mathrm{round}(0.50001)\,] = [\,1 = 1\,] = 1",
    ),
    ("binary_accuracy_rounded", 1, 1.49999, 0.5): (
        "1.49999 rounds to 1; the label is 1: right",
        r"[\,1 = \mathrm{round}(1.49999)\,] = [\,1 = 1\,] = 1",
    ),
    ("binary_accuracy_rounded", 1.00001, 0.75, 0.5): (
        "0.7500 rounds to 1; the label is 1.00001: wrong",
        r"[\,1.00001 = \mathrm{round}(0.7500)\,] = [\,1.00001 = 1\,] = 0",
    ),
    ("binary_accuracy_rounded", 1, INF, 0.5): (
        "inf rounds to inf; the label is 1: wrong",
        r"[\,1 = \mathrm{round}(inf)\,] = [\,1 = inf\,] = 0",
    ),
    ("accuracy", 1, 0.75, 0.5): (
        "the output 0.7500 must equal the label 1 exactly: wrong",
        r"[\,1 = 0.7500\,] = 0",
    ),
    ("accuracy", 0.75, 0.75, 0.5): (
        "the output 0.7500 must equal the label 0.7500 exactly: right",
        r"[\,0.7500 = 0.7500\,] = 1",
    ),
    ("accuracy", 1.5, 1, 0.5): (
        (
            "the output is a whole number, so the label 1.5000 is truncated to 1; "
            "the output 1 must equal it: right"
        ),
        r"[\,1 = 1\,] = 1",
    ),
    ("accuracy", 2.0, 1, 0.5): (
        "the output 1 must equal the label 2 exactly: wrong",
        r"[\,2 = 1\,] = 0",
    ),
}


@every(("name", "label", "output", "threshold"), BINARY)
def test_one_output_is_decided_by_itself(name, label, output, threshold):
    made = said(name, label, output, "binary", threshold=threshold)
    assert made == BINARY[name, label, output, threshold]


ROWS = {
    ("sparse_categorical_accuracy", 1, (0.2, 0.7, 0.1)): (
        "output 1 is the highest (0.7000), so class 1; the label is 1: right",
        r"[\,1 = \arg\max_c s_c\,] = [\,1 = 1\,] = 1",
    ),
    ("sparse_categorical_accuracy", 2, (0.2, 0.7, 0.7)): (
        "2 outputs share the highest score (0.7000), the first is class 1; the label is 2: wrong",
        r"[\,2 = \arg\max_c s_c\,] = [\,2 = 1\,] = 0",
    ),
    ("sparse_categorical_accuracy", 2, (-0.0, -1.0, 0.0)): (
        "output 2 is the highest (0), so class 2; the label is 2: right",
        r"[\,2 = \arg\max_c s_c\,] = [\,2 = 2\,] = 1",
    ),
    ("sparse_categorical_accuracy", 0, (-1.0, -1.0, -2.0)): (
        "2 outputs share the highest score (-1), the first is class 0; the label is 0: right",
        r"[\,0 = \arg\max_c s_c\,] = [\,0 = 0\,] = 1",
    ),
    ("sparse_categorical_accuracy", 1, (NAN, NAN, NAN)): (
        "no output is above the lowest number, so class 0; the label is 1: wrong",
        r"[\,1 = \arg\max_c s_c\,] = [\,1 = 0\,] = 0",
    ),
    ("sparse_top_k_categorical_accuracy", 2, (0.2, 0.7, 0.5)): (
        "outputs higher than the 0.5000 of class 2: 1; fewer than 2 are needed: right",
        r"[\,\#\{c : s_c > 0.5000\} < 2\,] = [\,1 < 2\,] = 1",
    ),
    ("sparse_top_k_categorical_accuracy", 0, (0.2, 0.7, 0.5)): (
        "outputs higher than the 0.2000 of class 0: 2; fewer than 2 are needed: wrong",
        r"[\,\#\{c : s_c > 0.2000\} < 2\,] = [\,2 < 2\,] = 0",
    ),
    ("sparse_top_k_categorical_accuracy", 3, (0.2, 0.7, 0.5)): (
        "class 3 has no rank, as it is out of range or the row is not finite: wrong",
        r"[\,\mathrm{rank} < 2\,] = [\,- < 2\,] = 0",
    ),
    ("sparse_top_k_categorical_accuracy", 1, (0.2, 0.7, INF)): (
        "class 1 has no rank, as it is out of range or the row is not finite: wrong",
        r"[\,\mathrm{rank} < 2\,] = [\,- < 2\,] = 0",
    ),
}


@pytest.mark.parametrize(("name", "label", "row"), ROWS)
def test_outputs_of_a_row_are_compared_with_each_other(name, label, row):
    assert said(name, label, list(row), "sparse", k=2) == ROWS[name, label, row]


@every(
    ("value", "apart_from", "expected"),
    [
        (True, None, "1"),
        (np.bool_(False), None, "0"),
        (7, None, "7"),
        (np.uint8(7), 6.99999, "7"),
        (1.0, None, "1"),
        (-3.0, None, "-3"),
        (999_999.0, None, "999999"),
        (1e6, None, "1000000.0000"),
        (-1e6, None, "-1000000.0000"),
        (0.0, None, "0"),
        (-0.0, None, "-0"),
        (4e-5, None, "4e-05"),
        (6e-5, None, "0.0001"),
        (-1e-9, None, "-1e-09"),
        (NAN, 0.5, "nan"),
        (INF, None, "inf"),
        (np.float32(0.3), None, "0.3000"),
        (0.49999, 0.5, "0.49999"),
        (0.50001, 0.5, "0.50001"),
        (0.49999, 0.4, "0.5000"),
        (0.5, 0.5, "0.5000"),
    ],
)
def test_a_number_is_as_short_as_keeps_it_true(value, apart_from, expected):
    assert number(value, apart_from) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (0.5, 0.5, ("0.5000", "0.5000")),
        (0.5, 0.50001, ("0.5000", "0.50001")),
        (0.50001, 0.5, ("0.50001", "0.5000")),
        (0.46332, 0.46328, ("0.46332", "0.46328")),
        (1, 1.0, ("1", "1")),
        (1, 1.00001, ("1", "1.00001")),
        (0.1, 0.7, ("0.1000", "0.7000")),
        (NAN, NAN, ("nan", "nan")),
    ],
)
def test_two_numbers_look_equal_only_where_they_are(first, second, expected):
    assert numbers_apart(first, second) == expected


@pytest.mark.parametrize(
    ("value", "limit", "expected"),
    [
        (0.7, 0.5, (True, False)),
        (0.5, 0.5, (False, True)),
        (0.3, 0.5, (False, False)),
        ("0.5000", 0.5, (False, True)),
        (NAN, 0.5, (False, False)),
    ],
)
def test_a_number_lies_above_on_or_below_a_limit(value, limit, expected):
    assert side(value, limit) == expected
