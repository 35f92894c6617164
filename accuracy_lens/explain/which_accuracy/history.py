"""The line of time: the releases that ran by date, what changed, and the number on the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import plotly.graph_objects as go

from accuracy_lens.components.charts import MARGIN
from accuracy_lens.explain.which_accuracy.answers import Answer
from accuracy_lens.words.text import figure, say
from metrics_core.messages import Message
from metrics_core.releases import CompiledAccuracy, KerasRefusal, Release, find_release, lines


class _Line(NamedTuple):
    title: Message
    colour: str


_LINES = (
    _Line(Message("Keras 1 and 2"), "#0072B2"),
    _Line(Message("tf.keras"), "#D55E00"),
    _Line(Message("Keras 3"), "#009E73"),
)
_SELECTED = "#E69F00"


@dataclass(frozen=True)
class Point:
    """A release that ran: when, in which line, whether its rules are new, what it answers."""

    name: str
    row: Release
    line: int
    uploaded: str
    new: bool
    answer: Answer

    @property
    def title(self) -> str:
        """What the release is called."""
        return find_release(self.name).title

    @property
    def value(self) -> float | None:
        """The number, or None where it is refused."""
        return self.answer.value if isinstance(self.answer, CompiledAccuracy) else None

    @property
    def printed(self) -> str:
        """The number as it is shown, or that it is refused."""
        value = self.value
        return say("refused") if value is None else figure(value)


def points(answers: Mapping[str, Answer]) -> tuple[Point, ...]:
    """Every release that ran, by date.

    Parameters
    ----------
    answers : mapping of str to CompiledAccuracy or KerasRefusal
        By name of the row of the table of releases.
    """
    found = [
        Point(
            f"{row.line}-{run.version}", row, at, run.uploaded, run == row.ran[0], answers[row.name]
        )
        for at, line in enumerate(lines())
        for row in line
        for run in row.ran
    ]
    return tuple(sorted(found, key=lambda point: point.uploaded))


def history_figure(found: tuple[Point, ...], selected: str) -> go.Figure:
    """Draw each line of releases in steps; large dots where rules changed, × where it is refused.

    Parameters
    ----------
    found : tuple of Point
    selected : str
        The release that is marked.
    """
    values = [point.value for point in found if point.value is not None] or [0.0, 1.0]
    room = (max(values) - min(values)) * 0.15 or 0.05
    floor = min(values) - room
    chart = go.Figure()
    for at, drawn in enumerate(_LINES):
        line = [point for point in found if point.line == at]
        chart.add_scatter(
            x=[point.uploaded for point in line],
            y=[floor if point.value is None else point.value for point in line],
            name=say(drawn.title),
            mode="lines+markers",
            line={"color": drawn.colour, "shape": "hv", "width": 2},
            marker={
                "size": [11 if point.new else 6 for point in line],
                "symbol": ["x" if point.value is None else "circle" for point in line],
                "color": drawn.colour,
            },
            customdata=[[point.title, point.printed] for point in line],
            hovertemplate="%{customdata[0]}<br>%{x|%Y-%m-%d}<br>%{customdata[1]}<extra></extra>",
        )
    marked = [point for point in found if point.name == selected]
    chart.add_scatter(
        x=[point.uploaded for point in marked],
        y=[floor if point.value is None else point.value for point in marked],
        mode="markers",
        marker={"size": 15, "symbol": "diamond", "color": _SELECTED},
        hoverinfo="skip",
        showlegend=False,
    )
    for point in _where_the_number_changed(found):
        chart.add_annotation(
            x=point.uploaded, y=floor if point.value is None else point.value,
            text=point.row.versions[0], showarrow=False, yshift=14,
        )  # fmt: skip
    chart.update_layout(
        height=320,
        margin=MARGIN,
        dragmode=False,
        xaxis={"type": "date"},
        yaxis={"title": say("prints"), "range": [floor - room / 2, max(values) + room]},
        legend={"orientation": "h", "y": 1.02, "x": 0, "yanchor": "bottom"},
    )
    return chart


def history_columns(found: tuple[Point, ...]) -> dict[str, list[str]]:
    """The same as the columns of a table, with what changed and where that stands."""
    return {
        say("date"): [point.uploaded for point in found],
        say("release"): [point.title for point in found],
        say("prints"): [point.printed for point in found],
        say("what changed"): [
            say(point.row.changed) if point.new else say("nothing") for point in found
        ],
        say("where that stands"): [point.row.source if point.new else "" for point in found],
    }


def _where_the_number_changed(found: tuple[Point, ...]) -> list[Point]:
    """The first release of each line, and those that print another number than the one before."""
    before: dict[int, str] = {}
    changed = []
    for point in found:
        shown = "" if isinstance(point.answer, KerasRefusal) else point.answer.printed
        if before.get(point.line) != shown:
            changed.append(point)
        before[point.line] = shown
    return changed
