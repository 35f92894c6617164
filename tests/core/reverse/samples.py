"""Samples that are searched, and the value of a recipe computed anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from metrics_core.evaluation import evaluate
from metrics_core.kinds import Kind
from metrics_core.predictions import Predictions
from metrics_core.reverse import Recipe, Reported, Search, search
from metrics_core.reverse.ranking import recipe_of
from metrics_core.reverse.recipes.readings import activated
from metrics_core.reverse.search import _try_all

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


def found(given: Search, **choices: object) -> list[Recipe]:
    """The recipes with these choices; the reading is given by its name."""
    name = choices.pop("reading", None)
    return [
        recipe
        for recipe in given.recipes
        if (name is None or recipe.reading.name == name)
        and all(getattr(recipe, key) == value for key, value in choices.items())
    ]


def data(kind: Kind, dtype: str, *, unit: bool, column: bool = False) -> Predictions:
    """Samples of a kind with many outputs on the thresholds, and weights."""
    rng = np.random.default_rng(5)
    shape = (N,) if kind in ("binary", "class_indices") else (N, C)
    pred = rng.normal(0.4, 1.2, shape).astype(dtype)
    for start, value in enumerate((0.0, 0.5, 1.5, -0.5, 2.5, np.nextafter(0.5, 1))):
        pred[start::11] = value
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


def every_recipe(given: Predictions) -> list[Recipe]:
    """Each tried recipe with its first, a middle and its last batch size."""
    recipes = []
    for tried in _try_all(given, lambda _: None):
        indices = {0, len(tried.values) // 2, len(tried.values) - 1}
        recipes += [
            recipe_of(given, tried, index, Reported(0.5, 4))
            for index in indices
            if not np.isnan(tried.values[index])
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


def run(code: str, given: Predictions) -> float:
    names = {"y_true": given.y_true, "y_pred": given.y_pred, "sample_weight": given.sample_weight}
    exec(code.replace("print(result)", ""), names)
    assert type(names["result"]) is float
    return names["result"]
