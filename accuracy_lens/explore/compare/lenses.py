"""The scores of A and of B, each under a lens: one threshold for both, or one each."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from accuracy_lens.components.chart_table import show_table
from accuracy_lens.components.sides import sides_of
from accuracy_lens.components.threshold_lens.lens import (
    Drawing,
    Still,
    show_lens,
    threshold_boundary,
)
from accuracy_lens.explore.compare import charts
from accuracy_lens.explore.compare.controls import move_b, move_both
from accuracy_lens.explore.compare.curves import Curves, counts_at
from accuracy_lens.explore.compare.pair import Pair
from accuracy_lens.view.control_table.control import Control
from accuracy_lens.view.control_table.controls import move_to_lens
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import variant
from metrics_core.messages import Message
from metrics_core.predictions import Predictions

Places = tuple[DeltaGenerator, DeltaGenerator]


def lay_out(curves: Curves, *, decided: bool) -> Places:
    """Draw what stands round the lenses; where they are drawn.

    Parameters
    ----------
    decided : bool
        Whether a threshold decides.
    """
    st.markdown(f"## {say('Scores of A and of B')}")
    places = []
    for name, column in zip(charts.NAMES, st.columns(2, gap="medium"), strict=True):
        with column:
            st.markdown(f"### {name}")
            places.append(st.container())
    if decided:
        st.caption(
            say(
                "Label 1 is drawn up, label 0 down; right of its threshold a score is predicted 1. "
                "Right is blue, wrong is vermilion."
            )
        )
    columns = {}
    for name, spread in zip(charts.NAMES, curves.spread, strict=True):
        columns[say("{name}: score up to", name=name)] = spread.edges[1:]
        columns[say("{name}: label 1", name=name)] = spread.positive
        columns[say("{name}: label 0", name=name)] = spread.other
    show_table(say("Scores of A and of B"), columns)
    return places[0], places[1]


def show_lenses(
    places: Places,
    curves: Curves,
    pair: Pair,
    class_index: int | None,
    control_b: Control[float] | None,
) -> None:
    """Draw both.

    Parameters
    ----------
    places : pair of DeltaGenerator
        From `lay_out`.
    pair : Pair
    class_index : int or None
        The class against the rest.
    control_b : Control or None
        The threshold of B, which may be that of A; None where none decides, so that there is
        nothing to drag.
    """
    reach = (
        min(spread.low for spread in curves.spread),
        max(spread.high for spread in curves.spread),
    )
    of_a = Drawing(
        curves.spread[0],
        None,
        sides_of(pair.data, class_index),
        Message("Label 1 is drawn up, label 0 down."),
        control=Still(),
        reach=reach,
    )
    of_b = replace(of_a, spread=curves.spread[1], name="lens_b")
    if control_b is not None:
        of_a = replace(_decided(of_a, curves, pair, class_index, 0), control=View.threshold)
        of_b = replace(_decided(of_b, curves, pair, class_index, 1), control=control_b)
    with places[0]:
        show_lens(of_a, on_threshold=move_to_lens)
    with places[1]:
        show_lens(of_b, on_threshold=move_b if control_b is View.b_threshold else move_both)


def are_thresholded(name: str, data: Predictions) -> bool:
    """Whether a threshold decides under a variant."""
    return variant(name).decision_for(data.kind).boundary == "threshold"


def _decided(
    drawing: Drawing, curves: Curves, pair: Pair, class_index: int | None, side: int
) -> Drawing:
    threshold, grid = pair.settings[side].threshold, curves.stops[side]
    known = threshold in grid.thresholds
    return replace(
        drawing,
        boundary=threshold_boundary(threshold),
        threshold=threshold,
        grid=grid,
        here=None if known else counts_at(pair, class_index, side, threshold),
    )
