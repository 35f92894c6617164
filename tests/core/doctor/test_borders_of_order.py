"""Where the rules about the order of classes and rows begin to speak."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from tests.core.doctor.looks import decided_as, finding


@pytest.mark.parametrize("n_classes", [120, 121, 130])
def test_renamed_classes_are_found_however_many_there_are(n_classes):
    labels = np.arange(8 * n_classes) % n_classes
    found = finding(
        "classes-permuted",
        Predictions.of(labels, decided_as((labels + 1) % n_classes, n_classes)),
    )
    assert "1.0000" in str(found.counterfactual)
    assert "0.0000" in str(found.counterfactual)
    assert str(n_classes) in str(found.seen)


def test_the_best_order_of_many_classes_takes_each_class_once():
    n_classes = 125
    labels = np.repeat(np.arange(n_classes), 10)
    predicted = (labels + 1) % n_classes
    predicted[::10] = 7
    predicted[labels == 3] = 7
    data = Predictions.of(labels, decided_as(predicted, n_classes))
    found = finding("classes-permuted", data)
    right = 9 * (n_classes - 2) + 10
    assert f"{right / len(labels):.4f}" in str(found.counterfactual)


def test_a_rare_class_decided_for_the_frequent_one_is_no_other_order():
    """Of the labels 85 in 100 are 0, of the decisions 85 are 1: exchanged, chance alone agrees."""
    random = np.random.RandomState(0)
    labels = (random.random_sample(1000) < 0.15).astype(int)
    side = random.random_sample(1000) < 0.85
    outputs = np.where(side, 0.7, 0.3) + random.random_sample(1000) / 100
    data = Predictions.of(labels, outputs)
    assert evaluate(data, "binary_accuracy").result < 0.35
    assert finding("classes-permuted", data) is None


def test_class_indices_beyond_a_byte_do_not_meet_by_their_last_bits():
    n_classes = 512
    random = np.random.RandomState(1)
    decided = random.permutation(np.arange(1024) % n_classes)
    outputs = decided_as(decided, n_classes)
    moved = finding("labels-shuffled", Predictions.of(np.roll(decided, 1), outputs))
    assert moved.sure == "certain"
    assert "1.0000" in str(moved.counterfactual)
    apart = Predictions.of(np.roll((decided + 256) % n_classes, 1), outputs)
    found = finding("labels-shuffled", apart)
    assert found is None or found.sure != "certain"


def test_an_accuracy_above_chance_is_not_that_of_shuffled_labels():
    """Labels in runs of two, one row late, are right in every other row all the same."""
    decided = np.repeat(np.random.RandomState(5).randint(0, 4, 300), 2)
    late = Predictions.of(np.roll(decided, 1), decided_as(decided, 4))
    assert evaluate(late, "sparse_categorical_accuracy").result > 0.5
    assert finding("labels-shuffled", late) is None


def test_classes_predicted_at_other_rates_or_without_confidence_are_not_shuffled():
    random = np.random.RandomState(7)
    labels = random.randint(0, 2, 2000)
    mostly_0 = (random.random_sample(2000) < 0.1).astype(int)
    assert finding("labels-shuffled", Predictions.of(labels, decided_as(mostly_0, 2, 0.98))) is None
    labels, predicted = random.randint(0, 4, (2, 10_000))
    unsure, sure = (
        Predictions.of(labels, decided_as(predicted, 4, confidence)) for confidence in (0.45, 0.9)
    )
    assert finding("labels-shuffled", unsure) is None
    assert finding("labels-shuffled", sure) is not None


@pytest.mark.parametrize(("n", "told"), [(40, False), (2000, True)])
def test_few_samples_do_not_show_that_labels_are_shuffled(n, told):
    random = np.random.RandomState(9)
    predicted = np.arange(n) % 4
    data = Predictions.of(random.permutation(predicted), decided_as(predicted, 4, 0.9))
    found = finding("labels-shuffled", data)
    assert (found is not None and found.sure == "possible") == told
