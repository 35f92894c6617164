"""The controls of a view -> frozen settings. Every control is in the URL under its key."""

from __future__ import annotations

from typing import Literal, get_args

import streamlit as st

from accuracy_lens.view import state
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import CATALOG, variant
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.activation import ACTIVATIONS, Activation

LabelForm = Literal["as they came", "one-hot", "class indices"]
LABEL_FORMS: tuple[LabelForm, ...] = get_args(LabelForm)
AVERAGES: dict[str, str | None] = {
    "each variant's own": None,
    "per class, then mean": "per_class",
    "mean of batch means": "batch_means",
}


def pick_label_form(predictions: Predictions) -> str | None:
    """How the labels are to be written: ``one_hot``, ``sparse``, or None for as they came."""
    other = {"sparse": LABEL_FORMS[1], "one_hot": LABEL_FORMS[2]}.get(predictions.kind)
    if other is None:
        return None
    chosen = st.segmented_control(
        say("Labels"),
        [LABEL_FORMS[0], other],
        default=LABEL_FORMS[0],
        format_func=say,
        key="labels",
        bind="query-params",
        required=True,
        help=say("The same labels, written in the other form, so that other variants fit."),
    )
    return {LABEL_FORMS[1]: "one_hot", LABEL_FORMS[2]: "sparse"}.get(chosen or "")


def write_labels_as(form: str) -> None:
    """Switch the label control from elsewhere on the page."""
    state.write(labels={"one_hot": LABEL_FORMS[1], "sparse": LABEL_FORMS[2]}[form])


def pick_activation() -> Activation:
    """Which activation stands between the outputs and the decision."""
    chosen = st.segmented_control(
        say("Activation"),
        list(ACTIVATIONS),
        default="none",
        key="activation",
        bind="query-params",
        required=True,
        help=say("Applied to the outputs as they came, before anything is decided."),
    )
    return chosen or "none"


def pick_settings(predictions: Predictions, activation: Activation) -> Settings:
    """Threshold, k, beta, weights and averaging, as far as they matter for these predictions."""
    rows = [row for row in CATALOG.values() if predictions.kind in row.needs]
    matter = {name for row in rows for name in row.uses(predictions.kind)}
    threshold, k, beta = 0.5, 5, 1.0
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if "threshold" in matter:
            threshold = pick_threshold()
        if "k" in matter:
            k = pick_k()
        if "beta" in matter:
            beta = st.number_input(
                say("beta, for F-beta"), min_value=0.01, max_value=100.0, value=1.0, step=0.5,
                key="beta", bind="query-params", width=130,
            )  # fmt: skip
        average = st.selectbox(
            say("Averaging"), list(AVERAGES), format_func=say, key="average", bind="query-params",
            width=200,
        )  # fmt: skip
        batch_size = 32
        if AVERAGES[average] == "batch_means":
            batch_size = st.number_input(
                say("Batch size"), min_value=1, value=32, step=1, key="batch", bind="query-params",
                width=120,
            )  # fmt: skip
        weighted = pick_weighted(predictions)
    return Settings(
        activation=activation, threshold=float(threshold), k=int(k), beta=float(beta),
        weighted=weighted, aggregation=AVERAGES[average], batch_size=int(batch_size),
    )  # fmt: skip


def pick_threshold() -> float:
    """The exact number, which the URL carries; the slider of the lens moves it."""
    return st.number_input(
        say("Threshold"),
        value=0.5,
        step=0.05,
        key="threshold",
        bind="query-params",
        format="%.6g",
        width=150,
        help=say("A score above it is class 1; a score equal to it is class 0."),
    )


def pick_k() -> int:
    """The k of top-k."""
    return int(
        st.number_input(
            say("k, for top-k"), min_value=0, value=5, step=1, key="k", bind="query-params",
            width=120,
        )
    )  # fmt: skip


def pick_weighted(predictions: Predictions) -> bool:
    """Whether sample weights count; without weights there is no such control."""
    return predictions.sample_weight is not None and st.toggle(
        "sample_weight",
        key="weighted",
        bind="query-params",
        help=say("Whether each sample counts as much as its weight says."),
    )


def pick_variant(names: list[str]) -> str:
    """Which card is explained."""
    if state.read("card", names[0]) not in names:
        state.write(card=names[0])
    return st.selectbox(
        say("Variant"),
        names,
        format_func=lambda name: say(variant(name).title),
        key="card",
        bind="query-params",
    )


def pick_sample(predictions: Predictions) -> int:
    """Which row is traced, from 0."""
    if state.read("sample", 0) >= predictions.n_samples:
        state.write(sample=0)
    return int(
        st.number_input(
            say("Row of the sample"),
            min_value=0,
            max_value=predictions.n_samples - 1,
            value=0,
            step=1,
            key="sample",
            bind="query-params",
        )
    )


def pick_formula(example: str, most: int) -> tuple[str, int]:
    """The visitor's formula, and the batch size that it is computed with."""
    text = st.text_input(
        say("Formula"),
        max_chars=most,
        key="formula",
        bind="query-params",
        placeholder=example,
        width="stretch",
        help=say("A calculation over y_true, y_pred and what the card in view makes of them."),
    )
    batch_size = 32
    if text.strip():
        batch_size = st.number_input(
            say("Batch size"), min_value=1, value=32, step=1, key="formula_batch",
            bind="query-params", width=130,
        )  # fmt: skip
    return text, int(batch_size)
