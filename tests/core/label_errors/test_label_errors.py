"""Labels that are probably wrong.

Of 4,000 samples 4.2 % have a label that was changed to another class. Precision is the share of
wrong labels among those found, recall the share of the wrong ones that is found:

- four classes, outputs right in 94 of 100 samples: precision 0.79, recall 0.76, and 0.98 precision
  among the 50 that are found first; 5.2 % are estimated to be wrong;
- two classes, outputs right in 96 of 100: precision 0.89, recall 0.76; 4.5 % estimated;
- four labels at once, right in 97 of 100 elements: precision 0.95, recall 0.79.
"""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.label_errors import ConfidentJoint, SelfConfidence, find_label_errors
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps
from tests.every import every

N, CLASSES, SHARE = 4_000, 4, 0.05


def flipped(kind: str):
    """Data with known wrong labels, and which samples these are."""
    random = np.random.default_rng(8)
    true = random.integers(0, CLASSES, N)
    wrong = random.random(N) < SHARE
    if kind == "multi_label":
        truth = (random.random((N, CLASSES)) < 0.4).astype(int)
        logits = 3.5 * (2 * truth - 1) + random.normal(0, 1.8, truth.shape)
        column = random.integers(0, CLASSES, N)
        labels = truth.copy()
        labels[wrong, column[wrong]] ^= 1
        return Predictions.of(labels, 1 / (1 + np.exp(-logits)), kind=kind), wrong
    if kind == "binary":
        truth = true % 2
        logits = 3.5 * (2 * truth - 1) + random.normal(0, 2, N)
        return Predictions.of(truth ^ wrong, logits, kind=kind), wrong
    logits = 5.5 * np.eye(CLASSES)[true] + random.normal(0, 2, (N, CLASSES))
    labels = np.where(wrong, (true + random.integers(1, CLASSES, N)) % CLASSES, true)
    if kind == "one_hot":
        return Predictions.of(np.eye(CLASSES)[labels], logits, kind=kind), wrong
    return Predictions.of(labels, logits, kind=kind), wrong


@every(
    "kind, precision, recall",
    [("sparse", 0.79, 0.76), ("one_hot", 0.79, 0.76), ("binary", 0.89, 0.76),
     ("multi_label", 0.95, 0.79)],
)  # fmt: skip
def test_known_flipped_labels_are_found(kind, precision, recall):
    data, wrong = flipped(kind)
    found = find_label_errors(Steps(data))
    hit = np.count_nonzero(found.suspect & wrong)
    assert hit / found.suspect.sum() == pytest.approx(precision, abs=0.01)
    assert hit / wrong.sum() == pytest.approx(recall, abs=0.01)
    assert wrong[found.order[:50]].mean() >= 0.96
    assert np.all(np.diff(found.margin[found.order]) >= 0)
    if kind != "multi_label":
        (joint,) = found.joints
        assert joint.result == pytest.approx(wrong.mean(), abs=0.011)
        low, high = joint.intervals
        assert np.all((low <= joint.shares) & (joint.shares <= high))
        assert joint.joint.sum() == pytest.approx(1)


def test_right_labels_of_sure_outputs_are_not_doubted():
    labels = np.arange(400) % 2
    found = find_label_errors(Steps(Predictions.of(labels, 0.1 + 0.8 * labels)))
    assert not found.suspect.any()
    assert found.joints[0].result == 0


def test_states_merge_and_an_empty_one_changes_nothing():
    data, _ = flipped("sparse")
    labels = data.labels
    table = np.exp(data.y_pred) / np.exp(data.y_pred).sum(axis=1, keepdims=True)
    whole = SelfConfidence.of(labels, table)
    parts = [SelfConfidence.of(labels[i::3], table[i::3]) for i in range(3)]
    merged = SelfConfidence.empty(CLASSES)
    for part in parts:
        merged = merged.merge(part)
    np.testing.assert_allclose(merged.result, whole.result, rtol=1e-13)
    likely = np.argmax(table, axis=1)
    halves = [ConfidentJoint.of(labels[i::2], likely[i::2], CLASSES) for i in range(2)]
    both = ConfidentJoint.empty(CLASSES).merge(halves[0]).merge(halves[1])
    assert both.counts.tolist() == ConfidentJoint.of(labels, likely, CLASSES).counts.tolist()


def test_boundary_cases():
    assert find_label_errors(Steps(Predictions.of([0, 2], [0, 2]))) is None
    assert find_label_errors(Steps(Predictions.of([0, 1], [0.5, np.nan]))) is None
    one = find_label_errors(Steps(Predictions.of([1], [0.2])))
    assert not one.suspect.any()
    absent = find_label_errors(Steps(Predictions.of([0, 0, 1], np.eye(3)[[0, 2, 1]])))
    assert not absent.suspect.any()  # nothing is known of a class without a label
    outside = Predictions.of([0, -1, 7, 1], np.eye(3)[[0, 1, 1, 1]], kind="sparse")
    found = find_label_errors(Steps(outside))
    assert found.suspect.tolist() == [False] * 4
    assert found.joints[0].given.tolist() == [1, 1, 0]
    assert ConfidentJoint.empty(2).result == 0.0
