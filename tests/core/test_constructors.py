"""Constructors with many fields are called by name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import metrics_core

MOST = 5
BY_POSITION = {"Variant", "Evaluation"}
ROOT = Path(metrics_core.__file__).parent


def large_dataclasses():
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ClassDef) or node.name in BY_POSITION:
                continue
            marks = [ast.unparse(mark) for mark in node.decorator_list]
            fields = [part for part in node.body if isinstance(part, ast.AnnAssign)]
            if len(fields) > MOST and any(mark.startswith("dataclass") for mark in marks):
                yield pytest.param(marks, id=f"{path.relative_to(ROOT)}:{node.name}")


@pytest.mark.parametrize("marks", list(large_dataclasses()))
def test_six_fields_and_more_are_given_by_name(marks):
    assert any("kw_only=True" in mark for mark in marks)


def test_there_are_such_dataclasses():
    assert len(list(large_dataclasses())) >= 25
