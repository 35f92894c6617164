"""The few lines of Keras 3 that give the number on a card, put together as those of numpy are."""

from __future__ import annotations

from metrics_core.catalog.variant import Variant
from metrics_core.codegen.numpy_code import averaging, class_weight_code, threshold_code
from metrics_core.kinds import CLASS_INDICES, ONE_OUTPUT, Kind
from metrics_core.settings import Settings
from metrics_core.steps.activation import ACTIVATIONS


def keras_code(row: Variant, kind: Kind, settings: Settings, *, has_weight: bool) -> str:
    """Write the Keras 3 code that gives the number of a variant.

    Parameters
    ----------
    row, kind, settings, has_weight
        See `numpy_code`.

    Returns
    -------
    str
        As from `numpy_code`. Keras sums in float32, so that the last digits differ; its F-beta
        adds 1e-7 to every denominator. Many metrics cast float64 outputs to float32 first. What
        Keras has no metric for is a few lines of `keras.ops`. Outputs that are not floating
        numbers are taken where no activation is applied.

    Examples
    --------
    >>> from metrics_core.catalog.rows import CATALOG
    >>> print(keras_code(CATALOG["precision"], "multi_label", Settings(), has_weight=False))
    import keras
    <BLANKLINE>
    metric = keras.metrics.Precision(thresholds=0.5)
    result = float(metric(y_true, y_pred))
    print(result)
    """
    how, compared = averaging(row, kind, settings), row.comparison
    activation = ACTIVATIONS[settings.activation]
    scores = "y_pred" if activation.function is None else "scores"
    lines = []
    if kind in ONE_OUTPUT:
        shape = "-1" if compared.custom else "-1, 1"
        lines.append(f"y_true, y_pred = y_true.reshape({shape}), y_pred.reshape({shape})")
    elif kind == "sparse":
        lines.append("y_true = y_true.reshape(-1)")
    if activation.keras_one_output and kind in ONE_OUTPUT:
        lines.append(f"scores = {activation.keras_one_output}")
    elif scores == "scores":
        outputs = 'keras.ops.cast(y_pred, "float32")' if kind == "class_indices" else "y_pred"
        lines.append(f"scores = keras.ops.{activation.name}({outputs})")
    labels = "np.argmax(y_true, axis=1)" if kind not in CLASS_INDICES else "y_true.reshape(-1)"
    labels = "y_true" if kind == "sparse" else labels
    if how == "per_class" or settings.class_weight is not None:
        lines.append(f"labels = {labels}")
    weights = class_weight_code(settings, "labels")
    weight = "weights" if weights else ""
    if settings.weighted and has_weight:
        if weights:
            weights.append("weights = weights * sample_weight")
        weight = weight or "sample_weight"
    prepare, metric, given = _keras_metric(row, kind, settings, scores)
    size = settings.batch_size if how == "batch_means" else None
    called = compared.call_code(scores, weight or "None", size)
    if called is not None:
        if scores == "scores":
            lines.append("scores = keras.ops.convert_to_numpy(scores)")
        prepare, weights = weights, called
    lines += [*prepare, *weights, f"metric = keras.metrics.{metric}"]
    lines += _keras_result(how, given, weight, settings.batch_size)
    head = ["import keras"]
    if any("np." in line for line in lines):
        head.append("import numpy as np")
    if compared.code_imports():
        head += ["", *compared.code_imports()]
    return "\n".join([*head, "", *lines, "print(result)"])


def _keras_metric(
    row: Variant, kind: Kind, settings: Settings, scores: str
) -> tuple[list[str], str, list[str]]:
    """Lines that prepare, the metric, and the arguments to call it with."""
    decision = row.decision_for(kind)
    whole = "" if row.aggregation.counted else row.comparison.keras_metric(decision, kind, settings)
    if whole:
        lines = [f'scores = keras.ops.cast({scores}, "float32")'] if decision.casts else []
        return lines, whole, ["y_true", "scores" if decision.casts else scores]
    lines, decided, limit = _keras_decision(row, kind, float(settings.threshold), scores)
    if row.aggregation.counted:
        return lines, row.aggregation.keras_metric(limit, settings), ["y_true", decided]
    prepare, metric, given = row.comparison.keras(decided)
    return [*lines, *prepare], metric, given


def _keras_decision(
    row: Variant, kind: Kind, threshold: float, scores: str
) -> tuple[list[str], str, float]:
    """Step 3 in `keras.ops`, the name of its outcome, and the threshold left for the metric.

    Precision, Recall and F-beta take thresholds from 0 to 1 only, and cast outputs to float32, so
    that a float64 score beside a rounded threshold could change sides: decide before them then.
    """
    decision, limit = row.decision_for(kind), threshold_code(threshold)
    taken = 0 < threshold <= 1 and limit == repr(threshold)
    if not decision.numpy or (
        decision.boundary == "threshold" and row.aggregation.counted and taken
    ):
        return [], scores, threshold
    return [f"decided = {decision.keras.format(s=scores, t=limit)}"], "decided", 0.5


def _keras_result(how: str, given: list[str], weight: str, batch_size: int) -> list[str]:
    """Step 5: one call of the metric, or one per class or batch and their mean."""

    def call(arguments: list[str], weight: str) -> str:
        return f"float(metric({', '.join(arguments)}{weight and f', sample_weight={weight}'}))"

    if how == "mean":
        return [f"result = {call(given, weight)}"]
    if how == "per_class":
        loop = f"for c in np.unique(labels{weight and f'[{weight} > 0]'}):"
        inside = f"{weight} * (labels == c)" if weight else "(labels == c)"
        call_line = call(given, inside)
    else:
        cut = f"[i : i + {batch_size}]"
        loop = f"for i in range(0, len(y_true), {batch_size}):"
        call_line = call([name + cut for name in given], weight and weight + cut)
    then = ["    metric.reset_state()", f"    means.append({call_line})"]
    end = "result = sum(means) / len(means) if means else 0.0"
    return ["means = []", loop, *then, end]
