"""Constructors with many fields are called by name."""

from __future__ import annotations

import ast
from pathlib import Path

import metrics_core

MOST = 5
BY_POSITION = {"Variant", "Evaluation"}
ROOT = Path(metrics_core.__file__).parent


def large_dataclasses() -> dict[str, str]:
    """The decorators of every dataclass of many fields, by its name."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ClassDef) or node.name in BY_POSITION:
                continue
            marks = " ".join(ast.unparse(mark) for mark in node.decorator_list)
            fields = [part for part in node.body if isinstance(part, ast.AnnAssign)]
            if len(fields) > MOST and "dataclass" in marks:
                found[f"{path.relative_to(ROOT)}:{node.name}"] = marks
    return found


def test_six_fields_and_more_are_given_by_name():
    large = large_dataclasses()
    assert len(large) >= 25
    assert [name for name, marks in large.items() if "kw_only=True" not in marks] == []
