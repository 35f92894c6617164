"""A plain value and where in the file it stands, so that every refusal can name the place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.rules import real

NAME = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
MAX_TEXT = 2000
MAX_ITEMS = 60


@dataclass(frozen=True)
class Node:
    """A value of the file and its path.

    Examples
    --------
    >>> Node({"steps": [{"read": 3}]}, "").at("steps").items[0].at("read").path
    'steps[0].read'
    """

    value: Any
    path: str

    def refuse(self, rule: Message, received: object, hint: Message) -> NoReturn:
        """Refuse the value.

        Raises
        ------
        InputError
        """
        raise InputError(self.path or "lesson", rule, received, hint)

    @property
    def mapping(self) -> Mapping[str, Any]:
        """The value, which must be a table of names and values."""
        if not isinstance(self.value, Mapping) or not all(isinstance(k, str) for k in self.value):
            self.refuse(Message("must be a table of names and values"), shown(self.value), _FORM)
        return self.value

    @property
    def items(self) -> list[Node]:
        """Its parts, where it must be a list."""
        if not isinstance(self.value, list | tuple):
            self.refuse(Message("must be a list"), shown(self.value), _FORM)
        if len(self.value) > MAX_ITEMS:
            rule = Message("must have {most} entries or fewer", {"most": MAX_ITEMS})
            self.refuse(rule, len(self.value), Message("Make two lessons of it."))
        return [Node(each, f"{self.path}[{index}]") for index, each in enumerate(self.value)]

    @property
    def entries(self) -> Iterator[tuple[str, Node]]:
        """Names and values of a table; the names are lower-case words."""
        if len(self.mapping) > MAX_ITEMS:
            rule = Message("must have {most} entries or fewer", {"most": MAX_ITEMS})
            self.refuse(rule, len(self.mapping), Message("Make two lessons of it."))
        for key in self.mapping:
            if not NAME.fullmatch(key):
                self.refuse(
                    Message("must have names of lower-case letters, digits, - and _"),
                    key,
                    _SPELLING,
                )
            yield key, self.at(key)

    def at(self, key: str) -> Node:
        """The entry of that name, which must be there."""
        if key not in self.mapping:
            self.refuse(
                Message("must have an entry `{key}`", {"key": key}), shown(self.value), _FORM
            )
        return Node(self.mapping[key], f"{self.path}.{key}".lstrip("."))

    def get(self, key: str) -> Node | None:
        """The entry of that name, where there is one."""
        return self.at(key) if key in self.mapping else None

    def only(self, keys: Iterable[str]) -> None:
        """Refuse an entry with any other name."""
        known = tuple(keys)
        for key in self.mapping:
            if key not in known:
                rule = Message("must have no entries but {names}", {"names": ", ".join(known)})
                self.refuse(rule, key, _SPELLING)

    @property
    def text(self) -> str:
        """The value, which must be a text that is not too long."""
        if not isinstance(self.value, str) or not 0 < len(self.value) <= MAX_TEXT:
            rule = Message("must be a text of 1 to {most} characters", {"most": MAX_TEXT})
            self.refuse(rule, shown(self.value), _FORM)
        return self.value

    @property
    def name(self) -> str:
        """The value, which must be lower-case words with hyphens."""
        if not NAME.fullmatch(self.text):
            self.refuse(
                Message("must be lower-case letters, digits, - and _"), shown(self.value), _SPELLING
            )
        return self.text

    @property
    def number(self) -> float | int:
        """The value, which must be a finite number."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            self.refuse(Message("must be a number"), shown(self.value), _FORM)
        if not math.isfinite(real(self.value)):
            self.refuse(Message("must be a finite number"), self.value, _FORM)
        return self.value

    def whole(self, low: int, high: int) -> int:
        """The value, which must be a whole number within both ends."""
        if not isinstance(self.number, int) or not low <= self.number <= high:
            rule = Message(
                "must be a whole number from {low} to {high}", {"low": low, "high": high}
            )
            self.refuse(rule, shown(self.value), _FORM)
        return self.number

    def one_of(self, names: Iterable[str]) -> str:
        """The value, which must be one of some names."""
        known = tuple(names)
        if self.value not in known:
            rule = Message("must be one of {names}", {"names": ", ".join(known)})
            self.refuse(rule, shown(self.value), _SPELLING)
        return str(self.value)


_FORM = Message("See how a lesson is written.")
_SPELLING = Message("Check the spelling.")


def shown(value: object) -> str:
    """A value in a few characters.

    Examples
    --------
    >>> shown("x" * 99)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..."
    """
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:38]}..."
