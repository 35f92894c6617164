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

_EXP = "exps = np.exp(y_pred - y_pred.max(axis=1, keepdims=True))"
_ACTIVATION = {
    "none": (),
    "sigmoid": (
        "small = np.exp(-np.abs(y_pred))  # cannot overflow",
        "scores = np.where(y_pred >= 0, 1, small) / (1 + small)",
    ),
    "softmax": (_EXP, "scores = exps / exps.sum(axis=1, keepdims=True)"),
}
_DECISION = {
    "none": (),
    "round": ("decided = np.rint({s})  # halves to the even number",),
    "threshold": ("decided = {s} > {t}",),
    "argmax": ("decided = np.argmax({s}, axis=1)",),
    "rank": (
        "own = np.take_along_axis({s}, {c}[:, None], axis=1)",
        "higher = ({s} > own).sum(axis=1)",
    ),
}
_COMPARISON = {
    "equal": ("matches = {y} == {d}",),
    "equal_class": ("matches = {y} == {d}",),
    "equal_as_positive": ("positive = y_true != 0", "matches = positive == {d}"),
    "all_equal": ("matches = ({y} == {d}).all(axis=1)",),
    "in_top_k": ("matches = higher < {k}",),
    "absolute_error": ("errors = np.abs({s} - {y})",),
    "squared_error": ("errors = ({s} - {y}) ** 2",),
    "own": (),
    "none": (),
}
_VALUES = {"own": "values", "absolute_error": "errors", "squared_error": "errors", "none": "{s}"}
COUNTED = {
    "decided_positive": ("{d} & positive", "{d}"),
    "actual_positive": ("{d} & positive", "positive"),
    "f_beta": ("(1 + {b}**2) * ({d} & positive)", "{d} + {b}**2 * positive"),
}
"""Hits and counts of the aggregations that do not count every sample."""


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
        leaves the number in `result`. One output a sample may come as ``(n,)`` or ``(n, 1)``. A
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
    decision, how = row.decision_for(kind), averaging(row, kind, settings)
    scores = "y_pred" if settings.activation == "none" else "scores"
    lines = list(_ACTIVATION[settings.activation])
    if kind in ONE_OUTPUT:
        lines.insert(0, "y_true, y_pred = y_true.reshape(-1), y_pred.reshape(-1)")
        if settings.activation == "softmax":
            lines[1:] = ["scores = np.ones(len(y_pred))  # softmax over a single output"]
    elif kind == "sparse":
        lines.insert(0, "y_true = y_true.reshape(-1)")
    own = "y_true" if kind in CLASS_INDICES else "true_class"
    by_class = how == "per_class" or settings.class_weight is not None
    if own == "true_class" and (by_class or row.comparison in ("equal_class", "in_top_k")):
        lines.append("true_class = np.argmax(y_true, axis=1)")
    labels = own if row.comparison == "equal_class" else "y_true"
    if decision in ("none", "round") and row.comparison not in ("none", "own"):
        lines.append(f"labels = y_true.astype(np.result_type({scores}, 0.0))  # as Keras casts")
        labels = "labels"
    names = {
        "s": scores,
        "t": threshold_code(settings.threshold),
        "c": own if own == "true_class" else f"{own}.astype(int)",
        "y": labels,
        "d": scores if decision == "none" else "decided",
        "k": settings.k,
        "b": repr(float(settings.beta)),
    }
    compared = _COMPARISON[row.comparison]
    if row.aggregation in COUNTED:
        compared = compared[:1]
    weights = class_weight_code(settings, own)
    if settings.weighted and has_weight:
        factor = "weights * " if weights else ""
        weights.append(f"weights = {factor}sample_weight.astype(float)")
    called = []
    if row.function is not None:
        size = settings.batch_size if how == "batch_means" else None
        called = row.function.call_code(scores, "weights" if weights else "None", size)
    values = _VALUES.get(row.comparison, "matches").format(**names)
    wide = _is_wide(row, kind)
    counted = [part.format(**names) for part in COUNTED.get(row.aggregation, ())]
    if counted:
        factor = (" * weights[:, None]" if wide else " * weights") if weights else ""
        hits, counts = (f"({part}){factor}" if factor else part for part in counted)
        weights += [f"hits = {hits}", f"counts = {counts}"]
    elif weights:
        values = f"{values}.mean(axis=1, dtype=float)" if wide else values
        weights += [*called, f"hits = {values} * weights", "counts = weights"]
    steps = [line.format(**names) for line in (*_DECISION.get(decision, ()), *compared)]
    steps += [] if weights else called
    exact = "" if values == "matches" else "dtype=float"
    result = _result(how, "" if weights else values, exact, own, settings.batch_size)
    head = ["import numpy as np"]
    if row.function is not None:
        head += ["", row.function.import_code()]
    return "\n".join([*head, "", *lines, *steps, *weights, *result, "print(result)"])


def _result(how: str, values: str, exact: str, own: str, batch_size: int) -> list[str]:
    """Step 4: of plain values, or (no `values`) of hits over counts."""
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
    """Name step 4 as `evaluate` takes it: ``mean``, ``per_class`` or ``batch_means``.

    Examples
    --------
    >>> from metrics_core.catalog.rows import CATALOG
    >>> averaging(CATALOG["balanced_accuracy"], "binary", Settings())
    'per_class'
    >>> averaging(CATALOG["f_beta"], "binary", Settings(aggregation="per_class"))
    'mean'
    """
    how = settings.aggregation or row.aggregation
    counted = row.aggregation in COUNTED
    if how == "per_class" and (counted or kind == "multi_label" or _is_wide(row, kind)):
        return "mean"
    return how if how in ("per_class", "batch_means") else "mean"


def _is_wide(row: Variant, kind: Kind) -> bool:
    """Whether the elements of a sample are compared apart."""
    single = row.decision_for(kind) in ("argmax", "rank") or row.comparison in ("all_equal", "own")
    return kind not in ONE_OUTPUT and not single


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
