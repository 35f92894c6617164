"""Explain a number: planted recipes are found, impossible numbers are refused."""

from __future__ import annotations

import itertools
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate
from metrics_core.kinds import KINDS, Kind
from metrics_core.messages import Message
from metrics_core.numeric.assignment import best_assignment
from metrics_core.predictions import Predictions
from metrics_core.releases import RELEASES, table
from metrics_core.reverse import (
    Recipe,
    Reported,
    Search,
    computed_by,
    differences,
    differing_steps,
    keras_recipe,
    numpy_recipe,
    parse_reported,
    search,
    stories,
)
from metrics_core.reverse.candidates.thresholds import element_limits, sweep
from metrics_core.reverse.outside import outside
from metrics_core.reverse.ranking import recipe_of
from metrics_core.reverse.recipes.readings import activated
from metrics_core.reverse.reported import sum_tolerance
from metrics_core.reverse.search import _try_all
from metrics_core.steps.activation import activate

N, C = 203, 5


def logits(n: int = 1000, classes: int = 4, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Class indices, and outputs that are right more often than not."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, n)
    outputs = rng.normal(0, 1.5, (n, classes)).astype("f4")
    outputs[np.arange(n), labels] += 1.5
    return labels, outputs


def one_output(n: int = 1000, seed: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Labels 0 and 1, and logits of one unit."""
    rng = np.random.default_rng(seed)
    outputs = rng.normal(0.2, 1.5, n).astype("f4")
    return (outputs + rng.normal(0, 1, n) > 0.1).astype("i8"), outputs


def weights(n: int, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 5, n) / 2


def ten_sigmoid_units() -> Predictions:
    """A network that has learnt nothing: each of ten outputs is below 0.5."""
    rng = np.random.default_rng(0)
    outputs = (0.1 + 0.05 * rng.random((10_000, 10))).astype("f4")
    labels = rng.integers(0, 10, 10_000)
    return Predictions.of(np.eye(10, dtype="u1")[labels], outputs)


def explain(data: Predictions, value: float, digits: int = 4) -> Search:
    return search(data, float(f"{value:.{digits}f}"), digits=digits)


def found(made: Search, **choices: object) -> list[Recipe]:
    """The recipes with these choices; the reading is given by its name."""
    name = choices.pop("reading", None)
    return [
        one
        for one in made.recipes
        if (name is None or one.reading.name == name)
        and all(getattr(one, key) == value for key, value in choices.items())
    ]


# the number as it was typed


@pytest.mark.parametrize(
    ("text", "value", "digits"),
    [
        ("0.9000", 0.9, 4),
        ("90.00 %", 0.9, 4),
        ("90%", 0.9, 2),
        ("9.0e-1", 0.9, 2),
        ("1.2345e-04", 1.2345e-4, 8),
        ("  .5 ", 0.5, 1),
        ("0,9000", 0.9, 4),
        ("1", 1.0, 0),
        ("1.", 1.0, 0),
        ("9e1 %", 0.9, 1),
        ("-0.12", -0.12, 2),
        ("\N{MINUS SIGN}3.5 %", -0.035, 3),
        ("0.8999999761581421", 0.8999999761581421, 16),
    ],
)
def test_a_typed_number_keeps_its_decimals(text, value, digits):
    assert parse_reported(text) == (pytest.approx(value, rel=1e-15), digits)


@pytest.mark.parametrize("text", ["", ".", "%", "abc", "0.9.0", "--9", "-", "nan", "inf", "1e999"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(InputError, match="`reported` must be"):
        parse_reported(text)


@pytest.mark.parametrize(
    ("reported", "digits", "argument"),
    [
        (float("nan"), 4, "reported"),
        (float("inf"), 4, "reported"),
        (float("-inf"), 4, "reported"),
        (0.9, -1, "digits"),
        (0.9, 18, "digits"),
        (0.9, 2.5, "digits"),
    ],
)
def test_bad_arguments_of_a_search_are_refused(reported, digits, argument):
    with pytest.raises(InputError) as caught:
        search(Predictions.of([0, 1], [0.2, 0.7]), reported, digits=digits)
    assert caught.value.argument == argument


@pytest.mark.parametrize("value", [0.90005, 0.8999500000001, 0.125, 0.375, 0.5 + 2**-13])
def test_whatever_prints_like_the_number_lies_in_its_interval(value):
    for digits, single in itertools.product(range(10), (False, True)):
        printed = float(f"{np.float32(value) if single else value:.{digits}f}")
        assert Reported(printed, digits).holds(np.array([value])).all()


def test_a_value_that_prints_otherwise_lies_outside():
    number = Reported(0.9, 4)
    assert number.holds(np.array([0.89994, 0.90006, np.nan])).tolist() == [False] * 3


def test_a_float32_sum_with_all_its_digits_holds_the_exact_mean():
    number = Reported(0.8999973, 7, sum_tolerance(10_000))
    assert number.holds(np.array([0.9, 0.90001])).tolist() == [True, False]
    assert search(ten_sigmoid_units(), 0.8999973, digits=7).recipes[0].value == 0.9
    assert not Reported(0.8999973, 7).holds(np.array([0.9])).any()


# the fast counts against `evaluate`


def data(kind: Kind, dtype: str, *, unit: bool, column: bool = False) -> Predictions:
    """Samples of a kind with many outputs on the thresholds, and weights."""
    rng = np.random.default_rng(5)
    shape = (N,) if kind in ("binary", "class_indices") else (N, C)
    pred = rng.normal(0.4, 1.2, shape).astype(dtype)
    for place, value in enumerate((0.0, 0.5, 1.5, -0.5, 2.5, np.nextafter(0.5, 1))):
        pred[place::11] = value
    true = (rng.random(shape) < 1 / (1 + np.exp(-2 * pred))).astype("i8")
    if unit:
        pred = (1 / (1 + np.exp(-pred))).astype(dtype)
    match kind:
        case "one_hot" | "sparse":
            true = (pred.argmax(axis=1) + rng.integers(0, 2, N)) % C
            true = np.eye(C, dtype="u1")[true] if kind == "one_hot" else true
        case "class_indices":
            pred = rng.integers(0, 4, shape)
            true = np.where(rng.random(N) < 0.6, pred, 3 - pred)
    if column:
        true, pred = true.reshape(N, -1), pred.reshape(N, -1)
    return Predictions.of(true, pred, kind=kind, sample_weight=weights(N))


def every_recipe(made: Predictions) -> list[Recipe]:
    """Each tried recipe with its first, a middle and its last batch size."""
    recipes = []
    for tried in _try_all(made, lambda _: None):
        places = {0, len(tried.values) // 2, len(tried.values) - 1}
        recipes += [
            recipe_of(made, tried, place, Reported(0.5, 4))
            for place in places
            if not np.isnan(tried.values[place])
        ]
    return recipes


def read(recipe: Recipe, data: Predictions) -> Predictions:
    """The predictions on which the variant of a recipe, with its settings, gives the value."""
    given = recipe.reading.read(data)
    labels, outputs = given.labels, activated(given.outputs, recipe.before)
    if recipe.kind == "one_hot" and labels.ndim == 1:
        labels = (labels[:, None] == np.arange(data.n_outputs)).astype(np.float32)
    weight, n_kept = given.sample_weight, data.n_samples
    if recipe.averaging == "tail_dropped":
        n_kept -= n_kept % recipe.batch_size
    return replace(
        given,
        y_true=labels[:n_kept],
        y_pred=outputs[:n_kept],
        kind=recipe.kind,
        sample_weight=None if weight is None else weight[:n_kept],
    )


def recomputed(recipe: Recipe, data: Predictions) -> float:
    """The value anew, by `evaluate`; two kinds of mean are in no row of the catalogue."""
    part = read(recipe, data)
    evaluation = evaluate(part, recipe.variant, recipe.settings)
    if recipe.averaging == "broadcast":
        return float(np.mean(part.labels[:, None] == evaluation.decisions[None, :]))
    if recipe.weighting != "by_count":
        return evaluation.result
    assert part.sample_weight is not None
    result, values = 0.0, evaluation.sample_values()
    for start in range(0, part.n_samples, recipe.batch_size):
        rows = slice(start, start + recipe.batch_size)
        weight = part.sample_weight[rows].astype(np.float64)
        mean = float(values[rows] @ weight) / np.count_nonzero(weight)
        result += mean * len(weight) / part.n_samples
    return result


def run(code: str, made: Predictions) -> float:
    names = {"y_true": made.y_true, "y_pred": made.y_pred, "sample_weight": made.sample_weight}
    exec(code.replace("print(result)", ""), names)
    assert type(names["result"]) is float
    return names["result"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("dtype", "unit"), [("f4", False), ("f4", True), ("f8", False)])
def test_every_value_is_what_evaluate_and_the_code_give(kind, dtype, unit):
    made = data(kind, dtype, unit=unit)
    recipes = every_recipe(made)
    assert len(recipes) >= 30
    for recipe in recipes:
        assert recomputed(recipe, made) == pytest.approx(recipe.value, abs=1e-12), recipe
        assert run(numpy_recipe(recipe), made) == pytest.approx(recipe.value, abs=1e-12), recipe


@pytest.mark.parametrize("kind", ["binary", "sparse"])
def test_the_code_takes_columns(kind):
    made = data(kind, "f4", unit=True, column=True)
    for recipe in every_recipe(made)[::3]:
        assert run(numpy_recipe(recipe), made) == pytest.approx(recipe.value, abs=1e-12), recipe


@pytest.mark.parametrize("lowest", [1, -1])
def test_labels_out_of_range_are_counted_as_evaluate_counts_them(lowest):
    labels, outputs = logits(97)
    made = Predictions.of(labels + lowest, outputs)
    for recipe in every_recipe(made):
        assert recomputed(recipe, made) == pytest.approx(recipe.value, abs=1e-12), recipe


def test_smoothed_one_hot_labels_are_counted_as_evaluate_counts_them():
    labels, outputs = logits(97)
    smooth = np.eye(4, dtype="f4")[labels] * np.float32(0.9) + np.float32(0.025)
    made = Predictions.of(smooth, outputs)
    assert made.kind == "one_hot"
    for recipe in every_recipe(made):
        assert recomputed(recipe, made) == pytest.approx(recipe.value, abs=1e-12), recipe


def test_outputs_that_are_not_finite_are_counted_as_evaluate_counts_them():
    for labels, outputs in (logits(97), one_output(97)):
        odd = outputs.copy()
        flat = odd.reshape(-1)
        flat[::7], flat[3::19], flat[5::23] = np.nan, np.inf, -np.inf
        made = Predictions.of(labels, odd)
        for recipe in every_recipe(made):
            assert recomputed(recipe, made) == pytest.approx(recipe.value, abs=1e-12), recipe


def test_weights_of_very_unlike_size_are_counted_as_evaluate_counts_them():
    labels, outputs = one_output(97)
    unlike = 10.0 ** np.random.default_rng(1).integers(-300, 300, 97)
    made = Predictions.of(labels, outputs, sample_weight=unlike)
    for recipe in every_recipe(made):
        assert recomputed(recipe, made) == pytest.approx(recipe.value, rel=1e-12, abs=1e-12), recipe


# planted numbers


def test_ten_sigmoid_units_give_two_numbers_that_differ_in_the_decision():
    made = ten_sigmoid_units()
    printed = search(made, 0.9, digits=4)
    by_hand = evaluate(made, "categorical_accuracy").result
    computed = explain(made, by_hand)
    first, second = printed.recipes[0], computed.recipes[0]
    assert (first.variant, first.threshold, first.value) == ("binary_accuracy", 0.5, 0.9)
    assert (second.variant, second.rounded) == ("categorical_accuracy", f"{by_hand:.4f}")
    assert differing_steps(first, second) == ("decision", "comparison")
    assert first.releases == tuple(name for name in RELEASES if "tf." in name or "-3" in name)
    rounding = found(printed, variant="binary_accuracy_rounded", averaging="pooled")[0]
    assert "keras-2.3.1" in rounding.releases
    assert second.releases == tuple(RELEASES)


def planted_binary() -> list[tuple[str, Predictions, float, dict[str, object]]]:
    labels, outputs = one_output()
    made = Predictions.of(labels, outputs)
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
        ("logits at 0.5", made, result(made), {"threshold": 0.5, "activations": ()}),
        ("logits at 0", made, result(made, threshold=0.0), at_zero),
        ("rounding", made, result(made, "binary_accuracy_rounded"),
         {"variant": "binary_accuracy_rounded", "activations": ()}),
        ("sigmoid", made, result(made, activation="sigmoid"), {"activations": ("sigmoid",)}),
        ("double sigmoid", made, result(once, activation="sigmoid"),
         {"activations": ("sigmoid", "sigmoid")}),
        ("softmax over one unit", made, result(made, activation="softmax"),
         {"activations": ("softmax",), "threshold": 0.5}),
        ("logits behind probabilities", probabilities, result(made), {"activations": ("logit",)}),
        ("flipped", made, result(flipped), {"reading": "flipped", "threshold": 0.5}),
        ("labels -1 and 1", signs, result(made), {"reading": "signs", "threshold": 0.5}),
        ("highest of one output", made, float((labels == 0).mean()), {"reading": "one_unit"}),
        ("both highest of one", made, 1.0, {"reading": "one_unit_both"}),
        ("mean of batch means", made,
         result(made, aggregation="batch_means", batch_size=32), {"averaging": "batch_means"}),
        ("dropped tail", made, result(cut), {"averaging": "tail_dropped", "batch_size": 32}),
        ("weights", weighted, result(weighted, weighted=True), {"weighting": "used"}),
        ("balanced", made, result(made, "balanced_accuracy"), {"averaging": "per_class"}),
        ("broadcast", made,
         float((labels[None, :] == (outputs[:, None] > 0.5)).mean()), {"averaging": "broadcast"}),
        ("F1", made, result(made, "f_beta"), {"variant": "f_beta"}),
        ("exact equality", made, result(made, "accuracy"), {"variant": "accuracy"}),
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


@pytest.mark.parametrize(
    ("made", "value", "choices"),
    [case[1:] for case in PLANTED],
    ids=[case[0] for case in PLANTED],
)
@pytest.mark.parametrize("digits", [4, 7])
def test_a_planted_number_finds_its_recipe(made, value, choices, digits):
    result = explain(made, value, digits)
    recipes = found(result, **choices)
    assert recipes, [str(step) for one in result.recipes for step in one.steps]
    within = 1.1 * max(10.0**-digits, 2.5e-7)
    assert all(abs(one.value - value) <= within for one in result.recipes)
    assert recipes[0].rounded == f"{value:.{digits}f}"
    assert run(numpy_recipe(recipes[0]), made) == pytest.approx(recipes[0].value, abs=1e-12)
    assert result.outside == () == result.nearest
    assert 1 <= result.n_hits < result.n_tried


ORDINARY = {"logits at 0.5", "logits at 0", "argmax", "top 2", "element-wise", "rounded elements",
            "elements of many labels", "exact match", "highest of many labels", "labels from 1",
            "labels -1 and 1", "permuted", "class indices", "rounding"}  # fmt: skip


@pytest.mark.parametrize("name", sorted(ORDINARY))
def test_an_ordinary_recipe_comes_first(name):
    made, value, choices = next(case[1:] for case in PLANTED if case[0] == name)
    result = explain(made, value)
    assert found(result, **choices)[0].cost == result.recipes[0].cost
    assert [one.rank for one in result.recipes] == list(range(1, len(result.recipes) + 1))
    assert [one.cost for one in result.recipes] == sorted(one.cost for one in result.recipes)


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
    made = Predictions.of(labels, outputs)
    hits = labels == (outputs > 0.5)
    number = hits[:992].mean()
    recipe = found(explain(made, number), averaging="tail_dropped", threshold=0.5)[0]
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
    made = Predictions.of(labels, outputs, sample_weight=weight)
    recipe = found(explain(made, sum(scaled) / len(labels), 6), weighting="by_count")[0]
    assert recipe.batch_size == 32
    assert recipe.releases == ("keras-2.0.8", "keras-2.2.4")


# free thresholds


def grid(dtype: str) -> Predictions:
    """Scores with many ties, at numbers that float32 holds."""
    rng = np.random.default_rng(6)
    scores = (rng.integers(0, 9, 300) / 8).astype(dtype)
    labels = (scores + rng.normal(0, 0.4, 300) > 0.5).astype("i8")
    return Predictions.of(labels, scores, sample_weight=weights(300))


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
@pytest.mark.parametrize("weighting", ["ignored", "used"])
def test_an_interval_of_thresholds_is_exact_at_its_ends(dtype, weighting):
    made = grid(dtype)
    weighted = weighting == "used"

    def at(threshold: np.float32) -> float:
        return evaluate(
            made, "binary_accuracy", threshold=float(threshold), weighted=weighted
        ).result

    target = at(np.float32(0.375))
    result = explain(made, target)
    free = next(
        one
        for one in result.thresholds
        if one.weighting == weighting and one.reading.name == "as_is"
    )
    holds = Reported(float(f"{target:.4f}"), 4).holds
    assert any(part.low == 0.375 for part in free.intervals)
    for interval in free.intervals:
        assert holds(np.array([at(np.float32(interval.threshold))])).all()
        assert at(np.float32(interval.threshold)) == pytest.approx(interval.value, abs=1e-12)
        if np.isfinite(interval.low):
            low = np.float32(interval.low)
            assert holds(np.array([at(low)])).all()
            assert not holds(np.array([at(np.nextafter(low, np.float32(-9)))])).any()
        if np.isfinite(interval.high):
            high = np.float32(interval.high)
            assert holds(np.array([at(np.nextafter(high, np.float32(-9)))])).all()
            assert not holds(np.array([at(high)])).any()


@pytest.mark.parametrize("kind", ["binary", "one_hot", "multi_label"])
def test_a_sweep_agrees_with_evaluate_at_every_score(kind):
    made = data(kind, "f4", unit=False)
    for variant in ("binary_accuracy", "subset_accuracy"):
        if kind == "binary" and variant == "subset_accuracy":
            continue
        low, high = element_limits(made.outputs, made.labels)
        if variant == "subset_accuracy":
            low, high = low.max(axis=1), high.min(axis=1)
        swept = sweep(low.reshape(-1), high.reshape(-1), None, low.size)
        for cut, value in list(zip(swept.starts, swept.values, strict=True))[1::7]:
            expected = evaluate(made, variant, threshold=float(cut)).result
            assert value == pytest.approx(expected, abs=1e-12)


def test_not_a_number_is_never_above_in_a_sweep():
    low, high = element_limits(np.array([np.nan, np.nan, 0.5, np.inf]), np.array([0, 1, 1, 2]))
    swept = sweep(low, high, None, 4)
    assert swept.starts.tolist() == [-np.inf, 0.5]
    assert swept.values.tolist() == [0.5, 0.25]


def test_the_nearest_attainable_results_are_given_where_no_threshold_hits():
    made = Predictions.of([0, 1, 0, 1], np.array([0.1, 0.2, 0.7, 0.9], "f4"))
    free = search(made, 0.6, digits=4).thresholds[0]
    assert free.intervals == ()
    assert [near.value for near in free.nearest] == [0.5, 0.75]
    for near in free.nearest:
        assert evaluate(made, "binary_accuracy", threshold=near.threshold).result == near.value


def test_a_free_threshold_is_a_recipe_with_its_code():
    labels, outputs = one_output()
    made = Predictions.of(labels, outputs)
    value = evaluate(made, "binary_accuracy", threshold=-0.73).result
    recipe = next(one for one in explain(made, value).recipes if one.thresholds)
    assert any(part.low <= np.float32(-0.73) < part.high for part in recipe.thresholds)
    assert run(numpy_recipe(recipe), made) == pytest.approx(recipe.value, abs=1e-12)
    assert recomputed(recipe, made) == pytest.approx(recipe.value, abs=1e-12)
    assert 0 < recipe.chance < 1


# impossible numbers


def test_a_number_that_nothing_gives_is_refused_with_where_to_look():
    made = Predictions.of([0, 1, 1, 0], [0.2, 0.7, 0.9, 0.4])
    result = search(made, 0.8123, digits=4)
    assert result.recipes == ()
    assert result.n_hits == 0 < result.n_tried
    assert len(result.nearest) == 5
    gaps = [abs(one.value - 0.8123) for one in result.nearest]
    assert gaps == sorted(gaps)
    assert all(one.rank == 0 for one in result.nearest)
    text = " ".join(str(message) for message in result.outside)
    for word in ("dropout", "batch norm", "running mean", "preprocessing", "Other data", "Shuffl",
                 "float16", "Sample weights"):  # fmt: skip
        assert word in text


def test_weights_are_not_named_outside_where_they_came():
    made = Predictions.of([0, 1], [0.2, 0.7], sample_weight=[1, 2])
    text = " ".join(str(message) for message in outside(made, Reported(0.3, 4)))
    assert "Sample weights" not in text


def test_a_number_above_one_is_asked_for_as_per_cent():
    result = search(Predictions.of([0, 1], [0.2, 0.7]), 91.0, digits=0)
    assert str(result.outside[0]).endswith("type 91 %.")


def test_a_hit_far_from_any_other_value_is_no_chance_and_one_among_many_is():
    made = ten_sigmoid_units()
    assert search(made, 0.9, digits=4).recipes[0].chance == pytest.approx(1 / 41)
    labels, outputs = one_output()
    result = explain(Predictions.of(labels, outputs), (labels == (outputs > 0.5)).mean(), 2)
    assert result.recipes[-1].chance > 0.2
    assert result.recipes[0].chance < result.recipes[-1].chance


def test_too_many_classes_to_permute_are_said_to_be_left_out():
    rng = np.random.default_rng(0)
    outputs = rng.random((300, 201), dtype="f4")
    result = search(Predictions.of(rng.integers(0, 201, 300), outputs), 0.5, digits=4)
    assert "200 classes" in str(result.left_out[0])
    assert search(ten_sigmoid_units(), 0.5, digits=4).left_out == ()


# differences


def test_two_numbers_differ_in_one_step():
    labels, outputs = one_output()
    made = Predictions.of(labels, outputs)
    printed = explain(made, evaluate(made, "binary_accuracy").result)
    computed = explain(made, evaluate(made, "binary_accuracy", threshold=0.0).result)
    pair = stories(printed, computed)[0].recipes
    assert differing_steps(*pair) == ("decision",)
    assert list(map(str, differences(*pair))) == [
        "They differ in the decision step: > 0.5 against > 0."
    ]


def test_equal_recipes_do_not_differ():
    result = search(ten_sigmoid_units(), 0.9, digits=4)
    (same,) = differences(result.recipes[0], result.recipes[0])
    assert "same recipe" in str(same)


def test_several_steps_are_named_in_order():
    made = ten_sigmoid_units()
    first = search(made, 0.9, digits=4).recipes[0]
    second = explain(made, evaluate(made, "categorical_accuracy").result).recipes[0]
    decision, comparison = map(str, differences(first, second))
    assert decision == "They differ in the decision step: > 0.5 against highest output."
    assert comparison.startswith("They differ in the comparison step: each")


def test_no_story_is_told_where_a_number_has_no_recipe():
    made = Predictions.of([0, 1, 1, 0], [0.2, 0.7, 0.9, 0.4])
    nothing, something = search(made, 0.8123, digits=4), search(made, 1.0, digits=4)
    assert stories(nothing, something) == ()


def test_every_sentence_of_a_recipe_is_a_message_with_its_values():
    for kind in KINDS:
        for recipe in every_recipe(data(kind, "f4", unit=True)):
            assert len(recipe.steps) == 5
            for step in recipe.steps:
                assert isinstance(step, Message)
                assert "{" not in str(step)


# releases


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("round", 0.5, "binary_accuracy_rounded", "pooled", "ignored"),
         {"keras-1.2.2", "keras-2.0.8", "keras-2.2.4", "keras-2.3.1"}),
        (("threshold", 0.5, "binary_accuracy", "pooled", "ignored"),
         {"tf.keras-1.13.1", "tf.keras-2.0.0", "tf.keras-2.2.0", "tf.keras-2.15.0",
          "keras-3.15.1"}),
        (("threshold", 0.3, "binary_accuracy", "pooled", "used"),
         {"tf.keras-1.13.1", "keras-2.3.1", "tf.keras-2.0.0", "tf.keras-2.2.0",
          "tf.keras-2.15.0", "keras-3.15.1"}),
        (("round", 0.5, "binary_accuracy_rounded", "pooled", "by_count"),
         {"keras-2.0.8", "keras-2.2.4"}),
        (("argmax", 0.5, "categorical_accuracy", "pooled", "ignored"), set(RELEASES)),
        (("argmax", 0.5, "categorical_accuracy", "batch_means", "ignored"), set()),
        (("rank", 0.5, "top_k_categorical_accuracy", "batch_means", "ignored"),
         {"tf.keras-1.13.1"}),
        (("rank", 0.5, "sparse_top_k_categorical_accuracy", "pooled", "ignored"),
         set(RELEASES) - {"keras-1.2.2", "tf.keras-1.13.1"}),
        (("threshold", 0.5, "subset_accuracy", "pooled", "ignored"), set()),
        (("threshold", 0.5, "binary_accuracy", "broadcast", "ignored"),
         {"tf.keras-1.13.1", "tf.keras-2.0.0", "tf.keras-2.2.0", "tf.keras-2.15.0"}),
    ],
)  # fmt: skip
def test_the_releases_that_compute_like_a_recipe(asked, expected):
    assert set(computed_by(*asked)) == expected


def test_a_release_added_to_the_table_is_named_by_the_search(monkeypatch):
    added = replace(RELEASES["keras-2.3.1"], name="new", rounds=False)
    asked = Predictions.of([0, 1, 1, 1], [0.2, 0.6, 0.7, 0.3])
    assert "new" not in search(asked, 0.75, digits=4).recipes[0].releases
    monkeypatch.setattr(table, "RELEASES", MappingProxyType({**RELEASES, "new": added}))
    recipes = search(asked, 0.75, digits=4).recipes
    assert recipes[0].variant == "binary_accuracy"
    assert recipes[0].releases[-1] == "new"
    rounded = next(each for each in recipes if each.variant == "binary_accuracy_rounded")
    assert rounded.releases == ("keras-1.2.2", "keras-2.0.8", "keras-2.2.4", "keras-2.3.1")


# the rest


def test_progress_rises_from_nothing_to_all():
    labels, outputs = logits()
    told: list[float] = []
    search(Predictions.of(labels, outputs), 0.5, digits=4, progress=told.append)
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)
    assert len(told) > 50


def test_the_best_assignment_is_the_best_of_all():
    rng = np.random.default_rng(8)
    for size in (1, 2, 3, 4, 5, 6):
        for gain in rng.integers(0, 20, (10, size, size)):
            chosen = best_assignment(gain)
            assert sorted(chosen.tolist()) == list(range(size))
            orders = itertools.permutations(range(size))
            best = max(gain[np.arange(size), list(order)].sum() for order in orders)
            assert gain[np.arange(size), chosen].sum() == best


def test_a_search_leaves_the_predictions_as_they_are():
    made = data("sparse", "f4", unit=True)
    before = made.digest
    search(made, 0.5, digits=2)
    again = Predictions.of(
        made.y_true, made.y_pred, kind=made.kind, sample_weight=made.sample_weight
    )
    assert again.digest == before


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_few_samples_can_be_searched(n):
    labels, outputs = logits(n)
    for made in (
        Predictions.of(labels, outputs),
        Predictions.of(labels % 2, outputs[:, 0]),
        Predictions.of(labels, labels),
    ):
        assert search(made, 1.0, digits=4).n_tried > 0


@pytest.mark.keras
@pytest.mark.parametrize("kind", KINDS)
def test_the_keras_code_gives_the_value(kind):
    pytest.importorskip("keras")
    made = data(kind, "f4", unit=True)
    recipes = every_recipe(made)
    sample = [one for one in recipes if one.batch_size >= 32][:: max(1, len(recipes) // 25)]
    assert len(sample) >= 10
    for recipe in sample:
        assert run(keras_recipe(recipe), made) == pytest.approx(recipe.value, abs=1e-6), recipe
