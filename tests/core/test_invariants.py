"""What must hold for every row of the catalogue on every kind of predictions."""

from __future__ import annotations

import math

import numpy as np
import pytest

from metrics_core.catalog.rows import CATALOG
from metrics_core.evaluation import evaluate
from metrics_core.kinds import KINDS
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.trace import trace
from tests.every import every

N, CLASSES = 211, 6
CASES = [(name, kind) for name, row in CATALOG.items() for kind in row.needs]
every_case = every(("name", "kind"), CASES)

# What the number is: a share of right ones, an error, or a mean score.
MEANING = {
    "binary_accuracy": "share",
    "binary_accuracy_rounded": "share",
    "accuracy": "share",
    "categorical_accuracy": "share",
    "sparse_categorical_accuracy": "share",
    "top_k_categorical_accuracy": "share",
    "sparse_top_k_categorical_accuracy": "share",
    "element_accuracy": "share",
    "subset_accuracy": "share",
    "balanced_accuracy": "share",
    "precision": "share",
    "recall": "share",
    "f_beta": "share",
    "mean_absolute_error": "error",
    "mean_squared_error": "error",
    "mean_prediction": "score",
}
OTHER = {"threshold": 0.25, "k": 1, "beta": 2.0}


def predictions(kind, seed=0, dtype="f4", rows=slice(None)):
    """Labels of every class, scores on a coarse mesh with ties and values at the threshold."""
    rng = np.random.default_rng(seed)
    wide = kind in ("one_hot", "sparse", "multi_label")
    scores = rng.integers(-4, 13, (N, CLASSES) if wide else N).astype(dtype) / 8
    labels = rng.integers(0, CLASSES if wide else 2, N)
    if kind == "one_hot":
        labels = np.eye(CLASSES, dtype="u1")[labels]
    elif kind == "multi_label":
        labels = rng.integers(0, 2, (N, CLASSES))
    elif kind == "class_indices":
        labels, scores = rng.integers(0, CLASSES, (2, N))
        scores = np.where(rng.random(N) < 0.6, labels, scores)
    if kind != "class_indices":
        target = np.eye(CLASSES)[labels] if kind == "sparse" else labels
        good = rng.random(N) < 0.4
        near = target / 2 + rng.integers(1, 4, scores.shape) / 8
        scores[good] = near[good]
    weight = rng.integers(0, 9, N) / 4 + (rng.random(N) < 0.1) * 0.1
    return Predictions.of(labels[rows], scores[rows], kind=kind, sample_weight=weight[rows])


def numbers(evaluation):
    return evaluation.total, evaluation.count, evaluation.result


def test_every_variant_is_classified_and_every_kind_is_covered():
    assert set(MEANING) == set(CATALOG), "say in MEANING what the new variant's number is"
    assert {kind for _, kind in CASES} == set(KINDS)


@every_case
@every("weighted", [False, True])
def test_the_result_is_total_over_count_and_lies_where_its_meaning_says(name, kind, weighted):
    made = evaluate(predictions(kind), name, weighted=weighted)
    assert made.count > 0
    assert made.result == made.total / made.count
    low, high = {"share": (0, 1), "error": (0, math.inf), "score": (-0.5, 5)}[MEANING[name]]
    assert low < made.result < high


@every_case
def test_outputs_that_are_the_labels_are_all_right(name, kind):
    labels = predictions(kind).y_true
    scores = np.eye(CLASSES)[labels] if kind == "sparse" else labels.astype("f4")
    made = evaluate(Predictions.of(labels, scores, kind=kind), name, k=1)
    assert made.result == {"share": 1, "error": 0, "score": scores.mean(dtype="f8")}[MEANING[name]]


@every_case
@every("settings", [{}, {"weighted": True, "beta": 1.3}, {"aggregation": "per_class"}])
@every("seed", [1, 2, 3])
def test_merged_states_equal_the_whole_exactly(name, kind, settings, seed):
    cuts = np.sort(np.random.default_rng(seed).choice(np.arange(1, N), seed * 3, replace=False))
    state = type(evaluate(predictions(kind, seed), name, **settings).state).empty()
    for start, stop in zip([0, *cuts], [*cuts, N], strict=True):
        part = predictions(kind, seed, rows=slice(start, stop))
        state = state.merge(evaluate(part, name, **settings).state)
    whole = evaluate(predictions(kind, seed), name, **settings)
    assert (state.total.value, state.count.value, state.result) == numbers(whole)


@every_case
def test_batch_means_merge_at_batch_borders(name, kind):
    settings = {"aggregation": "batch_means", "batch_size": 20, "weighted": True}
    parts = [predictions(kind, rows=slice(a, b)) for a, b in ((0, 60), (60, 180), (180, N))]
    first, second, third = (evaluate(part, name, **settings).state for part in parts)
    whole = evaluate(predictions(kind), name, **settings)
    assert first.merge(second).merge(third).result == whole.result
    assert whole.count == math.ceil(N / 20)


@every_case
@every("weighted", [False, True])
def test_the_order_of_the_samples_changes_nothing(name, kind, weighted):
    settings = {"weighted": weighted, "beta": 1.3}
    expected = numbers(evaluate(predictions(kind, dtype="f8"), name, **settings))
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(N)
        mixed = predictions(kind, dtype="f8", rows=order)
        assert numbers(evaluate(mixed, name, **settings)) == expected


@every_case
@every("weight", [1, 0.25, 3, np.float16(1000)])
def test_equal_weights_give_the_unweighted_number(name, kind, weight):
    data = predictions(kind)
    equal = Predictions.of(data.y_true, data.y_pred, kind=kind, sample_weight=np.full(N, weight))
    plain, weighted = evaluate(data, name), evaluate(equal, name, weighted=True)
    assert weighted.result == plain.result
    if name != "balanced_accuracy":
        assert weighted.count == plain.count * float(weight)


@every_case
def test_samples_of_zero_weight_are_as_good_as_left_out(name, kind):
    data = predictions(kind)
    kept = np.flatnonzero(data.sample_weight > 0)
    assert 0 < len(kept) < N
    fewer = evaluate(predictions(kind, rows=kept), name, weighted=True)
    assert numbers(evaluate(data, name, weighted=True)) == numbers(fewer)
    none = Predictions.of(data.y_true, data.y_pred, kind=kind, sample_weight=np.zeros(N))
    assert numbers(evaluate(none, name, weighted=True)) == (0, 0, 0)


@every_case
def test_weights_change_the_number(name, kind):
    data = predictions(kind)
    assert evaluate(data, name, weighted=True).result != evaluate(data, name).result


@every_case
@every("setting", OTHER)
def test_a_setting_changes_the_number_exactly_where_the_row_uses_it(name, kind, setting):
    data = predictions(kind)
    changes = (
        evaluate(data, name, **{setting: OTHER[setting]}).result != evaluate(data, name).result
    )
    assert changes == (setting in CATALOG[name].uses(kind))
    assert OTHER[setting] != getattr(Settings(), setting)


@every_case
@every("weighted", [False, True])
def test_the_traces_of_all_samples_recombine_to_the_result(name, kind, weighted):
    made = evaluate(predictions(kind), name, weighted=weighted, k=2, beta=1.3)
    groups = {}
    for index, value in enumerate(made.sample_values()):
        seen = trace(made, index)
        assert seen.value == value
        assert np.array_equal(seen.decided, made.decisions[index])
        assert np.array_equal(seen.compared, made.matches[index])
        group = int(seen.label) if name == "balanced_accuracy" and seen.label.ndim == 0 else None
        if name == "balanced_accuracy" and seen.label.ndim:
            group = int(seen.label.argmax())
        weight = np.broadcast_to(seen.weight, seen.compared.shape)
        totals, counts = groups.setdefault(group, ([], []))
        totals += np.ravel(seen.compared * weight).tolist()
        counts += np.ravel(weight).tolist()
        text = str(seen.sentence)
        assert text
        assert not set("{}") & set(text)
        assert seen.equation
        assert seen.equation.count("{") == seen.equation.count("}")
        if "verdict" in seen.sentence.values:
            assert text.endswith(": right" if seen.value == 1 else ": wrong")
    means = [math.fsum(totals) / math.fsum(counts) for totals, counts in groups.values()]
    assert made.result == pytest.approx(math.fsum(means) / len(means), rel=1e-14)


@every_case
@every("weighted", [False, True])
def test_the_parts_and_the_matches_recombine_to_total_and_count(name, kind, weighted):
    made = evaluate(predictions(kind), name, weighted=weighted, beta=1.3)
    if CATALOG[name].aggregation.by_class:
        return
    weight = sum(f * np.asarray(1.0 if part is None else part, "f8") for f, part in made.parts)
    weight = np.broadcast_to(weight, made.matches.shape)
    assert made.count == pytest.approx(weight.sum(), rel=1e-14)
    assert made.total == pytest.approx((weight * made.matches).sum(), rel=1e-13)


@every("activation", ["sigmoid", "softmax"])
@every("name", [name for name, row in CATALOG.items() if "sparse" in row.needs])
@every("dtype", ["f4", "f8"])
def test_argmax_and_top_k_do_not_feel_an_activation_on_distinct_logits(name, activation, dtype):
    rng = np.random.default_rng(8)
    logits = rng.permuted(np.tile(np.linspace(-6, 6, CLASSES), (N, 1)), axis=1).astype(dtype)
    data = Predictions.of(rng.integers(0, CLASSES, N), logits)
    plain, active = evaluate(data, name, k=2), evaluate(data, name, k=2, activation=activation)
    if name != "mean_prediction":
        assert np.array_equal(plain.decisions, active.decisions)
        assert plain.result == active.result
    assert not np.array_equal(plain.scores, active.scores)


@every_case
@every("rows", [slice(0, 1), [0, 0, 0]])
def test_a_single_sample_and_a_single_class_are_enough(name, kind, rows):
    made = evaluate(predictions(kind, seed=6, rows=rows), name)
    values = made.sample_values()
    assert np.isfinite(made.result)
    if not CATALOG[name].aggregation.counted:
        assert made.result == pytest.approx(float(values[0]), rel=1e-6)


@every_case
def test_no_evaluation_writes_to_its_data(name, kind):
    data = predictions(kind)
    digest = data.digest
    for activation in ("none", "sigmoid", "softmax"):
        made = evaluate(data, name, activation=activation, weighted=True)
        trace(made, N - 1)
    again = Predictions.of(data.y_true, data.y_pred, kind=kind, sample_weight=data.sample_weight)
    assert again.digest == digest
