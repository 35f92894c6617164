"""Controls of settings that an experiment leaves free, one for each setting of a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accuracy_lens.frame.called import choice, setting
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.control import Control
from accuracy_lens.view.control_table.table import of_settings
from accuracy_lens.words.text import say
from metrics_core.live_keras import RunSettings

ROWS = {name: row for name, row in of_settings(RunSettings).items() if name != "hidden"}
"""The control of each setting; those of the hidden layers are two for one."""


class FreeControls:
    """Draws the controls of settings that are not compared, and notes what they say."""

    def __init__(self, base: RunSettings, apart: dict[str, Any], changes: dict[str, Any]) -> None:
        self.base, self.apart, self.changes = base, apart, changes

    def choose(self, name: str, options: Sequence[str], width: int = 170) -> None:
        """Draw a choice; what cannot be chosen gives way to the default."""
        if name in self.apart:
            return
        default = getattr(self.base, name)
        if default not in options:
            default = options[0]
        widgets.keep_within(ROWS[name], options, default)
        self.changes[name] = widgets.select(
            ROWS[name], say(setting(name)), options, default=default, width=width,
            format_func=_said,
        )  # fmt: skip

    def switch(self, name: str) -> None:
        """Draw a toggle."""
        if name not in self.apart:
            default = getattr(self.base, name)
            self.changes[name] = widgets.toggle(ROWS[name], say(setting(name)), default=default)

    def fraction(self, name: str, low: float, high: float, step: float) -> None:
        """Draw a number that need not be whole."""
        if name not in self.apart:
            self.changes[name] = widgets.number(
                ROWS[name], say(setting(name)), low, high, default=getattr(self.base, name),
                step=step, format="%.6g", width=140,
            )  # fmt: skip

    def whole(self, name: str, low: int, high: int) -> None:
        """Draw a whole number."""
        if name not in self.apart:
            self.changes[name] = number(
                ROWS[name], say(setting(name)), getattr(self.base, name), low, high
            )


def _said(value: str) -> str:
    return say(choice(value))


def number(control: Control[int], label: str, default: int, low: int, high: int) -> int:
    """Draw a whole number of any control."""
    return int(widgets.number(control, label, low, high, default=default, step=1, width=140))
