"""The operators of the language, and the small questions that reading asks of the syntax."""

from __future__ import annotations

import ast
import math

from metrics_core.formula.language.nodes import Node

HIGHEST_POWER = 16
TRUTHS: dict[type[ast.AST], str] = {ast.BitAnd: "&", ast.BitOr: "|"}
OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.FloorDiv: "floor_divide",
    ast.Mod: "mod",
    ast.Pow: "power",
    ast.USub: "negative",
    ast.Invert: "logical_not",
    ast.Eq: "equal",
    ast.NotEq: "not_equal",
    ast.Gt: "greater",
    ast.GtE: "greater_equal",
    ast.Lt: "less",
    ast.LtE: "less_equal",
    ast.BitAnd: "logical_and",
    ast.BitOr: "logical_or",
}


def as_float(value: float) -> float:
    """Convert a whole number of any length; infinity where float64 has no room for it.

    Examples
    --------
    >>> as_float(2), as_float(10**400)
    (2.0, inf)
    """
    try:
        return float(value)
    except OverflowError:
        return math.inf


def is_minus_one(tree: ast.expr) -> bool:
    """Whether an argument is the axis -1, written so.

    Examples
    --------
    >>> is_minus_one(ast.parse("-1", mode="eval").body)
    True
    """
    match tree:
        case ast.UnaryOp(ast.USub(), ast.Constant(value)):
            return type(value) is int and value == 1
    return False


def is_exponent(node: Node) -> bool:
    """Whether the node is a number, or minus a number, that an exponent may be."""
    number = node.parts[0] if node.op == "negative" else node
    return number.op == "number" and number.value <= HIGHEST_POWER


def balanced(text: str, column: int, end: int) -> tuple[int, int]:
    """Take in the parentheses around the first and the last operand.

    Examples
    --------
    >>> balanced("(a + b) < c", 1, 11)
    (0, 11)
    """
    while text[column:end].count("(") > text[column:end].count(")"):
        end = text.index(")", end) + 1
    while text[column:end].count("(") < text[column:end].count(")"):
        column = text.rindex("(", 0, column)
    return column, end
