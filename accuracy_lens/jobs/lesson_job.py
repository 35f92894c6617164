"""What a child process does with a lesson that somebody wrote: reads it, and computes all of it."""

from __future__ import annotations

import json
from typing import Any

import yaml

from metrics_core.errors import InputError
from metrics_core.lessons.audit import faults
from metrics_core.lessons.parsing import parse_lesson
from metrics_core.messages import Message

MOST_BYTES = 200_000
MOST_CELLS, MOST_RECIPES = 50_000, 24
"""Of a lesson that a visitor opens; it is kept in the memory of the server."""
_HOW = Message("See how a lesson is written.")


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Plain values alone, and none of them twice: aliases can make much of little."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            line = self.peek_event().start_mark.line + 1
            raise InputError(
                "lesson", "must have no aliases", Message("`*` on line {line}", {"line": line}),
                "Write the value out.",
            )  # fmt: skip
        return super().compose_node(parent, index)


def prepare() -> None:
    """Do once what the first lesson would otherwise wait for."""


def read(content: bytes) -> dict[str, Any]:
    """A lesson as plain values, if it is one and everything in it can be computed.

    Parameters
    ----------
    content : bytes
        JSON or YAML in UTF-8.

    Raises
    ------
    InputError
        Names the line or the place, the rule and what came.

    Examples
    --------
    >>> from metrics_core.lessons.rows import rows
    >>> read(json.dumps(rows()[0]).encode())["name"]
    'six-probabilities'
    """
    how: Message = _HOW
    try:
        found: dict[str, Any] = plain_values(content)
        lesson = parse_lesson(found)
        cells = sum(source.predictions().y_pred.size for source in lesson.data.values())
        if cells > MOST_CELLS or len(lesson.recipes) > MOST_RECIPES:
            raise InputError(
                "lesson",
                "must have {cells:,} outputs and {recipes} recipes or fewer",
                Message("{n:,} and {m}", {"n": cells, "m": len(lesson.recipes)}),
                "Make two lessons of it.",
                cells=MOST_CELLS,
                recipes=MOST_RECIPES,
            )
        wrong = faults(lesson)
    except (ArithmeticError, RecursionError, TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            "lesson", "must be one whose numbers can all be computed", type(error).__name__, how
        ) from None
    if wrong:
        raise InputError("lesson", "must hold when it is computed", wrong[0], how)
    return found


def plain_values(content: bytes) -> Any:
    """What JSON or YAML says, as tables, lists, texts and numbers.

    Raises
    ------
    InputError
        With the line where it ends to be either.

    Examples
    --------
    >>> plain_values(b"name: a"), plain_values(b'{"name": "a"}')
    ({'name': 'a'}, {'name': 'a'})
    """
    if len(content) > MOST_BYTES:
        raise InputError(
            "lesson", "must have {most:,} bytes or fewer", f"{len(content):,}",
            "Make two lessons of it.", most=MOST_BYTES,
        )  # fmt: skip
    how: Message = _HOW
    try:
        text = content.decode("utf-8-sig")
        if text.lstrip().startswith("{"):
            return json.loads(text)
        return yaml.load(text, _Loader)  # noqa: S506, which is safe
    except UnicodeDecodeError:
        raise InputError("lesson", "must be text in UTF-8", "other bytes", how) from None
    except json.JSONDecodeError as error:
        line = error.lineno
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
    except (yaml.YAMLError, RecursionError):
        line = 1
    raise InputError(
        "lesson", "must be JSON or YAML", Message("something else on line {line}", {"line": line}),
        how,
    )  # fmt: skip
