"""The few lines of numpy that give the number on a card.

They are put together from a row's choice at each step, so that a new row of the catalogue has its
code at once. The code stands for finite outputs and class indices in range; where the highest
outputs of a row are 0.0 and -0.0, numpy takes the first and Keras the 0.0.
"""

from __future__ import annotations

import numpy as np

from metrics_core.catalog.variant import Variant
from metrics_core.kinds import CLASS_INDICES, ONE_OUTPUT, Kind
from metrics_core.settings import Settings
from metrics_core.steps.activation import ACTIVATIONS, ActivationChoice
from metrics_core.steps.choices.aggregation import AVERAGES


def numpy_code(row: Variant, kind: Kind, settings: Settings, *, has_weight: bool) -> str:
    """Write the numpy code that gives the number of a variant.

    Parameters
    ----------
    row : Variant
        A row of the catalogue that fits `kind`.
    kind : {"binary", "one_hot", "sparse", "multi_label", "class_indices"}
    settings : Settings
        All of them are followed.
    has_weight : bool
        Whether there is a `sample_weight`; it is used where ``settings.weighted``.

    Returns
    -------
    str
        Code for arrays `y_true`, `y_pred` and, where used, `sample_weight` of shape ``(n,)``, that
        leaves the number in `result`. One output per sample may come as ``(n,)`` or ``(n, 1)``. A
        score equal to the threshold is class 0; where nothing counts the result is 0.0.

    Examples
    --------
    >>> from metrics_core.catalog.rows import CATALOG
    >>> print(numpy_code(CATALOG["subset_accuracy"], "multi_label", Settings(), has_weight=False))
    import numpy as np
    <BLANKLINE>
    decided = y_pred > 0.5
    matches = (y_true == decided).all(axis=1)
    result = float(np.mean(matches))
    print(result)
    """
    decision, compared = row.decision_for(kind), row.comparison
    activation, how = ACTIVATIONS[settings.activation], averaging(row, kind, settings)
    scores = "y_pred" if activation.function is None else "scores"
    lines = []
    if kind in ONE_OUTPUT:
        lines.append("y_true, y_pred = y_true.reshape(-1), y_pred.reshape(-1)")
    elif kind == "sparse":
        lines.append("y_true = y_true.reshape(-1)")
    lines += activation_code(activation, kind, scores)
    own = "y_true" if kind in CLASS_INDICES else "true_class"
    classes = how == "per_class" or settings.class_weight is not None
    needs_class = classes or compared.by_class or decision.ordered
    if own == "true_class" and needs_class:
        lines.append("true_class = np.argmax(y_true, axis=1)")
    labels = own if compared.by_class else "y_true"
    casts = decision.boundary != "threshold" and not decision.ordered and compared.casts_label
    if casts:
        lines.append(f"labels = y_true.astype(np.result_type({scores}, 0.0))  # as Keras casts")
        labels = "labels"
    names = {
        "s": scores,
        "t": threshold_code(settings.threshold),
        "c": own if own == "true_class" else f"{own}.astype(int)",
        "y": labels,
        "d": "decided" if decision.numpy else scores,
        "k": settings.k,
        "b": repr(float(settings.beta)),
    }
    weights = class_weight_code(settings, own)
    if settings.weighted and has_weight:
        factor = "weights * " if weights else ""
        weights.append(f"weights = {factor}sample_weight.astype(float)")
    size = settings.batch_size if how == "batch_means" else None
    called = compared.call_code(scores, "weights" if weights else "None", size) or []
    values = compared.values_name.format(**names)
    wide = row.elementwise(kind)
    counted = [part.format(**names) for part in row.aggregation.counted]
    if counted:
        factor = (" * weights[:, None]" if wide else " * weights") if weights else ""
        hits, counts = (f"({part}){factor}" if factor else part for part in counted)
        weights += [f"hits = {hits}", f"counts = {counts}"]
    elif weights:
        values = f"{values}.mean(axis=1, dtype=float)" if wide else values
        weights += [*called, f"hits = {values} * weights", "counts = weights"]
    matches = compared.numpy[:1] if counted else compared.numpy
    steps = [line.format(**names) for line in (*decision.numpy, *matches)]
    steps += [] if weights else called
    exact = "" if values == "matches" else "dtype=float"
    result = _result(how, "" if weights else values, exact, own, settings.batch_size)
    head = ["import numpy as np"]
    if compared.code_imports():
        head += ["", *compared.code_imports()]
    return "\n".join([*head, "", *lines, *steps, *weights, *result, "print(result)"])


def activation_code(activation: ActivationChoice, kind: Kind, scores: str) -> list[str]:
    """Write the lines that apply an activation to `y_pred`.

    Parameters
    ----------
    scores : str
        What the result is called.

    Examples
    --------
    >>> activation_code(ACTIVATIONS["softmax"], "binary", "scores")
    ['scores = np.ones(len(y_pred))  # softmax over a single output']
    """
    lines = activation.numpy
    if kind in ONE_OUTPUT and activation.numpy_one_output:
        lines = activation.numpy_one_output
    return [line.format(scores=scores) for line in lines]


def _result(how: str, values: str, exact: str, own: str, batch_size: int) -> list[str]:
    """Step 5: of plain values, or (no `values`) of hits over counts."""
    cut = f"[i : i + {batch_size}]"
    if values and how == "mean":
        return [f"result = float(np.mean({values}{', ' if exact else ''}{exact}))"]
    if values and how == "per_class":
        means = f"[{values}[{own} == c].mean({exact}) for c in np.unique({own})]"
        return [f"means = {means}", "result = float(np.mean(means))"]
    if values:
        return [
            f"starts = range(0, len({values}), {batch_size})",
            f"result = float(np.mean([{values}{cut}.mean({exact}) for i in starts]))",
        ]
    if how == "mean":
        return ["result = float(hits.sum() / counts.sum()) if counts.any() else 0.0"]
    if how == "per_class":
        mean = f"hits[{own} == c].sum() / counts[{own} == c].sum()"
        return [
            f"seen = np.unique({own}[counts > 0])",
            f"means = [{mean} for c in seen]",
            "result = float(np.mean(means)) if means else 0.0",
        ]
    return [
        f"starts = range(0, len(hits), {batch_size})",
        f"pairs = [(hits{cut}.sum(), counts{cut}.sum()) for i in starts]",
        "result = float(np.mean([hit / count if count else 0.0 for hit, count in pairs]))",
    ]


def averaging(row: Variant, kind: Kind, settings: Settings) -> str:
    """Name step 5 as `evaluate` takes it: ``mean``, ``per_class`` or ``batch_means``.

    Examples
    --------
    >>> from metrics_core.catalog.rows import CATALOG
    >>> averaging(CATALOG["balanced_accuracy"], "binary", Settings())
    'per_class'
    >>> averaging(CATALOG["f_beta"], "binary", Settings(aggregation="per_class"))
    'mean'
    """
    how = row.aggregation if settings.aggregation is None else AVERAGES[settings.aggregation]
    if how.by_class:
        return "per_class" if row.averaged_by_class(kind) else "mean"
    return "batch_means" if how.by_batch else "mean"


def threshold_code(threshold: float) -> str:
    """Write the threshold: plain where every dtype holds it, else in float32, as Keras does.

    Examples
    --------
    >>> threshold_code(0.5), threshold_code(0.3)
    ('0.5', 'np.float32(0.3)')
    """
    text = repr(float(threshold))
    with np.errstate(over="ignore"):
        return text if float(np.float16(threshold)) == threshold else f"np.float32({text})"


def class_weight_code(settings: Settings, labels: str) -> list[str]:
    """Write the lines that give each sample the weight of its class; none without class weights.

    Examples
    --------
    >>> class_weight_code(Settings(class_weight=((1, 2),)), "y_true")[0]
    'class_weight = {1: 2.0}'
    """
    if settings.class_weight is None:
        return []
    pairs = [f"{int(label)}: {float(weight)!r}" for label, weight in settings.class_weight]
    return [
        f"class_weight = {{{', '.join(pairs)}}}",
        f"weights = np.array([class_weight.get(c, 1.0) for c in {labels}.tolist()])",
    ]
