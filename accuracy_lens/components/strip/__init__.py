"""The strip of five steps, the same on every page: the choice at each step of the number in view.

It listens to the window's ``accuracy-lens-point`` events, which carry the name of the variant that
is pointed at anywhere on the page, and sends ``accuracy-lens-step`` events when a step is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from accuracy_lens.components.mounting import component
from accuracy_lens.components.moving import FOLLOWING_JS, parted
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.text import say
from metrics_core.messages import Message
from metrics_core.steps.step import Step

_HERE = Path(__file__).parent
STEPS = tuple(step.title for step in Step)
Choices = list[tuple[Message, Message]]


def show_strip(
    choices: Mapping[str, Choices],
    selected: str,
    lit: Step | None = None,
    key: str = "strip",
    control: str | None = View.threshold.url_name,
) -> None:
    """Draw the strip.

    Parameters
    ----------
    choices : mapping of str to list of (Message, Message)
        For each variant the choice at each of the five steps, and why the step does not matter
        where it does not.
    selected : str
        The variant whose choices are shown while none is pointed at.
    lit : Step, optional
        The step that makes the difference between two numbers.
    key : str
        Another one where there are two strips.
    control : str or None
        Which threshold it follows while a lens moves it, by its name in the address.
    """
    data = strip_data(choices, selected, lit) | {"control": control}
    moving = [
        ("choices", name, at, "choice")
        for name, steps in data["choices"].items()
        for at, step in enumerate(steps)
        if step["thresholded"]
    ]
    mount = component("strip", FOLLOWING_JS, _HERE / "strip.js", style=_HERE / "strip.css")
    mount(key=key, data=parted(key, data, [("lit",), *moving]))


def strip_data(
    choices: Mapping[str, Choices], selected: str, lit: Step | None = None
) -> dict[str, Any]:
    """The strip in words, as plain values."""
    return {
        "titles": [say(step.title) for step in Step],
        "choices": {
            name: [_step(choice, why) for choice, why in steps] for name, steps in choices.items()
        },
        "selected": selected,
        "lit": None if lit is None else lit - 1,
        "words": {"lit": say("makes the difference")},
    }


def _step(choice: Message, why: Message) -> dict[str, object]:
    return {"choice": say(choice), "why": say(why), "thresholded": "threshold" in choice.values}
