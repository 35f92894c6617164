"""Sweeps and what follows from them, each made once for a visitor; none moves with the cut."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.curves import cuts_to_draw, standard_plots
from dashboard.threshold_lens import Grid, grid_for
from dashboard.thresholds_view import spread_of, ties_frame
from metrics_core.activation import Activation
from metrics_core.counts import CostMatrix
from metrics_core.distribution import Distribution
from metrics_core.steps import Steps
from metrics_core.sweep import (
    Band,
    Best,
    Reliability,
    Sweep,
    auc,
    average_precision,
    best_thresholds,
    bootstrap,
    reliability,
    roc_band,
    sweep_of,
)

AREAS = {"auc": auc, "average_precision": average_precision}
BAND_POINTS = 201

View = tuple[str, Activation, int | None, bool]
"""Digest of the data, activation, class against the rest, and whether weights count."""


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def swept(view: View, _steps: Steps) -> Sweep | None:
    """The scores in view, sorted; None where the labels are neither 0 nor 1."""
    _, _, class_index, weighted = view
    return sweep_of(_steps, class_index, weighted=weighted)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def best(view: View, cost: CostMatrix, _sweep: Sweep) -> tuple[Best, ...]:
    """The best thresholds for every figure and the cost."""
    return best_thresholds(_sweep, cost=cost)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def areas(view: View, _sweep: Sweep) -> dict[str, float]:
    """The areas under the curves; none where only one label occurs."""
    if not (_sweep.positives and _sweep.negatives):
        return {}
    return {name: area(_sweep) for name, area in AREAS.items()}


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def intervals(view: View, seed: int, _sweep: Sweep) -> dict[str, tuple[float, float]]:
    """Bootstrap intervals of the areas."""
    return {name: bootstrap(_sweep, name, seed=seed) for name in AREAS}


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def band(view: View, seed: int, _sweep: Sweep) -> Band:
    """The bootstrap band of the ROC curve."""
    return roc_band(_sweep, BAND_POINTS, seed=seed)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def calibration(view: View, bins: int, equal_counts: bool, _sweep: Sweep) -> Reliability:
    """The reliability diagram's bins."""
    return reliability(_sweep, bins, equal_counts=equal_counts)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def drawn(view: View, cost: CostMatrix, _sweep: Sweep) -> Grid:
    """The cuts that the curves need."""
    pairs = [pair for plot in standard_plots(0.5) for pair in plot.curves]
    return cuts_to_draw(_sweep, pairs, cost)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def spread(view: View, _sweep: Sweep) -> Distribution:
    """The histogram under the lens."""
    return spread_of(_sweep)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def ties(view: View, _sweep: Sweep) -> pd.DataFrame:
    """The scores that the most samples share."""
    return ties_frame(_sweep)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def stops(view: View, _sweep: Sweep) -> Grid:
    """Where the cut of the lens stops."""
    return grid_for(_sweep)
