"""Two causes under the name of one rule are told apart."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.predictions import Predictions
from tests.core.doctor.looks import decided_as, finding


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
