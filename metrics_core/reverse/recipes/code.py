"""The code of a recipe: what prepares the arrays, then the code of its row of the catalogue."""

from __future__ import annotations

from metrics_core.codegen.keras_code import keras_code
from metrics_core.codegen.numpy_code import activation_code, numpy_code
from metrics_core.reverse.recipes.recipe import Recipe
from metrics_core.steps.activation import ACTIVATIONS

_UNDO_SIGMOID = (
    'with np.errstate(divide="ignore"):',
    "    y_pred = np.log(y_pred) - np.log1p(-y_pred)  # undo the sigmoid",
)
_BROADCAST = (
    "each, counts = np.unique(y_true, return_counts=True)  # all n labels against all n outputs",
    "matches = sum(count * np.sum(decided == label) for label, count in zip(each, counts))",
    "result = float(matches / len(y_true) ** 2)",
    "print(result)",
)


def numpy_recipe(recipe: Recipe) -> str:
    """Write numpy code for arrays `y_true`, `y_pred` and, where used, `sample_weight`."""
    body = numpy_code(recipe.row, recipe.kind, recipe.settings, has_weight=True)
    if recipe.weighting == "by_count":
        body = _by_count(body, recipe.batch_size, "hit for hit, _ in pairs")
    elif recipe.averaging == "broadcast":
        body = "\n".join([*body.splitlines()[:-3], *_BROADCAST])
    return _joined(recipe, body)


def keras_recipe(recipe: Recipe) -> str:
    """Write Keras 3 code for the same arrays; what Keras has not is numpy."""
    body = keras_code(recipe.row, recipe.kind, recipe.settings, has_weight=True)
    if recipe.weighting == "by_count":
        body = _by_count(body, recipe.batch_size, "m * w.sum() for m, w in zip(means, parts)")
    elif recipe.averaging == "broadcast":  # Keras 3 does not broadcast
        return numpy_recipe(recipe)
    return _joined(recipe, body)


def _by_count(body: str, size: int, sums: str) -> str:
    """Replace the mean of the batches by that of keras 2.0.8: over the weights that are not 0."""
    kept = body.splitlines()[:-2]
    part = f"sample_weight[i : i + {size}]"
    return "\n".join(
        [
            *kept,
            f"parts = [{part} for i in range(0, len(sample_weight), {size})]",
            f"sums = [{sums}]",
            "scaled = [s * len(w) / (w != 0).sum() for s, w in zip(sums, parts)]",
            "result = float(sum(scaled) / len(sample_weight))",
            "print(result)",
        ]
    )


def _joined(recipe: Recipe, body: str) -> str:
    """Put what prepares the arrays between the imports and the body."""
    head, _, rest = body.partition("\n\n")
    lines = _prepare(recipe)
    if any("np." in line for line in lines) and "import numpy" not in head:
        head += "\nimport numpy as np"
    return "\n".join([head, "", *lines, rest])


def _prepare(recipe: Recipe) -> list[str]:
    lines = recipe.reading.lines_for(recipe.source)
    labels_by_class = recipe.source == "sparse" or recipe.reading.by_class(recipe.source)
    if recipe.kind == "one_hot" and labels_by_class:
        cells = "y_true.reshape(-1, 1) == np.arange(y_pred.shape[1])"
        lines.append(f"y_true = ({cells}).astype(float)  # one-hot rows")
    for name in recipe.before:
        if name == "logit":
            lines += _UNDO_SIGMOID
        else:
            lines += activation_code(ACTIVATIONS[name], recipe.kind, "y_pred")
    if recipe.averaging == "tail_dropped":
        lines += [
            f"kept = len(y_pred) // {recipe.batch_size} * {recipe.batch_size}  # full batches",
            "y_true, y_pred = y_true[:kept], y_pred[:kept]",
        ]
        if recipe.weighting != "ignored":
            lines.append("sample_weight = sample_weight[:kept]")
    return lines
