"""Thresholds: every threshold at once; the threshold is dragged, and everything else follows."""

import streamlit as st

from accuracy_lens.components import curves, findings, strip
from accuracy_lens.components.sides import sides_of
from accuracy_lens.explore.thresholds import answers, panel, sweeps
from accuracy_lens.explore.thresholds.still import Still
from accuracy_lens.explore.thresholds.tables import ties_frame
from accuracy_lens.frame.alone import alone
from accuracy_lens.frame.story import column_beside, columns_below
from accuracy_lens.view import prepared, state
from accuracy_lens.view.control_table import controls, widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.view.control_table.threshold_place import ThresholdPlace
from accuracy_lens.view.state import Source
from accuracy_lens.words.feedback import explained, plain
from accuracy_lens.words.text import say
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps


@alone
def follow(
    place: ThresholdPlace,
    serious: findings.SeriousPlace,
    data: Predictions,
    steps: Steps,
    still: Still | None,
) -> None:
    """Draw what follows the threshold; a move of it runs this again and nothing around it."""
    threshold = place.draw()
    if still is not None:
        show_at(threshold, data, steps, still)
    findings.show_serious_at(serious, data)


def show_at(threshold: float, data: Predictions, steps: Steps, still: Still) -> None:
    """Draw the numbers at a threshold, the lens, and what else moves."""
    sweep, areas = still.found.sweep, still.found.areas
    counts, tied = answers.at_threshold(sweep, threshold), answers.ties_sentence(sweep, threshold)
    strip.show_strip({"swept": panel.step_choices(data, still.view, threshold)}, "swept")
    said = answers.headline(counts, still.best["accuracy"], areas)
    panel.show_headline(data, still.view, said, steps, counts=counts, threshold=threshold)
    with still.lens:
        still.show_lens(sides_of(data, still.view[2]), tied, threshold)
    curves.tell_curves(still.following, threshold, counts)
    with still.table:
        panel.show_best(still.rows, counts, still.cost)
        if still.asked:
            ends = still.intervals.areas if still.intervals else {}
            panel.show_intervals(counts, areas, ends, weighted=sweep.weighted)
    with still.ties:
        st.markdown(plain(say(tied)))


def show(source: Source) -> None:
    """Draw the page: what stands still, and in its places what follows the threshold."""
    data = source.predictions
    serious = findings.place_serious(data)
    top = widgets.reserve("headline")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        class_index = controls.pick_class(data)
        activation = controls.pick_activation()
        place = ThresholdPlace()
        place.keep()
        weighted = controls.pick_weighted(data)
    steps = prepared.steps(data.digest, activation, data)
    view: sweeps.SweepKey = (data.digest, activation, class_index, weighted)
    found = None
    with explained():
        found = sweeps.swept(view, steps)
        if found is None:
            st.info(say("A threshold needs labels that are 0 or 1; these labels are not 0/1."))
        elif not found.sweep.n_rows:
            st.info(say("Every sample weight is 0, so no threshold is better than another."))
    if found is None or not found.sweep.n_rows:
        with top:
            follow(place, serious, data, steps, None)
        return

    with column_beside(source):
        lens = widgets.reserve("lens_place")
        with widgets.expander(View.costs, say("What a prediction costs")):
            cost = panel.pick_cost()
        with st.container(horizontal=True, vertical_alignment="bottom"):
            asked = widgets.toggle(View.intervals, say("95 % intervals"))
            seed = panel.pick_seed() if asked else 0
        table, equal = columns_below(source)
    plots = st.container()
    with equal:
        ties, shared = panel.place_ties()
    still = Still(
        view=view,
        found=found,
        rows=sweeps.best(view, cost, found.sweep),
        cost=cost,
        intervals=sweeps.intervals(view, seed, found.sweep) if asked and found.areas else None,
        asked=asked,
        lens=lens,
        table=table,
        ties=ties,
    )
    with top:
        follow(place, serious, data, steps, still)
    beside = sweeps.beside(view, found.sweep)  # what takes long stands below the lens
    with shared:
        panel.show_ties(ties_frame(beside.ties))
    with plots:
        still.show_curves(sweeps.drawn(view, cost, found.sweep), beside.calibration)
        panel.tell_missing(curves=bool(found.areas), calibration=beside.calibration is not None)


if state.source().predictions.kind == "class_indices":
    st.info(say("Class indices are compared as they are: there are no scores and no threshold."))
else:
    show(state.source())
