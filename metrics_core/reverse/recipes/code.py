"""The code of a recipe: what prepares the arrays, then the code of its row of the catalogue."""

from __future__ import annotations

from metrics_core.codegen.keras_code import keras_code
from metrics_core.codegen.numpy_code import activation_code, numpy_code
from metrics_core.reverse.recipes.metric_code import metric_code
from metrics_core.reverse.recipes.recipe import Recipe
from metrics_core.steps.activation import ACTIVATIONS

_UNDO_SIGMOID = (
    'with np.errstate(divide="ignore"):',
    "    y_pred = np.log(y_pred) - np.log1p(-y_pred)  # undo the sigmoid",
)
_COUNTED = (
    "each, counts = np.unique(y_true, return_counts=True)  # all n labels against all n outputs",
    "matches = sum(count * np.sum({decided} == label) for label, count in zip(each, counts))",
)
_MATCHES = "right = np.asarray({matches}, dtype=float)"
_STARTS = "starts = range(0, len(right), {size})"
_LAST: dict[str, tuple[str, ...]] = {
    "broadcast": (*_COUNTED, "result = float(matches / len(y_true) ** 2)"),
    "broadcast_sum": (*_COUNTED, "result = float(matches / len(y_true))"),
    "broadcast_batches": (
        "labels, chosen = y_true.reshape(-1), np.asarray({decided}).reshape(-1)",
        "result = 0.0",
        "for i in range(0, len(labels), {size}):  # each label against each output",
        "    part, other = labels[i : i + {size}], chosen[i : i + {size}]",
        "    result += float(np.sum(part[:, None] == other[None, :]) / len(labels))",
    ),
    "per_batch": (_MATCHES, _STARTS, "result = float(right.sum() / len(starts))"),
    "per_full_batch": (
        _MATCHES,
        "full = len(right) // {size}",
        "result = float(right[: full * {size}].sum() / full)",
    ),
    "per_batch_size": (_MATCHES, "result = float(right.sum() / {size})"),
    "batch_sum": (
        _MATCHES,
        _STARTS,
        "result = float(sum(right[i : i + {size}].mean() for i in starts))",
    ),
    "number": (_MATCHES, "result = float(right.sum())"),
}
"""Last steps that no row of the catalogue takes."""
_OVER_SAMPLES = (
    "y_pred = np.exp(y_pred.astype(float) - y_pred.max(axis=0))",
    "y_pred = y_pred / y_pred.sum(axis=0)  # over the samples, not the classes",
)


def numpy_recipe(recipe: Recipe) -> str:
    """Write numpy code for arrays `y_true`, `y_pred` and, where used, `sample_weight`."""
    if recipe.metric is not None:
        return metric_code(recipe, recipe.metric, _prepare(recipe), library=False)
    body = numpy_code(recipe.row, recipe.kind, recipe.settings, has_weight=True)
    if recipe.weighting == "by_count":
        body = _by_count(body, recipe.batch_size, "hit for hit, _ in pairs")
    elif recipe.averaging in _LAST:
        body = _decided(recipe, body)
    return _joined(recipe, body)


def keras_recipe(recipe: Recipe) -> str:
    """Write Keras 3 or scikit-learn code for the same arrays; what they have not is numpy."""
    if recipe.metric is not None:
        return metric_code(recipe, recipe.metric, _prepare(recipe), library=True)
    body = keras_code(recipe.row, recipe.kind, recipe.settings, has_weight=True)
    if recipe.weighting == "by_count":
        body = _by_count(body, recipe.batch_size, "m * w.sum() for m, w in zip(means, parts)")
    elif recipe.averaging in _LAST:  # Keras 3 does not
        return numpy_recipe(recipe)
    return _joined(recipe, body)


def _decided(recipe: Recipe, body: str) -> str:
    """Replace the mean over the matches by another last step."""
    kept = body.splitlines()[:-2]
    matches = "matches"
    if kept[-1].startswith("matches = ") and recipe.averaging.startswith("broadcast"):
        kept = kept[:-1]
    decided = "decided" if any(line.startswith("decided = ") for line in kept) else "y_pred"
    values = {"decided": decided, "size": recipe.batch_size, "matches": matches}
    last = [line.format(**values) for line in _LAST[recipe.averaging]]
    return "\n".join([*kept, *last, "print(result)"])


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
    by_column = recipe.reading.column is not None
    read = recipe.reading.lines_for(recipe.source)
    lines = [] if by_column else list(read)
    labels_by_class = recipe.source == "sparse" or recipe.reading.by_class(recipe.source)
    if recipe.kind == "one_hot" and labels_by_class:
        cells = "y_true.reshape(-1, 1) == np.arange(y_pred.shape[1])"
        lines.append(f"y_true = ({cells}).astype(float)  # one-hot rows")
    kind = recipe.source if by_column else recipe.kind
    for name in recipe.before:
        if name == "logit":
            lines += _UNDO_SIGMOID
        elif name == "softmax_samples":
            lines += _over_samples(recipe)
        else:
            lines += activation_code(ACTIVATIONS[name], kind, "y_pred")
    lines += read if by_column else []
    if recipe.averaging == "tail_dropped":
        lines += [
            f"kept = len(y_pred) // {recipe.batch_size} * {recipe.batch_size}  # full batches",
            "y_true, y_pred = y_true[:kept], y_pred[:kept]",
        ]
        if recipe.weighting != "ignored":
            lines.append("sample_weight = sample_weight[:kept]")
    return lines


def _over_samples(recipe: Recipe) -> list[str]:
    """Softmax down the columns, of all rows or of each batch."""
    if recipe.averaging != "within_batches":
        return list(_OVER_SAMPLES)
    size = recipe.batch_size
    return [
        "y_pred = y_pred.astype(float)",
        f"for i in range(0, len(y_pred), {size}):  # over the samples of each batch",
        f"    part = y_pred[i : i + {size}]",
        "    part[:] = np.exp(part - part.max(axis=0))",
        "    part /= part.sum(axis=0)",
    ]
