"""Explain a number: planted recipes are found."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.releases import RELEASES
from metrics_core.reverse import differing_steps, numpy_recipe, search
from metrics_core.steps.activation import activate
from tests.core.reverse.samples import (
    explain,
    found,
    logits,
    one_output,
    run,
    ten_sigmoid_units,
    weights,
)
from tests.every import every


def test_ten_sigmoid_units_give_two_numbers_that_differ_in_the_decision():
    given = ten_sigmoid_units()
    printed = search(given, 0.9, digits=4)
    by_hand = evaluate(given, "categorical_accuracy").result
    computed = explain(given, by_hand)
    first, second = printed.recipes[0], computed.recipes[0]
    assert (first.variant, first.threshold, first.value) == ("binary_accuracy", 0.5, 0.9)
    assert (second.variant, second.rounded) == ("categorical_accuracy", f"{by_hand:.4f}")
    assert differing_steps(first, second) == ("decision", "comparison")
    assert first.releases == tuple(name for name, row in RELEASES.items() if not row.rounds)
    rounding = found(printed, variant="binary_accuracy_rounded", averaging="pooled")[0]
    assert "keras-2.3.1" in rounding.releases
    assert second.releases == tuple(RELEASES)


def planted_binary() -> list[tuple[str, Predictions, float, dict[str, object]]]:
    labels, outputs = one_output()
    given = Predictions.of(labels, outputs)
    signs = Predictions.of(2 * labels - 1, outputs)
    probabilities = Predictions.of(labels, activate(outputs, "sigmoid"))
    weighted = Predictions.of(labels, outputs, sample_weight=weights(len(labels)))
    flipped = Predictions.of(1 - labels, outputs)
    cut = Predictions.of(labels[:992], outputs[:992])
    once = Predictions.of(labels, activate(outputs, "sigmoid"))

    def result(data: Predictions, name: str = "binary_accuracy", **changes: object) -> float:
        return evaluate(data, name, **changes).result

    threshold = "binary_accuracy"
    at_zero = {"variant": threshold, "threshold": 0.0, "activations": ()}
    return [
        ("logits at 0.5", given, result(given), {"threshold": 0.5, "activations": ()}),
        ("logits at 0", given, result(given, threshold=0.0), at_zero),
        ("rounding", given, result(given, "binary_accuracy_rounded"),
         {"variant": "binary_accuracy_rounded", "activations": ()}),
        ("sigmoid", given, result(given, activation="sigmoid"), {"activations": ("sigmoid",)}),
        ("double sigmoid", given, result(once, activation="sigmoid"),
         {"activations": ("sigmoid", "sigmoid")}),
        ("softmax over one unit", given, result(given, activation="softmax"),
         {"activations": ("softmax",), "threshold": 0.5}),
        ("logits behind probabilities", probabilities, result(given), {"activations": ("logit",)}),
        ("flipped", given, result(flipped), {"reading": "flipped", "threshold": 0.5}),
        ("labels -1 and 1", signs, result(given), {"reading": "signs", "threshold": 0.5}),
        ("highest of one output", given, float((labels == 0).mean()), {"reading": "one_unit"}),
        ("both highest of one", given, 1.0, {"reading": "one_unit_both"}),
        ("mean of batch means", given,
         result(given, aggregation="batch_means", batch_size=32), {"averaging": "batch_means"}),
        ("dropped tail", given, result(cut), {"averaging": "tail_dropped", "batch_size": 32}),
        ("weights", weighted, result(weighted, weighted=True), {"weighting": "used"}),
        ("balanced", given, result(given, "balanced_accuracy"), {"averaging": "per_class"}),
        ("broadcast", given,
         float((labels[None, :] == (outputs[:, None] > 0.5)).mean()), {"averaging": "broadcast"}),
        ("F1", given, result(given, "f_beta"), {"variant": "f_beta"}),
        ("exact equality", given, result(given, "accuracy"), {"variant": "accuracy"}),
    ]  # fmt: skip


def planted_classes() -> list[tuple[str, Predictions, float, dict[str, object]]]:
    labels, outputs = logits()
    sparse = Predictions.of(labels, outputs)
    one_hot = sparse.to_one_hot()
    from_one = Predictions.of(labels + 1, outputs)
    order = np.array([2, 0, 3, 1])
    mixed = Predictions.of(order[labels], outputs)
    weighted = Predictions.of(labels, outputs, sample_weight=weights(len(labels)))
    rng = np.random.default_rng(4)
    many = Predictions.of((outputs + rng.normal(0, 1, outputs.shape) > 0.8).astype("u1"), outputs)
    softmax = Predictions.of(labels, activate(outputs, "softmax")).to_one_hot()

    def result(data: Predictions, name: str, **changes: object) -> float:
        return evaluate(data, name, **changes).result

    highest = "sparse_categorical_accuracy"
    right = result(sparse, highest)
    top = [
        (f"top {k}", sparse, result(sparse, "sparse_top_k_categorical_accuracy", k=k), {"k": k})
        for k in (2, 3)
    ]
    return [
        *top,
        ("argmax", sparse, right, {"variant": highest, "reading": "as_is"}),
        ("labels from 1", from_one, right, {"reading": "minus_one", "variant": highest}),
        ("labels too low", Predictions.of(labels - 1, outputs), right, {"reading": "plus_one"}),
        ("permuted", mixed, right, {"reading": "permuted", "variant": highest}),
        ("element-wise", sparse, result(one_hot, "binary_accuracy"),
         {"variant": "binary_accuracy", "activations": (), "reading": "as_is"}),
        ("element-wise of softmax", sparse, result(softmax, "binary_accuracy"),
         {"variant": "binary_accuracy", "activations": ("softmax",), "reading": "as_is"}),
        ("double softmax", sparse,
         result(softmax, "binary_accuracy", activation="softmax", threshold=0.5),
         {"activations": ("softmax", "softmax")}),
        ("rounded elements", one_hot, result(one_hot, "binary_accuracy_rounded"),
         {"variant": "binary_accuracy_rounded"}),
        ("one column", sparse, float((outputs.argmax(axis=1) == 0).mean()),
         {"reading": "one_column"}),
        ("weights", weighted, result(weighted, highest, weighted=True), {"weighting": "used"}),
        ("batches", sparse, result(sparse, highest, aggregation="batch_means", batch_size=48),
         {"averaging": "batch_means", "reading": "as_is", "variant": highest}),
        ("one-hot and permuted", mixed.to_one_hot(), right, {"reading": "permuted"}),
        ("elements of many labels", many, result(many, "element_accuracy"),
         {"variant": "binary_accuracy", "threshold": 0.5}),
        ("exact match", many, result(many, "subset_accuracy"), {"variant": "subset_accuracy"}),
        ("highest of many labels", many,
         result(many.as_kind("one_hot"), "categorical_accuracy"),
         {"variant": "categorical_accuracy", "kind": "one_hot"}),
        ("class indices", Predictions.of(labels + 1, outputs.argmax(axis=1)), right,
         {"reading": "minus_one", "kind": "class_indices"}),
    ]  # fmt: skip


PLANTED = [*planted_binary(), *planted_classes()]


@every(
    ("given", "value", "choices"),
    [case[1:] for case in PLANTED],
    ids=[case[0] for case in PLANTED],
)
@every("digits", [4, 7])
def test_a_planted_number_finds_its_recipe(given, value, choices, digits):
    result = explain(given, value, digits)
    recipes = found(result, **choices)
    assert recipes, [str(step) for recipe in result.recipes for step in recipe.steps]
    within = 1.1 * max(10.0**-digits, 2.5e-7)
    assert all(abs(recipe.value - value) <= within for recipe in result.recipes)
    assert recipes[0].rounded == f"{value:.{digits}f}"
    assert run(numpy_recipe(recipes[0]), given) == pytest.approx(recipes[0].value, abs=1e-12)
    assert result.outside == () == result.nearest
    assert 1 <= result.n_hits < result.n_tried


ORDINARY = {"logits at 0.5", "logits at 0", "argmax", "top 2", "element-wise", "rounded elements",
            "elements of many labels", "exact match", "highest of many labels", "labels from 1",
            "labels -1 and 1", "permuted", "class indices", "rounding"}  # fmt: skip


@pytest.mark.parametrize("name", sorted(ORDINARY))
def test_an_ordinary_recipe_comes_first(name):
    given, value, choices = next(case[1:] for case in PLANTED if case[0] == name)
    result = explain(given, value)
    assert found(result, **choices)[0].cost == result.recipes[0].cost
    assert [recipe.rank for recipe in result.recipes] == list(range(1, len(result.recipes) + 1))
    assert [recipe.cost for recipe in result.recipes] == sorted(
        recipe.cost for recipe in result.recipes
    )


def test_the_best_order_of_classes_is_named():
    labels, outputs = logits()
    order = np.array([2, 0, 3, 1])
    result = explain(
        Predictions.of(order[labels], outputs), float((outputs.argmax(axis=1) == labels).mean())
    )
    recipe = found(result, reading="permuted")[0]
    assert recipe.reading.order == tuple(np.argsort(order).tolist())
    assert str(recipe.steps[0]) == "classes in another order: 1, 3, 0, 2"


def test_all_batch_sizes_that_give_the_number_are_one_recipe():
    labels, outputs = one_output()
    given = Predictions.of(labels, outputs)
    hits = labels == (outputs > 0.5)
    number = hits[:992].mean()
    recipe = found(explain(given, number), averaging="tail_dropped", threshold=0.5)[0]
    sizes = range(1, 1000)
    expected = [
        size for size in sizes
        if 1000 % size and f"{hits[: 1000 - 1000 % size].mean():.4f}" == f"{number:.4f}"
    ]  # fmt: skip
    assert list(recipe.batch_sizes) == expected
    assert {31, 32, 62} <= set(expected)
    assert recipe.batch_size == 32


def test_weights_of_keras_2_0_are_divided_by_the_number_that_count():
    labels, outputs = logits()
    weight = weights(len(labels))
    right = (outputs.argmax(axis=1) == labels) * weight
    parts = [slice(i, i + 32) for i in range(0, len(labels), 32)]
    scaled = [right[p].sum() / np.count_nonzero(weight[p]) * len(right[p]) for p in parts]
    given = Predictions.of(labels, outputs, sample_weight=weight)
    recipe = found(explain(given, sum(scaled) / len(labels), 6), weighting="by_count")[0]
    assert recipe.batch_size == 32
    assert recipe.releases == ("keras-2.0.8", "keras-2.2.4", "keras-2.2.5", "tf.keras-1.8.0")
