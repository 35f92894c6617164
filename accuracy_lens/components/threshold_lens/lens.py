"""The threshold lens: the scores by label, and the threshold that is dragged over them.

While the threshold moves, the window hears ``accuracy-lens-threshold`` events. Their detail has

- ``source``: the name of the lens, or of another component that moves it,
- ``control``: which threshold it is, by its name in the address, or null,
- ``value`` and ``text``: the threshold, as a number and as it is shown,
- ``index``: which stop of the ladder it is, or null,
- ``counts``: ``{tp, fp, tn, fn}``, exact, and ``figures``: every metric by its name and
  ``false_positive_rate``, ``predicted_share``, ``majority`` and ``lift``; both null where only the
  ladder is known.

When it is let go, the address carries the threshold and Python gets the trigger ``threshold`` once.
Components that stand for the same threshold move together; each has counts of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from accuracy_lens.components.mounting import component
from accuracy_lens.components.moving import FOLLOWING_JS, parted
from accuracy_lens.components.threshold_lens.grid import Grid
from accuracy_lens.components.threshold_lens.ladder import Ladder
from accuracy_lens.components.threshold_lens.words import lens_words
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.text import say
from metrics_core.counting.counts import Counts
from metrics_core.messages import Message
from metrics_core.overview.distribution import Distribution

_HERE = Path(__file__).parent
SHARED_JS = (_HERE / "threshold.js", _HERE / "picture.js")
"""What every component that moves or follows the threshold begins with."""
_FILES = (
    FOLLOWING_JS,
    *SHARED_JS,
    *(_HERE / name for name in ("drawing.js", "reading.js", "pointing.js", "lens.js")),
)
_MOVING = (("boundary",), ("caption",), ("here",), ("slider", "value"), ("words", "numbers"))


@dataclass(frozen=True)
class Boundary:
    """Where scores become decisions.

    Attributes
    ----------
    lines : tuple of float
        The lines that are drawn.
    right_positive, right_other : tuple of float
        From where to where a score is right for a positive and for any other label; infinite
        where there is none.
    """

    lines: tuple[float, ...]
    right_positive: tuple[float, float]
    right_other: tuple[float, float]


def threshold_boundary(threshold: float) -> Boundary:
    """The boundary of ``score > threshold``."""
    infinite = float("inf")
    return Boundary((threshold,), (threshold, infinite), (-infinite, threshold))


ROUNDING = Boundary((-0.5, 0.5, 1.5), (0.5, 1.5), (-0.5, 0.5))
"""Rounding gives 1 between 0.5 and 1.5 and 0 between -0.5 and 0.5; the rest is neither."""


class Moved(Protocol):
    """The control whose value the threshold is."""

    @property
    def url_name(self) -> str | None:
        """Its name in the address; None where the address does not carry it."""

    @property
    def start(self) -> float:
        """Where it stands at first."""

    @property
    def locked(self) -> bool:
        """Whether it cannot be moved."""


@dataclass(frozen=True)
class Still:
    """A threshold that stands where it is, and is no control's."""

    url_name: None = None
    start: float = 0.0
    locked: bool = True


@dataclass(frozen=True)
class Drawing:
    """What the lens draws.

    Attributes
    ----------
    spread : Distribution
    boundary : Boundary or None
        None where no threshold applies; then nothing is right or wrong by itself.
    labels : pair of Message
        What stands above and below the line.
    caption : Message
        One sentence under the drawing.
    shared_scale : bool
        Whether both sides have the same scale; several outputs per sample have few positive ones.
    ladder : Ladder or None
        Round steps at which the threshold stops; None where no variant has a threshold.
    threshold : float
        Where the threshold stands.
    grid : Grid or None
        Real scores at which the threshold stops, instead of the ladder; its metrics are then shown
        below the drawing.
    here : pair of Counts or None
        What is counted above `threshold`, and at or above it, where it need not be a stop of
        `grid`.
    numbers : tuple of Message
        Sentences that stand in a saved picture while the threshold stands at `threshold`.
    control : Moved
        What the threshold is the value of.
    name : str
        Its key; another one where there are two on a page.
    reach : pair of float or None
        From where to where the axis goes at least, so that two lenses have the same.
    answers : sequence of mapping of float to int
        How many of a class put the threshold where, round by round.
    """

    spread: Distribution
    boundary: Boundary | None
    labels: tuple[Message, Message]
    caption: Message
    shared_scale: bool = True
    ladder: Ladder | None = None
    threshold: float = 0.5
    grid: Grid | None = None
    here: tuple[Counts, Counts] | None = None
    numbers: tuple[Message, ...] = ()
    control: Moved = field(default_factory=lambda: View.threshold)
    name: str = "lens"
    reach: tuple[float, float] | None = None
    answers: Sequence[Mapping[float, int]] = ()


def show_lens(drawing: Drawing, *, on_threshold: Callable[[], None]) -> None:
    """Draw the distribution of scores, the positive label above the line and the other below.

    Parameters
    ----------
    drawing : Drawing
    on_threshold : callable
        Called after it was let go; the threshold is then the trigger ``threshold`` of its key.
    """
    mount = component("threshold", *_FILES, style=_HERE / "lens.css")
    data = parted(drawing.name, lens_data(drawing), _MOVING)
    mount(key=drawing.name, data=data, on_threshold_change=on_threshold)


def lens_data(drawing: Drawing) -> dict[str, Any]:
    """What the browser needs to draw: counts and boundaries, never samples."""
    spread, ladder, grid = drawing.spread, drawing.ladder, drawing.grid
    slider: dict[str, object] | None = None
    if drawing.control.locked:
        pass  # it is drawn where it stands, and cannot be taken
    elif grid is not None:
        slider = {"value": drawing.threshold}
    elif ladder is not None:
        slider = {
            "stops": list(ladder.stops),
            "texts": list(ladder.texts),
            "captions": list(ladder.captions),
            "value": drawing.threshold,
        }
    data: dict[str, Any] = {
        "name": drawing.name,
        "low": spread.low,
        "high": spread.high,
        "counts": [spread.positive.tolist(), spread.other.tolist()],
        "boundary": None if drawing.boundary is None else _lines(drawing.boundary, drawing.control),
        "slider": slider,
        "labels": [say(label) for label in drawing.labels],
        "caption": say(drawing.caption),
        "shared": drawing.shared_scale,
        "address": threshold_address(drawing.control),
        "words": _words(drawing),
    }
    if drawing.reach is not None:
        data["reach"] = list(drawing.reach)
    if drawing.answers:
        data["answers"] = [list(answers.items()) for answers in drawing.answers]
    if grid is not None:
        data |= {"grid": grid.table(), "totals": [grid.positives, grid.negatives]}
    if drawing.here is not None:
        above, at_least = map(plain_counts, drawing.here)
        data["here"] = {"counts": above, "ties": at_least}
    return data


def plain_counts(counts: Counts) -> dict[str, float]:
    """The four counts of a threshold as the browser knows them."""
    return {
        "tp": float(counts.true_positives),
        "fp": float(counts.false_positives),
        "tn": float(counts.true_negatives),
        "fn": float(counts.false_negatives),
    }


def threshold_address(control: Moved = View.threshold) -> dict[str, object]:
    """The query parameter of the threshold, and the value at which it is left out."""
    return {"name": control.url_name, "plain": control.start}


def _lines(boundary: Boundary, control: Moved) -> dict[str, object]:
    def finite(value: float) -> float | None:
        return value if abs(value) != float("inf") else None

    return {
        "lines": list(boundary.lines),
        "right": [
            [finite(b) for b in boundary.right_positive],
            [finite(b) for b in boundary.right_other],
        ],
        "moves": len(boundary.lines) == 1 and not control.locked,
    }


def _words(drawing: Drawing) -> dict[str, object]:
    return lens_words(
        [say(label) for label in drawing.labels],
        [say(line) for line in drawing.numbers],
        drawing.grid,
        stops=drawing.ladder is not None,
        locked=drawing.control.locked,
    )
