"""The data picker in the frame of every page: a scenario, generated data, or a file."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from accuracy_lens.frame import upload
from accuracy_lens.view import cache, state
from accuracy_lens.view.controls import LABEL_FORMS
from accuracy_lens.view.state import Source
from accuracy_lens.words.feedback import explained, plain
from accuracy_lens.words.text import say
from metrics_core.generate import GeneratedKind, GeneratorSettings, Output
from metrics_core.messages import Message
from metrics_core.scenarios import SCENARIOS, Scenario, scenario

FIRST = "no-activation"
WAYS = ("Scenario", "Generate", "Upload")
TRAINED = "Training"
"""The further way, once outputs were handed over by the Training page."""
KINDS: dict[GeneratedKind, str] = {
    "binary": "binary",
    "sparse": "multi-class, class indices",
    "one_hot": "multi-class, one-hot",
    "multi_label": "multi-label",
}


def pick_data() -> Source | None:
    """Draw the picker; the chosen data, or None while there are none to show.

    Returns
    -------
    Source or None
        None until a file is dropped and its columns are confirmed.
    """
    trained: Source | None = state.read("_trained")
    way = st.segmented_control(
        say("Data"),
        WAYS if trained is None else (*WAYS, TRAINED),
        default=WAYS[0],
        format_func=say,
        key="data",
        bind="query-params",
        required=True,
        width="stretch",
    )
    if way == "Generate":
        return _generate()
    if way == "Upload":
        return upload.pick_file()
    if way == TRAINED and trained is not None:
        st.text(trained.title)
        st.page_link("pages/learn/training.py", label=say("Back to the run"))
        return trained
    return _scenario()


def open_trained(source: Source) -> None:
    """Make outputs of a training run the data in view, with the controls at their defaults."""
    state.write(_trained=source, data=TRAINED, activation="none", threshold=0.5, k=5)
    state.write(sample=0, page=1, labels=LABEL_FORMS[0])


def _scenario() -> Source:
    titles = {name: say(row.title) for name, row in SCENARIOS.items()}
    name = st.selectbox(
        say("Scenario"),
        list(SCENARIOS),
        format_func=lambda name: titles[name],
        index=list(SCENARIOS).index(FIRST),
        key="scenario",
        bind="query-params",
        on_change=_open_view,
    )
    row = scenario(name)
    st.caption(plain(say(row.question)))
    return Source(
        row.predictions(), titles[name], (*row.story, *_facts(row)), row.notes, {"scenario": name}
    )


def _facts(row: Scenario) -> tuple[Message, ...]:
    return tuple(fact.text for fact in row.facts)


def _open_view() -> None:
    """Set the controls as the scenario wants to be opened."""
    view = scenario(state.read("scenario")).view
    state.write(
        activation=view.activation,
        threshold=view.threshold,
        k=view.k,
        card=view.card,
        sample=0,
        page=1,
    )
    state.write(labels=LABEL_FORMS[0])


def _generate() -> Source | None:
    defaults = GeneratorSettings()
    kind = st.selectbox(
        say("Kind"), list(KINDS), format_func=lambda kind: say(KINDS[kind]), key="kind",
        bind="query-params",
    )  # fmt: skip
    n_samples = st.number_input(
        say("Samples"), 1, 1_000_000, defaults.n_samples, step=1000, key="n", bind="query-params"
    )
    n_classes = defaults.n_classes
    if kind != "binary":
        n_classes = st.number_input(
            say("Classes"), 2, 1000, 10, step=1, key="classes", bind="query-params"
        )
    output = st.segmented_control(
        say("Outputs"), get_args(Output), default="probabilities", format_func=say, key="output",
        bind="query-params", required=True,
    )  # fmt: skip
    seed = st.number_input(say("Seed"), 0, 2**32 - 1, 0, step=1, key="seed", bind="query-params")
    balance = st.slider(
        say("Class balance"), 0.0, 1.0, 0.5 if kind in ("binary", "multi_label") else 0.0, 0.01,
        key="balance", bind="query-params",
        help=say("Share of ones; with several classes 0 is equal and 1 skewed."),
    )  # fmt: skip
    separability = st.slider(
        say("Separability"), 0.0, 6.0, 2.0, 0.1, key="separability", bind="query-params",
        help=say("Distance between the classes in standard deviations; 0 is chance."),
    )  # fmt: skip
    calibration = st.slider(
        say("Confidence"), 0.1, 5.0, 1.0, 0.1, key="confidence", bind="query-params",
        help=say("1 is calibrated, above 1 over-confident, below 1 under-confident."),
    )  # fmt: skip
    noise = st.slider(
        say("Label noise"), 0.0, 0.5, 0.0, 0.01, key="noise", bind="query-params",
        help=say("The share of labels that are replaced by another."),
    )  # fmt: skip
    with explained():
        settings = GeneratorSettings(
            kind=kind, n_samples=int(n_samples), n_classes=int(n_classes), seed=int(seed),
            balance=balance, separability=separability, calibration=calibration,
            label_noise=noise, output=output or "probabilities",
        )  # fmt: skip
        with st.spinner(say("Generating")):
            made = cache.generated(settings)
            cache.summary(made.digest, made)  # the frame shows it next
        return Source(made, say("Generated data"), (), (), {"generated": settings.__dict__})
    return None
