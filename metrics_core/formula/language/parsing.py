"""From text to a formula: the limits, the syntax, and the dictionary of several metrics."""

from __future__ import annotations

import ast
import keyword
import re

from metrics_core.errors import InputError
from metrics_core.formula.language.grammar import Reader
from metrics_core.formula.language.nodes import Formula, Node
from metrics_core.formula.language.refusal import FormulaError

MOST_CHARACTERS = 1_000
MOST_PARTS = 200
_STRANGE = re.compile(r"[^\w\s+\-*/%()\[\]{},.:;<>=!&|~^@'\"]", re.ASCII)
_GLUED = re.compile(r"(?<![\w.])(?>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?=[A-Za-z_])")
_EQUALS = re.compile(r"(?<![=!<>])=(?!=)")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


def parse(text: str) -> Formula:
    """Read a formula; nothing of it is ever executed.

    Parameters
    ----------
    text : str
        At most 1,000 characters, 200 parts and 30 levels; see the package for the language.

    Returns
    -------
    Formula

    Raises
    ------
    FormulaError
        With the position, the rule and the remedy, where the text is not in the language.
    InputError
        If `text` is not a string.

    Examples
    --------
    >>> formula = parse("mean(abs(y_true - y_pred))")
    >>> sorted(formula.names), [formula.source(part) for part in formula.metrics[0][1].parts]
    (['y_pred', 'y_true'], ['abs(y_true - y_pred)'])
    >>> parse("mean(y_tru)")
    Traceback (most recent call last):
    metrics_core.formula.language.refusal.FormulaError: `formula` must use names and functions \
that it knows (character 6). Got 'y_tru'. Did you mean y_true?
    """
    if not isinstance(text, str):
        raise InputError("formula", "must be a string", repr(type(text)), "Write mean(y_pred).")
    _check_characters(text)
    start = len(text) - len(text.lstrip())
    tree = _tree(text, start)
    parts = [node for node in ast.walk(tree) if isinstance(node, ast.expr)]
    reader = Reader(text, start)
    if len(parts) > MOST_PARTS:
        raise reader.refusal(
            parts[MOST_PARTS],
            "must have at most {most} names, numbers, operators and calls",
            "Split it into several formulas.",
            most=MOST_PARTS,
        )
    if isinstance(tree, ast.Dict):
        return Formula(text, _metrics(tree, reader))
    return Formula(text, (("metric", reader.node(tree)),))


def _check_characters(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise FormulaError(
            "must have at most {most} characters",
            text,
            MOST_CHARACTERS,
            len(text),
            "Split it into several formulas.",
            most=MOST_CHARACTERS,
        )
    if not text.strip():
        raise FormulaError("must not be empty", text, 0, len(text), "Write mean(y_pred).")
    strange = _STRANGE.search(text)
    if strange:
        raise FormulaError(
            "must be written in plain letters, digits and operators",
            text,
            *strange.span(),
            "Leave this character out.",
        )
    glued = _GLUED.search(text)
    if glued:
        raise FormulaError(
            "needs an operator between a number and a name",
            text,
            glued.start(),
            glued.end() + 1,
            "Write 2 * y_pred instead of 2y_pred.",
        )


def _tree(text: str, start: int) -> ast.expr:
    """Let Python's parser read one line; only the position of an error is reported."""
    line = re.sub(r"\s", " ", text).strip()
    try:
        return ast.parse(line, mode="eval").body
    except SyntaxError as error:
        column = (error.offset or len(line)) - 1  # 0 stands for the end
    except (ValueError, RecursionError, MemoryError):
        column = 0
    column = start + min(column, len(line) - 1)
    hint = (
        "Look for an operator, a comma, a quote or a parenthesis that is missing or one too many."
    )
    single = _EQUALS.search(text)
    if single and "(" not in text[: single.start()]:
        column, hint = single.start(), "Write == to compare."
    raise FormulaError("must be one complete calculation", text, column, column + 1, hint)


def _metrics(tree: ast.Dict, reader: Reader) -> tuple[tuple[str, Node], ...]:
    found: dict[str, Node] = {}
    for key, value in zip(tree.keys, tree.values, strict=True):
        name = key.value if isinstance(key, ast.Constant) else None
        good = isinstance(name, str) and _KEY.fullmatch(name) and not keyword.iskeyword(name)
        if not good or name in found:
            raise reader.refusal(
                value if key is None else key,
                "must give every metric a unique name in quotes: a letter, then at most 39 "
                "letters, digits or _",
                "Write {{'hit': mean(matches), 'mean_pred': mean(y_pred)}}.",
            )
        found[str(name)] = reader.node(value)
    if not found:
        raise reader.refusal(tree, "must not be empty", "Write {{'hit': mean(matches)}}.")
    return tuple(found.items())
