"""The code of a recipe whose metric is in no row of the catalogue."""

from __future__ import annotations

from metrics_core.codegen.numpy_code import threshold_code
from metrics_core.kinds import ONE_OUTPUT
from metrics_core.reverse.recipes.metrics.metric import Metric
from metrics_core.reverse.recipes.recipe import Recipe

_CUT = "y_true[i : i + {size}], y_pred[i : i + {size}], w[i : i + {size}]"


def metric_code(recipe: Recipe, metric: Metric, prepared: list[str], *, library: bool) -> str:
    """Write the code: what prepares the arrays, the decision, and the lines of the metric.

    Parameters
    ----------
    prepared : list of str
        Lines that read and activate `y_true` and `y_pred`.
    library : bool
        Whether to write the line of Keras or scikit-learn, where there is one.
    """
    weighted = recipe.weighting != "ignored"
    whole = recipe.averaging == "pooled"
    taken = metric.library if library and whole else ()
    imports, lines = _parted(taken) if taken else ([], list(metric.numpy))
    decided = _decision(recipe, metric)
    if taken:
        weight = ", sample_weight=sample_weight" if weighted else ""
        lines = [line.replace("{weight}", weight) for line in lines]
        body = [*decided, *lines]
    elif whole:
        body = [_weights(weighted), *decided, *lines]
    else:
        body = [_weights(weighted), *_in_batches(recipe, metric, [*decided, *lines])]
    head = imports
    every = [*prepared, *_shapes(recipe, metric), *body, "print(result)"]
    if any("np." in line for line in every):
        head = ["import numpy as np", *imports]
    return "\n".join([*head, "", *every])


def _parted(lines: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The imports, and what follows the empty line."""
    at = lines.index("")
    return list(lines[:at]), list(lines[at + 1 :])


def _weights(weighted: bool) -> str:
    return "w = sample_weight.astype(float)" if weighted else "w = np.ones(len(y_true))"


def _decision(recipe: Recipe, metric: Metric) -> list[str]:
    if metric.decision.name == "rank" or not any("decided" in line for line in metric.numpy):
        return []
    threshold = threshold_code(recipe.threshold)
    lines = metric.decision.numpy or ("decided = {s}",)
    return [line.format(s="y_pred", t=threshold) for line in lines]


def _shapes(recipe: Recipe, metric: Metric) -> list[str]:
    """Bring labels and outputs to the shapes that the metric takes."""
    lines = []
    if recipe.kind in ONE_OUTPUT:
        lines.append("y_true, y_pred = y_true.reshape(-1), y_pred.reshape(-1)")
    elif recipe.kind == "sparse":
        lines.append("y_true = y_true.reshape(-1)")
    elif metric.labels == "classes":
        lines.append("y_true = np.argmax(y_true, axis=1)")
    return lines


def _in_batches(recipe: Recipe, metric: Metric, lines: list[str]) -> list[str]:
    size = recipe.batch_size
    indented = [f"    {line}" if line else "" for line in lines]
    mean = "result = float(np.nanmean(values))  # of the batches that have a value"
    if metric.name != "batch_auc":
        mean = "result = float(np.mean(values))"
    if recipe.averaging == "by_length":
        mean = "result = float(np.average(values, weights=lengths))"
    return [
        "",
        "def of_batch(y_true, y_pred, w):",
        *indented,
        "    return result",
        "",
        f"starts = range(0, len(y_true), {size})",
        f"values = [of_batch({_CUT.format(size=size)}) for i in starts]",
        f"lengths = [len(y_true[i : i + {size}]) for i in starts]",
        mean,
    ]
