"""Thresholds: every threshold at once; the cut is dragged, and everything else follows."""

import streamlit as st

from dashboard import (
    cache,
    curves,
    inputs,
    state,
    strip,
    sweeps,
    thresholds_panel,
    thresholds_view,
)
from dashboard.feedback import explained, plain
from dashboard.threshold_lens import Drawing, show_lens, threshold_cut
from dashboard.wording import say
from metrics_core.messages import Message

source = state.source()
data = source.predictions

if data.kind == "class_indices":
    st.info(say("Class indices are compared as they are: there is no score to cut."))
    st.stop()

top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    class_index = thresholds_panel.pick_class(data)
    activation = inputs.pick_activation()
    threshold = inputs.pick_threshold()
    weighted = inputs.pick_weighted(data)
steps = cache.steps(data.digest, activation, data)
view: sweeps.View = (data.digest, activation, class_index, weighted)
sweep = None
with explained(), st.spinner(say("Sorting the scores"), show_time=True):
    sweep = sweeps.swept(view, steps)
    if sweep is None:
        st.info(say("A threshold is judged by labels that are 0 or 1; these labels are others."))
if sweep is None:
    st.stop()

with st.expander(say("What a decision costs"), key="costs", bind="query-params"):
    cost = thresholds_panel.pick_cost()
with st.spinner(say("Trying every threshold"), show_time=True):
    best = sweeps.best(view, cost, sweep)
    areas = sweeps.areas(view, sweep)
    drawn, stops = sweeps.drawn(view, cost, sweep), sweeps.stops(view, sweep)
counts = thresholds_view.at_cut(sweep, threshold)

with top:
    strip.show_strip({"cut": thresholds_panel.step_choices(data, view, threshold)}, "cut")
    st.markdown(plain(say(thresholds_view.headline(counts, best, areas))))

marked = [0.5, *(row.threshold for row in best if row.threshold is not None), threshold]
show_lens(
    Drawing(
        sweeps.spread(view, sweep),
        threshold_cut(threshold),
        (Message("label 1"), Message("label 0")),
        thresholds_view.ties_sentence(sweep, threshold),
        threshold=threshold,
        grid=stops.including(sweep, marked),
    ),
    on_threshold=thresholds_panel.move_to_lens,
)

with st.container(horizontal=True, vertical_alignment="bottom"):
    intervals = st.toggle(say("95 % intervals"), key="intervals", bind="query-params")
    seed = thresholds_panel.pick_seed() if intervals else 0
band, ends = None, {}
if intervals and areas:
    with explained(), st.spinner(say("Drawing the samples again, 200 times"), show_time=True):
        band, ends = sweeps.band(view, seed, sweep), sweeps.intervals(view, seed, sweep)
calibration = None
if sweep.low >= 0 and sweep.high <= 1:
    calibration = sweeps.calibration(view, 15, False, sweep)
if not areas:
    st.caption(say("Only one label occurs: there is no ROC, precision-recall, gain or lift curve."))
base_rate = float(sweep.positives / (sweep.positives + sweep.negatives))
curves.show_curves(
    curves.Linked(
        drawn.including(sweep, marked),
        threshold,
        curves.standard_plots(base_rate, {row.name: row for row in best}, band),
        cost,
        calibration,
    ),
    on_threshold=thresholds_panel.move_to_point,
)
if calibration is None:
    st.caption(say("No calibration plot: some scores lie outside 0 to 1. Add an activation."))

table, ties = st.columns([2, 1], gap="medium")
with table:
    st.markdown(f"#### {say('Best thresholds')}")
    st.caption(say("Choose a row, and the cut goes there."))
    thresholds_panel.show_best(best, counts, cost)
    if intervals:
        st.markdown(f"#### {say('Intervals at this cut')}")
        thresholds_panel.show_intervals(counts, areas, ends, weighted=sweep.weighted)
with ties:
    st.markdown(f"#### {say('> or ≥')}")
    st.markdown(plain(say(thresholds_view.ties_sentence(sweep, threshold))))
    thresholds_panel.show_ties(sweeps.ties(view, sweep))
