"""Metrics beside accuracy where labels are class indices and each sample has several outputs.

Keras 3.15.1 was run on these samples. With one to a batch it lays the index over all outputs of its
sample; batches of more are refused where the shapes of labels and outputs do not fit.
"""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.releases import KerasRefusal, metric_beside
from tests.every import every

LABELS, OUTPUTS = np.array([1, 0]), np.array([[0.9, 0.2], [0.4, 0.7]], "f4")
WEIGHTS = np.array([1.0, 3.0], "f4")
PRINTED = [
    ("Precision", {}, 0.5, 0.25),
    ("Recall", {}, 0.5, 0.5),
    ("AUC", {}, None, 0.5),
    ("AUC", {"multi_label": True}, None, 0.5),
    ("AUC", {"multi_label": True, "curve": "PR"}, None, 0.5684769),
    ("PrecisionAtRecall", {"recall": 0.8}, None, 0.25),
    ("BinaryIoU", {}, 0.3333333, 0.3142857),
    ("BinaryIoU", {"target_class_ids": [1]}, 0.3333333, 0.2),
    ("MeanIoU", {"num_classes": 3}, 0.25, 0.375),
    ("MeanIoU", {"num_classes": 3, "sparse_y_pred": False}, 0.0, 0.0),
]
ASKED = {"release": "keras-3.15.1", "loss": "sparse_categorical_crossentropy"}


@every(("name", "options", "plain", "weighed"), PRINTED)
def test_batches_of_one_sample(name, options, plain, weighed):
    asked = {**ASKED, **options, "batch_size": 1}
    found = metric_beside(name, LABELS, OUTPUTS, **asked, sample_weight=WEIGHTS, weighted=True)
    assert found == pytest.approx(weighed)
    if plain is None:
        with pytest.raises(KerasRefusal, match="not equal"):
            metric_beside(name, LABELS, OUTPUTS, **asked)
    else:
        assert metric_beside(name, LABELS, OUTPUTS, **asked) == pytest.approx(plain)


def test_as_many_weighted_samples_as_columns_meet_column_by_column():
    labels = np.array([0, 2, 1])
    outputs = np.array([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8], [0.3, 0.4, 0.3]], "f4")
    asked = {**ASKED, "multi_label": True, "sample_weight": [1, 3, 2.5], "weighted": True}
    # of each column all labels are alike: none above chance
    assert metric_beside("AUC", labels, outputs, **asked, batch_size=3) == 0
    assert metric_beside("AUC", labels, outputs, **asked, batch_size=1) == pytest.approx(0.4848485)
    with pytest.raises(KerasRefusal):
        metric_beside("AUC", labels, outputs, **asked, batch_size=2)


@every(("name", "options"), [row[:2] for row in PRINTED if "sparse_y_pred" not in row[1]])
def test_larger_batches_are_refused(name, options):
    with pytest.raises(KerasRefusal):
        metric_beside(name, LABELS, OUTPUTS, **ASKED, **options)
