"""Results of classes -> plotly figures; colours are clear at the bottom, so they fit any theme."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from streamlit.elements.lib.streamlit_plotly_theme import GRAY_90

from accuracy_lens.components.charts import MARGIN, plotly_text
from accuracy_lens.explore.classes.answers import called
from accuracy_lens.explore.classes.matrix import OTHERS, By, Matrix
from accuracy_lens.words.text import amount, say
from metrics_core.numeric.arrays import Array

RIGHT, WRONG, NEITHER = 0, 1, 2
_COLOURS = ("0,114,178", "213,94,0", "138,138,138")
_MARK = "#E69F00"
_MOST_WRITTEN = 12
_MOST_TICK = 18
_CLEAR = "rgba(0,0,0,0)"
_INK = GRAY_90
"""The strongest grey of the theme in the browser; `page.css` keeps it where the theme changes."""


def _tick(text: str) -> str:
    return plotly_text(text if len(text) <= _MOST_TICK else text[: _MOST_TICK - 1] + "…")


def matrix_figure(
    matrix: Matrix, by: By | None, labels: Sequence[str], chosen: tuple[int, int]
) -> go.Figure:
    """The confusion matrix: right in blue, wrong in vermilion, what is gathered in grey.

    Parameters
    ----------
    matrix : Matrix
    by : {"true", "predicted", "all"} or None
        What the cells are shares of; None for counts.
    labels : sequence of str
        What each class is called; shown as plain text.
    chosen : tuple of int
        The cell that is marked, as in `Matrix.rows` and `Matrix.columns`.

    Returns
    -------
    plotly.graph_objects.Figure
        A heat map cannot be clicked in Streamlit; invisible markers, one per cell, can; they carry
        the row's and the column's class in their `customdata`.
    """
    values = matrix.counts.astype(np.float64) if by is None else 100 * matrix.shares(by)
    kinds = _kinds(matrix)
    heat = [_heat(values, kinds == kind, _COLOURS[kind]) for kind in (RIGHT, WRONG, NEITHER)]
    chart = go.Figure(heat)
    chart.add_trace(_markers(matrix, labels))
    n_rows = len(matrix.rows)
    chart.update_layout(
        height=int(np.clip(172 + 38 * n_rows, 302, 782)),
        margin=MARGIN,
        hovermode="closest",
        hoverdistance=-1,
        dragmode=False,
        showlegend=False,
        annotations=_numbers(matrix, values, by),
        shapes=_frame(matrix, chosen),
        xaxis=_axis(say("predicted class"), matrix.columns, labels),
        yaxis=_axis(say("true class"), matrix.rows, labels)
        | {"range": [n_rows - 0.5, -0.5], "tickangle": 0},
    )
    return chart


def _kinds(matrix: Matrix) -> Array:
    """Which colour each cell has."""
    rows, columns = np.array(matrix.rows)[:, None], np.array(matrix.columns)[None, :]
    kinds = np.where(rows == columns, RIGHT, WRONG)
    kinds[(rows < 0) | (columns < 0)] = NEITHER
    return kinds


def _heat(values: Array, mask: Array, colour: str) -> go.Heatmap:
    shown = mask & (values > 0)
    cells = [
        [v if s else None for v, s in zip(*row, strict=True)]
        for row in zip(values.tolist(), shown.tolist(), strict=True)
    ]
    return go.Heatmap(
        z=cells,
        zmin=0,
        zmax=float(values[shown].max(initial=0)) or 1.0,
        colorscale=[[0, f"rgba({colour},0.06)"], [1, f"rgba({colour},0.62)"]],
        showscale=False,
        hoverinfo="skip",
        xgap=1,
        ygap=1,
    )


def _numbers(matrix: Matrix, values: Array, by: By | None) -> list[dict[str, object]]:
    """What is written in the cells, where there is room."""
    if max(matrix.counts.shape) > _MOST_WRITTEN:
        return []
    return [
        {
            "x": x,
            "y": y,
            "text": _written(float(values[y, x]), by),
            "showarrow": False,
            "font": {"color": _INK},
        }
        for y, x in np.argwhere(matrix.counts > 0).tolist()
    ]


def _frame(matrix: Matrix, chosen: tuple[int, int]) -> list[dict[str, object]]:
    """A line around the chosen cell."""
    if chosen[0] not in matrix.rows or chosen[1] not in matrix.columns:
        return []
    x, y = matrix.columns.index(chosen[1]), matrix.rows.index(chosen[0])
    ends = {"x0": x - 0.5, "x1": x + 0.5, "y0": y - 0.5, "y1": y + 0.5}
    return [{**ends, "line": {"color": _MARK, "width": 3}}]


def _markers(matrix: Matrix, labels: Sequence[str]) -> go.Scatter:
    n_rows, n_columns = matrix.counts.shape
    shares = [matrix.shares(by) for by in ("true", "predicted", "all")]
    cells = []
    for row, true in enumerate(matrix.rows):
        for column, predicted in enumerate(matrix.columns):
            cells.append([true, predicted, _hover(matrix, (row, column), shares, labels)])
    return go.Scatter(
        x=np.tile(np.arange(n_columns), n_rows).tolist(),
        y=np.repeat(np.arange(n_rows), n_columns).tolist(),
        mode="markers",
        marker={"color": _CLEAR, "size": 14, "symbol": "square"},
        customdata=cells,
        hovertemplate="%{customdata[2]}<extra></extra>",
    )


def _hover(
    matrix: Matrix, cell: tuple[int, int], shares: list[Array], labels: Sequence[str]
) -> str:
    true, predicted = matrix.rows[cell[0]], matrix.columns[cell[1]]
    of_true, of_predicted, of_all = (f"{100 * float(part[cell]):.2f}" for part in shares)
    lines = [
        say("{true} predicted as {predicted}: {count}", true=called(true, labels),
            predicted=called(predicted, labels), count=amount(float(matrix.counts[cell]))),
        say("{share} % of the true class", share=of_true),
        say("{share} % of the predicted class", share=of_predicted),
        say("{share} % of all", share=of_all),
    ]  # fmt: skip
    if true == predicted == OTHERS:
        lines.append(say("right among these: {right}", right=amount(matrix.hits_of_others)))
    return "<br>".join(plotly_text(line) for line in lines)


def _written(value: float, by: By | None) -> str:
    if by is not None:
        return f"{value:.1f}"
    for size, letter in ((1e6, "M"), (1e4, "k")):
        if value >= size:
            return f"{value / (1e3 if letter == 'k' else 1e6):.4g}{letter}"
    return f"{value:.4g}" if not value.is_integer() else f"{value:.0f}"


def _axis(title: str, keys: Sequence[int], labels: Sequence[str]) -> dict[str, object]:
    return {
        "title": title,
        "tickvals": list(range(len(keys))),
        "ticktext": [_tick(called(key, labels)) for key in keys],
        "range": [-0.5, len(keys) - 0.5],
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }
