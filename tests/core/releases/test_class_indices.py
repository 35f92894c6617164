"""Metrics beside accuracy where labels are class indices and each sample has several outputs.

Keras 3.15.1 was run on these two samples, one to a batch; it flattens both, so that the index
lies over all outputs of its sample. It raises an error for batches of more samples.
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
    ("PrecisionAtRecall", {"recall": 0.8}, None, 0.25),
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


@every(("name", "options"), [row[:2] for row in PRINTED])
def test_larger_batches_are_refused(name, options):
    with pytest.raises(KerasRefusal):
        metric_beside(name, LABELS, OUTPUTS, **ASKED, **options)
