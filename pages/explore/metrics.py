"""Metrics: every accuracy variant of the data in view, its five steps, and every sample."""

import streamlit as st

from accuracy_lens.components import board, findings, five_steps, strip
from accuracy_lens.explore.metrics import (
    cards,
    details,
    numbers,
    one_sample,
    program,
    samples,
)
from accuracy_lens.explore.metrics.controls import pick_variant
from accuracy_lens.explore.metrics.formula import card
from accuracy_lens.frame.story import columns_beside
from accuracy_lens.view import arranged, controls, prepared, state, widgets
from accuracy_lens.words.text import say

FEW = 6

source = state.source()
data = source.predictions

top = widgets.reserve("answer")
with st.container(key="settings_row", horizontal=True, vertical_alignment="bottom"):
    form = controls.pick_label_form(data)
    class_index = controls.pick_class(data) if prepared.is_two_classes(data) else None
    activation = controls.pick_activation()
    if form is not None:
        data = prepared.converted(data.digest, form, data)
    settings = controls.pick_settings(data, activation, class_index)
left, right = columns_beside(source)
with left:
    lens, quiet = st.container(), st.container(key="quiet")
    formula = st.container(key="recipe")
rest = st.container(key="rest")
with top, widgets.spinner(top, "evaluating", say("Counting and evaluating")):
    steps = prepared.steps(data.digest, activation, data)
    plain = prepared.steps(data.digest, "none", data)
    positive = None
    if class_index is not None:
        positive = prepared.class_steps(data.digest, activation, class_index, steps)
    evaluations, misfits = numbers.evaluate_all(data, settings, steps, positive)
previous = state.moved(data.digest, (settings, class_index), evaluations)

with formula:
    details.head_formula()
    selected = pick_variant(list(evaluations))
shown = evaluations[selected]

with top, widgets.spinner(top, "drawing", say("Counting and evaluating")):
    spread, ladder = numbers.drawn(evaluations, shown)
    choices = {name: five_steps.step_choices(each, data) for name, each in evaluations.items()}
    strip.show_strip(choices, selected)
with right:
    live = ladder.cards if ladder else {}
    board.show_board(
        cards.board(
            evaluations, previous, steps, plain, selected, live, arranged.chosen(evaluations)
        ),
        on_pick=details.open_card,
    )
with lens:
    details.show_distribution(shown, spread, steps, ladder)
    if positive is not None:
        details.show_positive(steps, positive, settings.threshold)
if data.y_pred.size <= findings.QUICK:
    with quiet:
        findings.show_quiet(data, settings, steps)
with formula:
    details.show_formula(shown)
    program.show_code(shown, data)
few = len(evaluations) <= FEW  # then there is room below them
with right if few else rest, st.container(key="misfit_row"):
    board.show_misfits(cards.misfit_board(misfits), on_convert=details.convert_labels)

with rest:
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
