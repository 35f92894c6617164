"""Sentences are whole literal templates, so that a tool can find and translate each of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from accuracy_lens.words.extraction import TEMPLATES, templates

ROOT = Path(__file__).parents[1]
PACKAGES = ("metrics_core", "accuracy_lens", "pages")
FILES = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
WHOLE_ELSEWHERE = {
    "metrics_core.errors": "puts the parts of an error into words",
    "metrics_core.formula.language.refusal": "puts the position into the sentence of an error",
    "metrics_core.lessons.parsing.data": "titles of data are whole in lessons/data",
    "metrics_core.lessons.workings": "its sentences are whole in lessons/data",
    "metrics_core.libraries.refusal": "puts the sentence of a refusal into a message",
    "metrics_core.releases.rules.refusal": "puts the sentence of a refusal into a message",
    "metrics_core.scenarios": "its sentences are whole in scenario_data/scenarios.json",
    "accuracy_lens.view.caches": "says what a cached function asks to be said meanwhile",
    "accuracy_lens.words.text": "translates what others wrote",
}


def module_name(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def annotations() -> dict[str, set[str]]:
    """What fields, parameters, tables and functions are annotated with, by their names."""
    found: dict[str, set[str]] = {}
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found.setdefault(node.target.id, set()).add(ast.unparse(node.annotation))
            elif isinstance(node, ast.arg) and node.annotation is not None:
                found.setdefault(node.arg, set()).add(ast.unparse(node.annotation))
            elif isinstance(node, ast.FunctionDef) and node.returns is not None:
                found.setdefault(node.name, set()).add(ast.unparse(node.returns))
    return found


def is_template(node: ast.expr, scope: ast.AST, seen: frozenset[str] = frozenset()) -> bool:
    """Whether an expression is a literal, a message, or a name for one of these."""
    match node:
        case ast.Constant():
            return isinstance(node.value, str)
        case ast.IfExp():
            return all(is_template(part, scope, seen) for part in (node.body, node.orelse))
        case ast.Starred(value=inner):
            return is_template(inner, scope, seen)
        case ast.Call(func=ast.Name(id="Message")):
            return True  # looked at by itself
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get")):
            return may_be_message(name)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return may_be_message(name)
        case ast.Attribute(attr=name):
            return may_be_message(name)
        case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name)):
            return may_be_message(name)
        case ast.Name(id=name) if declared(name, scope):
            return True
        case ast.Name(id=name) if name not in seen:
            values = assigned(name, scope)
            if not values:
                return forwarded(name, scope)
            return all(is_template(value, scope, seen | {name}) for value in values)
    return False


def may_be_message(name: str) -> bool:
    """Whether a field, table or function of that name is annotated with messages.

    The text alone does not say whose field it is; where the same name stands for plain text
    elsewhere, this gives it the benefit of the doubt.
    """
    return any("Message" in text for text in annotations().get(name, ()))


def declared(name: str, scope: ast.AST) -> bool:
    """Whether a function says that a name is a message."""
    return any(
        isinstance(node, ast.AnnAssign)
        and ast.unparse(node.target) == name
        and ast.unparse(node.annotation) == "Message"
        for node in ast.walk(scope)
    )


def assigned(name: str, scope: ast.AST) -> list[ast.expr]:
    """Every value that a name gets in a function or at the top of a module, as by a loop."""
    found = []
    for node in ast.walk(scope):
        for target in node.targets if isinstance(node, ast.Assign) else ():
            if isinstance(target, ast.Name) and target.id == name:
                found.append(node.value)
            elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=False)
                found += [v for t, v in pairs if isinstance(t, ast.Name) and t.id == name]
        if isinstance(node, ast.NamedExpr) and node.target.id == name:
            found.append(node.value)
        loop = isinstance(node, ast.For | ast.comprehension)
        if loop and isinstance(node.target, ast.Name) and node.target.id == name:
            found.append(node.iter)
    return found


def forwarded(name: str, scope: ast.AST) -> bool:
    """Whether a name is annotated as a message, or a template that this function was given."""
    if not isinstance(scope, ast.FunctionDef):
        return annotations().get(name) == {"Message"}
    for argument in (*scope.args.args, *scope.args.kwonlyargs):
        if argument.arg == name and argument.annotation is not None:
            annotation = ast.unparse(argument.annotation)
            given = name in TEMPLATES.get(scope.name, {})
            return given or annotation in ("Message", "Message | None")
    return annotations().get(name) == {"Message"}


def scopes(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.Call]]:
    """Every call with the innermost function around it, or the module."""

    def walk(node: ast.AST, scope: ast.AST) -> Iterator[tuple[ast.AST, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                yield scope, child
            inner = child if isinstance(child, ast.FunctionDef) else scope
            yield from walk(child, inner)

    yield from walk(tree, tree)


def computed(source: str) -> list[str]:
    """The templates in a source that are neither literal nor messages, with their lines."""
    return [
        f"line {node.lineno}: {ast.unparse(node)}"
        for scope, call in scopes(ast.parse(source))
        for node in templates(call).values()
        if not is_template(node, scope)
    ]


def test_every_template_is_a_literal_or_a_message() -> None:
    found = {module_name(file): computed(file.read_text()) for file in FILES}
    assert {
        name: lines for name, lines in found.items() if lines and name not in WHOLE_ELSEWHERE
    } == {}


@pytest.mark.parametrize(
    "source",
    [
        'say("a" + b)',
        'say(f"{n} rows")',
        'say("{n} rows".replace("rows", word))',
        'Message(", ".join(parts))',
        'def f(kind):\n    text = "a " + kind\n    return say(text)',
        'InputError("k", rule + "!", 1, "Use 1.")',
        'InputError("k", "must be 1", 1, hint="Use " + better)',
        'Message("{n} row", {"n": 1}, plural="{n} row" + "s")',
        'TABLE = {"a": "b"}\nsay(TABLE[key])',
    ],
)
def test_a_computed_template_is_found(source: str) -> None:
    assert len(computed(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        'say("a " "b")',
        'say("a" if n else "b")',
        'text = "a"\nsay(text)',
        'def f(n):\n    text = "a"\n    if n:\n        text = "b"\n    return Message(text)',
        "def f(reason: Message):\n    return say(reason)",
        'InputError("k", "must be 1", f"{n}", Message("Use 1."))',
    ],
)
def test_a_literal_or_a_message_passes(source: str) -> None:
    assert computed(source) == []
