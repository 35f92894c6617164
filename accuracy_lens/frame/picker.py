"""The data picker in the frame of every page: a scenario, generated data, a file, a data set."""

from __future__ import annotations

import os

import streamlit as st

from accuracy_lens.frame.dataset import pick_dataset
from accuracy_lens.frame.upload.in_use import pick_file
from accuracy_lens.view import prepared
from accuracy_lens.view.caches import DATA, EXAMPLES, shared_cache
from accuracy_lens.view.carry import open_data
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.control import Control
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.view.pages import TRAINING
from accuracy_lens.view.state import VISITOR, Source
from accuracy_lens.view.stored import keep_in_address
from accuracy_lens.words.feedback import explained
from accuracy_lens.words.text import say
from metrics_core.datasets.places.named import SOURCES
from metrics_core.generate import GeneratedKind, GeneratorSettings, Output, generate
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.scenarios import SCENARIOS, Scenario, scenario

TRAINED = "training"
"""Offered once outputs were handed over by the Training page."""
DATASET = "dataset"
"""Offered where the operator named data sets."""
WAYS: dict[str, Message] = {
    "scenario": Message("Scenario"),
    "generate": Message("Generate"),
    "upload": Message("Upload"),
    DATASET: Message("Data set"),
    TRAINED: Message("Training"),
}
KINDS: dict[GeneratedKind, Message] = {
    "binary": Message("binary"),
    "sparse": Message("multi-class, class indices"),
    "one_hot": Message("multi-class, one-hot"),
    "multi_label": Message("multi-label"),
}
OUTPUTS: dict[Output, Message] = {
    "logits": Message("logits"),
    "probabilities": Message("probabilities"),
}


@shared_cache(entries=4, size=DATA, ttl=3600)
def generated(settings: GeneratorSettings) -> Predictions:
    """Synthetic predictions; they hold nothing of a visitor, so all visitors share them."""
    return generate(settings)


def pick_data() -> Source | None:
    """Draw the picker; the chosen data, or None while there are none to show.

    Returns
    -------
    Source or None
        None until a file is dropped and its columns are confirmed.
    """
    way = widgets.segments(
        View.data,
        say("Data"),
        [way for way in WAYS if _is_offered(way)],
        format_func=lambda way: say(WAYS[way]),
        width="stretch",
        on_change=_open_way,
    )
    source = _pick(way)
    for control, of in ((View.trained, TRAINED), (View.file, "upload")):
        _name_in_link(control, source, in_use=way == of)
    return source


def _is_offered(way: str) -> bool:
    if way == TRAINED:
        return VISITOR.trained is not None or outputs_are_gone()
    return way != DATASET or SOURCES in os.environ or DATASET in (VIEW.data, *View.data.asked)


def _pick(way: str) -> Source | None:
    """The data of a way to get them."""
    if way == "generate":
        return _generate()
    if way == "upload":
        return pick_file()
    if way == DATASET:
        pick_dataset()
        return None
    if way != TRAINED:
        return _scenario()
    trained = VISITOR.trained
    if trained is not None:
        st.text(trained.title)
        st.page_link(TRAINING.script, label=say("Back to the run"))
    return trained


def outputs_are_gone() -> bool:
    """Whether the link names outputs of a training run, and this visit has none."""
    return VISITOR.trained is None and TRAINED in (VIEW.data, *View.data.asked)


def _name_in_link(control: Control[str], source: Source | None, *, in_use: bool) -> None:
    """Have the link say what the data in view are, which it does not hold itself.

    Until there are data it says what it said; its control is drawn always and shown never.
    """
    if in_use and source is not None:
        control.write(str(source.origin["link"]))
    elif not in_use and control.read():
        control.write("")
    widgets.text(control, control.key, label_visibility="collapsed")
    if control.read():
        keep_in_address(control.key, control.read())


def open_trained(source: Source) -> None:
    """Make outputs of a training run the data in view, with the controls at their defaults."""
    VISITOR.trained_before, VISITOR.trained = VISITOR.trained, source
    open_data(data=TRAINED, trained=source.origin["link"])


def _scenario() -> Source:
    titles = {name: say(row.title) for name, row in SCENARIOS.items()}
    name = widgets.select(
        View.scenario,
        say("Scenario"),
        list(SCENARIOS),
        format_func=lambda name: titles[name],
        on_change=_open_view,
    )
    row = scenario(name)
    predictions = row.predictions()
    EXAMPLES.add(predictions.digest)
    return Source(
        predictions=predictions,
        title=titles[name],
        origin={"scenario": name},
        story=(*row.story, *_facts(row)),
        notes=row.notes,
        opens=opening(row),
        question=row.question,
    )


def _facts(row: Scenario) -> tuple[Message, ...]:
    return tuple(fact.text for fact in row.facts)


def opening(row: Scenario) -> dict[str, object]:
    """What controls begin with on a scenario instead of their defaults, by key."""
    view = row.view
    told = {"which_loss": view.loss, "which_release": view.release}
    return {
        "activation": view.activation, "threshold": view.threshold, "k": view.k, "card": view.card,
        "which_activation": view.activation,
        **{key: value for key, value in told.items() if value is not None},
    }  # fmt: skip


def _open_view() -> None:
    """Set the controls with which the scenario opens."""
    open_data(**opening(scenario(VIEW.scenario)))


def open_scenario(name: str) -> None:
    """Make a scenario the data in view; ask in a callback."""
    open_data(data="scenario", scenario=name, **opening(scenario(name)))


def _open_way() -> None:
    """Set the controls with which the data of the way open."""
    if VIEW.data == "scenario":
        _open_view()
    else:
        open_data()


def _generate() -> Source | None:
    kind = widgets.select(
        View.kind, say("Kind"), list(KINDS), format_func=lambda kind: say(KINDS[kind])
    )
    n_samples = widgets.number(View.n, say("Samples"), 1, 1_000_000, step=1000)
    n_classes = GeneratorSettings.n_classes
    if kind != "binary":
        n_classes = widgets.number(View.classes, say("Classes"), 2, 1000, step=1)
    output = widgets.segments(
        View.output, say("Outputs"), list(OUTPUTS), format_func=lambda name: say(OUTPUTS[name])
    )
    seed = widgets.number(View.seed, say("Seed"), 0, 2**32 - 1, step=1)
    balance = widgets.slider(
        View.balance, say("Class balance"), 0.0, 1.0, step=0.01,
        default=View.balance.default if kind in ("binary", "multi_label") else 0.0,
        help=say("Share of label 1; with several classes 0 means equal and 1 skewed."),
    )  # fmt: skip
    separability = widgets.slider(
        View.separability, say("Separability"), 0.0, 6.0, step=0.1,
        help=say("Distance between the classes in standard deviations; 0 is chance."),
    )  # fmt: skip
    calibration = widgets.slider(
        View.confidence, say("Confidence"), 0.1, 5.0, step=0.1,
        help=say("1 is calibrated, above 1 over-confident, below 1 under-confident."),
    )  # fmt: skip
    noise = widgets.slider(
        View.noise, say("Label noise"), 0.0, 0.5, step=0.01,
        help=say("Share of labels that are replaced by another."),
    )  # fmt: skip
    with explained():
        settings = GeneratorSettings(
            kind=kind, n_samples=int(n_samples), n_classes=int(n_classes), seed=int(seed),
            balance=balance, separability=separability, calibration=calibration,
            label_noise=noise, output=output,
        )  # fmt: skip
        with st.spinner(say("Generating")):
            predictions = generated(settings)
            prepared.summary(predictions.digest, predictions)  # the frame shows it next
        return Source(
            predictions=predictions,
            title=say("Generated data"),
            origin={"generated": settings.__dict__},
        )
    return None
