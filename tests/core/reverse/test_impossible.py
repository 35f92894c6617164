"""Numbers that nothing gives, and what was not tried."""

from __future__ import annotations

from metrics_core.predictions import Predictions
from metrics_core.reverse import Reported, search
from metrics_core.reverse.outside import outside


def test_a_number_that_nothing_gives_is_refused_with_where_to_look():
    given = Predictions.of([0, 1, 1, 0], [0.2, 0.7, 0.9, 0.4])
    result = search(given, 0.8123, digits=4)
    assert result.recipes == ()
    assert result.n_hits == 0 < result.n_tried
    assert len(result.nearest) == 5
    gaps = [abs(recipe.value - 0.8123) for recipe in result.nearest]
    assert gaps == sorted(gaps)
    assert all(recipe.rank == 0 for recipe in result.nearest)
    text = " ".join(str(message) for message in result.outside)
    for word in ("dropout", "batch norm", "running mean", "preprocessing", "Other data", "Shuffl",
                 "float16", "Sample weights"):  # fmt: skip
        assert word in text


def test_weights_are_not_named_outside_where_they_came():
    given = Predictions.of([0, 1], [0.2, 0.7], sample_weight=[1, 2])
    text = " ".join(str(message) for message in outside(given, Reported(0.3, 4)))
    assert "Sample weights" not in text


def test_a_number_above_one_is_asked_for_as_per_cent():
    result = search(Predictions.of([0, 1], [0.2, 0.7]), 91.0, digits=0)
    assert str(result.outside[0]).endswith("type 91 %.")
