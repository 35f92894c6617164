"""What is not tried for the size of the data, in words."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.predictions import Predictions
from metrics_core.reverse import search
from metrics_core.reverse.candidates.metrics.left_out import left_out
from tests.core.reverse.samples import ten_sigmoid_units


def test_too_many_classes_to_permute_are_said_to_be_left_out():
    rng = np.random.default_rng(0)
    outputs = rng.random((300, 201), dtype="f4")
    result = search(Predictions.of(rng.integers(0, 201, 300), outputs), 0.5, digits=4)
    assert "200 classes" in str(result.left_out[0])
    assert search(ten_sigmoid_units(), 0.5, digits=4).left_out == ()


def binary(n: int) -> Predictions:
    return Predictions.of(np.arange(n, dtype="i1") % 2, np.zeros(n, "f2"))


def many_labels(n: int, width: int) -> Predictions:
    labels = np.ones((n, width), "i1")
    return Predictions.of(labels, np.zeros((n, width), "f2"), kind="multi_label")


def classes(n: int, width: int) -> Predictions:
    return Predictions.of(np.zeros(n, "i4"), np.zeros((n, width), "f2"), kind="sparse")


def indices(n_classes: int) -> Predictions:
    return Predictions.of(np.arange(n_classes), np.arange(n_classes), kind="class_indices")


LIMITS = {
    "classes against the rest": (classes, (9, 20), (9, 21), "Each class against the rest"),
    "outputs against the rest": (classes, (600_000, 20), (600_001, 20), "Each class against"),
    "outputs by themselves": (classes, (12_000, 1000), (12_001, 1000), "Metrics, areas and losses"),
    "areas": (classes, (2_000, 1000), (2_001, 1000), "AUC and average precision of every"),
    "calibration of classes": (classes, (200_000, 2), (200_001, 2), "The calibration of each"),
    "top k": (many_labels, (20_000, 100), (20_001, 100), "True labels in the top k"),
    "softmax of batches": (classes, (4_000, 1000), (4_001, 1000), "Softmax over the samples"),
    "every threshold": (binary, (2_000_000,), (2_000_001,), "Precision, recall and F1 at every"),
    "batches of one output": (binary, (20_000,), (20_001,), "The mean over batches of the AUC"),
    "sizes of batches": (binary, (20_000,), (20_001,), "Means over batches of precision"),
    "libraries": (binary, (200_000,), (200_001,), "Calls of scikit-learn, torchmetrics"),
    "bins": (binary, (200_000,), (200_001,), "Calibration errors with other than 15"),
    "the matrix": (indices, (1_000,), (1_001,), "Means over the classes, Cohen's kappa"),
    "single classes": (indices, (200,), (201,), "Precision, recall and F1 of single classes"),
    "classes in batches": (indices, (100,), (101,), "Means over batches of macro precision"),
    "samples in batches": (classes, (20_000, 3), (20_001, 3), "Means over batches of macro"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_every_limit_is_said_from_the_first_size_above_it(name):
    of_size, most, more, begin = LIMITS[name]
    assert not any(str(message).startswith(begin) for message in left_out(of_size(*most)))
    assert any(str(message).startswith(begin) for message in left_out(of_size(*more)))


def test_what_is_said_to_be_left_out_is_not_tried():
    for n_classes, tried in ((200, True), (201, False)):
        labels = np.arange(n_classes)
        found = search(Predictions.of(labels, labels[::-1]), 0.0, digits=4)
        assert any(each.variant == "recall_of_class" for each in found.recipes) is tried
