"""The metrics beside accuracy on the page are those of the selected release."""

from __future__ import annotations

import pytest

from accuracy_lens.explain.which_accuracy.beside import (
    ask_beside,
    beside_columns,
    binned_sentence,
)
from metrics_core.predictions import Predictions

CLOSE = Predictions.of([0, 1, 0, 1], [0.501, 0.502, 0.1, 0.9])
ASKED = {"loss": "binary_crossentropy", "batch_size": 32, "weighted": False}


def by_code(release, data=CLOSE):
    found, _ = ask_beside(data, release, **ASKED)
    return {each.code: each for each in found}


def test_the_sentence_about_auc_has_the_binned_and_the_exact_number():
    found, exact = ask_beside(CLOSE, "keras-3.15.1", **ASKED)
    assert exact == 1.0
    assert "it prints 0.8750" in str(binned_sentence(found, exact))
    assert "threshold it is 1.0000" in str(binned_sentence(found, exact))


def test_a_release_without_a_metric_is_told_from_one_that_refuses_it():
    old, new = by_code("tf.keras-1.14.0"), by_code("keras-3.15.1")
    assert old["BinaryIoU()"].missing
    assert new["BinaryIoU()"].value == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert not new["F1Score(average='macro')"].missing
    assert new["F1Score(average='macro')"].value is None  # labels of one axis


def test_an_old_release_has_none_of_them_and_no_sentence():
    found, exact = ask_beside(CLOSE, "keras-1.0.8", **ASKED)
    assert all(each.missing for each in found)
    assert binned_sentence(found, exact) is None


def test_the_table_says_why_only_where_something_is_refused():
    hot = Predictions.of([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[0.7, 0.2, 0.1]] * 3)
    found, _ = ask_beside(hot, "keras-3.15.1", **ASKED)
    assert list(beside_columns(found)) == ["metric", "prints"]
    refused, _ = ask_beside(CLOSE, "keras-3.15.1", **ASKED)
    assert list(beside_columns(refused)) == ["metric", "prints", "why refused"]
