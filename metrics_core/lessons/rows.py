"""The lessons that ship with the program, in the order in which a teacher would give them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from metrics_core.errors import InputError
from metrics_core.lessons.lesson import Lesson
from metrics_core.lessons.parsing import parse_lesson

ORDER = (
    "six-probabilities",
    "exactly-at-the-threshold",
    "logits-are-not-probabilities",
    "the-sigmoid-that-cost-ten",
    "nine-thousand-wrong",
    "what-an-activation-keeps",
    "ties-and-constants",
    "many-labels",
    "a-rare-class",
    "another-release",
    "unscaled-inputs",
    "batches-and-weights",
)
"""Their names; each is a file in ``data``."""


@cache
def lessons() -> dict[str, Lesson]:
    """All of them, by name.

    Examples
    --------
    >>> len(lessons())
    12
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
    {'six': {'scenario': 'binary-threshold'}}
    """
    folder = files("metrics_core").joinpath("lessons", "data")
    texts = (folder.joinpath(f"{name}.json").read_text(encoding="utf-8") for name in ORDER)
    return [json.loads(text) for text in texts]
