"""Which accuracy?: what the word means in each release of Keras, on the data in view."""

from dataclasses import replace
from typing import get_args

import streamlit as st

from accuracy_lens.explain.which_accuracy import answers as releases_view
from accuracy_lens.explain.which_accuracy import beside_panel, libraries, panel
from accuracy_lens.explain.which_accuracy.releases_table import releases_table
from accuracy_lens.view import prepared, state
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.controls import activation_word
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.feedback import explained
from accuracy_lens.words.text import say
from metrics_core.releases import RELEASES, Loss, find_release, release_names, row_of
from metrics_core.releases.rules.release import USUAL_LOSS
from metrics_core.steps.activation import ACTIVATIONS, Activation

USUAL = View.which_loss.default

source = state.source()
data = source.predictions
names = release_names()
latest = View.which_release.start or names[-1]
widgets.keep_within(View.which_release, names, latest)
st.markdown(f"## {say('What `accuracy` means in a release')}")
with st.container(horizontal=True, vertical_alignment="bottom"):
    release = widgets.select(
        View.which_release, say("Release"), names, default=latest,
        format_func=lambda name: find_release(name).title, width=260,
    )  # fmt: skip
    choice = widgets.select(
        View.which_loss, say("Loss"), [USUAL, *get_args(Loss)],
        format_func=lambda name: say("the usual for these labels") if name == USUAL else name,
        width=280,
    )  # fmt: skip
    metric = widgets.select(
        View.which_metric, say("Spelling in metrics=[…]"), releases_view.METRICS, width=250
    )
    batch_size = widgets.number(View.which_batch, say("Batch size"), 1, step=1, width=120)
    weighted = data.sample_weight is not None and widgets.toggle(
        View.which_weighted, "weighted_metrics",
        help=say("The metric is listed in weighted_metrics=[…], so sample weights apply to it."),
    )  # fmt: skip
    activation: Activation = "none"
    if data.kind != "class_indices":
        activation = widgets.select(
            View.which_activation, say("Activation to add"), list(ACTIVATIONS),
            format_func=activation_word, width=160,
            help=say("Applied to the outputs in the data, as the last layer would apply it."),
        )  # fmt: skip
    form = None
    if data.kind in ("one_hot", "sparse"):
        recast = widgets.toggle(
            View.which_form, say("Labels in the other form"),
            help=say("One-hot rows become class indices, and class indices become one-hot rows."),
        )  # fmt: skip
        form = ("one_hot" if data.kind == "sparse" else "sparse") if recast else None
panel.show_story(source.opens)
with explained():
    if form is not None:
        data = prepared.converted(data.digest, form, data)
if activation != "none":
    data = replace(data, y_pred=prepared.steps(data.digest, activation, data).scores)
loss: Loss = USUAL_LOSS[data.kind] if choice == USUAL else choice
asked = {"loss": loss, "metric": metric, "batch_size": int(batch_size), "weighted": weighted}
with st.spinner(say("Asking {count} releases", count=len(names))):
    answers = panel.every_release(data.digest, **asked, _data=data)
meant = {
    name: releases_view.resolved(data, row, loss=loss, metric=metric, weighted=weighted)
    for name, row in RELEASES.items()
}
own = row_of(release)
row, answer, chosen = find_release(release), answers[own], meant[own]
st.code(
    f'model.compile(loss="{loss}", {"weighted_metrics" if weighted else "metrics"}=["{metric}"])\n'
    f"# y_true: {data.y_true.shape}, y_pred: {data.y_pred.shape}",
    wrap_lines=True,
)

result, tree = st.columns(2, gap="medium")
with result:
    st.markdown(f"## {say('What it prints on these data')}")
    panel.show_answer(row.title, answer)
    panel.show_variant(answer)
with tree:
    st.markdown(f"## {say('The rule')}")
    panel.show_tree(row, chosen)

st.markdown(f"## {say('Your version')}")
written = widgets.text(
    View.which_version, say("Version of Keras or TensorFlow"), width=340,
    placeholder="keras 3.4.1, tf 2.9, 2.3.1",
    help=say("Any version: it is placed among the {count} that were run.", count=len(names)),
)  # fmt: skip
if written.strip():
    panel.show_version(written, answers)

st.markdown(f"## {say('All {count} releases', count=len(names))}")
functions = {name: found and found.metric.name for name, found in meant.items()}
st.dataframe(
    releases_table(answers, functions, own), hide_index=True,
    key="which_table", alt=say("All releases"),
)  # fmt: skip
panel.show_history(answers, release)

beside_panel.show_beside(data, release, loss=loss, batch_size=int(batch_size), weighted=weighted)
beside_panel.show_settings()
libraries.show_libraries(data, answer, weighted=weighted)

st.markdown(f"## {say('The installed Keras')}")
panel.show_installed(data, **asked)
