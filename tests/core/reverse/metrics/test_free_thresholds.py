"""All thresholds at once: intervals that are exact at their ends."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.reverse import Reported, numpy_recipe, search
from metrics_core.reverse.candidates.thresholds import element_limits, sweep
from tests.core.reverse.samples import data, explain, one_output, recomputed, run, weights


def grid(dtype: str) -> Predictions:
    """Scores with many ties, at numbers that float32 holds."""
    rng = np.random.default_rng(6)
    scores = (rng.integers(0, 9, 300) / 8).astype(dtype)
    labels = (scores + rng.normal(0, 0.4, 300) > 0.5).astype("i8")
    return Predictions.of(labels, scores, sample_weight=weights(300))


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
@pytest.mark.parametrize("weighting", ["ignored", "used"])
def test_an_interval_of_thresholds_is_exact_at_its_ends(dtype, weighting):
    given = grid(dtype)
    weighted = weighting == "used"

    def at(threshold: np.float32) -> float:
        return evaluate(
            given, "binary_accuracy", threshold=float(threshold), weighted=weighted
        ).result

    target = at(np.float32(0.375))
    result = explain(given, target)
    free = next(
        swept
        for swept in result.thresholds
        if swept.weighting == weighting and swept.reading.name == "as_is"
    )
    holds = Reported(float(f"{target:.4f}"), 4).holds
    assert any(part.low == 0.375 for part in free.intervals)
    for interval in free.intervals:
        assert holds(np.array([at(np.float32(interval.threshold))])).all()
        assert at(np.float32(interval.threshold)) == pytest.approx(interval.value, abs=1e-12)
        if np.isfinite(interval.low):
            low = np.float32(interval.low)
            assert holds(np.array([at(low)])).all()
            assert not holds(np.array([at(np.nextafter(low, np.float32(-9)))])).any()
        if np.isfinite(interval.high):
            high = np.float32(interval.high)
            assert holds(np.array([at(np.nextafter(high, np.float32(-9)))])).all()
            assert not holds(np.array([at(high)])).any()


@pytest.mark.parametrize("kind", ["binary", "one_hot", "multi_label"])
def test_a_sweep_agrees_with_evaluate_at_every_score(kind):
    given = data(kind, "f4", unit=False)
    for variant in ("binary_accuracy", "subset_accuracy"):
        if kind == "binary" and variant == "subset_accuracy":
            continue
        low, high = element_limits(given.outputs, given.labels)
        if variant == "subset_accuracy":
            low, high = low.max(axis=1), high.min(axis=1)
        swept = sweep(low.reshape(-1), high.reshape(-1), None, low.size)
        for cut, value in list(zip(swept.starts, swept.values, strict=True))[1::7]:
            expected = evaluate(given, variant, threshold=float(cut)).result
            assert value == pytest.approx(expected, abs=1e-12)


def test_not_a_number_is_never_above_in_a_sweep():
    low, high = element_limits(np.array([np.nan, np.nan, 0.5, np.inf]), np.array([0, 1, 1, 2]))
    swept = sweep(low, high, None, 4)
    assert swept.starts.tolist() == [-np.inf, 0.5]
    assert swept.values.tolist() == [0.5, 0.25]


def test_the_nearest_attainable_results_are_given_where_no_threshold_hits():
    given = Predictions.of([0, 1, 0, 1], np.array([0.1, 0.2, 0.7, 0.9], "f4"))
    free = search(given, 0.6, digits=4).thresholds[0]
    assert free.intervals == ()
    assert [near.value for near in free.nearest] == [0.5, 0.75]
    for near in free.nearest:
        assert evaluate(given, "binary_accuracy", threshold=near.threshold).result == near.value


def test_a_free_threshold_is_a_recipe_with_its_code():
    labels, outputs = one_output()
    given = Predictions.of(labels, outputs)
    value = evaluate(given, "binary_accuracy", threshold=-0.73).result
    recipe = next(each for each in explain(given, value).recipes if each.thresholds)
    assert any(part.low <= np.float32(-0.73) < part.high for part in recipe.thresholds)
    assert run(numpy_recipe(recipe), given) == pytest.approx(recipe.value, abs=1e-12)
    assert recomputed(recipe, given) == pytest.approx(recipe.value, abs=1e-12)
    assert 0 < recipe.chance < 1
