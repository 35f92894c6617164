"""Runs -> plotly figures: curves by epoch, outputs by label, the plane with its boundary."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from streamlit.elements.lib.streamlit_plotly_theme import GRAY_70, GRAY_90

from accuracy_lens.components.charts import MARGIN, plotly_text
from accuracy_lens.learn.training.by_epoch import WHERE, Line, Where
from accuracy_lens.words.text import figure, say
from metrics_core.numeric.arrays import Array
from metrics_core.overview.distribution import Distribution

COLOURS = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8a8a8a", "#B8A000",
)  # fmt: skip
_DASHES: dict[Where, str] = {"printed": "dot", "training": "dash", "validation": "solid"}
_BLUE, _VERMILION = COLOURS[:2]
_LAYOUT = {"margin": MARGIN}
_ABOVE = {"orientation": "h", "y": 1.02, "x": 0, "yanchor": "bottom"}


def curves_figure(
    lines: Sequence[Line], names: Sequence[str], epochs: int, low: float, high: float, epoch: int
) -> go.Figure:
    """Metrics by epoch; the axes are given, so that two runs can be compared.

    Parameters
    ----------
    lines : sequence of Line
    names : sequence of str
        All names of both runs: each has the same colour in both.
    epochs : int
        Where the axis ends; it does not grow while epochs end.
    low, high : float
    epoch : int
        The one in view is marked.
    """
    missing = set(names).difference(line.name for line in lines)  # the same legend, the same height
    lines = [*lines, *(Line(name, "validation", (), ()) for name in names if name in missing)]
    room = (high - low) * 0.04 or 0.5
    colours = {name: COLOURS[index % len(COLOURS)] for index, name in enumerate(names)}
    layout = _LAYOUT | {
        "height": 362,
        "hovermode": "x unified",
        "xaxis": {"title": say("epoch"), "range": [-0.3, epochs + 0.3], "dtick": _step(epochs)},
        "yaxis": {"range": [low - room, high + room]},
        "legend": {"orientation": "h", "y": -0.26, "x": 0, "yanchor": "top"},
        "shapes": [_mark(epoch)],
    }
    return go.Figure([_curve(line, colours[line.name]) for line in lines], layout)


def _curve(line: Line, colour: str) -> dict[str, object]:
    title = plotly_text(line.name)
    return {
        "type": "scatter",
        "x": line.epochs,
        "y": line.values,
        "name": title,
        "legendgroup": line.name,
        "showlegend": line.where == "validation",
        "mode": "lines+markers",
        "marker": {"size": 5},
        "line": {"color": colour, "dash": _DASHES[line.where], "width": 2},
        "customdata": [figure(value) for value in line.values],
        "hovertemplate": f"%{{customdata}} {title}, {say(WHERE[line.where])}<extra></extra>",
    }


def _step(epochs: int) -> int:
    """Whole epochs only, at most a dozen marks."""
    return max(1, -(-epochs // 12))


def _mark(epoch: int) -> dict[str, object]:
    line = {"color": GRAY_70, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": epoch, "x1": epoch, "yref": "paper", "y0": 0, "y1": 1,
            "line": line}  # fmt: skip


def spread_figure(spread: Distribution, titles: tuple[str, str]) -> go.Figure:
    """The outputs by label: above the line those of label 1, below it the others.

    Each side has its own scale, as several outputs per sample have few of label 1.
    """
    width = (spread.high - spread.low) / len(spread.positive) or 0.01
    middles = spread.low + width * (np.arange(len(spread.positive)) + 0.5)
    sides = ((spread.positive, 1, _BLUE), (spread.other, -1, _VERMILION))
    bars = [
        {
            "type": "bar",
            "x": middles,
            "y": sign * counts / max(1, counts.max()),
            "width": width,
            "name": title,
            "marker": {"color": colour},
            "customdata": counts,
            "hovertemplate": f"%{{x:.4g}}: %{{customdata}} {title}<extra></extra>",
        }
        for (counts, sign, colour), title in zip(sides, titles, strict=True)
    ]
    layout = _LAYOUT | {
        "height": 242,
        "barmode": "overlay",
        "bargap": 0,
        "xaxis": {"title": say("output")},
        "yaxis": {
            "range": [-1.05, 1.05],
            "showticklabels": False,
            "zerolinecolor": GRAY_90,
            "showgrid": False,
        },
        "legend": _ABOVE,
    }
    return go.Figure(bars, layout)


def plane_figure(
    axes: tuple[Array, Array],
    boundary: Array,
    thresholds: Sequence[float],
    points: Array,
    labels: Array,
    class_names: Sequence[str],
) -> go.Figure:
    """The plane: the outputs of the model, its decision boundary, and the validation samples.

    Parameters
    ----------
    axes : pair of ndarray
        From `boundary_points`.
    boundary : ndarray, shape (m, m)
        The number that is compared.
    thresholds : sequence of float
        One line is drawn for each.
    points : ndarray, shape (n, 2)
    labels : ndarray of int, shape (n,)
        0 or 1.
    class_names : sequence of str
    """
    reach = float(np.nanmax(np.abs(boundary - thresholds[0]))) or 1.0
    heat = {
        "type": "heatmap",
        "x": axes[0],
        "y": axes[1],
        "z": boundary,
        "zmin": thresholds[0] - reach,
        "zmax": thresholds[0] + reach,
        "colorscale": [
            [0, "rgba(213,94,0,0.45)"],
            [0.5, "rgba(138,138,138,0.06)"],
            [1, "rgba(0,114,178,0.45)"],
        ],
        "showscale": False,
        "hovertemplate": say("output {value}", value="%{z:.4g}") + "<extra></extra>",
    }
    dashes = ("solid", "dot")
    borders = [
        _border(axes, boundary, threshold, dash)
        for threshold, dash in zip(thresholds, dashes, strict=False)
    ]
    clouds = [
        {
            "type": "scatter",
            "x": points[labels == label, 0],
            "y": points[labels == label, 1],
            "mode": "markers",
            "name": plotly_text(f"{label}: {class_names[label]}"),
            "marker": {
                "symbol": symbol,
                "size": 6,
                "color": colour,
                "line": {"width": 1, "color": "white"},
            },
            "hoverinfo": "skip",
        }
        for label, symbol, colour in ((0, "circle", _VERMILION), (1, "diamond", _BLUE))
    ]
    bare = {"showgrid": False, "zeroline": False}
    layout = _LAYOUT | {"height": 362, "legend": _ABOVE, "xaxis": bare, "yaxis": bare}
    return go.Figure([heat, *borders, *clouds], layout)


def _border(
    axes: tuple[Array, Array], boundary: Array, threshold: float, dash: str
) -> dict[str, object]:
    return {
        "type": "contour",
        "x": axes[0],
        "y": axes[1],
        "z": boundary,
        "contours": {"type": "constraint", "operation": "=", "value": threshold},
        "line": {"color": GRAY_90, "width": 2, "dash": dash},
        "name": say("threshold {threshold:g}", threshold=threshold),
        "showlegend": True,
        "hoverinfo": "skip",
    }
