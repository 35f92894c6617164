"""Metrics: every accuracy variant of the data in view, its five steps, and every sample."""

import streamlit as st

from accuracy_lens.components import board, findings, strip
from accuracy_lens.explore.metrics import (
    cards,
    details,
    five_steps,
    numbers,
    one_sample,
    program,
    samples,
)
from accuracy_lens.explore.metrics.controls import pick_variant
from accuracy_lens.explore.metrics.formula import card
from accuracy_lens.view import controls, prepared, state, widgets
from accuracy_lens.words.text import say

source = state.source()
data = source.predictions

top = widgets.reserve("answer")
left, right = st.columns([2, 3], gap="medium")
with left:
    form = controls.pick_label_form(data)
    class_index = controls.pick_class(data) if prepared.is_two_classes(data) else None
    activation = controls.pick_activation()
    if form is not None:
        data = prepared.converted(data.digest, form, data)
    settings = controls.pick_settings(data, activation, class_index)
    lens = st.container()
with top, st.spinner(say("Counting and evaluating")):
    steps = prepared.steps(data.digest, activation, data)
    plain = prepared.steps(data.digest, "none", data)
    positive = None
    if class_index is not None:
        positive = prepared.class_steps(data.digest, activation, class_index, steps)
    evaluations, misfits = numbers.evaluate_all(data, settings, steps, positive)
previous = state.moved(data.digest, (settings, class_index), evaluations)

unfit = st.container()
formula, sample = st.columns([2, 3], gap="medium")
with formula:
    details.head_formula()
    selected = pick_variant(list(evaluations))
shown = evaluations[selected]

with top, st.spinner(say("Counting and evaluating")):
    spread, ladder = numbers.drawn(evaluations, shown)
    choices = {name: five_steps.step_choices(each, data) for name, each in evaluations.items()}
    strip.show_strip(choices, selected)
    if data.y_pred.size <= findings.QUICK:
        findings.show_quiet(data, settings, steps)
with right:
    live = ladder.cards if ladder else {}
    board.show_board(
        cards.board(evaluations, previous, steps, plain, selected, live), on_pick=details.open_card
    )
with lens:
    details.show_distribution(shown, spread, steps, ladder)
    if positive is not None:
        details.show_positive(steps, positive, settings.threshold)
with unfit:
    board.show_misfits(cards.misfit_board(misfits), on_convert=details.convert_labels)
with formula:
    details.show_formula(shown)
    program.show_code(shown, data)
with sample:
    one_sample.show_sample(shown)

custom = card.ask_formula(shown)
some = st.container()
card.show_help()
if custom is not None:
    card.explain(custom, shown)
samples.show_samples(evaluations, selected, steps, source, custom)
if custom is not None:
    with some:
        card.show_some(custom, shown, evaluations)
