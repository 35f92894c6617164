"""What to write in place of forms that the language does not have."""

from __future__ import annotations

import ast
import difflib

from metrics_core.formula.language.functions import FUNCTIONS
from metrics_core.formula.language.nodes import NAMES
from metrics_core.messages import Message

_CAST = Message("Leave it out: every value is a number already, and true is 1.")
_ADVICE: dict[str, Message] = {
    "cast": _CAST,
    "float": _CAST,
    "int": _CAST,
    "bool": _CAST,
    "len": Message("Use size(x), or count_nonzero(x) to count those that are not 0."),
    "count": Message("Use size(x), or count_nonzero(x) to count those that are not 0."),
    "pow": Message("Write x ** 2."),
    "rint": Message("Write round(x)."),
    "relu": Message("Write maximum(x, 0)."),
    "epsilon": Message("Write 1e-7."),
    "true_divide": Message("Write x / y."),
    "not_": Message("Write ~(x > y)."),
}
REFUSED: dict[type[ast.AST], tuple[Message, Message]] = {
    ast.Attribute: (
        Message("must not have a dot after a name"),
        Message("Write mean(x) instead of np.mean(x), K.mean(x) or x.mean()."),
    ),
    ast.Subscript: (
        Message("must not use square brackets"),
        Message("Use the filters to leave out samples."),
    ),
    ast.Slice: (
        Message("must not use square brackets"),
        Message("Use the filters to leave out samples."),
    ),
    ast.List: (
        Message("must not use square brackets"),
        Message("Compare with each number separately."),
    ),
    ast.Tuple: (
        Message("must give one value"),
        Message("For several metrics write {{'first': mean(y_pred), 'second': mean(matches)}}."),
    ),
    ast.Set: (
        Message("must name its metrics"),
        Message("Write {{'first': mean(y_pred)}}, with a name in quotes."),
    ),
    ast.Dict: (
        Message("must have braces around the whole formula only"),
        Message("Put each metric directly into the outer braces."),
    ),
    ast.IfExp: (Message("must not use if"), Message("Write where(condition, x, y).")),
    ast.BoolOp: (
        Message("must not use `and` or `or`"),
        Message("Write (a > b) & (c > d), or | instead of `or`."),
    ),
    ast.Lambda: (Message("must not use lambda"), Message("Write the calculation itself.")),
    ast.ListComp: (
        Message("must not use a loop"),
        Message("Every function works on all samples at once."),
    ),
    ast.SetComp: (
        Message("must not use a loop"),
        Message("Every function works on all samples at once."),
    ),
    ast.DictComp: (
        Message("must not use a loop"),
        Message("Every function works on all samples at once."),
    ),
    ast.GeneratorExp: (
        Message("must not use a loop"),
        Message("Every function works on all samples at once."),
    ),
    ast.NamedExpr: (
        Message("must not use :="),
        Message("Write the calculation where it is needed."),
    ),
    ast.Starred: (
        Message("must not have a star before a value"),
        Message("Write the arguments one by one."),
    ),
    ast.JoinedStr: (
        Message("must not contain text"),
        Message("Quotes are only for the names of several metrics."),
    ),
}
"""For each form of Python that the language leaves out: the rule and the remedy."""
OTHERWISE = (
    Message("must consist of numbers, names, operators and calls"),
    Message("Write it in the style of mean(abs(y_true - y_pred))."),
)


def nearest(name: str) -> Message:
    """Give the hint for an unknown name.

    Examples
    --------
    >>> print(nearest("y_tru"))
    Did you mean y_true?
    >>> print(nearest("len"))
    Use size(x), or count_nonzero(x) to count those that are not 0.
    """
    if name in _ADVICE:
        return _ADVICE[name]
    known = [*NAMES, *FUNCTIONS]
    close = difflib.get_close_matches(name.lower(), known, 1)
    if close:
        return Message("Did you mean {nearest}?", {"nearest": close[0]})
    return Message(
        "The names are {names}; the functions are listed below.", {"names": ", ".join(NAMES)}
    )
