"""The number predicted for Keras 3 against the installed one, asked in its own process."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from accuracy_lens.jobs import ask_keras
from metrics_core.errors import InputError
from metrics_core.predictions import Predictions
from metrics_core.releases import KerasRefusal, for_predictions
from metrics_core.scenarios import scenario

pytestmark = [
    pytest.mark.keras,
    pytest.mark.skipif(not ask_keras.installed(), reason="Keras is not installed"),
]
RNG = np.random.default_rng(3)


@pytest.fixture(scope="module", autouse=True)
def ended():
    yield
    ask_keras.KERAS.close()


def both(data, **asked):
    asked = {"metric": "accuracy", "batch_size": 32, "weighted": False} | asked
    return for_predictions(data, release="keras-3.15.1", **asked), ask_keras.ask(data, **asked)


def test_ten_sigmoid_units_print_the_same_and_the_server_never_imports_tensorflow():
    before = "tensorflow" in sys.modules
    ours, theirs = both(scenario("ten-sigmoid-units").predictions(), loss="binary_crossentropy")
    assert theirs.backend == "tensorflow"
    assert theirs.version.startswith("3.")
    assert theirs.reported_name == ours.reported_name == "accuracy"
    assert theirs.value == pytest.approx(ours.value, abs=5e-7)
    assert f"{theirs.value:.4f}" == "0.0998"
    assert ("tensorflow" in sys.modules) is before


def test_weighted_binary_accuracy_under_another_spelling():
    labels, scores = RNG.integers(0, 2, 75), RNG.normal(0.5, 0.6, 75).astype("f4")
    weight = RNG.integers(0, 5, 75) / 4
    data = Predictions.of(labels, scores, sample_weight=weight)
    ours, theirs = both(data, loss="mean_squared_error", metric="acc", batch_size=16, weighted=True)
    right = (scores > 0.5) == (labels == 1)
    assert theirs.value == pytest.approx((right * weight).sum() / weight.sum(), abs=5e-7)
    assert theirs.value == pytest.approx(ours.value, abs=5e-7)
    assert theirs.reported_name == ours.reported_name == "acc"


def test_an_unsuited_loss_is_refused_by_both_and_the_next_question_is_answered():
    data = scenario("sparse-argmax").predictions()
    with pytest.raises(KerasRefusal, match="needs labels shaped like the outputs"):
        for_predictions(data, release="keras-3.15.1", loss="categorical_crossentropy")
    asked = {"metric": "accuracy", "batch_size": 32, "weighted": False}
    theirs = ask_keras.ask(data, loss="categorical_crossentropy", **asked)
    assert theirs.value is None
    assert theirs.refused.startswith("ValueError: ")
    assert "shape" in theirs.refused
    ours, theirs = both(data, loss="sparse_categorical_crossentropy")
    assert theirs.value == pytest.approx(ours.value, abs=5e-7)


def test_an_error_inside_the_graph_is_told_by_its_reason_and_without_paths():
    data = Predictions.of([0, 1], [0.2, 0.7])
    theirs = ask_keras.ask(
        data, loss="sparse_categorical_crossentropy", metric="acc", batch_size=2, weighted=False
    )
    assert theirs.value is None
    assert theirs.refused.startswith("InvalidArgumentError: Received a label value of 1")
    assert "/" not in theirs.refused


def test_rows_beyond_the_limit_are_left_out_first():
    n = ask_keras.ROWS + 5
    data = Predictions.of(np.arange(n) % 2, np.full(n, 0.7, "f4"), sample_weight=np.ones(n))
    kept = ask_keras.first_rows(data)
    assert (kept.n_samples, len(kept.y_true), len(kept.sample_weight)) == (200_000,) * 3
    with pytest.raises(InputError, match=r"at most 200000 samples\. Got 200005"):
        ask_keras.ask(data, loss="hinge", metric="acc", batch_size=32, weighted=False)
