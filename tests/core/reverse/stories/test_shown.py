"""Every metric that a page shows can be explained, and the stories that people tell of others."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.catalog.rows import CATALOG, applicable
from metrics_core.counting.confusion import Confusion
from metrics_core.counting.counts import FIGURES
from metrics_core.counting.top_k import TopK
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.reverse import Recipe, Trials, search
from metrics_core.steps.shared import Steps
from metrics_core.sweep import auc, average_precision, best_thresholds, reliability, sweep_of
from tests.core.reverse.metrics.test_metrics import DATA
from tests.every import every

KINDS = ["one unit", "logits of one unit", "two columns", "one-hot", "sparse", "multi-hot",
         "multi-hot shares", "indices"]  # fmt: skip
BINS = 15


TRIALS: dict[str, Trials] = {}


def trials(data: Predictions) -> Trials:
    """What is tried, once for all numbers that are asked."""
    if data.digest not in TRIALS:
        TRIALS[data.digest] = Trials(data)
    return TRIALS[data.digest]


def found(data: Predictions, value: float) -> tuple[Recipe, ...]:
    """The recipes of a value at nine digits; there chance gives nothing."""
    return trials(data).search(float(f"{value:.9f}"), digits=9).recipes


def explained(data: Predictions, value: float) -> None:
    """Something gives it: of what is tried for every number, or else a free threshold."""
    plain = np.abs(all_values(data) - value).min() < 1e-9
    assert np.isnan(value) or plain or found(data, value), value


VALUES: dict[str, np.ndarray] = {}


def all_values(data: Predictions) -> np.ndarray:
    """What is tried whatever was asked for, but free thresholds."""
    if data.digest not in VALUES:
        values = np.concatenate([each.values for each in trials(data).tried])
        VALUES[data.digest] = values[~np.isnan(values)]
    return VALUES[data.digest]


@every("name", KINDS)
@every("weighted", [False, True])
def test_every_row_of_the_catalogue_is_explained(name, weighted):
    data = DATA[name]
    for row in applicable(data):
        explained(data, evaluate(data, row.name, weighted=weighted and row.is_accuracy).result)


def test_every_figure_of_the_catalogue_is_one_of_the_kinds_here():
    assert {row.name for name in KINDS for row in applicable(DATA[name])} == set(CATALOG)


@pytest.mark.parametrize("name", KINDS[:-1])
def test_every_number_of_the_thresholds_page_is_explained(name):
    data = DATA[name]
    columns = [None] if data.n_outputs == 1 else [None, *range(data.n_outputs)]
    for column in columns:
        sweep = sweep_of(Steps(data), column)
        assert sweep is not None
        explained(data, auc(sweep))
        explained(data, average_precision(sweep))
        for threshold in (0.5, 0.2371):
            counts = sweep.at(threshold)
            for figure in ("precision", "recall", "specificity", "f1"):
                explained(data, float(FIGURES[figure].of(counts)))
            if column is not None or data.n_outputs == 1:
                for figure in FIGURES.values():
                    explained(data, float(figure.of(counts)))
        if column is None and data.n_outputs > 1:
            continue
        for best in best_thresholds(sweep)[:-1]:
            explained(data, best.value)
        if sweep.low >= 0 and sweep.high <= 1:
            found_here = reliability(sweep, BINS)
            for value in (found_here.ece, found_here.brier, found_here.log_loss):
                explained(data, value)


@pytest.mark.parametrize("name", ["one-hot", "sparse", "indices"])
def test_every_number_of_the_classes_page_is_explained(name):
    data = DATA[name]
    true = data.labels.argmax(axis=1) if data.kind == "one_hot" else data.labels
    chosen = data.outputs if data.n_outputs == 1 else data.outputs.argmax(axis=1)
    matrix = Confusion.of(true, chosen, data.n_classes)
    each = matrix.per_class()
    explained(data, matrix.balanced_accuracy)
    for values in (each.recall, each.precision, each.f1, each.accuracy):
        for value in values.tolist():
            explained(data, value)
        explained(data, float(values.mean()))
        explained(data, float(values @ each.support / each.support.sum()))
    if data.n_outputs > 1:
        for value in TopK.of(true, data.outputs).accuracies.tolist():
            explained(data, value)


# stories


def titles(data: Predictions, value: float, digits: int) -> str:
    recipe = trials(data).search(value, digits=digits).recipes[0]
    return " | ".join(map(str, (recipe.row.title, *recipe.steps))).lower()


def test_an_average_of_keras_over_one_hot_rows_is_named():
    data = DATA["one-hot"]
    value = [
        recipe for recipe in found(data, evaluate(data, "precision").result)
        if recipe.variant == "precision_micro"
    ]  # fmt: skip
    assert value


def test_the_mean_of_the_f1_of_batches_is_found_with_its_size():
    rng = np.random.default_rng(3)
    scores = rng.random(300).astype("f4")
    labels = (rng.random(300) < scores).astype(int)
    parts = [slice(i, i + 32) for i in range(0, 300, 32)]
    f1 = [
        2 * (labels[p] @ (scores[p] > 0.5)) / (labels[p].sum() + (scores[p] > 0.5).sum())
        for p in parts
    ]
    by_length = np.average(f1, weights=[len(labels[p]) for p in parts])
    data = Predictions.of(labels, scores)
    for value, words in ((np.mean(f1), "mean of batches of 32"), (by_length, "their length"),
                         (np.mean(f1[:-1]), "the incomplete last batch of 32")):  # fmt: skip
        told = titles(data, round(float(value), 6), 6)
        assert "f1" in told
        assert words in told


def test_numbers_above_one_are_told_as_forgotten_divisions():
    rng = np.random.default_rng(3)
    scores = rng.random((300, 1)).astype("f4")
    labels = (rng.random(300) < scores[:, 0]).astype(int)
    data, right = Predictions.of(labels, scores), labels == (scores[:, 0] > 0.5)
    square = (labels[None, :] == (scores > 0.5)).sum() / 300
    assert "broadcast" in titles(data, round(float(square), 2), 2)
    assert "per batch" in titles(data, round(right.sum() / 10, 2), 2)
    assert "divided by the batch size, 50" in titles(data, right.sum() / 50, 2)
    assert "sum, not mean" in titles(
        data, round(sum(right[i : i + 64].mean() for i in range(0, 300, 64)), 4), 4
    )
    n_tried = [trials(data).search(value, digits=4).n_tried for value in (0.5, 1.5)]
    assert n_tried[0] < n_tried[1]


def test_a_softmax_over_the_samples_is_told_for_all_rows_and_for_batches():
    data = DATA["sparse"]
    logits = data.outputs.astype(float)

    def down(part: np.ndarray) -> np.ndarray:
        parts = np.exp(part)
        return (parts / parts.sum(axis=0)).argmax(axis=1)

    whole = (down(logits) == data.labels).mean()
    assert "over the samples" in titles(data, round(whole, 6), 6)
    chosen = np.concatenate([down(logits[i : i + 32]) for i in range(0, len(logits), 32)])
    value = (chosen == data.labels).mean()
    assert any(
        recipe.averaging == "within_batches" and 32 in recipe.batch_sizes
        for recipe in found(data, value)
    )


@pytest.mark.parametrize(("name", "label"), [("padded with -100", -100), ("padded with 255", 255)])
def test_a_label_that_stands_for_nothing_is_left_out(name, label):
    data = DATA[name]
    chosen = data.outputs if data.n_outputs == 1 else data.outputs.argmax(axis=1)
    kept = data.labels != label
    value = (chosen == data.labels)[kept].mean()
    assert f"without label {label}" in titles(data, round(value, 6), 6)


def test_any_true_label_in_the_top_k_is_told():
    data = DATA["multi-hot shares"]
    top = np.argsort(-data.outputs, axis=1)[:, :2]
    hits = np.take_along_axis(data.labels, top, axis=1)
    assert "any true label in the top 2" in titles(data, round(hits.any(axis=1).mean(), 6), 6)
    assert "precision at 2" in titles(data, round(hits.mean(), 6), 6)


def test_a_threshold_on_the_second_of_two_columns_is_told_with_its_value():
    data = DATA["two columns"]
    value = (data.labels == (data.outputs[:, 1] > 0.2771)).mean()
    recipes = found(data, value)
    assert any(
        recipe.reading.column == 1 and part.low <= 0.2771 < part.high
        for recipe in recipes
        for part in recipe.thresholds
    )


def test_what_is_too_large_is_said_to_be_left_out():
    rng = np.random.default_rng(0)
    outputs = rng.random((300, 21), dtype="f4")
    result = search(Predictions.of(rng.integers(0, 21, 300), outputs), 0.5, digits=4)
    assert "up to 20 classes" in str(result.left_out[0])
