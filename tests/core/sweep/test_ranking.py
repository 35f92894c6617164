"""Areas and curves over all thresholds, held against slow and plain definitions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps
from metrics_core.sweep import Sweep, auc, average_precision, gain, lift, precision_recall, roc
from metrics_core.sweep import sweep_of as view
from tests.every import every

CURVES = (roc, precision_recall, gain, lift)


def mesh(n=300, seed=0, cells=20, dtype="f8"):
    """Scores on a mesh, so that many are tied, and labels that follow them."""
    rng = np.random.default_rng(seed)
    positive = rng.random(n) < 0.4
    scores = np.clip(rng.normal(0.45 + 0.2 * positive, 0.2), 0, 1)
    return (np.round(scores * cells) / cells).astype(dtype), positive


def pairs(scores, positive, weights):
    """The area by counting every pair, exactly."""
    won = everything = Fraction(0)
    ones, zeros = np.flatnonzero(positive), np.flatnonzero(~positive)
    for one in ones:
        for zero in zeros:
            weight = Fraction(float(weights[one])) * Fraction(float(weights[zero]))
            everything += weight
            above, tied = scores[one] > scores[zero], scores[one] == scores[zero]
            won += weight * (int(above) + Fraction(int(tied), 2))
    return float(won / everything)


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
@pytest.mark.parametrize("weigh", [False, True])
def test_the_area_counts_every_pair_and_half_of_the_ties(dtype, weigh):
    scores, positive = mesh(80, dtype=dtype)
    weights = np.random.default_rng(1).random(80) if weigh else None
    made = auc(Sweep.of(scores, positive, weights))
    assert made == pytest.approx(
        pairs(scores, positive, np.ones(80) if weights is None else weights), abs=1e-14
    )


@pytest.mark.parametrize(
    ("scores", "labels", "area", "precision"),
    [
        ([0.5, 0.5, 0.5, 0.5], [0, 1, 0, 0], 0.5, 0.25),
        ([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], 1.0, 1.0),
        ([0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0], 0.0, (1 / 3 + 2 / 4) / 2),
        ([-np.inf, np.inf, 0.0, -0.0], [0, 1, 1, 0], 0.875, (1 + 2 / 3) / 2),
        ([-np.inf, -np.inf, np.inf, np.inf], [0, 1, 0, 1], 0.5, 0.5),
    ],
)
def test_areas_of_a_few_rows(scores, labels, area, precision):
    made = Sweep.of(np.array(scores), np.array(labels) == 1)
    assert auc(made) == area
    assert average_precision(made) == pytest.approx(precision, abs=1e-15)


def test_areas_and_curves_do_not_depend_on_where_blocks_end():
    rng = np.random.default_rng(3)
    scores = rng.integers(0, 70_000, 100_000) / 70_000
    positive = rng.random(100_000) < scores
    order = np.argsort(-scores, kind="stable")
    found, wrong = np.cumsum(positive[order]), np.cumsum(~positive[order])
    last = np.flatnonzero(np.append(np.diff(scores[order]) != 0, True))
    made = roc(Sweep.of(scores, positive))
    np.testing.assert_array_equal(made.y[1:], found[last] / positive.sum())
    np.testing.assert_array_equal(made.x[1:], wrong[last] / (~positive).sum())
    np.testing.assert_array_equal(made.thresholds[1:], scores[order][last])
    steps = np.diff(made.x) * (made.y[1:] + made.y[:-1]) / 2
    assert auc(Sweep.of(scores, positive)) == pytest.approx(steps.sum(), abs=1e-12)


def test_turning_the_labels_around_turns_the_area_around():
    scores, positive = mesh()
    assert auc(Sweep.of(scores, positive)) + auc(Sweep.of(scores, ~positive)) == pytest.approx(1)
    assert auc(Sweep.of(-scores, ~positive)) == auc(Sweep.of(scores, positive))


def test_rows_of_weight_0_change_nothing_and_make_no_point():
    scores, positive = mesh()
    extra = np.append(scores, [0.33, 0.77]), np.append(positive, [True, False])
    plain = Sweep.of(scores, positive, np.ones(len(scores)))
    padded = Sweep.of(*extra, np.append(np.ones(len(scores)), [0, 0]))
    assert auc(plain) == auc(padded)
    assert average_precision(plain) == average_precision(padded)
    for curve in CURVES:
        ours, theirs = curve(plain), curve(padded)
        for name in ("x", "y", "thresholds"):
            np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name))


def test_a_weight_of_2_is_the_row_twice():
    scores, positive = mesh()
    twice = np.arange(len(scores)) % 3 == 0
    weighed = Sweep.of(scores, positive, 1.0 + twice)
    doubled = Sweep.of(np.append(scores, scores[twice]), np.append(positive, positive[twice]))
    assert auc(weighed) == pytest.approx(auc(doubled), abs=1e-15)
    assert average_precision(weighed) == pytest.approx(average_precision(doubled), abs=1e-15)


@pytest.mark.parametrize("curve", CURVES)
def test_each_point_is_what_thresholds_below_its_score_give(curve):
    sweep = Sweep.of(*mesh())
    made = curve(sweep)
    scores = np.unique(mesh()[0])
    assert len(made.x) == len(made.y) == len(made.thresholds)
    for x, y, score in zip(made.x, made.y, made.thresholds, strict=True):
        if score == np.inf:
            continue
        below = scores[scores < score]
        at = sweep.at((score + (below[-1] if len(below) else -1)) / 2)
        expected = {
            roc: (at.false_positive_rate, at.recall),
            precision_recall: (at.recall, at.precision),
            gain: (at.predicted_share, at.recall),
            lift: (at.predicted_share, at.precision / (sweep.positives / sweep.n_rows)),
        }[curve]
        assert (x, y) == pytest.approx(expected, abs=1e-15)


def test_the_ends_of_the_curves():
    sweep = Sweep.of(*mesh())
    first_last = {one: (one(sweep).x[[0, -1]], one(sweep).y[[0, -1]]) for one in CURVES}
    for one in (roc, gain):
        np.testing.assert_array_equal(first_last[one], [[0, 1], [0, 1]])
    share = sweep.positives / sweep.n_rows
    np.testing.assert_allclose(first_last[precision_recall], [[1, 0], [share, 1]], rtol=1e-15)
    assert first_last[lift][0][1] == first_last[lift][1][1] == 1
    assert first_last[lift][0][0] > 0
    assert np.all(np.diff(precision_recall(sweep).thresholds) > 0)
    assert np.all(np.diff(roc(sweep).thresholds) < 0)


NONE = Sweep.empty()
ONES = Sweep.of(np.array([0.2, 0.7]), np.array([True, True]))
ZEROS = Sweep.of(np.array([0.2, 0.7]), np.array([False, False]))
WEIGHTLESS = Sweep.of(np.array([0.2, 0.7]), np.array([False, True]), np.array([1.0, 0.0]))


@every("figure", [auc, average_precision, *CURVES])
@every("sweep", [NONE, ZEROS, WEIGHTLESS], ids=["none", "zeros", "weightless"])
def test_without_label_1_there_is_no_ranking(figure, sweep):
    with pytest.raises(InputError, match=r"`sweep` must have samples of label 1\. Got 0\."):
        figure(sweep)


@pytest.mark.parametrize("figure", [auc, roc])
def test_without_label_0_there_is_no_roc_curve(figure):
    with pytest.raises(InputError, match=r"label 0\. Got 0\. The two labels are compared"):
        figure(ONES)


def test_without_label_0_every_cut_is_precise():
    assert average_precision(ONES) == 1.0
    np.testing.assert_array_equal(precision_recall(ONES).y, [1, 1, 1])
    np.testing.assert_array_equal(lift(ONES).y, [1, 1])


# views

SCORES = np.array([[0.7, 0.2, 0.1], [0.3, 0.3, 0.4], [0.1, 0.8, 0.1], [0.6, 0.3, 0.1]])
INDEX = np.array([0, 2, 1, 2])
WEIGHTS = np.array([1.0, 2.0, 0.5, 0.0])
ROWS = np.eye(3, dtype=int)[INDEX]


@pytest.mark.parametrize("labels", [INDEX, ROWS, ROWS.astype(bool), np.maximum(ROWS, [[1, 0, 0]])])
@pytest.mark.parametrize("weighted", [False, True])
def test_views_of_several_outputs(labels, weighted):
    steps = Steps(Predictions.of(labels, SCORES, sample_weight=WEIGHTS))
    hot = ROWS if labels.ndim == 1 else labels
    weight = WEIGHTS if weighted else np.ones(4)
    for column in (None, 0, 1, 2):
        made = view(steps, column, weighted=weighted)
        assert made.weighted == weighted
        part = slice(None) if column is None else [column]
        right = (SCORES[:, part] > 0.35) == (hot[:, part] == 1)
        assert made.at(0.35).accuracy == pytest.approx(
            float((right * weight[:, None]).sum() / (weight.sum() * right.shape[1]))
        )


@pytest.mark.parametrize("shape", [(4,), (4, 1)])
def test_a_view_of_one_unit_is_of_class_1(shape):
    data = Predictions.of(np.array([0, 1, 1, 0]), np.array([0.1, 0.9, 0.4, 0.6]).reshape(shape))
    for class_index in (None, 1):
        assert view(Steps(data), class_index).at(0.5).recall == 0.5
    with pytest.raises(InputError, match="must be 1 or None with one unit"):
        view(Steps(data), 0)


@pytest.mark.parametrize("class_index", [-1, 3])
def test_a_view_of_a_class_that_is_not_there_is_refused(class_index):
    with pytest.raises(InputError, match=f"from 0 to 2. Got {class_index}."):
        view(Steps(Predictions.of(INDEX, SCORES)), class_index)


def test_there_is_no_view_of_labels_that_are_not_0_or_1():
    assert view(Steps(Predictions.of([0, 2], [0.1, 0.9], kind="binary"))) is None
    assert view(Steps(Predictions.of([0.1, 0.9], [0.1, 0.9]))) is None
    assert view(Steps(Predictions.of([0, 2], [0, 1]))) is None
    smooth = Predictions.of([[0.9, 0.1], [0.0, 1.0]], [[0.9, 0.1], [0.0, 1.0]])
    assert view(Steps(smooth)) is None
    assert view(Steps(smooth), 1) is None


def test_a_class_index_out_of_range_is_positive_nowhere():
    made = view(Steps(Predictions.of([0, -1, 7], SCORES[:3])))
    assert (made.positives, made.n_rows) == (1, 9)


@pytest.mark.parametrize("activation", ["none", "sigmoid"])
def test_a_view_is_of_the_scores_after_the_activation(activation):
    data = Predictions.of([0, 1], np.array([-1.0, 2.0], "f2"))
    made = view(Steps(data, activation))
    assert made.dtype == np.float32
    assert made.high == pytest.approx(2.0 if activation == "none" else 0.8808, abs=1e-3)


def test_nan_is_refused_with_the_rows_of_the_data():
    broken = SCORES.copy()
    broken[[1, 1, 3], [0, 2, 1]] = np.nan
    steps = Steps(Predictions.of(INDEX, broken))
    with pytest.raises(
        InputError, match=r"must be numbers, not NaN\. Got NaN in 2 rows, the first are 1, 3"
    ):
        view(steps)
    with pytest.raises(InputError, match="Got NaN in row 3"):
        view(steps, 1)
    with pytest.raises(InputError, match="NaN in row 1"):
        view(Steps(Predictions.of([0, 1], [0.1, np.nan])))
