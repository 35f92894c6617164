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
from accuracy_lens.explore.metrics.places import Places, lay_out
from accuracy_lens.frame.alone import alone
from accuracy_lens.view import arranged, prepared, state
from accuracy_lens.view.control_table import controls, widgets
from accuracy_lens.view.control_table.threshold_place import ThresholdPlace
from accuracy_lens.view.state import Source
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import Misfit
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings

FEW = 6


@alone
def follow(
    source: Source,
    data: Predictions,
    settings: Settings,
    class_index: int | None,
    threshold: ThresholdPlace,
    serious: findings.SeriousPlace,
    places: Places,
) -> tuple[dict[str, Misfit], bool]:
    """Draw what follows the threshold; a move of it runs this again and nothing around it.

    Gives the variants that have no number, and whether there is room for them below the others.
    """
    found = show_at(threshold.moved(settings), source, data, class_index, places)
    findings.show_serious_at(serious, source.predictions)
    return found


def show_at(
    settings: Settings, source: Source, data: Predictions, class_index: int | None, places: Places
) -> tuple[dict[str, Misfit], bool]:
    """Draw the numbers of some settings, and all that moves with them."""
    top = st.container()
    with top, widgets.spinner(top, "evaluating", say("Counting and evaluating"), data.y_pred.size):
        steps = prepared.steps(data.digest, settings.activation, data)
        plain = prepared.steps(data.digest, "none", data)
        positive = None
        if class_index is not None:
            positive = prepared.class_steps(data.digest, settings.activation, class_index, steps)
        evaluations, misfits = numbers.evaluate_all(data, settings, steps, positive)
    previous = state.moved(data.digest, (settings, class_index), evaluations)

    with places.formula:
        selected = pick_variant(list(evaluations))
    shown = evaluations[selected]

    with top, widgets.spinner(top, "drawing", say("Counting and evaluating"), data.y_pred.size):
        spread, ladder = numbers.drawn(evaluations, shown)
        choices = {name: five_steps.step_choices(each, data) for name, each in evaluations.items()}
        strip.show_strip(choices, selected)
    with places.board:
        live = ladder.cards if ladder else {}
        board.show_board(
            cards.board(
                evaluations, previous, steps, plain, selected, live, arranged.chosen(evaluations)
            ),
            on_pick=details.open_card,
        )
    with places.lens:
        details.show_distribution(shown, spread, steps, ladder)
        if positive is not None:
            details.show_positive(steps, positive, settings.threshold)
    if data.y_pred.size <= findings.QUICK:
        with places.quiet:
            findings.show_quiet(data, settings, steps)
    with places.formula:
        details.show_formula(shown)
        program.show_code(shown, data)
    with places.sample:
        one_sample.show_sample(shown)
    custom = None
    if places.asked is not None:
        with places.outcome:
            custom = card.show_outcome(places.asked, shown)
        with places.explained.container():
            if custom is not None:
                card.explain(custom, shown)
        with places.some.container():
            if custom is not None:
                card.show_some(custom, shown, evaluations)
    with places.table:
        samples.show_samples(places.listing, evaluations, selected, steps, source, custom)
    return misfits, len(evaluations) <= FEW


source = state.source()
data = source.predictions
serious = findings.place_serious(data)
above = widgets.reserve("answer")
with st.container(key="settings_row", horizontal=True, vertical_alignment="bottom"):
    form = controls.pick_label_form(data)
    class_index = controls.pick_class(data) if prepared.is_two_classes(data) else None
    activation = controls.pick_activation()
    if form is not None:
        data = prepared.converted(data.digest, form, data)
    threshold = ThresholdPlace()
    settings = controls.pick_settings(data, activation, class_index, threshold=threshold.keep)
places = lay_out(source, data)
with above:
    misfits, few = follow(source, data, settings, class_index, threshold, serious, places)
with places.board if few else places.misfits, st.container(key="misfit_row"):
    board.show_misfits(cards.misfit_board(misfits), on_convert=details.convert_labels)
