"""Where the rules about outputs begin to speak: one sample or row to either side."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from tests.core.doctor.looks import decided_as, finding


@pytest.mark.parametrize(("threshold", "told"), [(0.5, True), (1.0, False), (1.5, False)])
def test_only_a_threshold_of_probabilities_cuts_logits_wrongly(threshold, told):
    outputs = np.linspace(-4, 4, 401)
    data = Predictions.of((outputs > 0).astype(int), outputs)
    found = finding("logits-cut", data, Settings(threshold=threshold))
    assert (found is not None) == told


@pytest.mark.parametrize(("count", "severity"), [(4, "note"), (5, "warning")])
@pytest.mark.parametrize("name", ["argmax-ties", "top-k-ties"])
def test_ties_that_move_half_a_per_cent_are_a_warning(name, count, severity):
    n = 1000
    labels = np.arange(n) % 4
    outputs = np.tile([0.1, 0.2, 0.3, 0.4], (n, 1)) + np.linspace(0, 0.01, n)[:, None]
    labels[:] = 3
    if name == "argmax-ties":
        outputs[:count, 2] = outputs[:count, 3]
        found = finding(name, Predictions.of(labels, outputs))
    else:
        labels[:count] = 2
        outputs[:count, 1] = outputs[:count, 2]
        found = finding(name, Predictions.of(labels, outputs), Settings(k=2))
    assert found.severity == severity
    assert found.rows.tolist() == list(range(count))
    assert str(count) in [str(value) for value in found.seen.values.values()]


@pytest.mark.parametrize(("output", "told"), [(1.0, False), (-1.0, True), (0.4, True)])
def test_a_constant_of_one_is_left_to_the_softmax_over_one_unit(output, told):
    data = Predictions.of(np.arange(40) % 2, np.full(40, output))
    assert (finding("constant-outputs", data) is not None) == told
    assert (finding("one-unit-softmax", data) is None) == told


@pytest.mark.parametrize(("count", "severity"), [(4, "warning"), (5, "serious")])
def test_half_a_per_cent_between_the_two_thresholds_is_serious(count, severity):
    outputs = np.where(np.arange(1000) % 2 == 1, 3.0, -3.0) + np.linspace(0, 1, 1000)
    outputs[1 : 2 * count : 2] = np.linspace(0.1, 0.4, count)
    data = Predictions.of(np.arange(1000) % 2, outputs)
    found = finding("logits-cut", data)
    assert found.severity == severity
    assert found.rows.tolist() == list(range(1, 2 * count, 2))[:8]


@pytest.mark.parametrize("n_classes", [2, 3])
def test_elements_of_two_classes_are_counted_apart_from_the_classes_too(n_classes):
    labels = np.arange(60) % n_classes
    hot = np.eye(n_classes, dtype=int)[labels]
    data = Predictions.of(hot, 0.3 + 0.1 * hot + np.linspace(0, 0.01, 60)[:, None])
    found = finding("element-wise-one-hot", data)
    elements = evaluate(data, "binary_accuracy").result
    assert f"{elements:.4f}" in str(found.counterfactual)
    assert "1.0000" in str(found.counterfactual)


@pytest.mark.parametrize(("n", "told"), [(9, False), (10, True)])
@pytest.mark.parametrize("name", ["double-sigmoid", "double-softmax"])
def test_ten_samples_show_an_activation_too_many(name, n, told):
    if name == "double-sigmoid":
        first = np.linspace(0, 1, n)
        data = Predictions.of((first > 0.5).astype(int), 1 / (1 + np.exp(-first)))
    else:
        first = decided_as(np.arange(n) % 3, 3, 0.97).astype("f8")
        first /= first.sum(axis=1, keepdims=True)
        powers = np.exp(first)
        data = Predictions.of(np.arange(n) % 3, powers / powers.sum(axis=1, keepdims=True))
    assert (finding(name, data) is not None) == told


@pytest.mark.parametrize(("n", "told"), [(1, False), (2, True), (3, True)])
def test_two_outputs_of_one_are_a_softmax_over_one_unit(n, told):
    found = finding("one-unit-softmax", Predictions.of(np.arange(n) % 2, np.ones(n)))
    assert (found is not None) == told


@pytest.mark.parametrize("dtype", ["f2", "f4"])
@pytest.mark.parametrize(("total", "told"), [(0.95, True), (0.98, True), (1.0, False)])
def test_rows_that_sum_to_less_than_1_are_told_in_half_precision_too(dtype, total, told):
    outputs = (decided_as(np.arange(40) % 3, 3, 0.6) * total).astype(dtype)
    if told:
        found = finding("rows-not-one", Predictions.of(np.arange(40) % 3, outputs))
        assert 40 in found.seen.values.values()
    else:
        outputs = outputs / outputs.sum(axis=1, keepdims=True)
        assert finding("rows-not-one", Predictions.of(np.arange(40) % 3, outputs)) is None


def test_a_last_batch_of_one_sample_can_be_the_difference():
    labels = np.arange(33) % 2
    outputs = labels * 0.6 + 0.2
    outputs[-1] = 0.9
    found = finding("tail-dropped", Predictions.of(labels, outputs))
    assert found.rows.tolist() == [32]
    assert "1.0000" in str(found.counterfactual)


def test_exact_equality_is_no_finding_where_it_gives_the_same():
    outputs = np.where(np.arange(40) % 2 == 0, 1.0, 0.4)
    assert finding("exact-match", Predictions.of(np.ones(40, int), outputs)) is None


@pytest.mark.parametrize(("confidence", "sure"), [(0.7, "possible"), (0.97, "likely")])
def test_a_softmax_too_many_is_likely_where_what_it_was_given_is_confident(confidence, sure):
    powers = np.exp(decided_as(np.arange(60) % 3, 3, confidence).astype("f8"))
    outputs = powers / powers.sum(axis=1, keepdims=True)
    assert finding("double-softmax", Predictions.of(np.arange(60) % 3, outputs)).sure == sure


@pytest.mark.parametrize(("ones", "sure"), [("high", "likely"), ("low", "possible")])
def test_per_cent_are_likely_only_where_comparing_with_50_does_better(ones, sure):
    outputs = np.array([95.0, 90.0, 85.0, 80.0, 20.0, 15.0, 10.0, 5.0] * 5)
    labels = (outputs > 50) if ones == "high" else (outputs < 50)
    found = finding("outputs-scaled", Predictions.of(labels.astype(int), outputs), Settings())
    assert found is not None
    assert found.sure == sure
