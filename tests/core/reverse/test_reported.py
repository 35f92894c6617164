"""Explain a number: the number as it was typed, and what prints like it."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.predictions import Predictions
from metrics_core.reverse import Reported, parse_reported, search
from metrics_core.reverse.reported import sum_tolerance
from tests.core.reverse.samples import ten_sigmoid_units


@pytest.mark.parametrize(
    ("text", "value", "digits"),
    [
        ("0.9000", 0.9, 4),
        ("90.00 %", 0.9, 4),
        ("90%", 0.9, 2),
        ("9.0e-1", 0.9, 2),
        ("1.2345e-04", 1.2345e-4, 8),
        ("  .5 ", 0.5, 1),
        ("0,9000", 0.9, 4),
        ("1", 1.0, 0),
        ("1.", 1.0, 0),
        ("9e1 %", 0.9, 1),
        ("-0.12", -0.12, 2),
        ("\N{MINUS SIGN}3.5 %", -0.035, 3),
        ("0.8999999761581421", 0.8999999761581421, 16),
    ],
)
def test_a_typed_number_keeps_its_decimals(text, value, digits):
    assert parse_reported(text) == (pytest.approx(value, rel=1e-15), digits)


@pytest.mark.parametrize("text", ["", ".", "%", "abc", "0.9.0", "--9", "-", "nan", "inf", "1e999"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(InputError, match="`reported` must be"):
        parse_reported(text)


@pytest.mark.parametrize(
    ("reported", "digits", "argument"),
    [
        (float("nan"), 4, "reported"),
        (float("inf"), 4, "reported"),
        (float("-inf"), 4, "reported"),
        (0.9, -1, "digits"),
        (0.9, 18, "digits"),
        (0.9, 2.5, "digits"),
    ],
)
def test_bad_arguments_of_a_search_are_refused(reported, digits, argument):
    with pytest.raises(InputError) as caught:
        search(Predictions.of([0, 1], [0.2, 0.7]), reported, digits=digits)
    assert caught.value.argument == argument


@pytest.mark.parametrize("value", [0.90005, 0.8999500000001, 0.125, 0.375, 0.5 + 2**-13])
def test_whatever_prints_like_the_number_lies_in_its_interval(value):
    for digits, single in itertools.product(range(10), (False, True)):
        printed = float(f"{np.float32(value) if single else value:.{digits}f}")
        assert Reported(printed, digits).holds(np.array([value])).all()


def test_a_value_that_prints_otherwise_lies_outside():
    number = Reported(0.9, 4)
    assert number.holds(np.array([0.89994, 0.90006, np.nan])).tolist() == [False] * 3


def test_a_float32_sum_with_all_its_digits_holds_the_exact_mean():
    number = Reported(0.8999973, 7, sum_tolerance(10_000))
    assert number.holds(np.array([0.9, 0.90001])).tolist() == [True, False]
    assert search(ten_sigmoid_units(), 0.8999973, digits=7).recipes[0].value == 0.9
    assert not Reported(0.8999973, 7).holds(np.array([0.9])).any()
