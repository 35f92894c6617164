"""Any number of threads gives the same bits: evaluations, sweeps, ranks."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from metrics_core.catalog.rows import CATALOG, misfit
from metrics_core.counting.top_k import TopK
from metrics_core.evaluation import evaluate
from metrics_core.numeric.threads import limit_threads
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps
from metrics_core.sweep.views import sweep_of
from tests.every import every

ODD = np.array([np.nan, np.inf, -np.inf, -0.0, 0.0, 0.5, 1.0], "f4")
THREADS = (1, 2, 3)
BLOCK = 262_144


@pytest.fixture(autouse=True)
def no_limit():
    limit_threads(None)


def bits(state):
    """A state as bytes, NaN equal to itself."""
    if state is None:
        return None
    if dataclasses.is_dataclass(state):
        return [bits(getattr(state, field.name)) for field in dataclasses.fields(state)]
    if isinstance(state, tuple):
        return [bits(each) for each in state]
    return np.asarray(state).tobytes()


def predictions(kind, n, *, odd=False):
    rng = np.random.default_rng(n)
    width = {"binary": 1, "class_indices": 1}.get(kind, 5)
    scores = rng.random((n, width), "f4")
    if odd:
        scores[rng.random(scores.shape) < 0.01] = rng.choice(ODD)
        scores[:: max(1, n // 50), 0] = np.resize(ODD, len(scores[:: max(1, n // 50)]))
    classes = rng.integers(0, 5, n)
    labels = {
        "binary": rng.integers(0, 2, n),
        "sparse": classes,
        "class_indices": classes,
        "one_hot": np.eye(5, dtype=int)[classes],
        "multi_label": rng.integers(0, 2, (n, 5)),
    }[kind]
    if kind == "class_indices":
        scores = rng.integers(0, 5, n)
    return Predictions.of(labels, scores, kind=kind, sample_weight=rng.random(n))


@every(
    "setting",
    [
        {},
        {"weighted": True},
        {"aggregation": "batch_means", "batch_size": 1000},
        {"aggregation": "per_class", "weighted": True},
        {"activation": "sigmoid"},
        {"class_weight": ((0, 0.3), (1, 1.7))},
    ],
)
@every("odd", [False, True])
@every("kind", ["binary", "sparse", "one_hot", "multi_label", "class_indices"])
def test_every_variant_is_the_same_to_the_bit(kind, odd, setting):
    data = predictions(kind, 60_000 if kind != "binary" else BLOCK + 5, odd=odd)
    for row in CATALOG.values():
        if misfit(row, data.kind) is None:
            with np.errstate(invalid="ignore"):  # infinities of both signs in a batch
                alone, *others = (evaluate(data, row.name, threads=n, **setting) for n in THREADS)
            for other in others:
                assert bits(other.state) == bits(alone.state), row.name
                assert other.decisions.tobytes() == alone.decisions.tobytes(), row.name


@every("n", [1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK])
def test_rows_around_the_edge_of_a_block_are_the_same(n):
    data = predictions("binary", n)
    for name in ("binary_accuracy", "f_beta", "mean_absolute_error"):
        alone, *others = (bits(evaluate(data, name, threads=k).state) for k in THREADS)
        assert others == [alone, alone]


@every("width", [2, 24, 25, 300])
def test_few_and_many_classes_are_decided_alike(width):
    rng = np.random.default_rng(width)
    scores = rng.choice(np.append(ODD, rng.random(50, "f4")), (20_000, width))
    labels = rng.integers(-1, width + 1, 20_000)
    alone, *others = (
        Steps(Predictions.of(labels, scores, kind="sparse"), threads=n) for n in THREADS
    )
    for other in others:
        assert np.array_equal(other.argmax, alone.argmax)
        assert np.array_equal(other.rank, alone.rank)


def test_a_setting_of_numpy_holds_on_every_thread():
    scores = np.full(3 * BLOCK, 3e38, "f4")
    data = Predictions.of(np.resize([0, -3e38], 3 * BLOCK), scores, kind="binary")
    found = [evaluate(data, "mean_squared_error", threads=n) for n in (1, 2)]
    assert bits(found[0].state) == bits(found[1].state)


def test_labels_that_are_not_0_or_1_are_found_by_any_number_of_threads():
    odd = Predictions.of(np.resize([0, 1, 2], 600_000), np.zeros(600_000, "f4"), kind="binary")
    assert [sweep_of(Steps(odd, threads=n)) for n in (1, 2)] == [None, None]


@every("weighted", [False, True])
@every("n_classes", [1, 3, 30, 300])
@every("n", [1, 24_576, 24_577, 60_000])
def test_ranks_are_the_same_to_the_bit(n, n_classes, weighted):
    rng = np.random.default_rng(n)
    true, scores = rng.integers(-1, n_classes, n), rng.random((n, n_classes), "f4")
    weights = rng.random(n) if weighted else None
    alone, *others = (bits(TopK.of(true, scores, weights, threads=k)) for k in THREADS)
    assert others == [alone, alone]
