"""The strip of five steps, the same on every page: the choice at each step of the number in view.

It listens to the window's ``accuracy-lens-point`` events, which carry the name of the variant that
is pointed at anywhere on the page, and sends ``accuracy-lens-step`` events when a step is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from accuracy_lens.words.text import say
from metrics_core.messages import Message
from metrics_core.steps.step import Step

_HERE = Path(__file__).parent
STEPS = tuple(step.title for step in Step)
Choices = list[tuple[Message, Message]]


def show_strip(
    choices: Mapping[str, Choices], selected: str, lit: Step | None = None, key: str = "strip"
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
    """
    renderer = st.components.v2.component(
        "accuracy_lens_strip",
        js=(_HERE / "strip.js").read_text(encoding="utf-8"),
        css=(_HERE / "strip.css").read_text(encoding="utf-8"),
    )
    renderer(key=key, data=strip_data(choices, selected, lit))


def strip_data(
    choices: Mapping[str, Choices], selected: str, lit: Step | None = None
) -> dict[str, object]:
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
