"""A sweep answers every threshold as a count by hand would, however it was put together."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.sweep.pairs import twice_won
from metrics_core.sweep.rows import BLOCK
from metrics_core.sweep.state import Sweep
from tests.every import every

SPECIAL = [-np.inf, np.inf, 0.0, -0.0, 1e-45, -1e-45, 0.1, 0.5, -0.5, 1.0, 3e38, -3e38]
THRESHOLDS = [*SPECIAL, 1e300, -1e300, 1e-320, -1e-320, 0.30000000000000004]
DTYPES = ["f2", "f4", "f8", "i1", "u2", "i4", "i8", "?"]


def scores_of(kind, dtype, n, rng):
    if np.dtype(dtype).kind != "f":
        return rng.integers(0, 2 if dtype == "?" else 100, n).astype(dtype)
    made = {
        "logits": lambda: rng.normal(size=n),
        "probabilities": lambda: rng.random(n),
        "ties": lambda: rng.choice([-0.5, 0.0, -0.0, 0.25, 0.5], n),
        "equal": lambda: np.full(n, 0.5),
        "special": lambda: rng.choice(SPECIAL, n),
    }[kind]()
    with np.errstate(over="ignore"):
        return made.astype(dtype)


def drawn(kind, dtype, n, weights, seed=0):
    rng = np.random.default_rng(seed)
    weigh = {None: lambda: None, "f4": lambda: rng.integers(0, 4, n).astype("f4") / 3}
    weigh["f8"] = lambda: rng.integers(0, 4, n) / 3
    return scores_of(kind, dtype, n, rng), rng.random(n) < 0.4, weigh[weights]()


def parts(counts):
    names = ("true_positives", "false_positives", "true_negatives", "false_negatives")
    return [getattr(counts, name) for name in names]


def by_hand(scores, positive, weights, threshold, inclusive):
    wide = scores.astype(np.float64)
    passed = wide >= threshold if inclusive else wide > threshold
    weights = np.ones(len(scores), int) if weights is None else weights.astype(np.float64)
    cells = (passed & positive, passed & ~positive, ~passed & ~positive, ~passed & positive)
    return [weights[cell].sum() for cell in cells]


def same_bits(one, other):
    assert one.rows.n_negative == other.rows.n_negative
    assert (one.dtype, one.weighted) == (other.dtype, other.weighted)
    assert one.rows.keys.tobytes() == other.rows.keys.tobytes()
    if one.weighted:
        assert one.rows.weights.tobytes() == other.rows.weights.tobytes()
    assert (one.positives, one.negatives) == (other.positives, other.negatives)


kinds = every("kind", ["logits", "probabilities", "ties", "equal", "special"])
dtypes = every("dtype", DTYPES)
weighing = every("weights", [None, "f4", "f8"])


@kinds
@dtypes
@weighing
@every("inclusive", [False, True])
def test_any_threshold_gives_the_count_by_hand(kind, dtype, weights, inclusive):
    scores, positive, weight = drawn(kind, dtype, 700, weights)
    sweep = Sweep.of(scores, positive, weight)
    thresholds = [*THRESHOLDS, *scores[:30].astype(float).tolist()]
    many = np.array(parts(sweep.at_each(thresholds, inclusive=inclusive)))
    for place, threshold in enumerate(thresholds):
        ours = parts(sweep.at(threshold, inclusive=inclusive))
        theirs = by_hand(scores, positive, weight, threshold, inclusive)
        assert ours == (theirs if weight is None else pytest.approx(theirs, abs=1e-10))
        assert ours == many[:, place].tolist()


@kinds
@dtypes
@weighing
def test_shards_merge_in_any_order_to_the_same_bits(kind, dtype, weights):
    scores, positive, weight = drawn(kind, dtype, 1500, weights)
    rng, whole = np.random.default_rng(8), Sweep.of(scores, positive, weight)
    for _ in range(3):
        shards = [
            Sweep.of(scores[part], positive[part], None if weight is None else weight[part])
            for part in np.array_split(rng.permutation(1500), 6)
        ]
        left, right = Sweep.empty(), Sweep.empty()
        for number, shard in enumerate(shards):
            left, right = (left.merge(shard), right) if number % 2 else (left, shard.merge(right))
        same_bits(left.merge(right), whole)


def test_shards_of_other_dtypes_merge_to_the_wider_one():
    rng = np.random.default_rng(2)
    single, double = rng.normal(size=300).astype("f4"), rng.normal(size=200)
    labels = rng.random(500) < 0.5
    both = Sweep.of(single, labels[:300]).merge(Sweep.of(double, labels[300:]))
    same_bits(both, Sweep.of(np.concatenate([single.astype("f8"), double]), labels))


def test_a_shard_without_weights_weighs_1_a_row():
    labels, weights = np.array([True, False]), np.array([0.5, 2.0], "f4")
    both = Sweep.of([0.1, 0.2], labels).merge(Sweep.of([0.1, 0.3], labels, weights))
    ones = np.concatenate([np.ones(2, "f4"), weights])
    same_bits(both, Sweep.of([0.1, 0.2, 0.1, 0.3], np.tile(labels, 2), ones))


@kinds
@weighing
@every("size", [1, 7, 256, 10**6])
def test_blocks_give_every_distinct_score_once_and_never_part_ties(kind, weights, size):
    scores, positive, weight = drawn(kind, "f4", 900, weights)
    sweep = Sweep.of(scores, positive, weight)
    blocks = list(sweep.blocks(size))
    kept = scores if weight is None else scores[weight > 0]
    swept = np.concatenate([block.scores for block in blocks])
    assert swept.tolist() == np.unique(kept).tolist()
    assert sweep.distinct == len(swept)
    assert max(len(block.scores) for block in blocks) <= size
    above = np.array([parts(sweep.at(float(score)))[:2] for score in swept]).T
    assert np.concatenate([block.above_1 for block in blocks]).tolist() == above[0].tolist()
    assert np.concatenate([block.above_0 for block in blocks]).tolist() == above[1].tolist()
    reached = np.array([parts(sweep.at(float(s), inclusive=True))[:2] for s in swept]).T
    at = np.array(
        [np.concatenate([b.at_1 for b in blocks]), np.concatenate([b.at_0 for b in blocks])]
    )
    assert at + above == pytest.approx(reached, abs=1e-10)


def test_runs_of_equal_scores_longer_than_a_block_stay_whole():
    scores = np.repeat(np.array([-2.0, 0.5, 3.0], "f4"), [BLOCK + 9, 3 * BLOCK, 5])
    positive = np.arange(len(scores)) % 3 == 0
    made = Sweep.of(scores, positive)
    assert made.result.thresholds.tolist() == [-np.inf, -2.0, 0.5, 3.0]
    at = np.concatenate([cuts.at_1 + cuts.at_0 for cuts in made.blocks()])
    assert at.tolist() == [BLOCK + 9, 3 * BLOCK, 5]


@weighing
def test_the_result_holds_every_cut(weights):
    scores, positive, weight = drawn("logits", "f4", 3000, weights)
    sweep = Sweep.of(scores, positive, weight)
    result = sweep.result
    assert result.thresholds[0] == -np.inf
    assert np.all(np.diff(result.thresholds) > 0)
    each = sweep.at_each(result.thresholds)
    assert np.array_equal(parts(result.counts), parts(each))
    assert parts(result.counts)[2][0] == parts(result.counts)[3][0] == 0
    assert result.counts.predicted_positive[-1] == 0


def test_everything_is_positive_in_the_first_place_even_minus_infinity():
    result = Sweep.of([-np.inf, 0.5], np.array([True, False])).result
    assert result.thresholds.tolist() == [-np.inf, -np.inf, 0.5]
    assert result.counts.predicted_positive.tolist() == [2, 1, 0]


def test_minus_0_is_0():
    sweep = Sweep.of(np.array([-0.0, 0.0], "f4"), np.array([True, False]))
    assert (sweep.distinct, sweep.at(-0.0).predicted_positive) == (1, 0)
    assert sweep.at(-0.0, inclusive=True).predicted_positive == 2


def test_a_threshold_between_two_float32_is_not_rounded():
    score = np.float32(0.1)
    sweep = Sweep.of(np.array([score]), np.array([True]))
    assert float(score) > 0.1
    assert (sweep.at(0.1).true_positives, sweep.at(float(score)).true_positives) == (1, 0)


def test_rows_of_weight_0_are_left_out():
    sweep = Sweep.of([0.1, 0.2, -0.3], np.array([True] * 3), [1.0, 0.0, -0.0])
    assert (sweep.n_rows, sweep.distinct, sweep.positives) == (1, 1, 1.0)


def test_above_every_score_nothing_is_left_whatever_the_weights():
    scores, positive, _ = drawn("logits", "f4", 5000, None)
    sweep = Sweep.of(scores, positive, np.random.default_rng(1).random(5000))
    assert parts(sweep.at(np.inf))[:2] == [0.0, 0.0]
    assert parts(sweep.at(-np.inf))[2:] == [0.0, 0.0]


def test_the_state_of_no_rows():
    sweep = Sweep.empty()
    assert (sweep.n_rows, sweep.distinct, sweep.positives, sweep.weighted) == (0, 0, 0, False)
    assert np.isnan([sweep.low, sweep.high]).all()
    assert parts(sweep.at(0.5)) == [0, 0, 0, 0]
    assert list(sweep.blocks()) == []
    assert sweep.result.thresholds.tolist() == [-np.inf]


def test_what_a_sweep_says_of_itself():
    sweep = Sweep.of(np.array([0.25, -1.5, 0.25], "f2"), np.array([True, False, False]))
    assert (sweep.n_rows, sweep.distinct, sweep.dtype) == (3, 2, np.float32)
    assert (sweep.low, sweep.high) == (-1.5, 0.25)
    assert (sweep.positives, sweep.negatives) == (1, 2)
    with pytest.raises(ValueError, match="read-only"):
        sweep.rows.keys[0] = 0


@kinds
@weighing
@every("dtype", ["f4", "f8"])
def test_pairs_that_are_won_are_those_of_all_pairs(kind, weights, dtype):
    scores, positive, weight = drawn(kind, dtype, 400, weights)
    heavy = np.ones(400) if weight is None else weight.astype(np.float64)
    ones, others = scores[positive][:, None], scores[~positive]
    points = 2.0 * (ones > others) + (ones == others)
    by_pairs = (points * np.outer(heavy[positive], heavy[~positive])).sum()
    sweep = Sweep.of(scores, positive, weight)
    assert sweep.twice_won == pytest.approx(by_pairs, rel=1e-12)


def test_neighbours_across_blocks_are_tied_too():
    scores = np.arange(4 * BLOCK, dtype=np.float32) // 3 - BLOCK / 2
    positive = np.random.default_rng(4).random(4 * BLOCK) < 0.5
    rows = Sweep.of(scores, positive).rows
    weighted = Sweep.of(scores, positive, np.ones(4 * BLOCK)).rows
    assert twice_won(rows) == twice_won(weighted)


@pytest.mark.parametrize(
    ("argument", "call"),
    [
        ("scores", lambda: Sweep.of([[0.1]], np.array([[True]]))),
        ("scores", lambda: Sweep.of(["a"], np.array([True]))),
        ("positive", lambda: Sweep.of([0.1], np.array([1]))),
        ("positive", lambda: Sweep.of([0.1], np.array([True, False]))),
        ("weights", lambda: Sweep.of([0.1], np.array([True]), [1.0, 1.0])),
        ("weights", lambda: Sweep.of([0.1, 0.2], np.array([True, True]), [1.0, -1.0])),
        ("weights", lambda: Sweep.of([0.1, 0.2], np.array([True, True]), [1.0, np.nan])),
        ("weights", lambda: Sweep.of([0.1, 0.2], np.array([True, True]), [1.0, np.inf])),
        ("threshold", lambda: Sweep.of([0.1], np.array([True])).at(np.nan)),
        ("threshold", lambda: Sweep.of([0.1], np.array([True])).at_each([0.5, np.nan])),
    ],
)
def test_what_cannot_be_swept_is_refused(argument, call):
    with pytest.raises(InputError) as refusal:
        call()
    assert refusal.value.argument == argument


def test_the_refusal_of_nan_names_the_rows():
    scores = np.zeros(3 * BLOCK, "f4")
    scores[[5, BLOCK + 1, 2 * BLOCK]] = np.nan
    said = f"NaN in 3 rows, the first are 5, {BLOCK + 1}, {2 * BLOCK}"
    with pytest.raises(InputError, match=said):
        Sweep.of(scores, scores == 0)


def test_sweeping_takes_less_than_the_input():
    scores = np.random.default_rng(3).random(2_000_000, dtype="f4")
    positive = scores > 0.5
    tracemalloc.start()
    sweep = Sweep.of(scores, positive)
    assert sweep.at(0.5).accuracy == sweep.twice_won / (2 * sweep.positives * sweep.negatives) == 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1.2 * scores.nbytes
