"""The description line: what the data look like."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.overview.summary import summarize
from metrics_core.predictions import Predictions


@pytest.mark.parametrize(
    ("y_pred", "form"),
    [([0.0, 1.0], "probabilities"), ([0.0, 1.0000001], "logits"), ([-0.5, 0.5], "logits")],
)
def test_outputs_are_probabilities_only_within_0_and_1(y_pred, form):
    assert summarize(Predictions.of([0, 1], y_pred)).form == form


def test_rows_of_probabilities_that_do_not_sum_to_1_are_said():
    softmax = Predictions.of([0, 1], [[0.25, 0.75], [0.5, 0.5]])
    sigmoid = Predictions.of([0, 1], [[0.25, 0.7], [0.5, 0.5]])
    assert summarize(softmax).rows_sum_to_one is True
    assert summarize(sigmoid).rows_sum_to_one is False
    assert "rows do not sum to 1" in str(summarize(sigmoid).line)


def test_outputs_that_are_not_finite_are_counted_and_left_out_of_the_range():
    made = summarize(Predictions.of([0, 1, 0, 1], [np.nan, 0.25, np.inf, 0.75]))
    assert (made.low, made.high, made.n_nan, made.n_infinite) == (0.25, 0.75, 1, 1)
    assert str(made.line).endswith("; 1 NaN, 1 infinite")


def test_class_indices_are_neither_probabilities_nor_logits():
    made = summarize(Predictions.of([0, 3, 2], [0, 3, 1]))
    assert made.form == "classes"
    assert made.n_classes == 4


def test_a_later_block_counts_as_much_as_the_first():
    y_pred = np.zeros(600_000, "f4")
    y_pred[-1] = 7
    made = summarize(Predictions.of(np.zeros(600_000, int), y_pred))
    assert made.high == 7
    assert made.form == "logits"
