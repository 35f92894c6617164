"""The sweep at its edges: blocks, ties, weights of 0, one label, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.counting.counts import FIGURES
from metrics_core.errors import InputError
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps
from metrics_core.sweep import (
    Sweep,
    auc,
    average_precision,
    best_thresholds,
    bootstrap,
    gain,
    lift,
    metric_curve,
    precision_recall,
    reliability,
    roc,
    roc_band,
    sweep_of,
)
from metrics_core.sweep.ranking import BLOCK
from metrics_core.sweep.rejection import coverage_curve, rejection
from tests.every import every

SOME = Sweep.of(np.array([0.2, 0.4, 0.6]), np.array([False, True, True]))
ONES = Sweep.of(np.array([0.2, 0.4]), np.array([True, True]))
ZEROS = Sweep.of(np.array([0.2, 0.4]), np.array([False, False]))
WIDE = Predictions.of([0, 1], [[0.2, 0.8], [0.4, 0.6]])
NAN = Predictions.of([0, 1, 1], [[0.2, 0.8], [np.nan, 0.6], [0.1, np.nan]])
ONE_UNIT = Predictions.of([0, 1], [0.2, 0.7])
PLAIN = np.array([0.1, 0.2, 0.3]), np.array([True, False, True])

REFUSED = [
    ("sweep", ["0"], lambda: best_thresholds(Sweep.empty())),
    ("sweep", ["0"], lambda: reliability(Sweep.empty())),
    ("sweep", ["-0.5 to 1.25"], lambda: reliability(Sweep.of([-0.5, 1.25], [True, False]))),
    ("n_bins", ["0"], lambda: reliability(SOME, 0)),
    ("sweep", ["0", "label 1"], lambda: auc(ZEROS)),
    ("sweep", ["0", "label 0"], lambda: auc(ONES)),
    ("sweep", ["0", "label 0"], lambda: roc(ONES)),
    ("sweep", ["0", "label 1"], lambda: average_precision(ZEROS)),
    ("sweep", ["0", "label 1"], lambda: precision_recall(ZEROS)),
    ("sweep", ["0", "label 1"], lambda: gain(ZEROS)),
    ("sweep", ["0", "label 1"], lambda: lift(ZEROS)),
    ("sweep", ["0", "label 0"], lambda: bootstrap(ONES, "auc")),
    ("sweep", ["0", "label 1"], lambda: roc_band(ZEROS)),
    ("statistic", ["'f1'", "auc, average_precision"], lambda: bootstrap(SOME, "f1")),
    ("n_resamples", ["0"], lambda: bootstrap(SOME, "auc", 0)),
    ("seed", ["-1"], lambda: bootstrap(SOME, "auc", 5, -1)),
    ("level", ["0.0"], lambda: bootstrap(SOME, "auc", 5, 0, 0.0)),
    ("level", ["1"], lambda: roc_band(SOME, 3, 5, 0, 1)),
    ("n_points", ["1"], lambda: roc_band(SOME, 1)),
    ("threshold", ["nan"], lambda: SOME.at(np.nan)),
    ("threshold", ["nan"], lambda: SOME.at_each([0.5, np.nan])),
    ("scores", ["shape (1, 3)"], lambda: Sweep.of([PLAIN[0]], PLAIN[1])),
    ("scores", [], lambda: Sweep.of(["a", "b", "c"], PLAIN[1])),
    ("scores", ["NaN in row 1"], lambda: Sweep.of([0.1, np.nan, 0.3], PLAIN[1])),
    ("positive", ["int64"], lambda: Sweep.of(PLAIN[0], [1, 0, 1])),
    ("positive", ["shape (2,)", "3"], lambda: Sweep.of(PLAIN[0], [True, False])),
    ("weights", ["shape (2,)", "3"], lambda: Sweep.of(*PLAIN, [1, 2])),
    ("weights", ["-1.0", "row 1"], lambda: Sweep.of(*PLAIN, [1.0, -1.0, np.nan])),
    ("weights", ["inf", "row 2"], lambda: Sweep.of(*PLAIN, [1.0, 0.0, np.inf])),
    ("weights", ["nan", "row 0"], lambda: Sweep.of(*PLAIN, [np.nan, 0.0, 1.0])),
    ("weights", [], lambda: Sweep.of(*PLAIN, ["a", "b", "c"])),
    ("scores", ["2 rows", "first are 1, 2"], lambda: sweep_of(Steps(NAN))),
    ("class_index", ["0"], lambda: sweep_of(Steps(ONE_UNIT), 0)),
    ("class_index", ["2", "from 0 to 1"], lambda: sweep_of(Steps(WIDE), 2)),
    ("class_index", ["-1", "from 0 to 1"], lambda: sweep_of(Steps(WIDE), -1)),
    ("predictions", [], lambda: rejection(Steps(ONE_UNIT))),
]


@every("at", range(len(REFUSED)))
def test_a_refusal_names_the_argument_and_what_came_and_a_remedy(at):
    argument, parts, call = REFUSED[at]
    with pytest.raises(InputError) as caught:
        call()
    refusal = caught.value
    assert refusal.argument == argument
    assert all(part in str(refusal) for part in parts)
    assert "Got None" not in str(refusal)
    assert str(refusal.rule).startswith(("must", "needs"))
    assert str(refusal.hint).endswith(".")
    assert refusal.received


def test_at_most_five_rows_of_nan_are_named_across_blocks():
    scores = np.zeros(2 * BLOCK)
    scores[[1, 2, 3, BLOCK + 4, BLOCK + 5, BLOCK + 6, 2 * BLOCK - 1]] = np.nan
    with pytest.raises(InputError) as caught:
        Sweep.of(scores, np.ones(2 * BLOCK, bool))
    received = str(caught.value.received)
    assert f"7 rows, the first are 1, 2, 3, {BLOCK + 4}, {BLOCK + 5}" in received
    assert str(BLOCK + 6) not in received


@pytest.mark.parametrize("weigh", [False, True])
@pytest.mark.parametrize("n_bins", [1, 4, 9])
@pytest.mark.parametrize("cells", [None, 12])
def test_bins_of_equal_weight_are_those_of_the_middles_of_the_scores(n_bins, weigh, cells):
    """A score belongs to the bin in which the middle of its weight lies, counted from below."""
    random = np.random.RandomState(3)
    n = 400 if cells else BLOCK + 4000
    scores = random.random_sample(n)
    scores = np.round(scores * cells) / cells if cells else scores
    positive = random.random_sample(n) < scores
    weights = random.randint(1, 5, n) / 2.0 if weigh else np.ones(n)
    found = reliability(
        Sweep.of(scores, positive, weights if weigh else None), n_bins, equal_counts=True
    )
    values, code = np.unique(scores, return_inverse=True)
    each = np.bincount(code, weights)
    middle = np.cumsum(each) - each / 2
    inner = np.linspace(0, 1, n_bins + 1)[1:-1] * each.sum()
    group = (middle[:, None] > inner).sum(axis=1)
    expected = np.bincount(group, each, n_bins)
    np.testing.assert_allclose(found.weight, expected, rtol=1e-12)
    np.testing.assert_allclose(
        found.mean_score, np.bincount(group, each * values, n_bins) / expected, rtol=1e-12
    )
    ones = np.bincount(code, weights * positive)
    np.testing.assert_allclose(
        found.share_positive, np.bincount(group, ones, n_bins) / expected, rtol=1e-12
    )
    ends = [values[group == at].max() for at in range(n_bins)]
    assert found.edges.tolist() == [values[0], *ends]


def test_a_score_whose_middle_lies_on_a_border_belongs_to_the_lower_bin():
    scores = np.array([0.1, 0.2, 0.3, 0.4, 0.4, 0.5, 0.6, 0.7, 0.7, 0.9])
    found = reliability(Sweep.of(scores, scores > 0.35), 2, equal_counts=True)
    assert found.weight.tolist() == [5, 5]
    scores = np.array([0.1, 0.2, 0.2, 0.3])
    found = reliability(Sweep.of(scores, scores > 0.15), 2, equal_counts=True)
    assert found.weight.tolist() == [3, 1]
    assert found.edges.tolist() == [0.1, 0.2, 0.3]


@pytest.mark.parametrize("ends", [(0.0, 1.0), (0.0, 0.5), (0.5, 1.0)])
def test_scores_of_exactly_0_and_1_are_probabilities(ends):
    found = reliability(Sweep.of(np.array(ends), np.array([False, True])), 1)
    assert found.weight.tolist() == [2.0]
    assert found.mean_score.tolist() == [sum(ends) / 2]


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", "i4", "u1"])
def test_scores_and_thresholds_keep_a_dtype_that_holds_them(dtype):
    sweep = Sweep.of(np.array([3, 1, 2, 1], dtype), np.array([True, False, True, False]))
    wide = "f8" if dtype in ("f8", "i4") else "f4"
    assert sweep.dtype == wide
    for curve in (roc(sweep), gain(sweep), lift(sweep), precision_recall(sweep)):
        assert curve.thresholds.dtype == wide
        assert curve.x.dtype == curve.y.dtype == "f8"
    assert sweep.result.thresholds.dtype == wide
    assert (sweep.low, sweep.high, sweep.distinct, sweep.n_rows) == (1.0, 3.0, 3, 4)


def test_the_empty_sweep_is_the_neutral_part():
    empty = Sweep.empty()
    assert (empty.n_rows, empty.distinct, empty.positives, empty.negatives) == (0, 0, 0, 0)
    assert empty.dtype == "f4"
    assert not empty.weighted
    assert np.isnan([empty.low, empty.high]).all()
    weighted = Sweep.of([0.5, 0.1], [True, False], [2.0, 3.0])
    for part in (SOME, weighted, empty):
        for merged in (part.merge(empty), empty.merge(part)):
            assert merged.n_rows == part.n_rows
            assert merged.dtype == part.dtype
            assert (merged.positives, merged.negatives) == (part.positives, part.negatives)
            assert merged.at(0.3).true_positives == part.at(0.3).true_positives


@pytest.mark.parametrize("wider", [0, 1])
def test_merging_takes_the_wider_of_two_dtypes_whichever_side_it_is_on(wider):
    parts = [
        Sweep.of(np.array([-0.1, 0.3], dtype), np.array([True, False])) for dtype in ("f4", "f4")
    ]
    parts[wider] = Sweep.of(np.array([-0.1, 0.3]), np.array([True, False]))
    merged = parts[0].merge(parts[1])
    assert merged.dtype == "f8"
    expected = sorted({-0.1, 0.3, float(np.float32(-0.1)), float(np.float32(0.3))})
    assert merged.result.thresholds.tolist() == [-np.inf, *expected]


@pytest.mark.parametrize("shape", [(), (3,), (3, 1), (0,)])
def test_counts_at_several_thresholds_are_a_row(shape):
    thresholds = np.full(shape, 0.3)
    counts = SOME.at_each(thresholds)
    assert np.shape(counts.true_positives) == (thresholds.size,)
    assert np.all(counts.true_positives == SOME.at(0.3).true_positives)
    assert counts.true_positives.dtype.kind == "i"


@pytest.mark.parametrize("size", [1, 2, 3, 4, 100])
def test_blocks_of_any_size_hold_the_same_scores(size):
    scores = np.array([-2.0, -2.0, -1.0, -0.0, 0.0, 0.5, 0.5, 0.5, 3.0])
    positive = np.array([1, 0, 1, 0, 1, 1, 0, 1, 0]) == 1
    for weights in (None, np.arange(1.0, 10.0)):
        sweep = Sweep.of(scores, positive, weights)
        cuts = list(sweep.blocks(size))
        weight = np.ones(9) if weights is None else weights
        assert np.concatenate([part.scores for part in cuts]).tolist() == [-2, -1, 0, 0.5, 3]
        for name, marks in (("1", positive), ("0", ~positive)):
            at = np.concatenate([getattr(part, f"at_{name}") for part in cuts])
            above = np.concatenate([getattr(part, f"above_{name}") for part in cuts])
            assert at.tolist() == [
                weight[marks & (scores == score)].sum() for score in (-2, -1, 0, 0.5, 3)
            ]
            assert above.tolist() == [
                weight[marks & (scores > score)].sum() for score in (-2, -1, 0, 0.5, 3)
            ]


@pytest.mark.parametrize("kind", ["class_indices", "labels"])
def test_there_is_no_sweep_where_labels_are_not_0_or_1(kind):
    data = {
        "class_indices": Predictions.of([0, 1, 2], [0, 2, 2]),
        "labels": Predictions.of([0, 2, 1], [0.1, 0.2, 0.3]),
    }[kind]
    assert sweep_of(Steps(data)) is None


@every("weighted", [False, True])
@every("column", [None, 0, 1, 2])
@every("kind", ["sparse", "one_hot", "multi_label"])
def test_a_sweep_of_a_column_is_of_its_scores_labels_and_weights(kind, column, weighted):
    random = np.random.RandomState(4)
    classes, outputs = random.randint(0, 3, 40), random.random_sample((40, 3))
    hot = np.eye(3, dtype=int)[classes]
    weight = random.randint(0, 3, 40) / 2
    labels = {"sparse": classes, "one_hot": hot, "multi_label": hot | hot[::-1]}[kind]
    data = Predictions.of(labels, outputs, kind=kind, sample_weight=weight)
    found = sweep_of(Steps(data), column, weighted=weighted)
    some = slice(None) if column is None else [column]
    truth = (labels if kind == "multi_label" else hot)[:, some] == 1
    each = np.repeat(weight[:, None] if weighted else np.ones((40, 1)), truth.shape[1], axis=1)
    for threshold in (0.0, 0.25, 0.5, 0.9):
        above = outputs[:, some] > threshold
        counts = found.at(threshold)
        assert counts.true_positives == pytest.approx(each[above & truth].sum())
        assert counts.false_positives == pytest.approx(each[above & ~truth].sum())
        assert counts.count == pytest.approx(each.sum())
    assert found.weighted == weighted


def test_without_rows_of_either_label_a_share_is_0_everywhere():
    assert metric_curve(ONES, FIGURES["specificity"].of).y.tolist() == [0.0] * 3
    assert metric_curve(ZEROS, FIGURES["recall"].of).y.tolist() == [0.0] * 3
    curve = coverage_curve(ONES)
    assert curve.coverage.tolist() == [1.0, 0.5, 0.0]
    assert curve.accuracy.tolist() == [1.0, 1.0, 0.0]
    assert curve.answered.tolist() == [2, 1, 0]


@pytest.mark.parametrize("low", [np.float32(0.1), np.nextafter(np.float32(0.1), np.float32(1))])
def test_thresholds_beside_a_float32_score_part_exactly_there(low):
    sweep = Sweep.of(np.array([low, 0.5], "f4"), np.array([True, True]))
    for threshold in (float(low), np.nextafter(float(low), 1), np.nextafter(float(low), 0)):
        for inclusive in (False, True):
            counted = sweep.at(threshold, inclusive=inclusive).predicted_positive
            own = float(low) >= threshold if inclusive else float(low) > threshold
            assert counted == 1 + own


@every("dtype", ["f4", "f8"])
@every("threshold", [-np.inf, -1e39, -3.5e38, -1.0, -1e-46, 0.0, 1e-46, 1.0, 3.5e38, 1e39, np.inf])
def test_the_far_ends_of_thresholds(dtype, threshold):
    scores = np.array([-np.inf, np.finfo("f4").min, -1, -0.0, 0, 1, np.finfo("f4").max, np.inf])
    sweep = Sweep.of(scores.astype(dtype), np.arange(8) % 2 == 0)
    for inclusive in (False, True):
        counts = sweep.at(threshold, inclusive=inclusive)
        above = scores >= threshold if inclusive else scores > threshold
        assert counts.true_positives == np.count_nonzero(above[::2])
        assert counts.false_positives == np.count_nonzero(above[1::2])


@pytest.mark.parametrize("tied", [False, True])
def test_pairs_without_weights_are_counted_in_whole_numbers(tied):
    n = 3 * BLOCK + 5
    scores = np.arange(n) // (3 if tied else 1)
    positive = np.arange(n) % 5 == 0
    won = Sweep.of(scores.astype("f8"), positive).twice_won
    assert isinstance(won, int)
    ones, zeros = np.bincount(scores[positive], minlength=n), np.bincount(scores[~positive])
    zeros = np.pad(zeros, (0, n - len(zeros)))
    assert won == int((ones * (2 * (np.cumsum(zeros) - zeros) + zeros)).sum())


def test_a_band_has_a_point_at_every_half_per_cent():
    scores = np.arange(20) / 20
    band = roc_band(Sweep.of(scores, np.arange(20) % 3 > 0), n_resamples=5)
    np.testing.assert_allclose(band.false_positive_rate, np.arange(201) / 200, atol=1e-15)


@pytest.mark.parametrize("dtype", ["u1", "i8", "b1"])
def test_scores_that_cannot_be_nan_are_swept_as_they_are(dtype):
    sweep = Sweep.of(np.array([0, 1, 1], dtype), np.array([False, True, True]))
    assert sweep.at(0.5).true_positives == 2


@pytest.mark.parametrize("first", [0, 1])
def test_negative_scores_without_weights_merge_with_weighted_ones(first):
    scores, positive = np.array([-2.0, -1.0, 0.5, 3.0]), np.array([True, False, True, False])
    parts = [Sweep.of(scores, positive), Sweep.of(scores - 0.1, ~positive, [0.5, 2.0, 1.0, 3.0])]
    merged = parts[first].merge(parts[1 - first])
    assert merged.n_rows == 8
    for threshold in (-5.0, -1.5, 0.0, 0.45, 2.95):
        counts = merged.at(threshold)
        for name in ("true_positives", "false_positives", "true_negatives", "false_negatives"):
            apart = sum(getattr(part.at(threshold), name) for part in parts)
            assert getattr(counts, name) == apart


@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_thresholds_at_the_ends_of_all_numbers_are_counted_as_one_by_one(dtype):
    low, high = np.finfo(dtype).min, np.finfo(dtype).max
    scores = np.array([-np.inf, low, -1.0, 0.0, 1.0, high, np.inf], dtype)
    sweep = Sweep.of(scores, np.arange(7) % 2 == 1)
    thresholds = [-np.inf, low, high, np.inf, -1e300, 1e300, -0.0, -3.5e38, 3.5e38, 5e-324]
    for inclusive in (False, True):
        together = sweep.at_each(thresholds, inclusive=inclusive)
        alone = [sweep.at(threshold, inclusive=inclusive) for threshold in thresholds]
        for name in vars(alone[0]):
            assert getattr(together, name).tolist() == [getattr(each, name) for each in alone]
