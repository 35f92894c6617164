"""One sample's way through an evaluation: what it says must be what the arrays say."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.trace import explain, trace


def test_every_part_is_read_from_the_step_it_names():
    data = Predictions.of([[0], [1]], [[0.0], [2.0]], sample_weight=[3, 0.5])
    made = evaluate(data, "binary_accuracy", activation="sigmoid", weighted=True)
    seen = trace(made, 1)
    assert (seen.sentence, seen.equation) == explain(made, 1)
    assert (seen.index, seen.label, seen.raw, seen.decided, seen.compared) == (
        1,
        1,
        2.0,
        True,
        True,
    )
    assert seen.activated == made.scores[1] == 1 / (1 + np.exp(-2.0))
    assert (seen.value, seen.weight) == (1.0, 0.5)
    assert {part.shape for part in (seen.label, seen.raw, seen.activated, seen.weight)} == {()}


def test_a_row_of_several_outputs_keeps_its_elements():
    data = Predictions.of([[0, 1, 1]], [[0.7, 0.6, 0.2]])
    seen = trace(evaluate(data, "precision"), 0)
    assert seen.compared.tolist() == [False, True, False]
    assert seen.weight.tolist() == [1, 1, 0]
    assert seen.value == pytest.approx(1 / 3)


@pytest.mark.parametrize("index", [-1, 2, 10**9])
def test_a_row_that_is_not_there_is_refused(index):
    made = evaluate(Predictions.of([0, 1], [0.1, 0.9]), "recall")
    with pytest.raises(InputError, match="`index` must be a row from 0 to 1"):
        trace(made, index)
