"""The controls of a view -> frozen settings. Every control is in the URL under its key."""

from __future__ import annotations

import math
from typing import Literal, get_args

import streamlit as st

from dashboard import state
from dashboard.wording import say
from metrics_core.activation import ACTIVATIONS, Activation
from metrics_core.catalog import CATALOG, variant
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.variant import Aggregation

LabelForm = Literal["as they came", "one-hot", "class indices"]
LABEL_FORMS: tuple[LabelForm, ...] = get_args(LabelForm)
AVERAGES: dict[str, Aggregation | None] = {
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
        ACTIVATIONS,
        default="none",
        key="activation",
        bind="query-params",
        required=True,
        help=say("Applied to the outputs as they came, before anything is decided."),
    )
    return chosen or "none"


def pick_settings(
    predictions: Predictions, activation: Activation, low: float, high: float
) -> Settings:
    """Threshold, k, beta, weights and averaging, as far as they matter for these predictions.

    Parameters
    ----------
    low, high : float
        The range of the scores after the activation; the slider covers it.
    """
    rows = [row for row in CATALOG.values() if predictions.kind in row.needs]
    matter = {name for row in rows for name in row.uses(predictions.kind)}
    threshold, k, beta = 0.5, 5, 1.0
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if "threshold" in matter:
            threshold = _threshold(low, high)
        if "k" in matter:
            k = st.number_input(
                say("k, for top-k"), min_value=0, value=5, step=1, key="k", bind="query-params",
                width=120,
            )  # fmt: skip
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
        weighted = False
        if predictions.sample_weight is not None:
            weighted = st.toggle(
                "sample_weight",
                key="weighted",
                bind="query-params",
                help=say("Whether each sample counts as much as its weight says."),
            )
    return Settings(
        activation, float(threshold), int(k), float(beta), weighted, AVERAGES[average],
        int(batch_size),
    )  # fmt: skip


def _threshold(low: float, high: float) -> float:
    """A slider over the scores and, beside it, the exact number, which the URL carries."""
    state.once("threshold", lambda: 0.5)
    first, last, step = slider_range(low, high)
    state.write(_slide=min(max(float(state.read("threshold")), first), last))
    st.slider(
        say("Threshold"),
        first,
        last,
        step=step,
        key="_slide",
        on_change=lambda: state.write(threshold=state.read("_slide")),
        format="%.4g",
        help=say("A score above it is class 1; a score equal to it is class 0."),
    )
    return st.number_input(
        say("Exactly"), step=step, key="threshold", bind="query-params", format="%.6g", width=150
    )


def slider_range(low: float, high: float) -> tuple[float, float, float]:
    """Ends and step of a slider that covers the scores: 0 to 1, or round numbers around them.

    Examples
    --------
    >>> slider_range(0.02, 0.97), slider_range(-2.6, 3.5)
    ((0.0, 1.0, 0.005), (-3.0, 4.0, 0.05))
    """
    if not (math.isfinite(low) and math.isfinite(high)) or (low >= 0 and high <= 1):
        return 0.0, 1.0, 0.005
    first, last = min(0.0, math.floor(low)), max(1.0, math.ceil(high))
    power = 10.0 ** math.floor(math.log10((last - first) / 100))
    step = max(factor for factor in (1, 2, 5) if factor * power * 100 <= last - first) * power
    return float(first), float(last), float(f"{step:.3g}")


def pick_variant(names: list[str]) -> str:
    """Which card is explained."""
    if state.read("card") not in names:
        state.forget("card")
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
        state.forget("sample")
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
