"""Areas, curves and calibration against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import calibration, metrics

from metrics_core.sweep import (
    Sweep,
    auc,
    average_precision,
    best_thresholds,
    precision_recall,
    reliability,
    roc,
)
from tests.every import every

TIES = {"none": None, "some": 1000, "many": 7, "all": 1}
rows = every("n", [2, 50, 70_000])
ties = every("ties", TIES)
weigh = every("weigh", [None, "whole", "real"])
dtypes = every("dtype", ["f4", "f8"])


def made_of(n, ties, weigh, dtype="f8", spread=1.0):
    """Labels, scores from 0 to 1, and weights, some of them 0; both labels have weight."""
    rng = np.random.default_rng(n + len(ties))
    labels = rng.integers(0, 2, n)
    labels[:2] = 0, 1
    scores = np.clip(0.5 + spread * rng.normal(0.1 * (labels - 0.5), 0.15), 0.001, 0.999)
    if TIES[ties] is not None:
        scores = np.round(scores * TIES[ties]) / TIES[ties]
    weights = {
        None: None,
        "whole": rng.integers(0, 4, n).astype(float),
        "real": rng.random(n) * (rng.random(n) < 0.9),
    }[weigh]
    if weights is not None:
        weights[:2] = 1.5, 0.5
    return labels, scores.astype(dtype), weights


@rows
@ties
@weigh
@dtypes
def test_areas(n, ties, weigh, dtype):
    labels, scores, weights = made_of(n, ties, weigh, dtype)
    sweep = Sweep.of(scores, labels == 1, weights)
    theirs = metrics.roc_auc_score(labels, scores, sample_weight=weights)
    assert auc(sweep) == pytest.approx(theirs, abs=1e-12)
    theirs = metrics.average_precision_score(labels, scores, sample_weight=weights)
    assert average_precision(sweep) == pytest.approx(theirs, abs=1e-12)


def same(ours, theirs, weigh):
    """Bit for bit where everything is counted, up to the order of sums where it is weighed."""
    if weigh is None:
        np.testing.assert_array_equal(ours, theirs)
    else:
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12)


@rows
@ties
@weigh
@dtypes
def test_curves(n, ties, weigh, dtype):
    labels, scores, weights = made_of(n, ties, weigh, dtype)
    sweep = Sweep.of(scores, labels == 1, weights)
    wrong, found, thresholds = metrics.roc_curve(
        labels, scores, sample_weight=weights, drop_intermediate=False
    )
    made = roc(sweep)
    same(made.x, wrong, weigh)
    same(made.y, found, weigh)
    np.testing.assert_array_equal(made.thresholds, thresholds)
    precision, recall, thresholds = metrics.precision_recall_curve(
        labels, scores, sample_weight=weights
    )
    made = precision_recall(sweep)
    same(made.x, recall, weigh)
    same(made.y, precision, weigh)
    np.testing.assert_array_equal(made.thresholds[:-1], thresholds)
    assert made.thresholds[-1] == np.inf


@rows
@ties
@weigh
def test_calibration(n, ties, weigh):
    labels, scores, weights = made_of(n, ties, weigh, spread=0.9)
    scores = np.clip(scores, 1e-6, 1 - 1e-6)
    made = reliability(Sweep.of(scores, labels == 1, weights), 10)
    theirs = metrics.brier_score_loss(labels, scores, sample_weight=weights)
    assert made.brier == pytest.approx(theirs, rel=1e-12)
    theirs = metrics.log_loss(labels, scores, sample_weight=weights)
    assert made.log_loss == pytest.approx(theirs, rel=1e-12)
    if weights is None:
        shares, means = calibration.calibration_curve(labels, scores, n_bins=10)
        np.testing.assert_allclose(made.share_positive[made.weight > 0], shares, rtol=1e-12)
        np.testing.assert_allclose(made.mean_score[made.weight > 0], means, rtol=1e-12)


BEST = {
    "accuracy": metrics.accuracy_score,
    "precision": metrics.precision_score,
    "recall": metrics.recall_score,
    "f1": metrics.f1_score,
    "balanced_accuracy": metrics.balanced_accuracy_score,
    "matthews": metrics.matthews_corrcoef,
}


@pytest.mark.parametrize("ties", ["none", "many"])
@weigh
def test_best_values_are_what_scikit_learn_gives_at_their_thresholds(ties, weigh):
    labels, scores, weights = made_of(60, ties, weigh)
    found = {best.name: best for best in best_thresholds(Sweep.of(scores, labels == 1, weights))}
    for name, theirs in BEST.items():
        options = {"zero_division": 0} if name in ("precision", "recall", "f1") else {}
        best = found[name]

        def at(cut, of=theirs, options=options):
            return of(labels, scores > cut, sample_weight=weights, **options)

        assert at(np.float32(best.threshold)) == pytest.approx(best.value, abs=1e-12)
        values = [at(cut) for cut in (-np.inf, *np.unique(scores))]
        assert best.value == pytest.approx(max(values), abs=1e-12)
