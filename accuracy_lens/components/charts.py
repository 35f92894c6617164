"""Results -> plotly figures that do not follow the threshold."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from accuracy_lens.words.text import say
from metrics_core.numeric.arrays import Array
from metrics_core.steps.decision.rank import NEVER

MOST_RANKS = 30
MOST_DOTS = 30
MARGIN = {"l": 10, "r": 10, "t": 32, "b": 10}
"""Above a figure there is room for the buttons, so that they cover nothing of it."""
_MARK = "#E69F00"


def tools(file: str) -> dict[str, object]:
    """Plotly's own buttons while a figure is pointed at: a picture, zoom, back, full screen.

    Parameters
    ----------
    file : str
        What the picture is called, without its ending.
    """
    return {
        "displayModeBar": "hover",
        "displaylogo": False,
        "modeBarButtonsToRemove": ["pan2d", "autoScale2d"],
        "toImageButtonOptions": {"format": "png", "filename": file, "scale": 2},
    }


def plotly_text(text: str) -> str:
    """Text that plotly shows as it stands: no tag of it is drawn, no link is chart.

    Examples
    --------
    >>> plotly_text('<a href="x">b</a> & c')
    '&lt;a href="x"&gt;b&lt;/a&gt; &amp; c'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def rank_figure(rank: Array, n_classes: int) -> go.Figure:
    """How often the true class ranks first, second, and so on, among the outputs.

    Parameters
    ----------
    rank : ndarray of int, shape (n,)
        From `metrics_core.steps.decision.rank.rank_of_true_class`.
    n_classes : int
        Ranks beyond the first 30 are counted together.
    """
    shown = min(n_classes, MOST_RANKS)
    counts = np.bincount(np.minimum(rank[rank != NEVER], shown), minlength=shown + 1)
    ranks = [str(index + 1) for index in range(shown)]
    values = counts[:shown].tolist()
    if n_classes > shown:
        ranks.append(f"> {shown}")
        values.append(int(counts[shown]))
    if np.any(rank == NEVER):
        ranks.append(say("none"))
        values.append(int(np.count_nonzero(rank == NEVER)))
    figure = go.Figure(
        go.Bar(
            x=ranks,
            y=values,
            marker_color=["#0072B2"] + ["#D55E00"] * (len(ranks) - 1),
            hovertemplate=say("rank {rank}: {count}", rank="%{x}", count="%{y}")
            + "<extra></extra>",
        )
    )
    figure.update_layout(
        height=280,
        margin=MARGIN,
        dragmode=False,
        xaxis={
            "title": say("rank of the true class, 1 is the highest output"),
            "type": "category",
        },
        yaxis={"title": say("samples")},
        showlegend=False,
    )
    return figure


def top_k_figure(accuracies: Array, k: int) -> go.Figure:
    """The accuracy for every k, with the k in view marked.

    Parameters
    ----------
    accuracies : ndarray, shape (C,)
        For k from 1 on.
    k : int
        0 or more; above C it stands at C.
    """
    every_k = [float(index + 1) for index in range(len(accuracies))]
    at = min(k, len(accuracies))
    hover = "k = %{x}: %{y:.4f}<extra></extra>"
    return _curve(
        (every_k, accuracies.tolist()),
        ([at], [float(accuracies[at - 1]) if at else 0.0]),
        (say("k"), say("true class among the k highest")),
        hover,
    )


def reject_figure(
    coverage: Array, accuracy: Array, thresholds: Array, at: tuple[float, float] | None
) -> go.Figure:
    """Accuracy of the answers against the share that is answered.

    Parameters
    ----------
    coverage, accuracy, thresholds : ndarray, shape (m,)
    at : tuple of float, optional
        Coverage and accuracy in view; None where nothing is answered.
    """
    chart = _curve(
        (coverage.tolist(), accuracy.tolist()),
        ([at[0]], [at[1]]) if at else ([], []),
        (say("coverage: share answered"), say("accuracy of the answers")),
        say("above {threshold}", threshold="%{customdata:.6g}")
        + "<br>%{x:.4f}: %{y:.4f}<extra></extra>",
    )
    chart.data[0].customdata = [float(t) if np.isfinite(t) else None for t in thresholds]
    return chart


def _curve(
    line: tuple[list[float], list[float]],
    mark: tuple[list[float], list[float]],
    titles: tuple[str, str],
    hover: str,
) -> go.Figure:
    few = len(line[0]) <= MOST_DOTS
    chart = go.Figure(
        [
            go.Scatter(
                x=line[0], y=line[1], mode="lines+markers" if few else "lines", hovertemplate=hover
            ),
            go.Scatter(
                x=mark[0], y=mark[1], mode="markers", hoverinfo="skip",
                marker={"size": 13, "symbol": "diamond", "color": _MARK},
            ),
        ]
    )  # fmt: skip
    chart.update_layout(
        height=320,
        margin=MARGIN,
        dragmode=False,
        showlegend=False,
        xaxis={"title": titles[0]},
        yaxis={"title": titles[1], "rangemode": "normal"},
    )
    return chart
