"""The doctor's report: order, clean bills, scenarios, and the arithmetic behind the rules."""

from __future__ import annotations

import itertools
import pickle

import numpy as np
import pytest

from metrics_core.counting.intervals import wilson
from metrics_core.doctor import RULES, examine
from metrics_core.doctor.calibration import calibration
from metrics_core.doctor.case import Case
from metrics_core.doctor.labels import codes, label_values
from metrics_core.errors import InputError
from metrics_core.generate import GeneratorSettings, generate
from metrics_core.kinds import KINDS
from metrics_core.messages import Message
from metrics_core.numeric.assignment import best_assignment
from metrics_core.predictions import Predictions
from metrics_core.scenarios import SCENARIOS
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps
from tests.every import every

FEW = {"few-samples", "majority-class"}
SCENARIO_FINDINGS = {
    "classes-against-classes": ({}, FEW),
    "binary-threshold": ({}, FEW | {"exact-match"}),
    "categorical-argmax": ({}, FEW | {"exact-match", "element-wise-one-hot", "k-too-large"}),
    "sparse-argmax": ({}, FEW | {"k-too-large"}),
    "top-k": ({}, FEW | {"exact-match", "element-wise-one-hot"}),
    "sparse-top-k": ({}, FEW),
    "no-activation": (
        {"logits-cut": "warning", "logits-rounded": "warning"},
        FEW | {"exact-match"},
    ),
    "with-sigmoid": ({"majority-class": "warning"}, FEW | {"exact-match"}),
    "sigmoid-of-zero": ({"threshold-ties": "warning"}, FEW | {"exact-match"}),
    "softmax-on-one-unit": ({"one-unit-softmax": "serious"}, FEW | {"categorical-one-unit"}),
    "sample-weights": ({"weights-ignored": "warning"}, FEW | {"exact-match"}),
    "rare-class": ({"majority-class": "warning"}, {"exact-match"}),
    "many-labels": ({"argmax-multi-hot": "warning"}, {"few-samples", "exact-match"}),
    "ten-sigmoid-units": (
        {"element-wise-one-hot": "serious", "rows-not-one": "warning"},
        {"majority-class", "top-k-ties", "exact-match"},
    ),
}
CORRECT = [
    (kind, output, separability)
    for kind, output in itertools.product(
        ("binary", "sparse", "one_hot", "multi_label"), ("logits", "probabilities")
    )
    for separability in (0.3, 1.0, 4.0)
]


def view(scenario):
    own = scenario.view
    return Settings(activation=own.activation, threshold=own.threshold, k=own.k)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_has_the_findings_that_it_is_about(name):
    scenario = SCENARIOS[name]
    report = examine(scenario.predictions(), settings=view(scenario))
    graded = {found.rule: found.severity for found in report.findings}
    must, may = SCENARIO_FINDINGS[name]
    assert must.items() <= graded.items()
    assert set(graded) <= set(must) | may
    serious = {rule for rule, grade in must.items() if grade == "serious"}
    assert {found.rule for found in report.of_severity("serious")} == serious


@every(("kind", "output", "separability"), CORRECT)
@every("seed", range(3))
def test_nothing_serious_is_found_where_nothing_is_wrong(kind, output, separability, seed):
    made = generate(
        GeneratorSettings(
            kind=kind, output=output, separability=separability, n_classes=4, seed=seed
        )
    )
    settings = Settings(threshold=0.0 if output == "logits" else 0.5)
    assert examine(made, settings=settings).of_severity("serious") == ()


def test_a_clean_bill_of_health_names_what_was_looked_at():
    report = examine(generate(GeneratorSettings(kind="sparse", n_samples=3000, n_classes=6)))
    assert report.findings == ()
    assert report.healthy
    assert [rule.name for rule in report.checked] == [
        rule.name for rule in RULES if "sparse" in rule.kinds
    ]


def test_findings_come_most_serious_first():
    labels = np.tile([0, 1, 1], 40)
    logits = np.where(labels == 1, 0.3, -2.5) + np.linspace(0, 0.1, 120)
    rare = generate(GeneratorSettings(balance=0.05, separability=1.0, output="logits"))
    reports = [
        examine(Predictions.of(labels, logits.reshape(-1, 1))),
        examine(rare, settings=Settings(threshold=0.0)),
    ]
    for report, first in zip(reports, ("serious", "warning"), strict=True):
        grades = [found.severity for found in report.findings]
        assert grades[0] == first
        assert grades == sorted(grades, key=["serious", "warning", "note"].index)
        assert not report.healthy
    order = [rule.name for rule in RULES]
    places = [order.index(found.rule) for found in reports[1].findings]
    assert places != sorted(places)


@pytest.mark.parametrize("kind", ["binary", "sparse", "one_hot", "multi_label"])
def test_every_rule_that_applies_is_either_found_or_checked(kind):
    report = examine(generate(GeneratorSettings(kind=kind, output="logits")))
    told = [found.rule for found in report.findings] + [rule.name for rule in report.checked]
    assert sorted(told) == sorted(rule.name for rule in RULES if kind in rule.kinds)


def test_rules_are_named_once_and_say_what_is_known_without_a_finding():
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.name == rule.name.lower().replace("_", "-").replace(" ", "-")
        assert isinstance(rule.clean, Message)
        assert str(rule.clean).endswith(".")
        assert set(rule.kinds) <= set(KINDS)


def test_shared_steps_change_nothing():
    made = generate(GeneratorSettings(output="logits"))
    settings = Settings(activation="sigmoid")
    shared = Steps(made, "sigmoid")
    for steps in (shared, Steps(made, "none")):
        given, fresh = (examine(made, settings=settings, steps=s) for s in (steps, None))
        assert [str(f.seen) for f in given.findings] == [str(f.seen) for f in fresh.findings]


def test_a_report_can_be_sent_to_another_process():
    report = examine(generate(GeneratorSettings(output="logits")))
    again = pickle.loads(pickle.dumps(report))
    assert [str(found.seen) for found in again.findings] == [
        str(found.seen) for found in report.findings
    ]


def test_one_hot_labels_and_class_indices_have_the_same_findings_in_common():
    made = generate(GeneratorSettings(kind="sparse", n_classes=4, separability=3))
    spoilt = Predictions.of(made.y_true, made.y_pred[:, [1, 0, 3, 2]])
    both = [
        {found.rule: str(found.seen) for found in examine(data).findings}
        for data in (spoilt, spoilt.to_one_hot())
    ]
    assert "classes-permuted" in both[0]
    assert both[0].items() <= both[1].items()


def odd_outputs(random, shape):
    normal = random.normal(size=shape)
    return random.choice([0, 1, 2, 3, 4, 5]), [
        normal * 3,
        random.random(shape),
        np.full(shape, np.nan),
        np.full(shape, -np.inf),
        np.where(normal > 1, np.nan, normal),
        random.integers(0, 3, shape),
    ]


def odd_labels(random, n, classes):
    width = max(classes, 2)
    return [
        random.integers(0, width, n),
        random.integers(-2, 300, n),
        random.normal(size=n),
        np.full(n, np.nan),
        random.choice([-1, 1], n),
        random.integers(0, 2, (n, max(classes, 1))),
        random.choice([0.05, 0.95], (n, max(classes, 1))),
        np.eye(width)[random.integers(0, width, n)],
    ]


@every("seed", range(150))
def test_no_data_make_the_doctor_fail(seed):
    random = np.random.default_rng(seed)
    n, classes = int(random.choice([1, 2, 3, 12, 40])), int(random.choice([0, 1, 2, 5]))
    pick, outputs = odd_outputs(random, (n, classes) if classes else n)
    dtype = random.choice(["f2", "f4", "f8"])
    for labels in odd_labels(random, n, classes):
        weight = random.integers(0, 3, n)
        try:
            data = Predictions.of(labels, outputs[pick].astype(dtype), sample_weight=weight)
        except InputError:
            continue
        for settings in (
            Settings(),
            Settings(activation="sigmoid", aggregation="batch_means", batch_size=7),
            Settings(activation="softmax", threshold=-1.0, k=0, weighted=True),
        ):
            for found in examine(data, settings=settings).findings:
                assert str(found.seen)
                assert found.rows.size == 0 or found.rows.max() < n


def test_class_indices_far_apart_need_no_table_of_all_classes():
    report = examine(Predictions.of([0, 10**12, 5], [0, 10**12, 4]))
    assert [found.rule for found in report.findings] == ["few-samples"]


@every("size", [1, 2, 3, 4, 5])
@every("seed", range(6))
def test_the_best_assignment_is_that_of_all_permutations(size, seed):
    gain = np.random.default_rng(seed).integers(-5, 9, (size, size))
    chosen = best_assignment(gain)
    best = max(
        sum(gain[row, column] for row, column in enumerate(order))
        for order in itertools.permutations(range(size))
    )
    assert sorted(chosen.tolist()) == list(range(size))
    assert gain[np.arange(size), chosen].sum() == best


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [
        (0, 10, 0.0, 0.27753),
        (10, 10, 0.72247, 1.0),
        (81, 263, 0.25526, 0.36621),
        (15, 148, 0.06239, 0.16054),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilsons_interval(right, count, low, high):
    # the third and fourth are worked in Newcombe, Statistics in Medicine 17, 1998, table I
    assert wilson(right, count) == pytest.approx((low, high), abs=1e-4)


def test_calibration_error_and_log_loss_of_four_samples():
    data = Predictions.of([1, 1, 0, 0], [0.9, 0.9, 0.9, 0.2])
    made = calibration(Case(data, Settings()))
    assert made.accuracy == 0.75
    assert made.confidence == pytest.approx((0.9 * 3 + 0.8) / 4)
    assert made.error == pytest.approx((abs(2 - 2.7) + abs(1 - 0.8)) / 4)
    assert made.log_loss == pytest.approx(
        -(2 * np.log(0.9) + np.log(0.1) + np.log(0.8)) / 4, rel=1e-6
    )


def test_a_certain_mistake_costs_the_clipped_loss():
    made = calibration(Case(Predictions.of([1, 0], [0.0, 0.0]), Settings()))
    assert made.log_loss == pytest.approx(-np.log(1e-7) / 2, rel=1e-4)


def test_the_noise_is_the_error_of_calibrated_outputs():
    made = generate(GeneratorSettings(n_samples=400, separability=1.0))
    found = calibration(Case(made, Settings()))
    assert found.noise / 3 < found.error < found.noise * 3
    assert 0.005 < found.noise < 0.1


def test_labels_are_counted_whatever_their_dtype():
    for dtype in ("u1", "i8", "f2", "f8"):
        found = label_values(np.array([[2, 0], [2, 1]], dtype))
        assert found.values.tolist() == [0, 1, 2]
        assert found.counts.tolist() == [1, 1, 2]
    found = label_values(np.array([0.5, np.nan, 1e9, np.inf, 0.5]))
    assert found.values.tolist() == [0.5, 1e9]
    assert (found.counts.tolist(), found.n_not_finite) == ([2, 1], 2)
    assert found.beyond(2).tolist() == [0.5, 1e9]
    assert label_values(np.array([True, False, True])).counts.tolist() == [1, 2]


def test_what_is_no_class_has_the_code_minus_one():
    assert codes(np.array([-1, 0, 2, 3]), 3).tolist() == [-1, 0, 2, -1]
    assert codes(np.array([True, False]), 2).tolist() == [1, 0]
    assert codes(np.array([np.inf, 0.5, 1.0]), 3).tolist() == [-1, -1, 1]
