"""Finding every sentence of the program for the catalogues; run by `make texts`, through Babel."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from metrics_core.messages import COMMENT

TEMPLATES: Mapping[str, Mapping[str, int | None]] = {
    "Message": {"template": 0, "plural": None},
    "say": {"message": 0, "plural": None},
    "InputError": {"rule": 1, "hint": 3},
    "FormulaError": {"rule": 0, "hint": 4},
    "KerasRefusal": {"template": 1},
    "LibraryRefusal": {"template": 0},
    "refuse": {"template": 0},
    "refusal": {"rule": 1, "hint": 2},
}
"""Where each callable takes a template: as an argument of that name, or at that position."""

Found = tuple[int, str | None, str | tuple[str, str], list[str]]
"""Line, callable, sentence or its singular and plural, comments: what Babel expects."""


def called(call: ast.Call) -> str:
    """The name in `TEMPLATES` of what is called; empty where it takes no template."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if ast.unparse(call.func) in ("self.refusal", "reader.refusal"):
        return "refusal"
    return name if name in TEMPLATES and name != "refusal" else ""


def templates(call: ast.Call) -> dict[str, ast.expr]:
    """The arguments of a call that are templates, by name."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    found = {}
    for argument, position in TEMPLATES.get(called(call), {}).items():
        node = given.get(argument)
        if node is None and position is not None and position < len(call.args):
            node = call.args[position]
        if node is not None:
            found[argument] = node
    return found


def literals(node: ast.expr) -> Iterator[ast.Constant]:
    """The texts that an expression can be: itself, or the sides of a condition."""
    match node:
        case ast.Constant(value=str()) if node.value:
            yield node
        case ast.IfExp():
            yield from literals(node.body)
            yield from literals(node.orelse)


def from_python(
    file: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[Found]:
    """Sentences of a module: what stands literally where a template is taken, and comments.

    The comments are those of code to copy, which stands in texts of the module.
    """
    tree = ast.parse(file.read())
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for comment in COMMENT.findall("" if id(node) in described else node.value):
                yield node.lineno, None, comment, []
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.FunctionDef | ast.Module | ast.ClassDef):
            yield from _of_names(node)


def _of_call(call: ast.Call) -> Iterator[Found]:
    found = templates(call)
    plural = found.pop("plural", None)
    if plural is not None and (
        message := found.pop("template", None) or found.pop("message", None)
    ):
        for one, many in zip(literals(message), literals(plural), strict=True):
            yield one.lineno, "ngettext", (str(one.value), str(many.value)), []
    for node in found.values():
        for text in literals(node):
            yield text.lineno, None, str(text.value), []


def _of_names(scope: ast.FunctionDef | ast.Module | ast.ClassDef) -> Iterator[Found]:
    """Names that hold a literal and are then given as a template."""
    inside = [node for node in ast.walk(scope) if isinstance(node, ast.Call)]
    given = {
        node.id
        for call in inside
        for node in templates(call).values()
        if isinstance(node, ast.Name)
    }
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id in given:
                    for text in literals(node.value):
                        yield text.lineno, None, str(text.value), []


def from_scenarios(
    file: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[Found]:
    """Sentences of the worked examples."""
    for row in json.load(file):
        for text in _of_scenario(row):
            yield 0, None, text, []


def _of_scenario(row: Mapping[str, Any]) -> Iterator[str]:
    yield from (row["title"], row["question"], *row["story"], *row.get("notes", ()))
    yield from (expected["why"] for expected in row.get("expected", ()) if "why" in expected)


_LESSON_TEXTS = (
    "title", "question", "keep", "before", "read", "ask", "text", "answer", "otherwise", "reached",
)  # fmt: skip


def from_lessons(
    file: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[Found]:
    """Sentences of a lesson, wherever they stand in it."""
    yield from _of_part(json.load(file))


def _of_part(part: Any) -> Iterator[Found]:
    for value in part if isinstance(part, list) else ():
        yield from _of_part(value)
    for key, value in part.items() if isinstance(part, dict) else ():
        named = isinstance(value, dict) and "one" not in value  # data or a recipe of that name
        if key not in _LESSON_TEXTS or named:
            yield from _of_part(value)
            continue
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                yield 0, None, text, []
            else:
                yield 0, "ngettext", (text["one"], text["other"]), []
