"""From nodes to expressions of numpy or `keras.ops`, by way of Python's syntax tree."""

from __future__ import annotations

import ast
import math
from typing import Literal

import numpy as np

from metrics_core.formula.language.functions import COMPARISONS, FUNCTIONS
from metrics_core.formula.language.nodes import Node

Flavour = Literal["keras", "numpy"]
Kind = Literal["float", "whole", "bool"]
Written = tuple[ast.expr, Kind]
_ARITHMETIC: dict[str, ast.operator] = {
    "add": ast.Add(),
    "subtract": ast.Sub(),
    "multiply": ast.Mult(),
    "divide": ast.Div(),
    "floor_divide": ast.FloorDiv(),
    "mod": ast.Mod(),
    "power": ast.Pow(),
}
_UNSAFE = frozenset({"divide", "floor_divide", "mod", "power"})
"""What Python itself refuses for some numbers, where numpy gives NaN or an infinity."""
_SIGNS: dict[str, ast.cmpop] = {
    "equal": ast.Eq(),
    "not_equal": ast.NotEq(),
    "greater": ast.Gt(),
    "greater_equal": ast.GtE(),
    "less": ast.Lt(),
    "less_equal": ast.LtE(),
}
_LOGICAL: dict[str, ast.operator] = {"logical_and": ast.BitAnd(), "logical_or": ast.BitOr()}
_TAKES_TRUTH = frozenset({"mean", "any", "all"})
_WHOLE_LITERALS = frozenset({*_ARITHMETIC, *_SIGNS, "maximum", "minimum", "clip"})
_CONSTANTS = {"pi": math.pi, "e": math.e}


class Writer:
    """Writes expressions of one flavour and notes which helpers they call.

    Attributes
    ----------
    flavour : {"keras", "numpy"}
    helpers : set of str
        ``sigmoid`` and ``softmax`` of numpy, which has neither.
    """

    def __init__(self, flavour: Flavour) -> None:
        self.flavour: Flavour = flavour
        self._module = "np" if flavour == "numpy" else "ops"
        self.helpers: set[str] = set()

    def expression(self, node: Node) -> ast.expr:
        """Write a node and all below it."""
        return self._write(node)[0]

    def _write(self, node: Node, *, whole: bool = False) -> Written:
        """Write a node; `whole` allows a literal such as 1 instead of 1.0."""
        if node.op == "number" or node.name in _CONSTANTS:
            value = _CONSTANTS.get(node.name, node.value)
            short = whole and value.is_integer() and value < 1e6
            return ast.Constant(int(value) if short else value), "float"
        if node.op == "name":
            return ast.Name(node.name), "float"
        row = FUNCTIONS[node.op]
        if row.how == "reduce":
            return self._reduction(node)
        if node.op in COMPARISONS:
            return self._comparison(node), "bool"
        if node.op.startswith("logical_"):
            return self._logic(node), "bool"
        if node.op == "argmax":
            expression = self._call("argmax", [self._float(node.parts[0])], by_sample=True)
            return (
                (self._cast(expression), "float")
                if self.flavour == "keras"
                else (expression, "whole")
            )
        if node.op in ("sigmoid", "softmax") and self.flavour == "numpy":
            self.helpers.add(node.op)
            return ast.Call(ast.Name(node.op), [self._float(node.parts[0])], []), "float"
        first = node.parts[0]
        whole = node.op in _WHOLE_LITERALS and not node.single
        condition = node.op == "where"
        parts = [self._write(first)[0]] if condition else [self._float(first, whole=whole)]
        parts += [self._float(part, whole=whole) for part in node.parts[1:]]
        if node.op == "negative":
            return ast.UnaryOp(ast.USub(), parts[0]), "float"
        if node.op in _ARITHMETIC and not (node.single and node.op in _UNSAFE):
            return ast.BinOp(parts[0], _ARITHMETIC[node.op], parts[1]), "float"
        return self._call(node.op, parts), "bool" if row.truth else "float"

    def _float(self, node: Node, *, whole: bool = False) -> ast.expr:
        expression, kind = self._write(node, whole=whole)
        return expression if kind == "float" else self._cast(expression)

    def _cast(self, expression: ast.expr) -> ast.expr:
        if self.flavour == "numpy":
            return ast.BinOp(ast.Constant(1.0), ast.Mult(), expression)
        return self._call("cast", [expression, ast.Constant("float32")])

    def _call(self, name: str, parts: list[ast.expr], *, by_sample: bool = False) -> ast.expr:
        function = ast.Attribute(ast.Name(self._module), name)
        axis = [
            ast.keyword("axis", ast.UnaryOp(ast.USub(), ast.Constant(1))),
            ast.keyword("keepdims", ast.Constant(value=True)),
        ]
        return ast.Call(function, parts, axis if by_sample else [])

    def _reduction(self, node: Node) -> Written:
        row, part = FUNCTIONS[node.op], node.parts[0]
        name = node.op
        if name in _TAKES_TRUTH:
            expression = self._write(part)[0]
        elif name == "size":
            name, expression = "sum", self._call("ones_like", [self._float(part)])
        elif name == "count_nonzero":
            expression, kind = self._write(part)
            if kind != "bool":
                expression = self._compared("not_equal", expression, ast.Constant(0))
            name, expression = "sum", self._cast(expression)
        else:
            expression = self._float(part)
        return self._call(name, [expression], by_sample=node.by_sample), (
            "bool" if row.truth else "float"
        )

    def _compared(self, op: str, left: ast.expr, right: ast.expr) -> ast.expr:
        if self.flavour == "numpy":
            return ast.Compare(left, [_SIGNS[op]], [right])
        return self._call(op, [left, right])

    def _comparison(self, node: Node) -> ast.expr:
        sides = []
        for part in node.parts:
            expression = self._float(part, whole=not node.single)
            if self.flavour == "numpy" and part.single and not node.single and not _is_plain(part):
                expression = self._call("float32", [expression])
            sides.append(expression)
        return self._compared(node.op, *sides)

    def _logic(self, node: Node) -> ast.expr:
        """Write & | ~ where both sides are arrays of numpy's bool, and calls elsewhere."""
        written = [self._write(part) for part in node.parts]
        parts = [expression for expression, _ in written]
        arrays = all(kind == "bool" for _, kind in written)
        arrays = arrays and not any(part.single for part in node.parts)
        if not arrays or self.flavour == "keras":
            return self._call(node.op, parts)
        if node.op == "logical_not":
            return ast.UnaryOp(ast.Invert(), parts[0])
        return ast.BinOp(parts[0], _LOGICAL[node.op], parts[1])


def _is_plain(node: Node) -> bool:
    """Whether the node is a literal that float32 holds exactly."""
    number = node.parts[0] if node.op == "negative" else node
    with np.errstate(over="ignore"):
        return number.op == "number" and float(np.float32(number.value)) == number.value
