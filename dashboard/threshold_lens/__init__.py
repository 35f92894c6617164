"""The threshold lens: how the scores are spread by label, with the cut drawn in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard.ladder import Ladder
from dashboard.wording import say
from metrics_core.distribution import Distribution
from metrics_core.messages import Message

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Cut:
    """Where scores become decisions.

    Attributes
    ----------
    lines : tuple of float
        The borders that are drawn.
    right_positive, right_other : tuple of float
        From where to where a score is right for a positive and for any other label; infinite
        where there is no border.
    """

    lines: tuple[float, ...]
    right_positive: tuple[float, float]
    right_other: tuple[float, float]


def threshold_cut(threshold: float) -> Cut:
    """The cut of ``score > threshold``."""
    infinite = float("inf")
    return Cut((threshold,), (threshold, infinite), (-infinite, threshold))


ROUNDING_CUT = Cut((-0.5, 0.5, 1.5), (0.5, 1.5), (-0.5, 0.5))
"""Rounding gives 1 between 0.5 and 1.5 and 0 between -0.5 and 0.5; the rest is neither."""


@dataclass(frozen=True)
class Drawing:
    """What the lens draws.

    Attributes
    ----------
    spread : Distribution
    cut : Cut or None
        None where no threshold applies; then nothing is right or wrong by itself.
    labels : pair of Message
        What stands above and below the line.
    caption : Message
        One sentence under the drawing.
    shared_scale : bool
        Whether both sides have the same scale; several outputs a sample have few positive ones.
    ladder : Ladder or None
        Where the slider stops; None where no variant has a threshold.
    threshold : float
        Where the slider stands.
    """

    spread: Distribution
    cut: Cut | None
    labels: tuple[Message, Message]
    caption: Message
    shared_scale: bool = True
    ladder: Ladder | None = None
    threshold: float = 0.5


def show_lens(drawing: Drawing, *, on_threshold: Callable[[], None]) -> None:
    """Draw the distribution of scores, the positive label above the line and the other below.

    Parameters
    ----------
    drawing : Drawing
    on_threshold : callable
        Called after the slider was let go; the threshold is then the trigger ``threshold`` of the
        key ``lens``. While it moves, the page hears ``accuracy-lens-threshold`` events.
    """
    renderer = st.components.v2.component(
        "accuracy_lens_threshold",
        js=(_HERE / "lens.js").read_text(encoding="utf-8"),
        css=(_HERE / "lens.css").read_text(encoding="utf-8"),
    )
    renderer(key="lens", data=lens_data(drawing), on_threshold_change=on_threshold)


def lens_data(drawing: Drawing) -> dict[str, object]:
    """What the browser needs to draw: counts and borders, never samples."""

    def finite(border: float) -> float | None:
        return border if abs(border) != float("inf") else None

    spread, cut, ladder = drawing.spread, drawing.cut, drawing.ladder
    borders = None
    if cut is not None:
        borders = {
            "lines": list(cut.lines),
            "right": [
                [finite(b) for b in cut.right_positive],
                [finite(b) for b in cut.right_other],
            ],
            "moves": len(cut.lines) == 1,
        }
    slider = None
    if ladder is not None:
        slider = {
            "stops": list(ladder.stops),
            "texts": list(ladder.texts),
            "captions": list(ladder.captions),
            "value": drawing.threshold,
        }
    return {
        "low": spread.low,
        "high": spread.high,
        "counts": [spread.positive.tolist(), spread.other.tolist()],
        "cut": borders,
        "slider": slider,
        "labels": [say(label) for label in drawing.labels],
        "caption": say(drawing.caption),
        "shared": drawing.shared_scale,
        "words": {
            "right": say("right"),
            "wrong": say("wrong"),
            "scale": say("each side has its own scale"),
            "threshold": say("Threshold"),
        },
    }
