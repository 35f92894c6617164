"""Classes: which class is taken for which, each class's figures, and when to give no answer."""

import streamlit as st

from dashboard import (
    cache,
    cards,
    class_cache,
    class_cuts,
    classes_controls,
    classes_curves,
    classes_panels,
    classes_view,
    inputs,
    state,
    strip,
)
from dashboard.feedback import explained
from dashboard.wording import say
from metrics_core.doctor.case import MAIN
from metrics_core.messages import Message

data = state.source().predictions

top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    form = inputs.pick_label_form(data)
    activation = inputs.pick_activation()
    settings = classes_controls.pick_settings(data, activation)
    label = classes_controls.pick_label(data)
several, ranked = data.kind == "multi_label", data.kind in ("one_hot", "sparse")

with explained(), st.spinner(say("Counting")):
    if form is not None:
        data = cache.converted(data.digest, form, data)
    steps = cache.steps(data.digest, activation, data)
    names = classes_view.class_labels(data.class_names, data.n_classes)
    shown = st.container()
    curves = st.container()
    cuts: class_cache.Cuts = ()
    if ranked:
        lower = st.container()
        with lower:
            cuts = class_cuts.pick_cuts(data.digest, settings, steps, names)
    view = (data.digest, activation, settings.threshold, cuts, label)
    decided = class_cache.decided(*view, steps)
    counts = class_cache.confusion(*view, settings.weighted, steps)

    with top:
        if several:
            table = class_cache.label_table(
                data.digest, activation, settings.threshold, settings.weighted, steps
            )
            classes_panels.show_labels_answer(table, names)
        else:
            classes_panels.show_answer(counts, names)
        main = MAIN[data.kind]
        chosen = class_cache.main_evaluation(data.digest, main, settings, steps)
        choices = cards.step_choices(chosen)
        if cuts:
            choices[2] = (Message("highest output above its class's threshold"), Message(""))
        strip.show_strip({main: choices}, main)
    with shown:
        left, right = st.columns([3, 2], gap="medium")
        with left:
            title = say("Label {name}", name=names[label]) if several else say("Confusion matrix")
            sides = ("0", "1") if several else names
            cell = classes_panels.show_matrix(counts, sides, title)
        with right:
            true = data.labels[:, label] if several else steps.true_class
            scores = steps.scores[:, label] if several else steps.scores
            classes_panels.show_cell(
                steps,
                (true, decided),
                None if data.kind == "class_indices" else scores,
                cell,
                sides,
            )
        if several:
            classes_panels.show_classes(table.figures, names, table.n_effective)
        else:
            classes_panels.show_classes(
                counts.per_class(), names, classes_view.effective_size(counts)
            )
    if ranked:
        with curves:
            left, right = st.columns(2, gap="medium")
            with left:
                classes_curves.show_top_k(data.digest, settings, steps)
            with right:
                classes_curves.show_reject(data.digest, settings, steps)
        if cuts:
            with lower:
                without = class_cache.confusion(
                    data.digest, activation, settings.threshold, (), label, settings.weighted, steps
                )
                class_cuts.show_cuts_answer(without, counts)
