"""The whitelist: which forms of Python's syntax mean what; everything else is refused."""

from __future__ import annotations

import ast
import math

from metrics_core.formula.language.advice import OTHERWISE, REFUSED, nearest
from metrics_core.formula.language.functions import FUNCTIONS
from metrics_core.formula.language.nodes import ARRAYS, NAMES, Node
from metrics_core.formula.language.operators import (
    HIGHEST_POWER,
    OPERATORS,
    TRUTHS,
    as_float,
    balanced,
    is_exponent,
    is_minus_one,
)
from metrics_core.formula.language.refusal import FormulaError
from metrics_core.messages import Message

DEEPEST = 30


class Reader:
    """Turns Python's syntax tree of one text into nodes.

    Parameters
    ----------
    text : str
        The whole formula.
    start : int
        How many characters come before the part that Python's parser saw.
    """

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start = text, start

    def refusal(
        self,
        tree: ast.expr | ast.keyword,
        rule: str | Message,
        hint: str | Message,
        **values: object,
    ) -> FormulaError:
        """The error that points at a part of the tree."""
        column, end = self._span(tree)
        return FormulaError(rule, self.text, column, end, hint, **values)

    def node(self, tree: ast.expr, depth: int = 1) -> Node:
        """Read one part and all below it.

        Raises
        ------
        FormulaError
            If the part is not in the language.
        """
        if depth > DEEPEST:
            raise self.refusal(
                tree,
                "must have at most {most} nested calculations",
                "Split it into several formulas; each + in a row counts as one calculation.",
                most=DEEPEST,
            )
        match tree:
            case ast.Constant():
                return self._number(tree)
            case ast.Name():
                return self._name(tree)
            case ast.UnaryOp():
                return self._unary(tree, depth)
            case ast.BinOp():
                return self._binary(tree, depth)
            case ast.Compare():
                return self._comparison(tree, depth)
            case ast.Call():
                return self._call(tree, depth)
        raise self.refusal(tree, *REFUSED.get(type(tree), OTHERWISE))

    def _span(self, tree: ast.expr | ast.keyword) -> tuple[int, int]:
        end = tree.col_offset + 1 if tree.end_col_offset is None else tree.end_col_offset
        return self.start + tree.col_offset, self.start + end

    def _number(self, tree: ast.Constant) -> Node:
        if isinstance(tree.value, (str, bytes)):
            raise self.refusal(tree, *REFUSED[ast.JoinedStr])
        value = math.nan
        if isinstance(tree.value, (int, float)) and not isinstance(tree.value, bool):
            value = as_float(tree.value)
        if not math.isfinite(value):
            raise self.refusal(
                tree, "must use finite numbers only", "Write 1 for true and 0 for false."
            )
        column, end = self._span(tree)
        return Node(op="number", parts=(), column=column, end=end, value=value, single=True)

    def _name(self, tree: ast.Name) -> Node:
        if tree.id in FUNCTIONS:
            raise self.refusal(
                tree,
                "needs parentheses after a function",
                "Write {usage}.",
                usage=FUNCTIONS[tree.id].usage,
            )
        if tree.id not in NAMES:
            raise self._unknown(tree)
        column, end = self._span(tree)
        single = tree.id not in ARRAYS
        return Node(op="name", parts=(), column=column, end=end, name=tree.id, single=single)

    def _unknown(self, tree: ast.Name) -> FormulaError:
        return self.refusal(tree, "must use names and functions that it knows", nearest(tree.id))

    def _unary(self, tree: ast.UnaryOp, depth: int) -> Node:
        if isinstance(tree.op, ast.Not):
            raise self.refusal(tree, "must not use `not`", "Write ~(a > b).")
        part = self.node(tree.operand, depth + 1)
        if isinstance(tree.op, ast.UAdd):
            return part
        if isinstance(tree.op, ast.Invert):
            self._check_truth(tree.operand, part, "~")
        return self._called(OPERATORS[type(tree.op)], (part,), tree)

    def _binary(self, tree: ast.BinOp, depth: int) -> Node:
        op = OPERATORS.get(type(tree.op))
        if op is None:
            raise self.refusal(
                tree,
                "must use the operators + - * / // % ** & | ~ only",
                "Write ** for powers, and & or | between comparisons.",
            )
        parts = self.node(tree.left, depth + 1), self.node(tree.right, depth + 1)
        if type(tree.op) in TRUTHS:
            sign = TRUTHS[type(tree.op)]
            for side, part in zip((tree.left, tree.right), parts, strict=True):
                self._check_truth(side, part, sign)
        return self._called(op, parts, tree)

    def _check_truth(self, tree: ast.expr, part: Node, sign: str) -> None:
        """Refuse what Python groups differently from how it looks: a > b & c is a > (b & c)."""
        if not part.truth and part.name != "matches":
            raise self.refusal(
                tree,
                "needs comparisons, each in parentheses, around {sign}",
                "Write (y_pred > 0.5) {sign} (y_true == 1), or ~(y_pred > 0.5).",
                sign=sign,
            )

    def _comparison(self, tree: ast.Compare, depth: int) -> Node:
        sides = [tree.left, *tree.comparators]
        inside = (node for side in sides for node in ast.walk(side))
        chained = len(sides) > 2
        if chained and any(isinstance(node, ast.Compare) and len(node.ops) > 1 for node in inside):
            raise self.refusal(
                tree,
                "must not have a chain of comparisons inside another",
                "Write (a < b) & (b < c).",
            )
        parts = [self.node(side, depth + 1) for side in sides]
        column, end = self._span(tree)
        links: list[Node] = []
        for i, sign in enumerate(tree.ops):
            if type(sign) not in OPERATORS:
                raise self.refusal(
                    tree, "must compare with == != < <= > >= only", "Write == instead of `is`."
                )
            pair = parts[i], parts[i + 1]
            first = column if i == 0 else pair[0].column
            last = end if i == len(tree.ops) - 1 else pair[1].end
            first, last = balanced(self.text, first, last)
            links.append(
                Node(
                    op=OPERATORS[type(sign)],
                    parts=pair,
                    column=first,
                    end=last,
                    single=pair[0].single and pair[1].single,
                    truth=True,
                )
            )
        whole = links[0]
        for other in links[1:]:
            whole = self._called("logical_and", (whole, other), tree)
        return whole

    def _call(self, tree: ast.Call, depth: int) -> Node:
        if not isinstance(tree.func, ast.Name):
            raise self.refusal(tree.func, *REFUSED.get(type(tree.func), OTHERWISE))
        row = FUNCTIONS.get(tree.func.id)
        if row is None and tree.func.id not in NAMES:
            raise self._unknown(tree.func)
        if row is None:
            raise self.refusal(
                tree.func, "must call functions only", "Leave out the parentheses after the name."
            )
        if tree.keywords:
            raise self.refusal(
                tree.keywords[0],
                "must not name its arguments",
                "Write {usage}.",
                usage=row.usage,
            )
        given, axis = tree.args, False
        if row.how != "each" and len(given) == 2:
            axis = is_minus_one(given[1])
            if not axis:
                raise self.refusal(
                    given[1],
                    "must go over everything or, with -1, over the classes of each sample",
                    "Write {name}(x, -1) or {name}(x).",
                    name=row.name,
                )
            given = given[:1]
        if len(given) != len(row.arguments):
            raise self.refusal(
                tree,
                "needs the right number of arguments: {usage}",
                "Check the parentheses and the commas.",
                usage=row.usage,
            )
        parts = tuple(self.node(part, depth + 1) for part in given)
        return self._called(row.name, parts, tree, by_sample=axis or row.how == "row")

    def _called(
        self, op: str, parts: tuple[Node, ...], tree: ast.expr, *, by_sample: bool = False
    ) -> Node:
        row = FUNCTIONS[op]
        all_single = all(part.single for part in parts)
        if by_sample and all_single:
            raise self.refusal(
                tree,
                "must not go over the classes of a single number",
                "Leave out -1, or the function.",
            )
        if op == "power" and not is_exponent(parts[1]):
            raise self.refusal(
                tree,
                "needs an exponent that is written as a number, from -{most} to {most}",
                "Write x ** 2; for other powers use exp(y * log(x)).",
                most=HIGHEST_POWER,
            )
        single = all_single if row.how == "each" else not by_sample
        column, end = self._span(tree)
        return Node(
            op=op,
            parts=parts,
            column=column,
            end=end,
            by_sample=by_sample,
            single=single,
            truth=row.truth,
        )
