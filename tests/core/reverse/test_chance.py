"""How often a number that came from elsewhere would be explained: measured on wrong numbers."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from metrics_core.predictions import Predictions
from metrics_core.reverse import Reported, Trials, parse_reported
from metrics_core.reverse.chance import NEVER, Attainable
from tests.core.reverse.stories.told import CASES, is_told, outputs_of, trials

UNLIKELY = 0.05
FOREIGN = Path(__file__).parents[2] / "data/cases/questions/27-number-of-other-outputs/preds.csv"


def foreign() -> Predictions:
    rows = list(csv.DictReader(FOREIGN.read_text("utf-8").splitlines()))
    true, outputs = ([float(row[name]) for row in rows] for name in ("y_true", "y_pred"))
    return Predictions.of(np.array(true, int), np.array(outputs))


DATA = {
    "the public case": foreign(),
    "probabilities": outputs_of(101, 200, skill=1.0),
    "logits": outputs_of(102, 500, layer="logits", skill=1.0),
    "class indices": outputs_of(103, 300, 5, labels="sparse", layer="softmax"),
    "one-hot": outputs_of(104, 150, 10, labels="one_hot", bias=-2, skill=3),
    "many labels": outputs_of(105, 250, 6, labels="many", skill=1, rate=0.3),
    "weights": outputs_of(106, 400, weights="random", skill=1),
}


@pytest.mark.long
def test_of_wrong_numbers_at_most_one_in_twenty_is_called_unlikely_to_be_chance():
    random = np.random.RandomState(11)
    explained, unlikely, asked = 0, [], 0
    for name, data in DATA.items():
        n, tried = data.n_samples, Trials(data)
        for index, count in enumerate(random.choice(np.arange(n // 3, n), 24, replace=False)):
            digits = (2, 3, 4, 6)[index % 4]
            found = tried.search(float(f"{count / n:.{digits}f}"), digits=digits)
            asked += 1
            explained += bool(found.recipes)
            if any(recipe.chance < UNLIKELY for recipe in found.recipes):
                unlikely.append((name, count, n, digits))
    assert asked >= 119
    assert explained >= 0.7 * asked
    assert len(unlikely) <= 0.05 * asked, unlikely


def test_numbers_of_the_public_case_are_not_called_unlikely():
    tried = Trials(DATA["the public case"])
    for digits in (2, 4):
        recipes = tried.search(0.71, digits=digits).recipes
        assert recipes
        assert all(recipe.chance >= UNLIKELY for recipe in recipes)


@pytest.mark.long
def test_true_accuracies_at_four_digits_are_called_unlikely_to_be_chance():
    asked = 0
    for index, case in enumerate(CASES):
        tried = trials(index)
        for number, truth in zip(case["numbers"], case["truth"], strict=True):
            value, digits = parse_reported(number)
            plain = truth.keys() <= {"variant"} and truth["variant"] in (
                "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy",
            )  # fmt: skip
            if digits == 4 and plain:
                asked += 1
                found = tried.search(value, digits=digits)
                told = (each for each in found.recipes if is_told(each, tried.predictions, truth))
                (true, *_) = told
                assert true.chance < UNLIKELY, case["case"]
    assert asked >= 30


# the numbers that could have been printed


def test_numbers_near_are_shares_of_the_samples_where_the_asked_one_is_a_share():
    near = Attainable.near(Reported(0.7150, 4), 200)
    assert near.count == len(near.numbers) == 201
    assert near.numbers[near.asked] == pytest.approx(0.715)
    fine = Attainable.near(Reported(0.7123, 4), 200)
    assert fine.numbers[fine.asked] == 0.7123
    assert np.diff(fine.numbers) == pytest.approx(1e-4, rel=0.01)
    assert len(fine.numbers) == 1001
    of_elements = Attainable.near(Reported(0.7125, 4), 20, 4)
    assert of_elements.numbers.tolist() == [count / 80 for count in range(81)]


def test_numbers_end_at_1_unless_the_asked_one_lies_above():
    near = Attainable.near(Reported(0.99, 2), 1000)
    assert near.numbers[-1] == pytest.approx(1.0)
    assert near.numbers[0] == pytest.approx(0.0, abs=1e-9)
    above = Attainable.near(Reported(152.24, 2), 1000)
    assert above.numbers[above.asked] == 152.24
    assert above.numbers[-1] == pytest.approx(157.24, abs=0.02)


def test_chance_counts_what_is_no_less_ordinary_within_the_widest_share():
    near = Attainable.near(Reported(0.5, 2), 10_000)
    least = np.full(101, NEVER)
    least[50] = 3
    assert near.chance(least.copy(), 3) == pytest.approx(1 / 41)
    least[30] = least[70] = 3
    assert near.chance(least.copy(), 3) == pytest.approx(3 / 41)
    assert near.chance(least.copy(), 2) == pytest.approx(1 / 41)
    least[[28, 29]] = 2
    assert near.chance(least.copy(), 3) == pytest.approx(3 / 41)
    least[:20] = 0
    assert near.chance(least.copy(), 3) == pytest.approx(25 / 101)


def test_of_values_that_print_alike_the_least_cost_counts():
    near = Attainable.near(Reported(0.5, 1), 1000)
    values = np.array([0.48, 0.52, 0.549, 0.551, np.nan, 7.0])
    least = near.least(values, np.array([5, 2, 9, 1, 0, 0]))
    assert least.tolist() == [99, 99, 99, 99, 99, 2, 1, 99, 99, 99, 99]
    assert near.reached(values).tolist() == [False] * 5 + [True] * 2 + [False] * 4
