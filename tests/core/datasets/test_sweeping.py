"""Sweeping files gives what sweeping their rows in memory gives, however little may be held."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics_core.counting.counts import CostMatrix
from metrics_core.datasets.sweeping import distinct, of_rows, ranges, whole
from metrics_core.datasets.sweeping.found import Found, cheapest, sweep_data
from metrics_core.errors import InputError
from metrics_core.sweep import Sweep, auc, average_precision, best_thresholds
from metrics_core.sweep.optimum.best import EVEN_COST
from tests.core.datasets.files import NO_WEIGHT, split, work, written

SCORES = {
    "probabilities": lambda rng, n: rng.random(n, np.float32),
    "logits": lambda rng, n: rng.normal(0, 3, n),
    "few": lambda rng, n: rng.integers(0, 7, n) / 8,
    "close": lambda rng, n: 0.5 + rng.integers(0, 500, n) * 2.0**-52,
    "infinite": lambda rng, n: rng.choice([-np.inf, -1.0, -0.0, 0.0, 2.0, np.inf], n),
    "halves": lambda rng, n: rng.random(n).astype(np.float16),
    "whole numbers": lambda rng, n: rng.integers(-90, 90, n).astype(np.int16),
}


DEAR = CostMatrix(tp=-2.0, fp=1.5, tn=0.25, fn=9.0)


def same(found, scores, labels, weights=None, cost=EVEN_COST):
    """Check all of it against a sweep in memory."""
    sweep = Sweep.of(scores, labels, weights)
    same_ties(found.shared, scores, labels, weights)
    same_cheapest(found, sweep, weights)
    near = {"rel": 1e-12, "abs": 0} if weights is not None else {"rel": 0, "abs": 0}
    assert found.positives == pytest.approx(sweep.positives, **near)
    assert found.negatives == pytest.approx(sweep.negatives, **near)
    assert (found.distinct, found.low, found.high) == (sweep.distinct, sweep.low, sweep.high)
    if sweep.positives and sweep.negatives:
        assert found.auc == pytest.approx(auc(sweep), rel=1e-12)
    if sweep.positives:
        assert found.average_precision == pytest.approx(average_precision(sweep), rel=1e-12)
    for ours, theirs in zip(found.best, best_thresholds(sweep, cost=cost), strict=True):
        assert ours.value == pytest.approx(theirs.value, rel=1e-12), theirs.name
        if weights is None:
            assert (ours.name, ours.low, ours.high) == (theirs.name, theirs.low, theirs.high)
            assert (ours.threshold, ours.n_intervals) == (theirs.threshold, theirs.n_intervals)
            assert ours.counts.parts == theirs.counts.parts
            assert all(isinstance(part, int) for part in ours.counts.parts)
    at = sweep.at_each(found.stops.scores)
    kept = found.sweep.at_each(found.stops.scores)
    for ours, theirs in zip(kept.parts, at.parts, strict=True):
        assert ours == pytest.approx(theirs, **near)
    if sweep.low >= -100 and sweep.high <= 100:
        for threshold in np.float32([-50, -3, -0.5, 0, 0.1, 0.2, 0.9, 2]).tolist():
            ours, theirs = found.sweep.at(threshold).parts, sweep.at(threshold).parts
            assert ours == pytest.approx(theirs, **near), threshold
            assert found.exact_at(threshold)


def same_ties(shared, scores, labels, weights):
    """Check the scores that the most rows share against numpy."""
    values, places = np.unique(scores.astype(float), return_inverse=True)
    weight = np.ones(len(scores)) if weights is None else weights
    ones, zeros = (np.bincount(places, weight * side, len(values)) for side in (labels, ~labels))
    sizes = ones + zeros
    order = np.argsort(-sizes, kind="stable")[:12]
    order = np.sort(order[sizes[order] > (1 if weights is None else 0)])
    if weights is not None:  # sums in another order: of nearly equal sizes another score may stay
        assert np.sort(shared.sizes) == pytest.approx(np.sort(sizes[order]))
        order = np.searchsorted(values, shared.scores)
    assert shared.scores.tolist() == values[order].tolist()
    for ours, theirs in zip(shared.at, (ones, zeros), strict=True):
        assert ours == pytest.approx(theirs[order])
    for ours, side in zip(shared.above, (ones, zeros), strict=True):
        assert ours == pytest.approx(side.sum() - np.cumsum(side)[order], abs=1e-9)


def same_cheapest(found, sweep, weights):
    """Check the threshold of another cost, where all thresholds are known."""
    ours, theirs = cheapest(found, DEAR), best_thresholds(sweep, cost=DEAR)[-1]
    assert (ours is None) != found.complete
    if ours is not None:
        assert ours.value == pytest.approx(theirs.value, rel=1e-12)
        if weights is None:
            assert (ours.low, ours.high, ours.threshold) == (
                theirs.low, theirs.high, theirs.threshold,
            )  # fmt: skip
            assert ours.counts.parts == theirs.counts.parts


@pytest.mark.parametrize(("most", "cost"), [(10**6, DEAR), (700, EVEN_COST), (90, DEAR)])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("kind", SCORES)
def test_sweeping_files_is_sweeping_their_rows(tmp_path, monkeypatch, kind, weighted, most, cost):
    for module in (distinct, ranges):  # so that some are many
        monkeypatch.setattr(module, "MOST", 100)
    monkeypatch.setattr(of_rows, "MOST", 100)
    monkeypatch.setattr(of_rows, "STRIDE", 40)  # so that there are many blocks
    rng = np.random.default_rng(3)
    scores = SCORES[kind](rng, 3000)
    labels = rng.random(3000) < 1 / (1 + np.exp(-np.clip(scores.astype(float), -5, 5)))
    weights = rng.integers(0, 4, 3000) / 3 if weighted else None
    columns = {"y_true": labels.astype(np.int8), "y_pred": scores, "w": rng.random(3000)}
    if weighted:
        columns["w"] = weights
    shards = split(tmp_path, 4, **columns)
    found = sweep_data(work(shards, weighted=weighted, most=most, cost=cost))
    same(found, scores, labels, weights, cost)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.floats(width=32, allow_nan=False), st.booleans()), min_size=1, max_size=60
    ),
    st.integers(1, 20),
)
def test_any_few_rows_with_any_room(tmp_path, rows, most):
    scores = np.array([score for score, _ in rows], np.float32)
    labels = np.array([label for _, label in rows])
    shards = split(tmp_path, 3, y_true=labels, y_pred=scores, w=np.ones(len(rows)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ranges, "MOST", 3)
        same(sweep_data(work(shards, most=most, threads=1)), scores, labels)


def test_no_task_holds_more_than_its_range(tmp_path, monkeypatch):
    rng = np.random.default_rng(0)
    labels, scores = rng.random(4000) < 0.4, rng.random(4000)
    held = []
    sweep_range = whole.sweep_range
    monkeypatch.setattr(
        whole, "sweep_range", lambda task: held.append(task.n_rows) or sweep_range(task)
    )
    monkeypatch.setattr(ranges, "MOST", 10)
    shards = split(tmp_path, 2, y_true=labels, y_pred=scores, w=np.ones(4000))
    found = sweep_data(work(shards, most=600))  # of 4 bytes, so 300 of 8
    assert max(held) <= 300
    assert sum(held) == 4000
    same(found, scores, labels)


def test_few_scores_are_read_once_and_all_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(whole, "sweep_range", None)  # nothing is collected
    scores = np.tile(np.float32([0.25, 0.5, 0.75]), 1000)
    labels = np.arange(3000) % 2 == 0
    shards = split(tmp_path, 3, y_true=labels, y_pred=scores, w=np.ones(3000))
    found = sweep_data(work(shards, most=10))
    assert found.complete
    same(found, scores, labels)


def test_an_empty_file_changes_nothing(tmp_path):
    empty = {"y_true": np.array([], np.int8), "y_pred": np.array([], np.float32)}
    rows = {"y_true": np.int8([0, 1, 1]), "y_pred": np.float32([0.1, 0.4, 0.3])}
    shards = written(tmp_path, empty, rows, empty)
    for most in (100, 2):
        found = sweep_data(work(shards, most=most, columns=NO_WEIGHT))
        same(found, rows["y_pred"], rows["y_true"] == 1)


@pytest.mark.parametrize("most", [100, 2])
@pytest.mark.parametrize("label", [0, 1])
def test_one_label_has_no_area(tmp_path, label, most):
    shards = written(tmp_path, {"y_true": [label] * 5, "y_pred": [0.1, 0.2, 0.2, 0.7, 0.9]})
    found = sweep_data(work(shards, most=most, columns=NO_WEIGHT))
    assert found.auc is None
    assert found.average_precision == (1.0 if label else None)
    assert found.n == 5


@pytest.mark.parametrize("most", [100, 1])
@pytest.mark.parametrize("rows", [0, 3])
def test_nothing_that_counts_is_refused(tmp_path, rows, most):
    table = {"y_true": np.zeros(rows, np.int8), "y_pred": np.ones(rows), "w": np.zeros(rows)}
    with pytest.raises(InputError, match="must have rows with a weight above 0"):
        sweep_data(work(written(tmp_path, table), most=most, weighted=True))


def test_two_files_of_different_dtypes_are_swept_as_the_wider_one(tmp_path):
    first = {"y_true": [0, 1], "y_pred": np.float32([0.1, 0.3])}
    second = {"y_true": [0, 1], "y_pred": np.float64([0.1, 0.3])}
    found = sweep_data(work(written(tmp_path, first, second), columns=NO_WEIGHT))
    assert found.distinct == 4
    assert found.dtype == np.float64


def test_a_state_comes_back_from_its_file(tmp_path):
    rng = np.random.default_rng(1)
    labels, scores = rng.random(500) < 0.5, rng.integers(0, 300, 500) / 300
    shards = split(tmp_path, 2, y_true=labels, y_pred=scores, w=np.ones(500))
    found = sweep_data(work(shards))
    found.save(tmp_path / "state.npz")
    back = Found.load(tmp_path / "state.npz")
    same(back, scores, labels)
    assert math.isfinite(back.auc)
    with np.load(tmp_path / "state.npz") as kept:
        older = {name: kept[name] for name in kept if not name.startswith("shared_")}
    np.savez(tmp_path / "older.npz", **older)
    assert len(back.shared.scores) == 12
    assert len(Found.load(tmp_path / "older.npz").shared.scores) == 0
    (tmp_path / "other.npz").write_bytes(b"PK")
    with pytest.raises(InputError, match="must be a state"):
        Found.load(tmp_path / "other.npz")
