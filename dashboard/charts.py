"""Results -> plotly figures that do not follow the threshold."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from dashboard.wording import say
from metrics_core.arrays import Array
from metrics_core.decision import NEVER

MOST_RANKS = 30


def rank_figure(rank: Array, n_classes: int) -> go.Figure:
    """How often the true class stands first, second, and so on, among the outputs.

    Parameters
    ----------
    rank : ndarray of int, shape (n,)
        From `metrics_core.decision.rank_of_true_class`.
    n_classes : int
        Ranks beyond the first 30 are counted together.
    """
    shown = min(n_classes, MOST_RANKS)
    counts = np.bincount(np.minimum(rank[rank != NEVER], shown), minlength=shown + 1)
    places = [str(place + 1) for place in range(shown)]
    values = counts[:shown].tolist()
    if n_classes > shown:
        places.append(say("later"))
        values.append(int(counts[shown]))
    if np.any(rank == NEVER):
        places.append(say("none"))
        values.append(int(np.count_nonzero(rank == NEVER)))
    figure = go.Figure(
        go.Bar(
            x=places,
            y=values,
            marker_color=["#0072B2"] + ["#D55E00"] * (len(places) - 1),
            hovertemplate=say("place") + " %{x}: %{y}<extra></extra>",
        )
    )
    figure.update_layout(
        height=260,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        xaxis={
            "title": say("place of the true class, 1 is the highest output"),
            "type": "category",
        },
        yaxis={"title": say("samples")},
        showlegend=False,
    )
    return figure
