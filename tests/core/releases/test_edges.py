"""Answers of releases at their edges: metrics named outright, the little that is added below."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.releases import (
    RELEASES,
    KerasRefusal,
    call_function,
    compiled_accuracy,
    release_names,
    run_class,
)
from tests.every import every

LABELS, OUTPUTS = np.array([[0.0], [1.0], [1.0]]), np.array([[0.2], [0.7], [0.4]])
MSE = "mean_squared_error"
ALWAYS = {"accuracy", "binary_accuracy", "mae"}
AT = list(RELEASES).index
KNOWN = (
    dict.fromkeys(RELEASES, ALWAYS)
    | {"keras-1.2.2": ALWAYS | {"precision"}}
    | dict.fromkeys(
        list(RELEASES)[AT("tf.keras-1.14.0") :], ALWAYS | {"BinaryAccuracy", "Precision"}
    )
    | dict.fromkeys(
        list(RELEASES)[AT("keras-3.0.0") :], ALWAYS | {"BinaryAccuracy", "precision", "Precision"}
    )
)


@every("release", RELEASES)
@every("metric", ["accuracy", "binary_accuracy", "mae", "precision", "BinaryAccuracy", "Precision"])
def test_every_answer_says_why_in_a_sentence_that_names_the_metric(release, metric):
    asked = {"release": release, "loss": MSE, "metric": metric}
    if metric not in KNOWN[release]:
        with pytest.raises(KerasRefusal, match=f"`{metric}`.*\\.$"):
            compiled_accuracy(LABELS, OUTPUTS, **asked)
        return
    answer = compiled_accuracy(LABELS, OUTPUTS, **asked)
    assert isinstance(answer.branch, Message)
    assert str(answer.branch).endswith(".")
    assert None not in answer.branch.values.values()
    if metric != "accuracy":
        assert {metric, answer.resolved} & {str(value) for value in answer.branch.values.values()}


def test_the_name_of_a_class_runs_the_class():
    """Weights of every element count in the class; the function has taken its means before."""
    random = np.random.RandomState(0)
    labels, outputs = random.randint(0, 2, (5, 3)), random.random_sample((5, 3))
    weights = random.randint(0, 4, (5, 3)) / 2
    asked = {"release": "tf.keras-2.15.0", "batch_size": 2, "sample_weight": weights}
    answer = compiled_accuracy(
        labels, outputs, loss=MSE, metric="BinaryAccuracy", weighted=True, **asked
    )
    right = (outputs > 0.5) == labels
    assert answer.value == pytest.approx((right * weights).sum() / weights.sum(), abs=1e-6)
    assert answer.value == run_class("BinaryAccuracy", labels, outputs, **asked)
    with pytest.raises(KerasRefusal):
        compiled_accuracy(
            labels, outputs, loss=MSE, metric="binary_accuracy", weighted=True, **asked
        )


@pytest.mark.parametrize(
    "name", ["precision", "recall", "fmeasure", "fbeta_score", "matthews_correlation"]
)
def test_what_is_added_below_keeps_a_share_from_passing_1_and_from_dividing_by_0(name):
    one = np.float32([1, 0])
    best = call_function(name, one, one, release="keras-1.2.2")
    assert 0.9999995 < best < 1
    for labels, outputs in ((one * 0, one * 0), (one * 0, one), (one, one * 0)):
        assert call_function(name, labels, outputs, release="keras-1.2.2") == 0


@pytest.mark.parametrize("beta", [0.0, 0.5, 1.0, 2.0])
def test_fbeta_weighs_recall_by_the_square_of_beta(beta):
    labels, outputs = np.float32([1, 1, 1, 1, 0]), np.float32([1, 1, 0, 0, 1])
    found = call_function("fbeta_score", labels, outputs, release="keras-1.2.2", beta=beta)
    expected = (1 + beta**2) * (2 / 3 * 1 / 2) / (beta**2 * 2 / 3 + 1 / 2)
    assert found == pytest.approx(expected, abs=1e-6)


def test_a_beta_below_0_is_refused_by_its_number():
    with pytest.raises(KerasRefusal, match=r"-0\.5"):
        call_function("fbeta_score", LABELS, OUTPUTS, release="keras-1.2.2", beta=-0.5)


@pytest.mark.parametrize(
    ("labels", "outputs", "expected"),
    [
        ([1, 1, 0, 0], [1, 0, 1, 0], 0.0),
        ([1, 1, 1, 0], [1, 1, 0, 0], 2 / 12**0.5),
        ([1, 1, 0, 0], [0, 0, 1, 1], -1.0),
        ([0, 1, 0, 0, 1], [0.4, 0.6, 0.9, 0.1, 0.2], 1 / 6),
    ],
)
def test_matthews_correlation_is_that_of_two_columns(labels, outputs, expected):
    data = np.float32(labels), np.float32(outputs)
    found = call_function("matthews_correlation", *data, release="keras-1.2.2")
    assert found == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("name", ["release", "loss"])
def test_what_is_not_known_is_refused_with_all_that_is(name):
    known = {"release": list(release_names()), "loss": [MSE, "binary_crossentropy", "hinge"]}[name]
    asked = {"release": "keras-2.2.4", "loss": MSE} | {name: "unheard"}
    with pytest.raises(InputError) as caught:
        compiled_accuracy(LABELS, OUTPUTS, **asked)
    assert caught.value.argument == name
    assert "'unheard'" in caught.value.received
    listed = str(caught.value.rule).replace(",", " ").split()
    assert set(known) <= set(listed)


def test_many_thousand_values_add_up_without_losing_any():
    """Sums are made in float64: beyond 2 ** 24 a float32 total would stand still."""
    n = 40_000
    labels, outputs = np.zeros((n, 1)), np.full((n, 1), 0.1, "f4")
    for release in RELEASES:
        answer = compiled_accuracy(
            labels, outputs, release=release, loss=MSE, metric="mae", batch_size=n
        )
        assert answer.value == pytest.approx(np.float32(0.1), rel=2e-7)
