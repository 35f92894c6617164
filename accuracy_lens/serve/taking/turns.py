"""One script after the other: many that share an interpreter in slices all end late.

Of a hundred visitors who each move a threshold once in five seconds, the slowest twentieth waited
five seconds for an answer while their scripts ran at the same time, and one while they took turns.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from streamlit.runtime.scriptrunner import exec_code, script_runner

LONGEST = 0.2
"""Seconds after which a script no longer keeps the others waiting, and runs beside them."""
P = ParamSpec("P")
R = TypeVar("R")


class Turns:
    """Lets one at a time begin; the next one begins when it is done, or has taken long.

    Parameters
    ----------
    longest : float
        Seconds that a turn lasts at most.
    """

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._next = threading.Lock()
        self._done = threading.Event()
        self._done.set()
        self._end = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn; it ends with the block."""
        mine = threading.Event()
        with self._next:  # one waits for who has the turn, the others for that one
            self._done.wait(max(0.0, self._end - time.monotonic()))
            self._done, self._end = mine, time.monotonic() + self._longest
        try:
            yield
        finally:
            mine.set()

    def taken(self, function: Callable[P, R]) -> Callable[P, R]:
        """The function, in turns."""

        @wraps(function)
        def in_turn(*args: P.args, **kwargs: P.kwargs) -> R:
            with self.turn():
                return function(*args, **kwargs)

        return in_turn


def take_turns() -> None:
    """Let the scripts of all visitors, and their parts that run alone, take turns."""
    run = exec_code.exec_func_with_error_handling
    script_runner.exec_func_with_error_handling = Turns().taken(run)  # type: ignore[attr-defined]
