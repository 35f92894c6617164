"""Outputs and numbers of the cases in `tests/data/stories.json`, each from a public question.

A case describes outputs that show what the question tells (`data`: what `outputs_of` takes), the
two numbers as they were typed, and for each the true recipe, as attributes of `Recipe`.
``python -m tests.core.reverse.stories.told`` writes the numbers anew from the true recipes.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from metrics_core.predictions import Predictions
from metrics_core.reverse import Recipe, Trials
from metrics_core.reverse.recipes.readings import Reading

FILE = Path(__file__).parents[3] / "data" / "stories.json"
CASES = json.loads(FILE.read_text("utf-8"))
_SAME = {"binary_accuracy_rounded": "binary_accuracy", "element_accuracy": "binary_accuracy"}


@cache
def trials(case: int) -> Trials:
    """What is tried on the outputs of a case, by its place."""
    return Trials(outputs_of(**CASES[case]["data"]))


def outputs_of(
    seed: int,
    n: int,
    classes: int = 1,
    *,
    labels: str = "",
    layer: str = "sigmoid",
    skill: float = 1.5,
    bias: float = 0.0,
    rate: float = 0.5,
    order: list[int] | None = None,
    first: int = 0,
    weights: str = "",
    column: bool = False,
    tail: float = 0.0,
) -> Predictions:
    """Made outputs: of one unit, of classes, or of many labels.

    Parameters
    ----------
    labels : {"", "one_hot", "sparse", "many", "indices"}
        Empty for one unit.
    layer : {"logits", "sigmoid", "softmax", "unit_logits", "constant"}
        ``unit_logits`` are logits that happen to lie from 0 to 1.
    skill, bias : float
        How far the logit of what is true lies above others, and where all lie.
    rate : float
        The share of label 1, or how much rarer each class is than the one before.
    order : list of int, optional
        What each class is called in the labels.
    first : int
        The lowest label.
    weights : {"", "balanced", "random"}
    column : bool
        Whether one unit gives outputs (n, 1).
    tail : float
        How much less skill the last tenth of the samples has.
    """
    random = np.random.RandomState(seed)
    ability = np.where(np.arange(n) < 0.9 * n, skill, skill - tail)
    if not labels or labels == "many":
        true = (random.random_sample((n, classes)) < rate).astype(int)
        logits = bias + random.normal(0, 1, (n, classes)) + ability[:, None] * (2 * true - 1)
        plain = true[:, 0] if classes == 1 else true
    else:
        shares = rate ** np.arange(classes)
        plain = true = random.choice(classes, n, p=shares / shares.sum())
        logits = bias + random.normal(0, 1, (n, classes))
        logits[np.arange(n), true] += ability
    scores = _after(layer, logits).astype("f4")
    weight = _weights(weights, plain, random)
    if not labels:
        kept = true if column and first else plain
        given = scores if column else scores[:, 0]
        return Predictions.of(kept + first, given, sample_weight=weight)
    if labels == "many":
        return Predictions.of(true, scores, kind="multi_label", sample_weight=weight)
    named = np.array(order)[true] if order else true
    if labels == "indices":
        return Predictions.of(named + first, scores.argmax(axis=1), kind="class_indices")
    if labels == "one_hot":
        return Predictions.of(np.eye(classes, dtype="u1")[named], scores, sample_weight=weight)
    return Predictions.of(named + first, scores, sample_weight=weight)


def _after(layer: str, logits: np.ndarray) -> np.ndarray:
    match layer:
        case "sigmoid":
            return 1 / (1 + np.exp(-logits))
        case "softmax":
            powers = np.exp(logits - logits.max(axis=1, keepdims=True))
            return powers / powers.sum(axis=1, keepdims=True)
        case "unit_logits":
            return (logits - logits.min()) / (logits.max() - logits.min())
        case "constant":
            return np.ones_like(logits)
        case _:
            return logits


def _weights(how: str, true: np.ndarray, random: np.random.RandomState) -> np.ndarray | None:
    if not how:
        return None
    if how == "random":
        return random.randint(0, 5, len(true)) / 2
    counts = np.bincount(true)
    return (len(true) / (np.count_nonzero(counts) * counts))[true]


def true_recipe(data: Predictions, truth: dict[str, Any]) -> Recipe:
    """The recipe that a case calls true."""
    known = {"reading": Reading("as_is"), "activations": (), "kind": data.kind} | truth
    known.pop("free", None)
    if "reading" in truth:
        name, *order = (
            truth["reading"] if isinstance(truth["reading"], list) else [truth["reading"]]
        )
        known["reading"] = Reading(name, tuple(order[0]) if order else None)
    known["activations"] = tuple(known["activations"])
    return Recipe(source=data.kind, **known)


def is_told(recipe: Recipe, data: Predictions, truth: dict[str, Any]) -> bool:
    """Whether a recipe is the true one, or writes the same thing otherwise."""
    wanted = true_recipe(data, truth)
    if "free" in truth:
        parts = recipe.thresholds
        return any(part.low <= wanted.threshold < part.high for part in parts)
    if _decided(recipe) != _decided(wanted) or recipe.reading.name != wanted.reading.name:
        return False
    if recipe.averaging != wanted.averaging or recipe.weighting != wanted.weighting:
        return False
    batches = wanted.averaging in ("batch_means", "tail_dropped")
    return not batches or wanted.batch_size in recipe.batch_sizes


def _decided(recipe: Recipe) -> object:
    """The metric and what is compared with what: a sigmoid above 0.5 is a logit above 0."""
    name = _SAME.get(recipe.variant, recipe.variant).removeprefix("sparse_")
    rounded = recipe.variant.endswith("_rounded")
    way, threshold = recipe.activations, 0.5 if rounded else recipe.threshold
    if recipe.thresholds:
        return name, way, "free"
    if "categorical" in name:
        return name, recipe.k if "top_k" in name else 0
    if way == ("sigmoid",) and threshold == 0.5:
        way, threshold = (), 0.0
    if name == "accuracy":
        threshold = 0.0
    return name, way, threshold


def _write() -> None:
    from tests.core.reverse.samples import recomputed

    for case in CASES:
        data = outputs_of(**case["data"])
        case["numbers"] = [
            _typed(recomputed(true_recipe(data, truth), data), form)
            for truth, form in zip(case["truth"], case["digits"], strict=True)
        ]
    rows = ",\n".join(json.dumps(case) for case in CASES)
    FILE.write_text(f"[\n{rows}\n]\n", "utf-8")


def _typed(value: float, digits: str) -> str:
    """As it was printed: so many decimals, of per cent with a sign."""
    if digits.endswith("%"):
        return f"{value * 100:.{int(digits[:-1])}f} %"
    return f"{value:.{int(digits)}f}"


if __name__ == "__main__":
    _write()
