"""A search as a whole: its progress, chance, small data, and what it leaves alone."""

from __future__ import annotations

import pytest

from metrics_core.predictions import Predictions
from metrics_core.reverse import search
from tests.core.reverse.samples import data, explain, logits, one_output, ten_sigmoid_units


def test_a_hit_far_from_any_other_value_is_no_chance_and_one_among_many_is():
    given = ten_sigmoid_units()
    assert search(given, 0.9, digits=4).recipes[0].chance == pytest.approx(1 / 41)
    labels, outputs = one_output()
    result = explain(Predictions.of(labels, outputs), (labels == (outputs > 0.5)).mean(), 2)
    assert result.recipes[-1].chance > 0.2
    assert result.recipes[0].chance < result.recipes[-1].chance


def test_progress_rises_from_nothing_to_all():
    labels, outputs = logits()
    told: list[float] = []
    search(Predictions.of(labels, outputs), 0.5, digits=4, progress=told.append)
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)
    assert len(told) > 50


def test_a_search_leaves_the_predictions_as_they_are():
    given = data("sparse", "f4", unit=True)
    before = given.digest
    search(given, 0.5, digits=2)
    again = Predictions.of(
        given.y_true, given.y_pred, kind=given.kind, sample_weight=given.sample_weight
    )
    assert again.digest == before


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_few_samples_can_be_searched(n):
    labels, outputs = logits(n)
    for given in (
        Predictions.of(labels, outputs),
        Predictions.of(labels % 2, outputs[:, 0]),
        Predictions.of(labels, labels),
    ):
        assert search(given, 1.0, digits=4).n_tried > 0
