"""From nodes to numbers: a walk over the parts, each through a row of the table of functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from metrics_core.formula.language.functions import COMPARISONS, FUNCTIONS
from metrics_core.formula.language.nodes import Formula, Node
from metrics_core.formula.language.refusal import FormulaError
from metrics_core.formula.values import Level, Value
from metrics_core.numeric.arrays import Array

Watch = Callable[[Node, Value], None]


def run(
    formula: Formula, top: Node, names: Mapping[str, Value], watch: Watch | None = None
) -> Value:
    """Compute one metric of a formula for batches of equal length.

    Parameters
    ----------
    formula : Formula
    top : Node
        The metric.
    names : mapping of str to Value
        Of arrays with the same batches and samples.
    watch : callable, optional
        Called with every part and its value, the inner ones first.

    Returns
    -------
    Value

    Raises
    ------
    FormulaError
        If operands differ in shape, a name has no value, or memory runs out.

    Notes
    -----
    A number that is compared with an array is rounded to float32 first, as Keras does: 0.3 means
    0.300000011920929. Everything else is float64.
    """
    try:
        with np.errstate(all="ignore"):
            return _value(formula, top, names, watch)
    except MemoryError:
        raise FormulaError(
            "must fit into the available memory",
            formula.text,
            top.column,
            top.end,
            "Leave out samples with a filter, or shorten the formula.",
        ) from None


def _value(formula: Formula, node: Node, names: Mapping[str, Value], watch: Watch | None) -> Value:
    match node.op:
        case "number":
            value = Value.number(node.value)
        case "name":
            value = _named(formula, node, names)
        case _:
            value = _called(
                formula, node, [_value(formula, part, names, watch) for part in node.parts]
            )
    if watch is not None:
        watch(node, value)
    return value


def _named(formula: Formula, node: Node, names: Mapping[str, Value]) -> Value:
    if node.name not in names:
        raise FormulaError(
            "must use only what these predictions have",
            formula.text,
            node.column,
            node.end,
            "Leave {name} out, or give it with the predictions.",
            name=node.name,
        )
    return names[node.name]


def _called(formula: Formula, node: Node, parts: list[Value]) -> Value:
    row = FUNCTIONS[node.op]
    arrays = [part.array for part in parts]
    if row.how == "reduce":
        axis = (2,) if node.by_sample else (1, 2)
        level: Level = "sample" if node.by_sample else "number"
        return Value(_wide(row.compute(arrays[0], axis=axis, keepdims=True)), level)
    if row.how == "row":
        rows = _wide(row.compute(arrays[0]))
        return Value(rows, parts[0].level if rows.shape[2] > 1 else "sample")
    level = _common(formula, node, parts)
    if node.op in COMPARISONS and level != "number":
        arrays = [
            part.array.astype(np.float32) if part.level == "number" else part.array
            for part in parts
        ]
    return Value(_wide(row.compute(*arrays)), level)


def _common(formula: Formula, node: Node, parts: list[Value]) -> Level:
    """The level of the arrays among the operands, which must have one shape."""
    found = [part for part in parts if part.level != "number"]
    if not found:
        return "number"
    first = found[0]
    for other in found[1:]:
        if other.array.shape != first.array.shape:
            raise FormulaError(
                "must combine values of the same shape, not {first} and {second} values per sample",
                formula.text,
                node.column,
                node.end,
                "Reduce to one value per sample first, with argmax(x), mean(x, -1) or max(x, -1).",
                first=first.array.shape[2],
                second=other.array.shape[2],
            )
    return first.level


def _wide(values: object) -> Array:
    return np.asarray(values, dtype=np.float64)
