"""Comparisons -> plotly figures: A and B laid over each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from streamlit.elements.lib.streamlit_plotly_theme import GRAY_90

from accuracy_lens.components.charts import MARGIN, MOST_DOTS, plotly_text
from accuracy_lens.words.text import amount, say
from metrics_core.numeric.arrays import Array

COLOURS = ("#009E73", "#CC79A7")
DASHES = ("solid", "dash")
_GUIDE = "#8a8a8a"
_MOST_WRITTEN = 12
NAMES = ("A", "B")


def overlaid_figure(
    lines: Sequence[tuple[Array, Array]],
    titles: tuple[str, str],
    guide: tuple[tuple[float, float], tuple[float, float]],
    *,
    dots: bool = False,
) -> go.Figure:
    """A curve of A and the same of B, over a faint line to compare with.

    Parameters
    ----------
    lines : pair of (x, y)
    titles : pair of str
        Of the axes.
    guide : pair of points
    dots : bool
        Whether the points are marked.
    """
    (x0, y0), (x1, y1) = guide
    faint: dict[str, object] = {
        "type": "scatter", "x": [x0, x1], "y": [y0, y1], "mode": "lines", "hoverinfo": "skip",
        "showlegend": False, "line": {"color": _GUIDE, "width": 1, "dash": "dot"},
    }  # fmt: skip
    drawn: list[dict[str, object]] = [
        {
            "type": "scatter", "x": np.ascontiguousarray(x), "y": np.ascontiguousarray(y),
            "name": name, "mode": "lines+markers" if dots or len(x) <= MOST_DOTS else "lines",
            "line": {"color": colour, "width": 2, "dash": dash},
            "hovertemplate": f"{name} %{{x:.4f}}: %{{y:.4f}}<extra></extra>",
        }
        for (x, y), name, colour, dash in zip(lines, NAMES, COLOURS, DASHES, strict=True)
    ]  # fmt: skip
    layout = {
        "height": 320, "margin": MARGIN, "dragmode": False,
        "legend": {"orientation": "h", "y": 1.12, "x": 0},
        "xaxis": {"title": {"text": titles[0]}, "range": [-0.02, 1.02]},
        "yaxis": {"title": {"text": titles[1]}, "range": [-0.02, 1.02]},
    }  # fmt: skip
    return go.Figure({"data": [faint, *drawn], "layout": layout})


def matrix_figure(difference: Array, labels: Sequence[str]) -> go.Figure:
    """The confusion matrix of B less that of A: what B has more is violet, what it has less green.

    Parameters
    ----------
    difference : ndarray, shape (C, C)
        Rows are true classes, columns predicted ones.
    labels : sequence of str
    """
    most = float(np.abs(difference).max(initial=0)) or 1.0
    names = [plotly_text(label if len(label) <= 18 else f"{label[:17]}…") for label in labels]
    text = [[_more(value) for value in row] for row in difference.tolist()]
    hover = say(
        "{true} predicted as {predicted}: {count}",
        true="%{customdata[0]}", predicted="%{customdata[1]}", count="%{customdata[2]}",
    )  # fmt: skip
    heat: dict[str, object] = {
        "type": "heatmap", "z": difference.tolist(), "zmin": -most, "zmax": most,
        "showscale": False, "xgap": 1, "ygap": 1,
        "colorscale": [
            [0, "rgba(0,158,115,0.6)"], [0.5, "rgba(138,138,138,0.06)"],
            [1, "rgba(204,121,167,0.6)"],
        ],
        "customdata": [
            [[true, predicted, cell] for predicted, cell in zip(names, row, strict=True)]
            for true, row in zip(names, text, strict=True)
        ],
        "hovertemplate": f"{hover}<extra></extra>",
    }  # fmt: skip
    written = [
        {"x": x, "y": y, "text": cell, "showarrow": False, "font": {"color": GRAY_90}}
        for y, row in enumerate(text)
        for x, cell in enumerate(row)
        if len(names) <= _MOST_WRITTEN
    ]
    axis = {
        "tickvals": list(range(len(names))), "ticktext": names, "showgrid": False,
        "zeroline": False, "automargin": True,
    }  # fmt: skip
    layout = {
        "height": int(np.clip(172 + 38 * len(names), 302, 642)), "margin": MARGIN,
        "dragmode": False, "annotations": written,
        "xaxis": {**axis, "title": {"text": say("predicted class")}},
        "yaxis": {**axis, "title": {"text": say("true class")}, "range": [len(names) - 0.5, -0.5]},
    }  # fmt: skip
    return go.Figure({"data": [heat], "layout": layout})


def _more(value: float) -> str:
    return f"+{amount(value)}" if value > 0 else amount(value)
