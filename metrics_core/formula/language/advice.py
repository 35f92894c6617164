"""What to write instead of what the language does not have."""

from __future__ import annotations

import ast
import difflib

from metrics_core.formula.language.functions import FUNCTIONS
from metrics_core.formula.language.nodes import NAMES

_CAST = "Leave it out: every value is a number already, and true is 1."
_ADVICE = {
    "cast": _CAST,
    "float": _CAST,
    "int": _CAST,
    "bool": _CAST,
    "len": "Use size(x), or count_nonzero(x) for how many are not 0.",
    "count": "Use size(x), or count_nonzero(x) for how many are not 0.",
    "pow": "Write x ** 2.",
    "rint": "Write round(x).",
    "relu": "Write maximum(x, 0).",
    "epsilon": "Write 1e-7.",
    "true_divide": "Write x / y.",
    "not_": "Write ~(x > y).",
}
REFUSED: dict[type[ast.AST], tuple[str, str]] = {
    ast.Attribute: (
        "must have no dot behind a name",
        "Write mean(x) instead of np.mean(x), K.mean(x) or x.mean().",
    ),
    ast.Subscript: ("must have no square brackets", "Use the filters to leave samples out."),
    ast.Slice: ("must have no square brackets", "Use the filters to leave samples out."),
    ast.List: ("must have no square brackets", "Compare with each number apart."),
    ast.Tuple: (
        "must give one value",
        "For several metrics write {{'first': mean(y_pred), 'second': mean(matches)}}.",
    ),
    ast.Set: ("must name its metrics", "Write {{'first': mean(y_pred)}}, with a name in quotes."),
    ast.Dict: ("must have braces around the whole only", "Put each metric into the outer braces."),
    ast.IfExp: ("must have no if", "Write where(condition, x, y)."),
    ast.BoolOp: ("must have no `and`, `or`", "Write (a > b) & (c > d), or | for or."),
    ast.Lambda: ("must have no lambda", "Write the calculation itself."),
    ast.ListComp: ("must have no loop", "Every function works on all samples at once."),
    ast.SetComp: ("must have no loop", "Every function works on all samples at once."),
    ast.DictComp: ("must have no loop", "Every function works on all samples at once."),
    ast.GeneratorExp: ("must have no loop", "Every function works on all samples at once."),
    ast.NamedExpr: ("must have no :=", "Write the calculation where it is used."),
    ast.Starred: ("must have no star before a value", "Write the arguments one by one."),
    ast.JoinedStr: ("must have no text", "Quotes are for the names of several metrics only."),
}
"""For each form of Python that the language leaves out: the rule and the remedy."""
OTHERWISE = (
    "must be made of numbers, names, operators and calls",
    "Write it as mean(abs(y_true - y_pred)) is written.",
)


def nearest(name: str) -> tuple[str, dict[str, object]]:
    """Give the hint for an unknown name, and the values of its placeholders.

    Examples
    --------
    >>> nearest("y_tru")
    ('Did you mean {nearest}?', {'nearest': 'y_true'})
    >>> nearest("len")[0]
    'Use size(x), or count_nonzero(x) for how many are not 0.'
    """
    if name in _ADVICE:
        return _ADVICE[name], {}
    known = [*NAMES, *FUNCTIONS]
    close = difflib.get_close_matches(name.lower(), known, 1)
    if close:
        return "Did you mean {nearest}?", {"nearest": close[0]}
    return "The names are {names}; the functions are listed below.", {"names": ", ".join(NAMES)}
