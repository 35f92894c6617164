"""Where the rules about labels and padding begin to speak: one sample or row to either side."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from tests.core.doctor.looks import decided_as, finding


@pytest.mark.parametrize(("n_classes", "told"), [(1000, True), (1001, False)])
def test_missing_classes_are_named_up_to_a_thousand(n_classes, told):
    labels = np.maximum(np.arange(n_classes + 1) % n_classes, 3)
    data = Predictions.of(labels, decided_as(labels, n_classes))
    found = finding("class-missing", data)
    assert (found is not None) == told
    if found is not None:
        assert {"3", "1000"} <= {str(value) for value in found.seen.values.values()}


def run_at_the_end(n, length=5, dtype="f8"):
    outputs = np.linspace(0.05, 0.95, n) if dtype == "f8" else np.arange(n) + 10
    outputs[n - length :] = 0.2512 if dtype == "f8" else 5
    labels = np.arange(n) % 2
    labels[n - length :] = 0
    return Predictions.of(labels, outputs)


@pytest.mark.parametrize(
    ("n", "length", "told"), [(19, 5, False), (20, 5, True), (20, 4, False), (100, 5, True)]
)
def test_five_equal_rows_among_twenty_are_padding(n, length, told):
    found = finding("padding", run_at_the_end(n, length))
    assert (found is not None) == told
    if found is not None:
        assert found.rows.tolist() == list(range(n - length, n))
        kept = evaluate(
            Predictions.of(np.arange(n - length) % 2, np.linspace(0.05, 0.95, n)[: n - length]),
            "binary_accuracy",
        ).result
        assert f"{kept:.4f}" in str(found.counterfactual)


def test_whole_numbers_repeat_by_themselves():
    assert finding("padding", run_at_the_end(200, 60, "int")) is None


@pytest.mark.parametrize(("alone", "told"), [(6, True), (7, False)])
def test_padding_stands_in_runs(alone, told):
    """At most one of ten equal rows may stand alone."""
    n, length = 1000, 60
    outputs = np.linspace(0.05, 0.95, n)
    labels = np.ones(n, int)
    rows = np.concatenate([np.arange(300, 300 + length), 500 + 3 * np.arange(alone)])
    outputs[rows], labels[rows] = 0.2512, 0
    found = finding("padding", Predictions.of(labels, outputs))
    assert (found is not None) == told


def test_labels_of_minus_one_keep_the_kind_that_they_were_given():
    """One 1 a row would be one-hot, had nobody said that they are several labels at once."""
    random = np.random.RandomState(2)
    hot = np.eye(4, dtype=int)[np.arange(40) % 4]
    outputs = random.random_sample((40, 4))
    data = Predictions.of(2 * hot - 1, outputs, kind="multi_label")
    elements = evaluate(Predictions.of(hot, outputs, kind="multi_label"), "element_accuracy")
    assert f"{elements.result:.4f}" in str(finding("labels-minus-one", data).counterfactual)


@pytest.mark.parametrize("kind", ["binary", "sparse"])
def test_what_other_labels_would_give_takes_the_weights_in_view(kind):
    random = np.random.RandomState(3)
    weight = random.randint(0, 5, 60) / 2
    if kind == "binary":
        labels, outputs = random.randint(0, 2, 60), random.random_sample(60)
    else:
        labels, outputs = np.arange(60) % 3, random.random_sample((60, 3))
    name = "binary_accuracy" if kind == "binary" else "sparse_categorical_accuracy"
    weighted = Settings(weighted=True)
    right = evaluate(Predictions.of(labels, outputs, sample_weight=weight), name, weighted).result
    plain = evaluate(Predictions.of(labels, outputs), name).result
    found = finding(
        "labels-from-one", Predictions.of(labels + 1, outputs, sample_weight=weight), weighted
    )
    assert f"{right:.4f}" in str(found.counterfactual)
    assert f"{right:.4f}" != f"{plain:.4f}"


@pytest.mark.parametrize("kind", ["binary", "sparse"])
def test_fractions_as_labels_of_one_output_are_probabilities_but_not_as_class_indices(kind):
    labels = np.tile([0, 0.25, 0.5, 0.75, 1], 8)
    random = np.random.RandomState(4)
    outputs = random.random_sample(40 if kind == "binary" else (40, 3))
    found = finding("regression-targets", Predictions.of(labels, outputs, kind=kind))
    if kind == "sparse":
        assert found.counterfactual is None
    else:
        right = np.mean((outputs > 0.5) == (labels > 0.5))
        assert f"{right:.4f}" in str(found.counterfactual)


@pytest.mark.parametrize(("empty", "told"), [(50, True), (70, True), (80, False)])
def test_rows_without_a_label_are_padding_unless_ones_are_rare(empty, told):
    labels = np.eye(4, dtype=int)[np.arange(100) % 4]
    labels[100 - empty :] = 0
    random = np.random.RandomState(8)
    data = Predictions.of(labels, random.random_sample((100, 4)), kind="multi_label")
    assert (finding("padding", data) is not None) == told


def test_labels_1_and_2_of_two_classes_begin_at_1():
    labels = np.arange(40) % 2
    found = finding("labels-from-one", Predictions.of(labels + 1, decided_as(labels, 2)))
    assert "1.0000" in str(found.counterfactual)


@pytest.mark.parametrize(("extra", "told"), [(0, True), (1, False), (2, False)])
def test_flattened_rows_are_of_one_width(extra, told):
    labels = np.zeros(36 + extra, int)
    labels[3 * np.arange(12) + np.arange(12) ** 2 % 3] = 1
    outputs = np.linspace(0.1, 0.9, 36 + extra)
    found = finding("one-hot-or-sparse", Predictions.of(labels, outputs))
    assert (found is not None) == told


@pytest.mark.parametrize(("n_classes", "told"), [(3, True), (4, True), (2, False)])
def test_one_column_of_one_hot_labels_shows_from_three_classes_on(n_classes, told):
    classes = np.arange(120) % n_classes
    data = Predictions.of((classes == n_classes - 1).astype(int), decided_as(classes, n_classes))
    assert (finding("one-hot-or-sparse", data) is not None) == told
