"""What docs/lessons.md says of the file of a lesson holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from metrics_core.lessons.audit import faults
from metrics_core.lessons.parsing import data as parsing_data
from metrics_core.lessons.parsing import lesson as parsing_lesson
from metrics_core.lessons.parsing import parse_lesson
from metrics_core.lessons.parsing import questions as parsing_questions
from metrics_core.lessons.parts.conditions import RELATIONS
from metrics_core.lessons.parts.marked import HOW
from metrics_core.lessons.parts.values import COUNTED, NAMES, OPERATIONS

TEXT = (Path(__file__).parents[3] / "docs" / "lessons.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"[a-z_0-9]+", " ".join(re.findall(r"`[^`\n]+`", TEXT))))
NAMED = {
    "measures": NAMES,
    "operations": OPERATIONS,
    "counts": COUNTED,
    "samples": HOW,
    "relations": RELATIONS,
    "sources": parsing_data._SOURCES,
    "arrays": parsing_data._ARRAYS,
    "settings": parsing_data._SETTINGS,
    "questions": parsing_questions._KINDS,
    "steps": parsing_lesson._KINDS,
}


def test_the_example_is_a_lesson_without_faults():
    (example,) = re.findall(r"```json\n(.*?)```", TEXT, flags=re.DOTALL)
    assert faults(parse_lesson(json.loads(example))) == []


@pytest.mark.parametrize("what", NAMED)
def test_every_name_is_told(what):
    assert set(NAMED[what]) <= WORDS
