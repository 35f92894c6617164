"""The charts of one epoch: its outputs by label, and the plane with its decision boundary."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from accuracy_lens.components.chart_table import show_table
from accuracy_lens.components.charts import tools
from accuracy_lens.learn.training import answers, charts
from accuracy_lens.learn.training.shown import Shown, drawn
from accuracy_lens.words.text import say
from metrics_core.live_keras import EpochReport, boundary_points, dataset
from metrics_core.numeric.arrays import Array


def show_spread(shown: Shown, report: EpochReport) -> None:
    """The outputs by label, and the table of their counts."""
    title = say("Outputs by label: {run}", run=shown.caption)
    spread, sides = answers.spread(report), answers.sides(report)
    st.plotly_chart(
        drawn(
            ("spread", shown.name, shown.side, report.epoch),
            lambda: charts.spread_figure(spread, sides),
        ),
        key=f"spread_{shown.side}",
        config=tools("outputs-by-label"),
        alt=title,
    )
    edges = spread.edges
    counts = dict(zip(sides, (spread.positive, spread.other), strict=True))
    show_table(title, {say("output, from"): edges[:-1], **counts})


def show_plane(shown: Shown, report: EpochReport, boundary: Array) -> None:
    """The plane of two inputs with what the model says of each point of it."""
    st.plotly_chart(
        drawn(
            ("plane", shown.name, shown.side, report.epoch),
            lambda: _plane(shown, report, boundary),
        ),
        key=f"plane_{shown.side}",
        config=tools("decision-boundary"),
        alt=say("Decision boundary in the plane of the two inputs"),
    )


def _plane(shown: Shown, report: EpochReport, boundary: Array) -> go.Figure:
    settings = shown.settings
    data = dataset(settings.dataset, settings.seed, settings.kept)
    values, thresholds = answers.thresholds_on_plane(boundary, settings)
    labels = answers.class_of_label(report)
    return charts.plane_figure(
        boundary_points(data),
        values,
        thresholds,
        data.x_val[: len(labels)],
        labels,
        data.class_names,
    )
