"""The lessons that ship with the program: one file each, in the order of the files' names."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from metrics_core.errors import InputError
from metrics_core.lessons.parsing import parse_lesson
from metrics_core.lessons.parts.lesson import Lesson


@cache
def lessons() -> dict[str, Lesson]:
    """All of them by name, in the order in which a teacher would give them.

    Examples
    --------
    >>> list(lessons())[:2]
    ['six-probabilities', 'exactly-at-the-threshold']
    """
    return {row["name"]: parse_lesson(row) for row in rows()}


def lesson(name: str) -> Lesson:
    """The lesson of this name.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> lesson("six-probabilities").minutes
    7
    """
    if name not in lessons():
        raise InputError(
            "lesson",
            "must be one of {names}",
            repr(name),
            "Choose one from the list.",
            names=", ".join(lessons()),
        )
    return lessons()[name]


def rows() -> list[dict[str, Any]]:
    """The lessons as their files have them.

    Examples
    --------
    >>> rows()[0]["data"]
    {'six': {'scenario': 'binary-threshold', 'title': 'Six probabilities'}}
    """
    found = files("metrics_core").joinpath("lessons", "data").iterdir()
    paths = sorted((path for path in found if path.name.endswith(".json")), key=lambda p: p.name)
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]
