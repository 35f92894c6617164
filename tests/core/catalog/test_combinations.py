"""Choices of unlike rows put together: a comparison or an aggregation takes any decision."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from metrics_core.catalog.rows import CATALOG
from metrics_core.codegen.keras_code import keras_code
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.choices.aggregation import (
    ACTUAL_POSITIVE,
    BATCH_MEANS,
    F_BETA,
    MEAN,
    PER_CLASS,
    PREDICTED_POSITIVE,
)
from metrics_core.steps.choices.comparison.choice import NO_COMPARISON
from metrics_core.steps.choices.comparison.classes import EQUAL_CLASS, IN_TOP_K
from metrics_core.steps.choices.comparison.errors import ABSOLUTE_ERROR, SQUARED_ERROR
from metrics_core.steps.choices.comparison.labels import (
    ALL_EQUAL,
    EQUAL,
    EQUAL_AS_POSITIVE,
    EQUAL_OUTPUT,
)
from metrics_core.steps.choices.decision.argmax import ARGMAX
from metrics_core.steps.choices.decision.choice import NO_DECISION
from metrics_core.steps.choices.decision.predicted_class import PREDICTED_CLASS
from metrics_core.steps.choices.decision.rank import RANK
from metrics_core.steps.choices.decision.rounding import ROUND
from metrics_core.steps.choices.decision.threshold import THRESHOLD
from metrics_core.steps.shared import Steps

SETTINGS = Settings(threshold=0.625, k=1, beta=3, batch_size=2)
SCORES = np.array([[0.6, 0.7], [1.5, 0.1], [0.2, 0.65]], "f4")
LABELS = np.array([[0, 2], [1, 0], [1, 1]])
STEPS = Steps(Predictions.of(LABELS, SCORES, kind="multi_label"))
ABOVE = [[False, True], [True, False], [False, True]]

DECIDED = {
    NO_DECISION: SCORES.tolist(),
    THRESHOLD: ABOVE,
    ROUND: [[1, 1], [2, 0], [0, 1]],
    ARGMAX: [1, 0, 1],
    RANK: [0, 1, 0],
}


@pytest.mark.parametrize("decision", DECIDED, ids=lambda choice: choice.name)
def test_each_decision_follows_the_scores_and_the_settings(decision):
    steps = STEPS
    if decision is RANK:
        steps = Steps(Predictions.of([1, 1, 1], SCORES, kind="sparse"))
    assert decision.decide(steps, SETTINGS).tolist() == DECIDED[decision]


@pytest.mark.parametrize("decision", DECIDED, ids=lambda choice: choice.name)
def test_every_decision_but_the_predicted_class_is_the_same_for_all_kinds(decision):
    assert {decision.for_kind(kind) for kind in ("binary", "one_hot", "sparse")} == {decision}
    assert PREDICTED_CLASS.for_kind("multi_label") is ARGMAX


VALUES = {
    EQUAL: [[True, False], [True, True], [False, True]],
    EQUAL_OUTPUT: [[True, True], [True, True], [False, True]],
    EQUAL_AS_POSITIVE: [[True, True], [True, True], [False, True]],
    ALL_EQUAL: [False, True, False],
    ABSOLUTE_ERROR: [[0, 1], [0, 0], [1, 0]],
    SQUARED_ERROR: [[0, 1], [0, 0], [1, 0]],
    NO_COMPARISON: ABOVE,
}


@pytest.mark.parametrize("comparison", VALUES, ids=lambda choice: choice.name)
def test_each_comparison_takes_what_was_decided_at_the_threshold(comparison):
    made = comparison.compare(STEPS, THRESHOLD, SETTINGS)
    assert made.tolist() == VALUES[comparison]


def test_classes_are_compared_with_what_was_decided_of_one_output_or_of_several():
    one = Steps(Predictions.of([0, 1, 0], SCORES[:, 1], kind="binary"))
    made = EQUAL_CLASS.compare(one, THRESHOLD, SETTINGS)
    assert made.tolist() == [False, False, False]
    several = Steps(Predictions.of([[1, 0], [1, 0], [0, 1]], SCORES, kind="one_hot"))
    assert EQUAL_CLASS.compare(several, ARGMAX, SETTINGS).tolist() == [False, True, True]
    assert IN_TOP_K.compare(several, RANK, SETTINGS).tolist() == [False, True, True]
    assert IN_TOP_K.compare(several, RANK, SETTINGS.changed(k=2)).tolist() == [True] * 3


def test_who_counts_is_everybody_those_predicted_1_or_those_labelled_1():
    positive = (LABELS != 0).tolist()

    def parts(choice):
        made = choice.parts(STEPS, THRESHOLD, SETTINGS)
        return [(factor, None if who is None else who.tolist()) for factor, who in made]

    for everybody in (MEAN, PER_CLASS, BATCH_MEANS):
        assert parts(everybody) == [(1.0, None)]
    assert parts(PREDICTED_POSITIVE) == [(1.0, ABOVE)]
    assert parts(ACTUAL_POSITIVE) == [(1.0, positive)]
    assert parts(F_BETA) == [(1.0, ABOVE), (9.0, positive)]


AT = SimpleNamespace(
    true_positives=np.array([30, 20, 0]),
    true_negatives=np.array([10, 50, 60]),
    positives=np.array([40, 40, 0]),
    negatives=np.array([60, 60, 100]),
    predicted_positive=np.array([80, 30, 40]),
    recall=np.array([0.75, 0.5, 0.0]),
    specificity=np.array([1 / 6, 5 / 6, 0.6]),
)
FROM_COUNTS = {
    MEAN: ([40, 70, 60], [100, 100, 100]),
    PER_CLASS: ([0.75 + 1 / 6, 0.5 + 5 / 6, 0.6], [2, 2, 1]),
    PREDICTED_POSITIVE: ([30, 20, 0], [80, 30, 40]),
    ACTUAL_POSITIVE: ([30, 20, 0], [40, 40, 0]),
    F_BETA: ([300, 200, 0], [440, 390, 40]),
}


@pytest.mark.parametrize("choice", FROM_COUNTS, ids=lambda choice: choice.name)
def test_totals_and_counts_at_many_thresholds_come_from_the_counts_by_label(choice):
    total, count = choice.from_counts(AT, SETTINGS)
    assert (total.tolist(), count.tolist()) == FROM_COUNTS[choice]
    assert total.dtype == count.dtype == np.float64


def test_means_of_batches_cannot_be_told_from_counts():
    assert BATCH_MEANS.from_counts(AT, SETTINGS) is None


@pytest.mark.parametrize(
    ("label", "decided", "expected"),
    [
        (np.float64(0.1), np.float32(0), np.float32(0.1)),
        (np.int64(1), np.float16(0), np.float16(1)),
        (np.float64(1e300), np.float16(0), np.float16(np.inf)),
        (np.float64(1.5), np.int64(0), np.float64(1.5)),
        (np.float64(1.5), np.bool_(0), np.float64(1.5)),
    ],
)
def test_the_label_is_shown_as_it_is_compared(label, decided, expected):
    made = EQUAL.compared_label(label, decided)
    assert (made, made.dtype) == (expected, expected.dtype)


@pytest.mark.parametrize("decided", [np.int32(0), np.float32(0)])
def test_against_the_output_itself_a_label_takes_its_dtype(decided):
    made = EQUAL_OUTPUT.compared_label(np.float64(1.5), decided)
    assert (made, made.dtype) == (decided.dtype.type(1.5), decided.dtype)
    EQUAL_OUTPUT.compared_label(np.float64(np.nan), decided)


@pytest.mark.parametrize("kind", ["binary", "multi_label"])
def test_the_threshold_in_keras_code_is_a_float_also_where_a_whole_number_was_set(kind):
    code = keras_code(
        CATALOG["binary_accuracy"], kind, SETTINGS.changed(threshold=1), has_weight=False
    )
    assert "BinaryAccuracy(threshold=1.0)" in code
    settings = SETTINGS.changed(threshold=1, beta=2)
    assert 'FBetaScore(average="micro", beta=2.0, threshold=1.0)' in keras_code(
        CATALOG["f_beta"], kind, settings, has_weight=False
    )


@pytest.mark.parametrize(
    ("comparison", "decision", "expected"),
    [
        (EQUAL, THRESHOLD, "BinaryAccuracy(threshold=0.625)"),
        (EQUAL, ROUND, ""),
        (EQUAL, ARGMAX, ""),
        (EQUAL_AS_POSITIVE, THRESHOLD, ""),
        (EQUAL_CLASS, THRESHOLD, "BinaryAccuracy(threshold=0.625)"),
        (EQUAL_CLASS, NO_DECISION, ""),
        (ALL_EQUAL, THRESHOLD, ""),
    ],
)
def test_keras_has_a_metric_only_where_it_decides_and_compares_the_same(
    comparison, decision, expected
):
    assert comparison.keras_metric(decision, "multi_label", SETTINGS) == expected
