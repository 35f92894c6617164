"""The documentation of the rules: codes that never change, examples that show the finding."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.doctor import RULES, examine
from metrics_core.doctor.book import FILE, markdown
from metrics_core.doctor.case import Case
from metrics_core.doctor.change import Change, Figures, change
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.scenarios import scenario
from metrics_core.settings import Settings
from tests.every import every

GIVEN = {
    "not-finite": "AL001", "constant-outputs": "AL002", "one-unit-softmax": "AL003",
    "labels-from-one": "AL004", "labels-minus-one": "AL005", "labels-out-of-range": "AL006",
    "regression-targets": "AL007", "smoothed-labels": "AL008", "one-hot-or-sparse": "AL009",
    "classes-permuted": "AL010", "labels-shuffled": "AL011", "logits-cut": "AL012",
    "double-sigmoid": "AL013", "double-softmax": "AL014", "element-wise-one-hot": "AL015",
    "argmax-multi-hot": "AL016", "logits-rounded": "AL017", "rows-not-one": "AL018",
    "padding": "AL019", "weights-ignored": "AL020", "majority-class": "AL021",
    "bad-confidence": "AL022", "class-missing": "AL023", "k-too-large": "AL024",
    "top-k-ties": "AL025", "argmax-ties": "AL026", "threshold-ties": "AL027",
    "float16-at-threshold": "AL028", "few-samples": "AL029", "batch-means": "AL030",
    "tail-dropped": "AL031", "broadcast": "AL032", "exact-match": "AL033",
    "categorical-one-unit": "AL034", "outputs-scaled": "AL035", "log-probabilities": "AL036",
    "softmax-over-samples": "AL037", "labels-two-values": "AL038", "labels-from-outputs": "AL039",
    "repeated-column": "AL040", "crowded-scores": "AL041", "padding-label": "AL042",
    "nothing-predicted": "AL043", "decisions": "AL044", "rounded-outputs": "AL045",
    "labels-probably-wrong": "AL046",
}  # fmt: skip
"""Codes in links and notes of visitors: a row may be added, never changed."""


def shown(rule):
    """What the lines of an example make."""
    made = {"np": np}
    exec(rule.example, made)
    weight, kind = made.get("sample_weight"), made.get("kind")
    data = Predictions.of(made["y_true"], made["y_pred"], kind=kind, sample_weight=weight)
    return data, Settings(**made.get("view", {}))


def test_codes_stay_what_they_are():
    assert {rule.name: rule.id for rule in RULES} == GIVEN
    assert len(set(GIVEN.values())) == len(GIVEN)


@every("rule", RULES, ids=lambda rule: rule.id)
def test_the_example_of_a_page_shows_its_finding(rule):
    data, settings = shown(rule)
    found = {found.rule: found for found in examine(data, settings=settings).findings}
    assert rule.name in found
    assert found[rule.name].id == rule.id


@every("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_says_everything(rule):
    for told in (rule.means, rule.recognised, rule.todo, rule.mute):
        assert isinstance(told, Message)
        assert str(told).endswith(".")
        assert str(told)[0].isupper()
    assert not str(rule.title).endswith(".")
    assert max(map(len, rule.example.splitlines())) < 100


def test_the_file_of_all_pages_is_written_from_them():
    assert FILE.read_text("utf-8") == markdown()


def finding(name, data, settings=None):
    return next(f for f in examine(data, settings=settings).findings if f.rule == name)


def test_what_the_numbers_contradict_is_no_remedy_and_not_certain():
    data = scenario("no-activation").predictions()
    for name in ("logits-cut", "logits-rounded"):
        found = finding(name, data)
        assert found.refuted
        assert found.apply == {}
        assert found.sure == "possible"
        assert (found.change.before.accuracy, found.change.after.accuracy) == (71 / 96, 66 / 96)
        assert found.change.after.balanced == 0.5
        assert found.change.after.ones == 1.0
        assert "None that these numbers bear out" in str(found.remedy)


def test_a_remedy_that_holds_is_offered_with_its_figures():
    random = np.random.RandomState(0)
    labels = np.arange(400) % 2
    data = Predictions.of(labels, 2 * labels - 1 + random.normal(size=400))
    found = finding("logits-cut", data)
    assert not found.refuted
    assert found.apply == {"threshold": 0.0}
    right = (data.outputs > 0) == (labels == 1)
    assert found.change.after.accuracy == right.mean()
    recalls = [right[labels == label].mean() for label in (0, 1)]
    assert found.change.after.balanced == pytest.approx(np.mean(recalls))
    assert found.change.after.ones == (data.outputs > 0).mean()
    assert found.change.before.ones == (data.outputs > 0.5).mean()


def test_other_labels_have_their_figures_too_and_no_data_are_kept():
    data = Predictions.of([1, 2, 3, 1], np.eye(3)[[0, 1, 2, 1]])
    found = finding("labels-from-one", data)
    assert found.cured is None
    assert (found.change.before.accuracy, found.change.after.accuracy) == (0.25, 0.75)
    assert found.change.after.ones is None


@pytest.mark.parametrize(
    ("before", "after", "by_chance", "contradicts"),
    [
        ((0.7, 0.6, 0.4), (0.6, 0.6, 0.5), False, True),
        ((0.7, 0.6, 0.4), (0.6, 0.6, 0.5), True, False),
        ((0.7, 0.6, 0.4), (0.6, 0.6, 1.0), True, True),
        ((0.7, 0.6, 1.0), (0.6, 0.6, 0.0), True, False),
        ((0.7, 0.6, 0.4), (0.6, 0.61, 1.0), False, False),
        ((0.7, 0.6, 0.4), (0.7, 0.5, 1.0), False, False),
        ((0.7, None, 0.4), (0.6, None, 0.5), False, True),
    ],
)
def test_what_contradicts_a_remedy(before, after, by_chance, contradicts):
    assert Change(Figures(*before), Figures(*after), by_chance).contradicts == contradicts


@pytest.mark.parametrize(("more", "by_chance"), [(19, True), (21, False)])
def test_a_fall_of_two_standard_errors_is_by_chance(more, by_chance):
    labels = np.repeat([1, 0, 0, 1], [40, 40 + more, 200, 200])
    outputs = np.repeat([0.2, 0.2, -3.0, 3.0], [40, 40 + more, 200, 200])
    made = change(Case(Predictions.of(labels, outputs), Settings()), {"threshold": 0.0}, None)
    assert made.by_chance == (more**2 <= 4 * (80 + more))
    assert made.by_chance == by_chance


def test_weights_are_a_matter_of_what_is_asked_even_where_the_number_falls():
    data = Predictions.of([0, 1, 1, 0], [0.2, 0.9, 0.4, 0.3], sample_weight=[1, 1, 3, 1])
    found = finding("weights-ignored", data)
    assert found.change.worse
    assert not found.refuted
    assert found.apply == {"weighted": True}


def test_per_cent_compared_with_half_of_it():
    random = np.random.RandomState(1)
    labels = np.arange(60) % 2
    data = Predictions.of(
        labels, np.clip(50 + 60 * (labels - 0.5) + 25 * random.normal(size=60), 1, 99)
    )
    found = finding("outputs-scaled", data)
    assert found.apply == {"threshold": 50.0, "activation": "none"}
    assert found.change.after.accuracy == ((data.outputs > 50) == (labels == 1)).mean()
    names = {f.rule for f in examine(data).findings}
    assert not names & {"logits-cut", "logits-rounded"}


def test_the_confidence_of_decisions_is_not_judged():
    labels = np.arange(200) % 2
    decided = np.where(np.arange(200) < 160, labels, 1 - labels)
    names = {f.rule for f in examine(Predictions.of(labels, decided.astype("f4"))).findings}
    assert "decisions" in names
    assert not names & {"bad-confidence", "labels-shuffled", "labels-from-outputs"}


def test_folders_that_are_numbers_are_sorted_as_words():
    words = np.array(sorted(range(12), key=str))
    labels = np.arange(240) % 12
    for order in (words, np.argsort(words)):
        data = Predictions.of(labels, np.eye(12)[order[labels]] * 0.8)
        found = finding("classes-permuted", data)
        assert "sorted as words" in str(found.consistent_with)
    other = Predictions.of(labels, np.eye(12)[(labels + 1) % 12] * 0.8)
    assert "sorted as words" not in str(finding("classes-permuted", other).consistent_with)
