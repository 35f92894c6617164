"""Comparisons against scipy, statsmodels, scikit-learn, and what was printed in books."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest, ttest_rel
from scipy.stats import t as student
from sklearn.metrics import average_precision_score, cohen_kappa_score, roc_auc_score
from statsmodels.stats import contingency_tables
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from metrics_core.aggregating import batch_values
from metrics_core.compare import PairedScores, areas, compare, holm, kappa, mcnemar, newcombe
from metrics_core.evaluation import evaluate
from metrics_core.numeric.student import limit, two_sided
from metrics_core.predictions import Predictions
from tests.every import every

RANDOM = np.random.default_rng(5)


@every(
    "only_a, only_b",
    [(0, 1), (1, 7), (6, 16), (20, 20), (900, 1000), (1003, 998), (1100, 1200), (49_000, 50_000)],
)
def test_mcnemar_is_the_binomial_test(only_a, only_b):
    expected = binomtest(only_a, only_a + only_b, 0.5).pvalue
    assert mcnemar(only_a, only_b) == pytest.approx(expected, rel=1e-9)


@every("both, only_a, only_b, neither", [(40, 0, 1, 9), (59, 6, 16, 80), (7, 300, 411, 2)])
def test_mcnemar_is_the_exact_test_of_statsmodels(both, only_a, only_b, neither):
    expected = contingency_tables.mcnemar([[both, only_a], [only_b, neither]], exact=True)
    assert mcnemar(only_a, only_b) == pytest.approx(expected.pvalue, rel=1e-12)


@every("counts", [(36, 12, 12, 4), (10, 40, 30, 120), (3, 1, 1, 1)])
def test_newcombe_of_shares_without_correlation_is_that_of_statsmodels(counts):
    """Of two samples of the same size, which is the interval of pairs that know nothing of it."""
    both, only_a, only_b, _ = counts
    n = sum(counts)
    expected = confint_proportions_2indep(
        both + only_b, n, both + only_a, n, method="newcomb", compare="diff"
    )
    assert newcombe(*counts) == pytest.approx(expected, abs=1e-7)


@every("p_values", [(0.01, 0.04, 0.03, 0.005), (0.5, 0.5, 1.0), (0.2,), (0.0, 1e-9, 0.04, 0.04)])
def test_holm_is_that_of_statsmodels(p_values):
    _, expected, _, _ = multipletests(p_values, method="holm")
    assert holm(p_values) == pytest.approx(expected, rel=1e-12)


PRINTED = [
    # Fagerland, Lydersen and Laake, Statistical Analysis of Contingency Tables, 2017, chapter 8:
    # Newcombe's square-and-add interval of Bentur et al. (2009) and of Cavo et al. (2012)
    ((1, 1, 7, 12), (-0.507, -0.026), 3),
    ((59, 6, 16, 80), (-0.1186, -0.0046), 4),
]


@every("counts, ends, digits", PRINTED, ids=["Bentur 2009", "Cavo 2012"])
def test_newcombe_as_printed(counts, ends, digits):
    low, high = newcombe(*counts)
    assert (round(-high, digits), round(-low, digits)) == ends


def test_newcombe_without_a_discordant_sample_is_no_point():
    """Newcombe (1998) holds it against other methods that they give a width of 0 here."""
    low, high = newcombe(90, 0, 0, 10)
    assert low < 0 < high


def test_newcombe_covers_the_true_difference():
    """About 95 of 100 draws from a known table, as Newcombe (1998) reports of method 10."""
    shares, n = np.array([0.6, 0.06, 0.14, 0.2]), 60
    drawn = RANDOM.multinomial(n, shares, size=2000)
    inside = [low <= 0.08 <= high for low, high in (newcombe(*counts) for counts in drawn)]
    assert 0.94 < np.mean(inside) < 0.98


def test_kappa_is_that_of_scikit_learn():
    a, b = RANDOM.integers(0, 4, (2, 300))
    b = np.where(RANDOM.random(300) < 0.6, a, b)
    table = np.zeros((4, 4), int)
    np.add.at(table, (a, b), 1)
    assert kappa(table) == pytest.approx(cohen_kappa_score(a, b), rel=1e-12)


@every("freedom", [1, 2, 3, 10, 31, 500, 31_249])
def test_student_is_that_of_scipy(freedom):
    for t in (0.0, 0.1, 1.0, -1.8, 4.0, 40.0):
        assert two_sided(t, freedom) == pytest.approx(2 * student.sf(abs(t), freedom), rel=1e-9)
    assert limit(freedom) == pytest.approx(student.ppf(0.975, freedom), rel=1e-9)
    assert limit(freedom, 0.9) == pytest.approx(student.ppf(0.55, freedom), rel=1e-9)


def _with_batches(n, batch_size, draw, name):
    """Two models of which the second is right more often; a metric of both, by batches."""
    labels = draw.random(n) < 0.3
    a = np.where(draw.random(n) < 0.75, labels, ~labels)
    b = np.where(draw.random(n) < 0.4, np.where(draw.random(n) < 0.9, labels, ~labels), a)
    how = {"aggregation": "batch_means", "batch_size": batch_size}
    return [evaluate(Predictions.of(labels + 0, side + 0.0), name, **how) for side in (a, b)]


@every("name", ["binary_accuracy", "precision"])
def test_the_interval_of_batch_means_is_the_paired_test_of_scipy(name):
    a, b = _with_batches(205, 10, np.random.default_rng(1), name)
    means = [batch_values(side.variant, side.steps, side.settings) for side in (a, b)]
    found, expected = compare(a, b), ttest_rel(means[1], means[0])
    assert found.p == pytest.approx(expected.pvalue, rel=1e-9)
    assert (found.low, found.high) == pytest.approx(tuple(expected.confidence_interval()))


@pytest.mark.long
@every(
    "name, n, batch_size",
    [("binary_accuracy", 96, 32), ("binary_accuracy", 165, 32), ("precision", 400, 8),
     ("precision", 330, 32), ("recall", 1001, 50)],
)  # fmt: skip
def test_the_interval_of_batch_means_covers_the_expected_difference(name, n, batch_size):
    """In about 95 of 100 data sets, also where a batch's number is no sum over its samples."""
    draw = np.random.default_rng(2)
    pairs = [_with_batches(n, batch_size, draw, name) for _ in range(2000)]
    expected = np.mean([b.result - a.result for a, b in pairs])
    found = [compare(*each) for each in pairs]
    inside = np.mean([each.low <= expected <= each.high for each in found])
    assert 0.93 < inside < 0.965


def test_areas_of_drawn_samples_are_those_of_scikit_learn():
    """A sample that is drawn twice weighs 2."""
    n = 300
    labels = RANDOM.random(n) < 0.4
    a = np.round(labels + RANDOM.normal(0, 1, n), 1)
    times = RANDOM.multinomial(n, np.full(n, 1 / n), size=5).astype(float)
    of = {"auc": roc_auc_score, "average_precision": average_precision_score}
    for name, score in of.items():
        scores = PairedScores(a, labels + 0.0, labels)
        assert scores.values(name) == pytest.approx((score(labels, a), 1.0))
        found = areas._OF_TIMES[name](times, labels, *areas._ranked(a))
        assert found == pytest.approx([score(labels, a, sample_weight=row) for row in times])
