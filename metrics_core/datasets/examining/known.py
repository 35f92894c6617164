"""What is known of arrays that were counted and are not held; anything else needs the rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


class NeedsRowsError(Exception):
    """A rule asked for what only single rows can tell."""


class Known:
    """Some attributes; any other needs rows."""

    def __init__(self, **known: object) -> None:
        self.__dict__ |= known

    def __getattr__(self, _: str) -> Any:
        raise NeedsRowsError


class Tally:
    """How many of an array of bools are true, where nothing else is known of it."""

    def __init__(self, count: int, size: int) -> None:
        self.count, self.size = count, size

    def sum(self, **_: object) -> float:
        """Of the array: how many are true."""
        return float(self.count)

    def __array_function__(self, function: Callable[..., Any], *_: object, **__: object) -> int:
        if function in (np.count_nonzero, np.sum):
            return self.count
        raise NeedsRowsError

    def __getattr__(self, _: str) -> Any:
        raise NeedsRowsError
