"""Where the rules of the doctor begin to speak: one sample, class or row to either side."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.doctor import examine
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings


def finding(name, data, settings=None):
    report = examine(data, settings=settings or Settings())
    return next((found for found in report.findings if found.rule == name), None)


def decided_as(classes, n_classes, confidence=0.6):
    """Outputs whose highest is the given class."""
    outputs = np.full((len(classes), n_classes), (1 - confidence) / (n_classes - 1), "f4")
    outputs[np.arange(len(classes)), classes] = confidence
    return outputs + np.linspace(0, 1e-4, len(classes), dtype="f4")[:, None]


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


@pytest.mark.parametrize(("n_classes", "told"), [(1000, True), (1001, False)])
def test_missing_classes_are_named_up_to_a_thousand(n_classes, told):
    labels = np.maximum(np.arange(n_classes + 1) % n_classes, 3)
    data = Predictions.of(labels, decided_as(labels, n_classes))
    found = finding("class-missing", data)
    assert (found is not None) == told
    if found is not None:
        assert {"3", "1000"} <= {str(value) for value in found.seen.values.values()}


@pytest.mark.parametrize(("threshold", "told"), [(0.5, True), (1.0, False), (1.5, False)])
def test_only_a_threshold_of_probabilities_cuts_logits_wrongly(threshold, told):
    outputs = np.linspace(-4, 4, 401)
    data = Predictions.of((outputs > 0).astype(int), outputs)
    found = finding("logits-cut", data, Settings(threshold=threshold))
    assert (found is not None) == told


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


def test_an_accuracy_above_chance_is_not_that_of_shuffled_labels():
    """Labels in runs of two, one row late, are right in every other row all the same."""
    decided = np.repeat(np.random.RandomState(5).randint(0, 4, 300), 2)
    late = Predictions.of(np.roll(decided, 1), decided_as(decided, 4))
    assert evaluate(late, "sparse_categorical_accuracy").result > 0.5
    assert finding("labels-shuffled", late) is None


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


def shapes_of_sixty(column):
    labels = np.arange(60) % 2
    outputs = np.where(np.arange(60) % 3 > 0, labels * 0.6 + 0.2, 0.1)
    return (labels[:, None], outputs) if column else (labels, outputs[:, None])


EXACT, NEAR = np.ones(40), np.where(np.arange(40) == 3, np.float32(0.99999994), np.float32(1))
TURNED = np.arange(200) % 4
SURE = np.arange(200) % 2
DRAWN = np.random.RandomState(5).randint(0, 4, 1200)
PAIRS = {
    "classes-permuted": [
        Predictions.of(1 - SURE, SURE * 0.8 + 0.1 + np.arange(200) / 1e4),
        Predictions.of((TURNED + 1) % 4, decided_as(TURNED, 4)),
    ],
    "labels-shuffled": [
        Predictions.of(np.roll(DRAWN, 1), decided_as(DRAWN, 4, 0.97)),
        Predictions.of(np.random.RandomState(6).permutation(DRAWN), decided_as(DRAWN, 4, 0.97)),
    ],
    "regression-targets": [
        Predictions.of(np.arange(40) / 40, np.arange(40) / 50),
        Predictions.of(np.arange(40) / 4, np.arange(40) / 50),
    ],
    "broadcast": [Predictions.of(*shapes_of_sixty(True)), Predictions.of(*shapes_of_sixty(False))],
    "one-unit-softmax": [
        Predictions.of(np.arange(40) % 2, EXACT),
        Predictions.of(np.arange(40) % 2, NEAR),
    ],
    "bad-confidence": [
        Predictions.of(SURE, np.where(np.arange(200) < 160, SURE, 1 - SURE) * 0.998 + 0.001),
        Predictions.of(SURE, np.where(np.arange(200) < 190, SURE, 1 - SURE) * 0.2 + 0.4),
    ],
    "labels-out-of-range": [
        Predictions.of(TURNED, TURNED.astype("f4")),
        Predictions.of(np.where(np.arange(200) == 5, 9, TURNED), decided_as(TURNED, 4)),
    ],
}


DIFFER = {
    "classes-permuted": {"title", "seen", "consistent_with", "remedy", "code"},
    "labels-shuffled": {"seen", "consistent_with", "sure", "counterfactual"},
    "regression-targets": {"seen", "consistent_with", "remedy", "code", "counterfactual"},
    "broadcast": {"seen", "code"},
    "one-unit-softmax": {"seen"},
    "bad-confidence": {"seen", "consistent_with"},
    "labels-out-of-range": {"seen", "consistent_with", "remedy", "code", "sure"},
}


@pytest.mark.parametrize("name", PAIRS)
def test_two_causes_under_one_name_are_told_apart(name):
    first, second = (finding(name, data) for data in PAIRS[name])
    same = {
        part for part in DIFFER[name] if str(getattr(first, part)) == str(getattr(second, part))
    }
    assert not same


def test_the_side_with_the_column_is_the_one_to_flatten():
    codes = [finding("broadcast", data).code for data in PAIRS["broadcast"]]
    assert [code.split("=")[0].strip() for code in codes] == ["y_true", "y_pred"]


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


@pytest.mark.parametrize(("empty", "told"), [(50, True), (70, True), (80, False)])
def test_rows_without_a_label_are_padding_unless_ones_are_rare(empty, told):
    labels = np.eye(4, dtype=int)[np.arange(100) % 4]
    labels[100 - empty :] = 0
    random = np.random.RandomState(8)
    data = Predictions.of(labels, random.random_sample((100, 4)), kind="multi_label")
    assert (finding("padding", data) is not None) == told


def test_exact_equality_is_no_finding_where_it_gives_the_same():
    outputs = np.where(np.arange(40) % 2 == 0, 1.0, 0.4)
    assert finding("exact-match", Predictions.of(np.ones(40, int), outputs)) is None


@pytest.mark.parametrize(("confidence", "sure"), [(0.7, "possible"), (0.97, "likely")])
def test_a_softmax_too_many_is_likely_where_what_it_was_given_is_confident(confidence, sure):
    powers = np.exp(decided_as(np.arange(60) % 3, 3, confidence).astype("f8"))
    outputs = powers / powers.sum(axis=1, keepdims=True)
    assert finding("double-softmax", Predictions.of(np.arange(60) % 3, outputs)).sure == sure


@pytest.mark.parametrize(("n", "told"), [(40, False), (2000, True)])
def test_few_samples_do_not_show_that_labels_are_shuffled(n, told):
    random = np.random.RandomState(9)
    predicted = np.arange(n) % 4
    data = Predictions.of(random.permutation(predicted), decided_as(predicted, 4, 0.9))
    found = finding("labels-shuffled", data)
    assert (found is not None and found.sure == "possible") == told


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
