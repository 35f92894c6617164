"""A metric in A and in B: the interval, the test and the words, and the boundary cases."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.catalog.rows import applicable
from metrics_core.compare import (
    AREAS,
    Contributions,
    Paired,
    PairedBatches,
    PairedScores,
    Parting,
    compare,
    compare_areas,
    holm,
    kappa,
    mcnemar,
    newcombe,
    paired_bootstrap,
    parting_step,
)
from metrics_core.compare.added import contributions_of
from metrics_core.compare.areas import MOST_DRAWN
from metrics_core.compare.bootstrap import FEWEST
from metrics_core.compare.contributions import MOST_CELLS
from metrics_core.compare.influence import influences
from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.steps.step import Step
from metrics_core.sweep import Sweep, auc, average_precision
from tests.every import every

RANDOM = np.random.default_rng(3)
N = 400


def pair(kind: str, n: int = N, **more):
    """Two sets of outputs of which the second is noisier."""
    labels = RANDOM.integers(0, 3, n)
    clean = np.eye(3)[labels] + RANDOM.normal(0, 0.7, (n, 3))
    sides = [clean, clean + RANDOM.normal(0, 0.7, (n, 3))]
    if kind == "binary":
        return [Predictions.of(labels == 0, side[:, 0], kind=kind, **more) for side in sides]
    if kind == "sparse":
        return [Predictions.of(labels, side, kind=kind, **more) for side in sides]
    if kind == "class_indices":
        return [Predictions.of(labels, side.argmax(axis=1), kind=kind, **more) for side in sides]
    hot = np.eye(3)[labels] if kind == "one_hot" else (clean > 0.2).astype(int)
    return [Predictions.of(hot, side, kind=kind, **more) for side in sides]


KINDS = ("binary", "one_hot", "sparse", "multi_label", "class_indices")
WEIGHTS = RANDOM.random(N)


@every("kind", KINDS)
def test_every_variant_has_its_values_and_an_interval_around_the_difference(kind):
    for weighted in (False, True):
        first, second = pair(kind, sample_weight=WEIGHTS)
        for row in applicable(first):
            a, b = (evaluate(side, row.name, weighted=weighted) for side in (first, second))
            found = compare(a, b, n_resamples=50)
            assert (found.a, found.b) == (a.result, b.result)
            assert found.low <= found.difference <= found.high, row.name
            assert 0 < found.p <= 1, row.name
            if found.paired is None:
                assert contributions_of(a, b).result == pytest.approx((a.result, b.result))


@every("kind", KINDS)
def test_the_same_outputs_are_the_same(kind):
    first, _ = pair(kind)
    for row in applicable(first):
        one = evaluate(first, row.name)
        found = compare(one, one, n_resamples=20)
        assert found.verdict() == "same", row.name
        assert (found.low <= 0 <= found.high, found.p) == (True, 1.0)


def test_elements_of_a_sample_are_drawn_together():
    labels, right = np.repeat([[1, 1, 1, 1]], 200, axis=0), np.arange(200) % 4 > 0
    outputs = np.where(right[:, None], 0.9, 0.1) * np.ones((1, 4))
    first = Predictions.of(labels, np.full((200, 4), 0.9), kind="multi_label")
    second = Predictions.of(labels, outputs, kind="multi_label")
    wide = compare(*(evaluate(side, "element_accuracy") for side in (first, second)))
    alone = compare(*(evaluate(side, "subset_accuracy") for side in (first, second)))
    assert wide.method, alone.method == ("bootstrap", "newcombe")
    assert wide.high - wide.low == pytest.approx(alone.high - alone.low, rel=0.1)


def test_recall_is_a_share_of_the_positive_samples():
    first, second = pair("binary")
    found = compare(evaluate(first, "recall"), evaluate(second, "recall"))
    assert found.method == "newcombe"
    assert found.paired.count == np.count_nonzero(first.labels)
    assert compare(evaluate(first, "precision"), evaluate(second, "precision")).method == (
        "bootstrap"
    )


def test_many_different_numbers_are_the_same_too():
    first, _ = pair("binary", 3 * MOST_CELLS)
    one = evaluate(first, "mean_absolute_error")
    assert contributions_of(one, one).gathered
    assert compare(one, one, n_resamples=20).verdict() == "same"


HOW = {"aggregation": "batch_means", "batch_size": 30}


@every("kind", KINDS)
def test_means_of_batches_have_an_interval_around_the_difference(kind):
    for weighted in (False, True):
        first, second = pair(kind, sample_weight=WEIGHTS)
        for row in applicable(first):
            a, b = (evaluate(x, row.name, weighted=weighted, **HOW) for x in (first, second))
            found = compare(a, b)
            assert found.method == "batches", row.name
            assert found.low <= found.difference <= found.high, row.name
            assert compare(a, a).verdict() == "same", row.name


def test_few_batches_few_samples_and_batches_of_other_sizes_have_none():
    first, second = pair("binary", 60)
    for size, rows in ((30, 60), (2, FEWEST - 1)):
        sides = [side.only(slice(rows)) for side in (first, second)]
        how = {**HOW, "batch_size": size}
        found = compare(*(evaluate(side, "binary_accuracy", **how) for side in sides))
        assert (found.low, found.verdict()) == (None, "unknown")
    a = evaluate(first, "binary_accuracy", **HOW)
    for b in (evaluate(second, "binary_accuracy", **{**HOW, "batch_size": 7}),
              evaluate(second, "binary_accuracy")):  # fmt: skip
        assert compare(a, b).method == "none"


def test_batches_merge_where_batches_end():
    a, b = RANDOM.random((2, 50))
    whole, parts = PairedBatches.of(a, b), PairedBatches.empty()
    for part in np.split(np.arange(50), [0, 7, 30]):
        parts = parts.merge(PairedBatches.of(a[part], b[part]))
    assert parts.count == whole.count
    assert (parts.mean, parts.squares) == pytest.approx((whole.mean, whole.squares), rel=1e-12)


def test_one_sample_few_samples_zero_weight_nan_and_absent_classes():
    one = Predictions.of([1], [0.7]), Predictions.of([1], [0.2])
    found = compare(*(evaluate(side, "binary_accuracy") for side in one))
    assert (found.p, found.verdict()) == (1.0, "undecided")
    assert compare(*(evaluate(side, "precision") for side in one)).method == "none"
    nothing = [Predictions.of([0, 1] * 9, [x] * 18, sample_weight=[0] * 18) for x in (0.2, 0.7)]
    found = compare(*(evaluate(side, "binary_accuracy", weighted=True) for side in nothing))
    assert (found.a, found.b, found.low, found.high) == (0, 0, 0, 0)
    nan = Predictions.of([0, 1] * 9, [0.3, np.nan] * 9), nothing[0]
    assert compare(*(evaluate(side, "mean_absolute_error") for side in nan)).method == "none"
    assert compare(*(evaluate(side, "binary_accuracy") for side in nan)).method == "newcombe"
    alone = [Predictions.of([0] * 18, [[1, x]] * 18, kind="sparse") for x in (0.2, 1.7)]
    found = compare(*(evaluate(side, "balanced_accuracy") for side in alone))
    assert (found.a, found.b, found.verdict()) == (1, 0, "a")


def test_lower_is_better_for_errors_and_neither_for_the_mean_output():
    first, second = pair("binary")
    errors = compare(*(evaluate(side, "mean_squared_error") for side in (first, second)))
    assert errors.b > errors.a
    assert errors.verdict() == "a"
    shifted = Predictions.of(first.labels, first.outputs + 1, kind="binary")
    means = compare(*(evaluate(side, "mean_prediction") for side in (first, shifted)))
    assert means.verdict() == "differ"
    assert means.verdict(p=0.2) == "undecided"


def test_mcnemar_and_holm_and_kappa_at_their_ends():
    assert mcnemar(0, 0) == mcnemar(5, 5) == 1.0
    assert mcnemar(0, 5) == mcnemar(5, 0) == 2 / 32
    with pytest.raises(InputError, match="0 or more"):
        mcnemar(-1, 2)
    assert holm([]) == ()
    assert holm([0.9, 0.6]) == (1.0, 1.0)
    assert kappa(np.zeros((2, 2))) is None
    assert newcombe(0, 0, 0, 0) == (-1.0, 1.0)
    low, high = newcombe(10, 0, 0, 0)
    assert low == -high < 0


STATES = [
    (Paired.of(RANDOM.random(30) > 0.4, RANDOM.random(30) > 0.5), Paired),
    (Parting((3, 2, 1, 1), (4, 3, 0, 0, 0)), Parting),
    (PairedBatches(3, 0.5, 0.25), PairedBatches),
]


@every("state, kind", STATES, ids=["paired", "parting", "batches"])
def test_an_empty_state_changes_nothing(state, kind):
    assert state.merge(kind.empty()) == kind.empty().merge(state) == state


@every("n_values", [2, 3 * MOST_CELLS])
def test_parts_merge_to_the_whole(n_values):
    rows = RANDOM.integers(0, n_values, (4 * MOST_CELLS, 4)).astype(float) / 8
    group = RANDOM.integers(0, 3, len(rows))
    whole = Contributions.of(rows, group)
    parts = [Contributions.of(rows[part], group[part]) for part in np.split(np.arange(4096), 4)]
    merged = Contributions.empty()
    for part in parts[::-1]:
        merged = merged.merge(part)
    assert whole.gathered == merged.gathered == (n_values > MOST_CELLS)
    assert whole.count == merged.count == len(rows)
    assert merged.result == pytest.approx(whole.result, rel=1e-13)
    np.testing.assert_allclose(merged.scatter, whole.scatter, rtol=1e-9)
    assert paired_bootstrap(merged, 50).low == pytest.approx(paired_bootstrap(whole, 50).low)
    first, second = pair("binary")
    a, b = (evaluate(side, "binary_accuracy") for side in (first, second))
    halves = [
        Paired.of(a.matches[rows], b.matches[rows]) for rows in (slice(0, 99), slice(99, None))
    ]
    assert halves[0].merge(halves[1]) == Paired.of(a.matches, b.matches)


def test_gathered_samples_have_the_interval_of_the_single_ones():
    rows = np.column_stack([RANDOM.random(3000), np.ones(3000), RANDOM.random(3000), np.ones(3000)])
    found = paired_bootstrap(Contributions.of(rows))
    times = np.random.default_rng(9).multinomial(3000, np.full(3000, 1 / 3000), size=1000)
    drawn = (times @ (rows[:, 2] - rows[:, 0])) / 3000
    half = (np.quantile(drawn, 0.975) - np.quantile(drawn, 0.025)) / 2
    assert (found.high - found.low) / 2 == pytest.approx(half, rel=0.1)


@every("area", AREAS)
def test_influences_give_the_interval_of_draws(area):
    labels = RANDOM.random(MOST_DRAWN + 1) < 0.3
    a = np.round(labels + RANDOM.normal(0, 1.2, len(labels)), 2)
    b = a + RANDOM.normal(0, 0.6, len(labels))
    weights = RANDOM.integers(0, 3, len(labels)).astype(float)
    for weight in (None, weights):
        scores = PairedScores(a, b, labels, weight)
        found, drawn = scores.interval(area), scores._drawn(area, 100, 1)
        assert found.high - found.low == pytest.approx(drawn.high - drawn.low, rel=0.25)
        assert found.low == pytest.approx(drawn.low, abs=0.25 * (drawn.high - drawn.low))


@every("dtype", ["f4", "f8", "i4"])
def test_an_influence_is_how_an_area_moves_with_the_weight_of_a_row(dtype):
    """The derivative of the area by the weight of each row, with ties, signs and weights of 0."""
    n, step = 60, 1e-6
    labels = RANDOM.random(n) < 0.4
    scores = np.where(RANDOM.random(n) < 0.1, -0.0, 3 * (labels + RANDOM.normal(0, 1, n))).round()
    weights = RANDOM.integers(0, 3, n).astype(float)

    def areas_of(weight):
        sweep = Sweep.of(scores, labels, weight)
        return np.array([auc(sweep), average_precision(sweep)])

    at = areas_of(weights)
    found = np.stack(influences(scores.astype(dtype), labels, weights, *at))
    for row in np.flatnonzero(weights):
        more = weights.copy()
        more[row] += step * weights[row]
        assert found[:, row] == pytest.approx((areas_of(more) - at) / step, abs=1e-5)
    assert not found[:, weights == 0].any()


def test_areas_at_their_ends():
    labels = np.arange(40) % 2 == 1
    scores = PairedScores(np.arange(40.0), np.arange(40.0)[::-1], labels)
    assert compare_areas(scores, "auc").verdict() == "undecided"
    few = PairedScores(*(part[: FEWEST - 1] for part in (scores.a, scores.b, labels)))
    assert few.interval("auc") is None
    assert PairedScores(scores.a, scores.b, np.ones(40, bool)).interval("auc") is None
    perfect = PairedScores(scores.a, labels.astype(float), labels)
    assert compare_areas(perfect, "auc").verdict() == "b"
    rows = PairedScores(*(part.reshape(20, 2) for part in (scores.a, scores.b, labels)))
    assert rows.values("auc") == scores.values("auc")
    both = PairedScores(*(part[:15] for part in (scores.a, scores.b, labels))).merge(
        PairedScores(*(part[15:] for part in (scores.a, scores.b, labels)))
    )
    assert both.values("average_precision") == scores.values("average_precision")
    with pytest.raises(InputError, match="must have the shape"):
        PairedScores(scores.a, scores.b[:3], labels)


def test_the_step_at_which_two_evaluations_part():
    first, second = pair("binary")
    relabelled = Predictions.of(~first.labels, first.outputs, kind="binary")
    cases = {
        Step.OUTPUTS: evaluate(second, "binary_accuracy"),
        Step.ACTIVATION: evaluate(first, "binary_accuracy", activation="sigmoid"),
        Step.DECISION: evaluate(first, "binary_accuracy", threshold=0.2),
        Step.COMPARISON: evaluate(relabelled, "binary_accuracy"),
        None: evaluate(first, "binary_accuracy"),
    }
    a = evaluate(first, "binary_accuracy")
    for step, b in cases.items():
        found = Parting.of(a, b)
        assert found.result == step
        assert found.count == N
        rows = [parting_step(a, b, index) for index in range(N)]
        assert found.first == tuple(
            sum((step or 0) == number for step in rows) for number in range(5)
        )
    both = Predictions.of([0, 1], [np.nan, 0.2]), Predictions.of([0, 1], [np.nan, 0.2])
    assert Parting.of(*(evaluate(side, "binary_accuracy") for side in both)).result is None
