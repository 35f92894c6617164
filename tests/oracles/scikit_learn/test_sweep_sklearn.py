"""Counts of a sweep, against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics

from metrics_core.sweep.state import Sweep
from tests.every import every

N = 2_000


def drawn(kind, weighted, seed):
    rng = np.random.default_rng(seed)
    scores = {
        "probabilities": lambda: rng.random(N, dtype="f4"),
        "logits": lambda: rng.normal(size=N).astype("f4"),
        "double": lambda: rng.normal(size=N),
        "ties": lambda: rng.integers(-3, 4, N) / 4,
        "equal": lambda: np.full(N, 0.5),
    }[kind]()
    weights = rng.integers(0, 4, N) / 3 if weighted else None
    return scores, rng.random(N) < 0.3, weights


kinds = every("kind", ["probabilities", "logits", "double", "ties", "equal"])
seeds = every("seed", range(3))


@kinds
@seeds
@every("inclusive", [False, True])
def test_the_matrix_at_a_threshold(kind, seed, inclusive):
    scores, positive, _ = drawn(kind, False, seed)
    sweep = Sweep.of(scores, positive)
    for threshold in [-0.25, 0.0, 0.5, 0.75, *scores[:20].tolist()]:
        passed = scores >= threshold if inclusive else scores > np.float64(threshold)
        if inclusive:
            passed = scores.astype("f8") >= threshold
        theirs = metrics.confusion_matrix(positive, passed, labels=[False, True])
        made = sweep.at(threshold, inclusive=inclusive)
        ours = [
            [made.true_negatives, made.false_positives],
            [made.false_negatives, made.true_positives],
        ]
        assert ours == theirs.tolist()


@kinds
@seeds
@every("weighted", [False, True])
def test_the_counts_at_every_cut(kind, seed, weighted):
    scores, positive, weights = drawn(kind, weighted, seed)
    result = Sweep.of(scores, positive, weights).result
    wrong, found, thresholds = metrics.roc_curve(
        positive, scores, sample_weight=weights, drop_intermediate=False
    )
    assert result.thresholds[:0:-1].tolist() == thresholds[1:].tolist()
    wanted = wrong * result.counts.negatives[0], found * result.counts.positives[0]
    ours = result.counts.false_positives[::-1], result.counts.true_positives[::-1]
    if weighted:
        assert ours[0] == pytest.approx(wanted[0], abs=1e-9)
        assert ours[1] == pytest.approx(wanted[1], abs=1e-9)
    else:
        assert ours[0].tolist() == np.rint(wanted[0]).tolist()
        assert ours[1].tolist() == np.rint(wanted[1]).tolist()


@kinds
@seeds
@every("weighted", [False, True])
def test_the_area_under_the_roc_curve(kind, seed, weighted):
    scores, positive, weights = drawn(kind, weighted, seed)
    sweep = Sweep.of(scores, positive, weights)
    area = sweep.twice_won / (2 * sweep.positives * sweep.negatives)
    theirs = metrics.roc_auc_score(positive, scores, sample_weight=weights)
    assert area == pytest.approx(theirs, abs=1e-12)


@seeds
@pytest.mark.parametrize("weighted", [False, True])
def test_the_figures_of_counts(seed, weighted):
    scores, positive, weights = drawn("probabilities", weighted, seed)
    made, passed = Sweep.of(scores, positive, weights).at(0.6), scores > 0.6
    oracles = {
        "accuracy": metrics.accuracy_score,
        "precision": metrics.precision_score,
        "recall": metrics.recall_score,
        "balanced_accuracy": metrics.balanced_accuracy_score,
        "matthews": metrics.matthews_corrcoef,
    }
    for name, oracle in oracles.items():
        theirs = oracle(positive, passed, sample_weight=weights)
        assert getattr(made, name) == pytest.approx(theirs, abs=1e-12)
    theirs = metrics.fbeta_score(positive, passed, beta=2.0, sample_weight=weights)
    assert made.f_beta(2.0) == pytest.approx(theirs, abs=1e-12)
