"""One rule, one sentence, wherever an argument comes in."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.counting.confusion import Confusion
from metrics_core.counting.top_k import TopK
from metrics_core.errors import InputError
from metrics_core.predictions import Predictions
from metrics_core.rules import K, Rule, check_fields, check_weights
from metrics_core.settings import Settings
from metrics_core.steps.decision.rank import in_top
from metrics_core.sweep import Sweep

SCORES = np.array([[0.2, 0.8], [0.4, 0.6]])
TAKE_K = {
    "settings": lambda k: Settings(k=k),
    "top k": lambda k: TopK.of([0, 1], SCORES).accuracy(k),
    "decision": lambda k: in_top(np.array([0, 1]), k),
}
TAKE_WEIGHTS = {
    "predictions": lambda w: Predictions.of([0, 1], [0.2, 0.7], sample_weight=w),
    "top k": lambda w: TopK.of([0, 1], SCORES, w),
    "confusion": lambda w: Confusion.of([0, 1], [1, 1], 2, w),
    "sweep": lambda w: Sweep.of(np.array([0.2, 0.7]), np.array([False, True]), np.array(w)),
}


@pytest.mark.parametrize("take", TAKE_K.values(), ids=TAKE_K)
@pytest.mark.parametrize("k", [-1, 2.5, float("nan"), float("inf")])
def test_k_is_refused_in_the_same_words(take, k):
    with pytest.raises(InputError) as expected:
        K.check(k)
    with pytest.raises(InputError) as refused:
        take(k)
    assert str(refused.value) == str(expected.value)


@pytest.mark.parametrize("take", TAKE_K.values(), ids=TAKE_K)
@pytest.mark.parametrize("k", [0, 1, 5, 2.0, np.int64(3)])
def test_k_is_taken(take, k):
    take(k)


@pytest.mark.parametrize("take", TAKE_WEIGHTS.values(), ids=TAKE_WEIGHTS)
@pytest.mark.parametrize("wrong", [-1.0, float("nan"), float("inf")])
def test_weights_are_refused_in_the_same_words(take, wrong):
    with pytest.raises(InputError) as refused:
        take([1.0, wrong])
    assert "must be finite and not negative" in str(refused.value)
    assert f"{wrong} in row 1" in str(refused.value)
    assert "Give samples that should not count the weight 0." in str(refused.value)


def test_the_first_bad_weight_is_named_in_any_block():
    weights = np.ones(200_000)
    weights[[131_073, 150_000]] = -2
    with pytest.raises(InputError, match="row 131073"):
        check_weights("weights", weights)
    check_weights("weights", np.zeros(0))


def test_a_rule_can_depend_on_another_field():
    rule = Rule(
        argument="k",
        holds=lambda k, threshold: k < threshold,
        beside=("threshold",),
        sentence="must be below the threshold, at most {most}",
        remedy="Use 1.",
        values={"most": 3},
    )
    check_fields(Settings(k=1, threshold=2.0), [rule])
    with pytest.raises(InputError, match=r"below the threshold, at most 3\. Got 2\. Use 1\."):
        check_fields(Settings(k=2, threshold=2.0), [rule])
