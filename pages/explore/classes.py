"""Classes: which class is mistaken for which, each class's metrics, and when to give no answer."""

import streamlit as st

from accuracy_lens.components import five_steps, strip
from accuracy_lens.explore.classes import (
    answers,
    computed,
    controls,
    panels,
    samples,
    thresholds,
)
from accuracy_lens.explore.classes import (
    curves as classes_curves,
)
from accuracy_lens.view import prepared, state
from accuracy_lens.view.control_table import controls as inputs
from accuracy_lens.view.control_table import widgets
from accuracy_lens.words.feedback import explained
from accuracy_lens.words.text import say
from metrics_core.doctor.case import MAIN
from metrics_core.messages import Message

data = state.source().predictions

top = widgets.reserve("headline")
with st.container(horizontal=True, vertical_alignment="bottom"):
    form = inputs.pick_label_form(data)
    activation = inputs.pick_activation()
    settings = controls.pick_settings(data, activation)
    label = controls.pick_label(data)
several, ranked = data.kind == "multi_label", data.kind in ("one_hot", "sparse")

with explained(), widgets.spinner(top, "counting", say("Counting"), data.y_pred.size):
    if form is not None:
        data = prepared.converted(data.digest, form, data)
    steps = prepared.steps(data.digest, activation, data)
    names = answers.class_labels(data.class_names, computed.checked_classes(data))
    shown = widgets.reserve("matrix")
    class_thresholds: computed.ClassThresholds = ()
    if ranked:
        curves, lower = widgets.reserve("class_curves"), st.container()
        with lower:
            class_thresholds = thresholds.pick_thresholds(data.digest, settings, steps, names)
    view = (data.digest, activation, settings.threshold, class_thresholds, label)
    predicted = computed.predicted(*view, steps)
    counts = computed.confusion(*view, settings.weighted, steps)

    with top:
        if several:
            table = computed.label_table(
                data.digest, activation, settings.threshold, settings.weighted, steps
            )
            panels.show_labels_answer(table, names)
        else:
            of = answers.title_of(
                counts.accuracy, data.kind, data.n_classes, settings.threshold,
                by_class=bool(class_thresholds),
            )  # fmt: skip
            panels.show_answer(counts, names, of)
        main = MAIN[data.kind]
        chosen = computed.main_evaluation(data.digest, main, settings, steps)
        choices = five_steps.step_choices(chosen)
        if class_thresholds:
            choices[2] = (Message("highest output above its class's threshold"), Message(""))
        strip.show_strip({main: choices}, main)
    with shown:
        left, right = st.columns([3, 2], gap="medium")
        with left:
            title = say("Label {name}", name=names[label]) if several else say("Confusion matrix")
            sides = ("0", "1") if several else names
            cell = panels.show_matrix(counts, sides, title, right)
        with right:
            true = data.labels[:, label] if several else steps.true_class
            scores = steps.scores[:, label] if several else steps.scores
            samples.show_cell(
                steps,
                (true, predicted),
                None if data.kind == "class_indices" else scores,
                cell,
                sides,
            )
        if several:
            panels.show_classes(table.per_class, names, table.n_effective)
        else:
            panels.show_classes(counts.per_class(), names, answers.effective_size(counts))
    if ranked:
        with curves:
            left, right = st.columns(2, gap="medium")
            with left:
                classes_curves.show_top_k(data.digest, settings, steps)
            with right:
                classes_curves.show_reject(data.digest, settings, steps)
        if class_thresholds:
            with lower:
                without = computed.confusion(
                    data.digest, activation, settings.threshold, (), label, settings.weighted, steps
                )
                thresholds.show_thresholds_answer(without, counts)
