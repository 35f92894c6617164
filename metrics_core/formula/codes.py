"""The code that equals a formula, in numpy or in Keras 3."""

from __future__ import annotations

import ast
import builtins

from metrics_core.formula.language.nodes import ARRAYS, Formula, Node
from metrics_core.formula.writing import Flavour, Writer
from metrics_core.steps.activation import Activation

_RESERVED = ARRAYS | {"columns", "keras", "metrics", "np", "ops", "result", "threshold", "k"}
_PARAMETERS = ("y_true", "y_pred", "decisions", "matches", "sample_weight")
_HEAD = {
    "numpy": (
        "import numpy as np",
        "",
        "",
        "def columns(x):",
        "    return np.asarray(x, dtype=float).reshape(len(x), -1)",
    ),
    "keras": (
        "from keras import metrics, ops",
        "",
        "",
        "def columns(x):",
        '    x = ops.cast(x, "float32")',
        "    return ops.expand_dims(x, -1) if len(x.shape) == 1 else x",
    ),
}
_HELPERS = {
    "sigmoid": (
        "def sigmoid(x):",
        "    small = np.exp(-np.abs(x))  # cannot overflow",
        "    return np.where(x >= 0, 1, small) / (1 + small)",
    ),
    "softmax": (
        "def softmax(x):",
        "    exps = np.exp(x - np.max(x, axis=-1, keepdims=True))",
        "    return exps / np.sum(exps, axis=-1, keepdims=True)",
    ),
}


def code(
    formula: Formula,
    flavour: Flavour,
    *,
    threshold: float = 0.5,
    k: int = 5,
    activation: Activation = "none",
    weighted: bool = False,
) -> str:
    """Write the code that gives the value of a formula.

    Parameters
    ----------
    formula : Formula
    flavour : {"keras", "numpy"}
        Keras 3 computes in float32, so that the last digits differ.
    threshold, k
        What those names stand for.
    activation : {"none", "sigmoid", "softmax"}
        What turns `y_pred` into `scores`.
    weighted : bool
        Whether values per sample are weighted with `sample_weight`.

    Returns
    -------
    str
        One function per metric, which Keras's ``compile(metrics=[...])`` takes where it needs only
        labels and outputs, and lines that leave the number (or a dictionary of them) in `result`.
        The code expects the arrays `decisions`, `matches` and `sample_weight` where the formula
        uses them. It stands for finite values; a sum of weights of 0 is not caught.

    Examples
    --------
    >>> from metrics_core.formula.language.parsing import parse
    >>> print(code(parse("mean(round(y_pred) == y_true)"), "numpy"))
    import numpy as np
    <BLANKLINE>
    <BLANKLINE>
    def columns(x):
        return np.asarray(x, dtype=float).reshape(len(x), -1)
    <BLANKLINE>
    <BLANKLINE>
    def metric(y_true, y_pred):
        y_true = columns(y_true)
        y_pred = columns(y_pred)
        return np.mean(np.round(y_pred) == y_true)
    <BLANKLINE>
    <BLANKLINE>
    result = float(metric(y_true, y_pred))
    print(result)
    """
    writer = Writer(flavour)
    names = _function_names(formula)
    blocks = [_function(top, names[metric], writer, activation) for metric, top in formula.metrics]
    used = writer.helpers | ({activation} & {*_HELPERS} if "scores" in formula.names else set())
    helpers = [_HELPERS[name] for name in sorted(used)] if flavour == "numpy" else []
    constants = [
        f"{name} = {float(value)!r}"
        for name, value in (("threshold", threshold), ("k", k))
        if name in formula.names
    ]
    results = {
        metric: _result(top, names[metric], flavour, weighted=weighted)
        for metric, top in formula.metrics
    }
    if [*results] == ["metric"]:
        end = [f"result = {results['metric']}"]
    else:
        end = ["result = {", *(f'    "{key}": {value},' for key, value in results.items()), "}"]
    alone = all(not _more(top) for _, top in formula.metrics)
    if flavour == "keras" and alone:
        end.append(f"# model.compile(..., metrics=[{', '.join(names.values())}])")
    parts = [_HEAD[flavour], *helpers, *([tuple(constants)] if constants else []), *blocks]
    return "\n\n\n".join("\n".join(part) for part in (*parts, (*end, "print(result)")))


def _more(top: Node) -> list[str]:
    """The arrays that a metric needs besides labels, outputs and scores."""
    used = {node.name for node in top.walk()}
    return [name for name in _PARAMETERS[2:] if name in used]


def _function(top: Node, name: str, writer: Writer, activation: Activation) -> tuple[str, ...]:
    used = {node.name for node in top.walk()}
    lines = [f"def {name}({', '.join([*_PARAMETERS[:2], *_more(top)])}):"]
    if "scores" in used:
        lines.append(f"    scores = {_scores(writer, activation)}")
    lines += [f"    {array} = columns({array})" for array in _PARAMETERS if array in used]
    return (*lines, f"    return {ast.unparse(writer.expression(top))}")


def _scores(writer: Writer, activation: Activation) -> str:
    if activation == "none":
        return "columns(y_pred)"
    if writer.flavour == "keras":
        return f"ops.{activation}(columns(y_pred))"
    return f"columns({activation}(np.reshape(y_pred, (len(y_pred), -1))))"


def _result(top: Node, name: str, flavour: Flavour, *, weighted: bool) -> str:
    call = f"{name}({', '.join([*_PARAMETERS[:2], *_more(top)])})"
    if flavour == "numpy" and top.single:
        return f"float({call})"
    if top.single or not weighted:
        return f"float({'np' if flavour == 'numpy' else 'ops'}.mean({call}))"
    if flavour == "numpy":
        return f"float(np.average(np.mean({call}, axis=-1), weights=sample_weight))"
    return f"float(metrics.Mean()(ops.mean({call}, axis=-1), sample_weight=sample_weight))"


def _function_names(formula: Formula) -> dict[str, str]:
    """Name each function as its metric, unless the code uses that name for something else."""
    taken: set[str] = {metric for metric, _ in formula.metrics}
    names = {}
    for metric, _ in formula.metrics:
        name = metric
        while name in _RESERVED or name in _HELPERS or hasattr(builtins, name):
            name += "_metric"
            while name in taken:
                name += "_"
        taken.add(name)
        names[metric] = name
    return names
