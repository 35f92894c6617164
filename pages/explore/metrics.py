"""Metrics: every accuracy variant of the data in view, its five steps, and every sample."""

from dataclasses import replace

import streamlit as st

from accuracy_lens.components import board, findings, strip
from accuracy_lens.explore.metrics import cards, details, numbers, samples
from accuracy_lens.explore.metrics.controls import pick_variant
from accuracy_lens.explore.metrics.formula import card
from accuracy_lens.view import controls, prepared, state
from accuracy_lens.words.text import say

source = state.source()
data = source.predictions

top = st.container()
left, right = st.columns([2, 3], gap="medium")
with left:
    form = controls.pick_label_form(data)
    activation = controls.pick_activation()
    if form is not None:
        data = prepared.converted(data.digest, form, data)
    settings = controls.pick_settings(data, activation)
    lens = st.container()
with top, st.spinner(say("Counting and evaluating")):
    steps = prepared.steps(data.digest, activation, data)
    plain = prepared.steps(data.digest, "none", data)
    spread = numbers.spread(data.digest, activation, steps)
    anywhere = replace(settings, threshold=0.5)
    ladder = numbers.rungs(data.digest, anywhere, spread.low, spread.high, steps)
    evaluations, misfits = numbers.evaluate_all(data, settings, steps)
previous = state.moved(data.digest, settings, evaluations)

unfit = st.container()
formula, sample = st.columns([2, 3], gap="medium")
with formula:
    details.head_formula()
    selected = pick_variant(list(evaluations))
shown = evaluations[selected]

with top:
    strip.show_strip(
        {name: cards.step_choices(evaluation) for name, evaluation in evaluations.items()},
        selected,
    )
    if data.y_pred.size <= findings.QUICK:
        findings.show_quiet(data, settings, steps)
with right:
    live = ladder.cards if ladder else {}
    board.show_board(
        cards.board(evaluations, previous, steps, plain, selected, live), on_pick=details.open_card
    )
with lens:
    details.show_distribution(shown, spread, steps, ladder)
with unfit:
    board.show_misfits(cards.misfit_board(misfits), on_convert=details.convert_labels)
with formula:
    details.show_formula(shown)
    details.show_code(shown)
with sample:
    details.show_sample(shown)

custom = card.ask_formula(shown)
some = st.container()
card.show_help()
if custom is not None:
    card.explain(custom, shown)
samples.show_samples(evaluations, selected, steps, source, custom)
if custom is not None:
    with some:
        card.show_some(custom, shown, evaluations)
