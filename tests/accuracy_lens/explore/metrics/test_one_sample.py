"""The table of one sample, where there are more classes than it shows."""

from __future__ import annotations

import numpy as np
import pytest

from accuracy_lens.components.one_sample import sample_frame
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.trace import trace

SHOWN = 12
FALLING = np.linspace(0.9, 0.1, 20, dtype="f4")[None]


def classes_shown(true_class, outputs):
    evaluation = evaluate(Predictions.of([true_class], outputs), "sparse_categorical_accuracy")
    return sample_frame(evaluation, trace(evaluation, 0)).column(0).to_pylist()


@pytest.mark.parametrize("true_class", [12, 19])
def test_the_true_class_is_shown_however_low_its_score(true_class):
    highest = [str(i) for i in range(SHOWN)]
    assert classes_shown(true_class, FALLING) == [*highest, str(true_class)]


@pytest.mark.parametrize("true_class", [0, 11])
def test_a_true_class_among_the_highest_scores_is_shown_once(true_class):
    assert classes_shown(true_class, FALLING) == [str(i) for i in range(SHOWN)]


def test_up_to_twelve_classes_are_all_shown_the_highest_score_first():
    rising = FALLING[:, :SHOWN][:, ::-1]
    assert classes_shown(3, rising) == [str(i) for i in range(SHOWN)][::-1]
