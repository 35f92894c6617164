"""Thresholds: every threshold at once; the threshold is dragged, and everything else follows."""

import streamlit as st

from accuracy_lens.components import curves, findings, strip
from accuracy_lens.components.sides import sides_of
from accuracy_lens.components.threshold_lens.lens import Drawing, show_lens, threshold_boundary
from accuracy_lens.explore.thresholds import answers, panel, sweeps
from accuracy_lens.explore.thresholds.tables import ties_frame
from accuracy_lens.frame.story import column_beside, columns_below
from accuracy_lens.view import controls, prepared, state, widgets
from accuracy_lens.view.state import Source
from accuracy_lens.view.table import View
from accuracy_lens.words.feedback import explained
from accuracy_lens.words.text import say


@st.fragment
def show(source: Source) -> None:
    """Draw the page; a move of the threshold runs this again and nothing around it."""
    data = source.predictions
    serious, top = st.container(), widgets.reserve("headline")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        class_index = controls.pick_class(data)
        activation = controls.pick_activation()
        threshold = controls.pick_threshold()
        weighted = controls.pick_weighted(data)
    with serious:
        findings.show_serious(data)
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
        return

    sweep, areas = found.sweep, found.areas
    with column_beside(source):
        lens = st.container()
        with widgets.expander(View.costs, say("What a prediction costs")):
            cost = panel.pick_cost()
        with st.container(horizontal=True, vertical_alignment="bottom"):
            asked = widgets.toggle(View.intervals, say("95 % intervals"))
            seed = panel.pick_seed() if asked else 0
        table, equal = columns_below(source)
    judged = sweeps.judged(view, cost, sweep)
    best = {row.name: row for row in judged.best}
    counts = answers.at_threshold(sweep, threshold)

    with top:
        strip.show_strip({"swept": panel.step_choices(data, view, threshold)}, "swept")
        panel.show_headline(data, view, answers.headline(counts, best["accuracy"], areas), steps)

    marked = [0.5, *(row.threshold for row in judged.best if row.threshold is not None)]
    drawing = Drawing(
        found.spread,
        threshold_boundary(threshold),
        sides_of(data, class_index),
        answers.ties_sentence(sweep, threshold),
        threshold=threshold,
        grid=found.stops.including(sweep, [*marked, threshold]),
    )
    with lens:
        show_lens(drawing, on_threshold=controls.move_to_lens)

    intervals = sweeps.intervals(view, seed, sweep) if asked and areas else None
    curves.show_curves(
        curves.Linked(
            judged.drawn.including(sweep, marked),
            threshold,
            curves.standard_plots(
                float(sweep.positives / (sweep.positives + sweep.negatives)),
                best,
                intervals and intervals.band,
            ),
            cost,
            found.calibration,
            counts,
            answers.plot_labels(areas),
        ),
        on_threshold=controls.move_to_point,
    )
    panel.tell_missing(curves=bool(areas), calibration=found.calibration is not None)

    with table:
        panel.show_best(judged.best, counts, cost)
        if asked:
            ends = intervals.areas if intervals else {}
            panel.show_intervals(counts, areas, ends, weighted=sweep.weighted)
    with equal:
        tied = answers.ties_sentence(sweep, threshold)
        panel.show_ties(tied, ties_frame(found.ties))


if state.source().predictions.kind == "class_indices":
    st.info(say("Class indices are compared as they are: there are no scores and no threshold."))
else:
    show(state.source())
