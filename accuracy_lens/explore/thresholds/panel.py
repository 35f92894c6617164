"""The drawn parts of the Thresholds page: its controls and its tables."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from accuracy_lens.components.sentence import show_sentence
from accuracy_lens.components.sides import of_what
from accuracy_lens.components.strip import Choices
from accuracy_lens.explore.thresholds.answers import by_highest
from accuracy_lens.explore.thresholds.sweeps import SweepKey, highest
from accuracy_lens.explore.thresholds.tables import best_frame, interval_frame
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.controls import move_threshold
from accuracy_lens.view.control_table.table import View, of_settings
from accuracy_lens.view.events import selected_cells
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.counting.counts import CostMatrix, Counts
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.steps.activation import ACTIVATIONS
from metrics_core.steps.one_class import outputs_words
from metrics_core.steps.shared import Steps
from metrics_core.sweep import Best


def pick_cost() -> CostMatrix:
    """What each kind of prediction costs."""
    titles = {
        "tn": say("label 0, predicted 0"),
        "fp": say("label 0, predicted 1"),
        "fn": say("label 1, predicted 0"),
        "tp": say("label 1, predicted 1"),
    }
    rows = of_settings(CostMatrix)
    with st.container(horizontal=True):
        found = {
            name: widgets.number(rows[name], title, step=1.0, width=170)
            for name, title in titles.items()
        }
    return CostMatrix(**found)


def pick_seed() -> int:
    """Where the random draws of the bootstrap begin."""
    return int(widgets.number(View.bootstrap_seed, say("Seed"), 0, step=1, width=120))


def step_choices(data: Predictions, view: SweepKey, threshold: float) -> Choices:
    """The five steps of what is swept."""
    _, activation, class_index, weighted = view
    outputs = outputs_words(data, class_index)
    if data.n_outputs > 1 and class_index is None:
        values = {"rows": f"{data.n_samples:,}", "columns": data.n_outputs}
        outputs = Message("{rows} x {columns} outputs, each on its own", values)
    choices = (
        outputs,
        ACTIVATIONS[activation].words,
        Message("> {threshold:g}", {"threshold": threshold}),
        Message("equal to the label"),
        Message("weighted mean") if weighted else Message("mean"),
    )
    return [(choice, Message("")) for choice in choices]


def show_headline(
    data: Predictions,
    view: SweepKey,
    said: Message,
    steps: Steps,
    *,
    counts: Counts,
    threshold: float,
) -> None:
    """The numbers at the threshold, what they are of, and what the highest output gives beside.

    Parameters
    ----------
    said : Message
        See `accuracy_lens.explore.thresholds.answers.headline`.
    """
    _, activation, class_index, weighted = view
    of = of_what(data, class_index)
    lines = [said] if of is None else [of, said]
    show_sentence(lines, counts, threshold, "said")
    if data.kind in ("one_hot", "sparse"):
        share = highest(data.digest, activation, weighted, steps)
        st.caption(plain(say(by_highest(data, share))))


def show_best(best: Sequence[Best], counts: Counts, cost: CostMatrix) -> None:
    """The best thresholds as a table; a click on a row moves the threshold."""
    st.markdown(f"## {say('Best thresholds')}")
    st.caption(say("Click a row to move the threshold there."))
    VISITOR.best = tuple(row.threshold for row in best)
    st.dataframe(
        best_frame(best, counts, cost),
        hide_index=True,
        key="best",
        on_select=_go_to_best,
        selection_mode="single-cell",
        alt=say("Best thresholds"),
    )


def _go_to_best() -> None:
    for position, _ in selected_cells("best")[:1]:
        move_threshold(VISITOR.best[position])


def show_intervals(
    counts: Counts,
    areas: dict[str, float],
    ends: dict[str, tuple[float, float]],
    *,
    weighted: bool,
) -> None:
    """Metrics with their intervals."""
    st.markdown(f"## {say('Intervals at this threshold')}")
    if weighted:
        st.caption(
            say(
                "Wilson's interval counts samples, not weights, so only the areas have an interval."
            )
        )
    st.dataframe(
        interval_frame(counts, areas, ends, weighted=weighted),
        hide_index=True,
        alt=say("Intervals"),
    )


def tell_missing(*, curves: bool, calibration: bool) -> None:
    """Say why there is no plot of a kind, where there is none."""
    if not curves:
        st.caption(
            say("Only one label occurs: there is no ROC, precision-recall, gain or lift curve.")
        )
    if not calibration:
        st.caption(say("No calibration plot: some scores lie outside 0 to 1. Add an activation."))


def place_ties() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Where to say what equals the threshold in view, and where to list scores that are shared."""
    st.markdown(f"## {say('> or ≥')}")
    return st.container(key="tied"), st.container()


def show_ties(frame: pd.DataFrame) -> None:
    """The scores that several samples share."""
    if frame.empty:
        st.caption(say("No two samples have the same score."))
    else:
        st.dataframe(frame, hide_index=True, alt=say("Ties"))
