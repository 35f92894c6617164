"""The controls of the Training page -> the settings of one run, or of two side by side."""

from __future__ import annotations

from typing import Any, get_args

import streamlit as st

from accuracy_lens.frame.called import choice, setting
from accuracy_lens.learn.training.settings import images as training_images
from accuracy_lens.learn.training.settings.free import ROWS, FreeControls, number
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import CONTROLS, VIEW, View
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.errors import InputError
from metrics_core.live_keras import (
    DATASETS,
    EXPERIMENTS,
    Dataset,
    Experiment,
    RunSettings,
    dataset,
    experiment,
)
from metrics_core.live_keras.images import OWN as OWN_IMAGES
from metrics_core.live_keras.runs import choices
from metrics_core.live_keras.runs.measures import METRICS
from metrics_core.live_keras.runs.rules import MAX_BATCH, MAX_EPOCHS, MAX_LAYERS, MAX_UNITS
from metrics_core.messages import Message

OWN = "your-own"
"""The choice in which every control is free."""
_ONE_UNIT = ("binary", "signs")


def pick_experiment() -> Experiment | None:
    """Which experiment is shown; None for a custom run."""
    titles = {row.name: say(row.title) for row in EXPERIMENTS.values()}
    titles[OWN] = say("Custom run")
    name = widgets.select(
        View.experiment,
        say("Experiment"),
        list(titles),
        format_func=titles.__getitem__,
        on_change=_set_controls,
        width=360,
    )
    VISITOR.experiment = name
    return None if name == OWN else experiment(name)


def control_values(settings: RunSettings) -> dict[str, Any]:
    """The value of each control that shows these settings, by key.

    Examples
    --------
    >>> values = control_values(RunSettings(hidden=(64, 64)))
    >>> values["run_layers"], values["run_units"], values["run_loss"]
    (2, 64, 'categorical_crossentropy')
    """
    values = {row.key: getattr(settings, name) for name, row in ROWS.items()}
    values[View.run_metrics.key] = list(settings.metrics)
    values[View.run_layers.key] = len(settings.hidden)
    values[View.run_units.key] = (*settings.hidden, View.run_units.default)[0]
    return values


def _set_controls() -> None:
    """Show the settings of the experiment; a custom run begins with what was in view before."""
    name, before = VIEW.experiment, VISITOR.experiment or OWN
    shown = before if name == OWN else name
    values = control_values(RunSettings() if shown == OWN else experiment(shown).settings)
    for key, value in values.items():
        control = CONTROLS[key]
        control.write(control.read() if name == OWN and control.stored else value)


def compared(row: Experiment | None) -> dict[str, tuple[Any, Any]]:
    """The settings in which the two runs of an experiment differ; empty for a single run.

    Examples
    --------
    >>> compared(experiment("dropout"))
    {'dropout': (0.5, 0.0)}
    """
    if row is None or row.against is None:
        return {}
    sides = row.settings.__dict__, row.against.__dict__
    return {
        name: (value, sides[1][name]) for name, value in sides[0].items() if value != sides[1][name]
    }


def pick_runs(row: Experiment | None) -> tuple[tuple[RunSettings, ...], Dataset | None]:
    """Draw the controls; the settings of each run, and the visitor's images where there are any.

    What an experiment compares has no control.

    Raises
    ------
    InputError
        Where two of the settings exclude one another, or the visitor's images are not there yet.
    """
    base = RunSettings() if row is None else row.settings
    apart = compared(row)
    with widgets.expander(View.settings, say("Settings")):
        if apart:
            st.caption(plain(say("Fixed by this experiment:")))
            for name, (first, second) in apart.items():
                line = say(
                    "{name}: {first} in the first run, {second} in the second",
                    name=setting(name),
                    first=choice(first),
                    second=choice(second),
                )
                st.caption(plain(line))
        changes, images = _pick(base, apart)
    if changes["dataset"] == OWN_IMAGES and images is None:
        raise InputError(
            "images",
            "must be uploaded before training",
            Message("no file"),
            "Upload one in the settings.",
        )
    runs = (base,) if row is None or row.against is None else (base, row.against)
    return tuple(run.changed(**changes) for run in runs), images


def _pick(base: RunSettings, apart: dict[str, Any]) -> tuple[dict[str, Any], Dataset | None]:
    picked: dict[str, Any] = {}
    data, images = _pick_data(base, apart, picked)
    one_unit = picked.get("label_form", base.label_form) in _ONE_UNIT
    picked["output_units"] = 1 if one_unit else (10 if data is None else data.n_classes)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        layers = number(View.run_layers, say(setting("hidden")), len(base.hidden), 0, MAX_LAYERS)
        first = (*base.hidden, View.run_units.default)[0]
        units = number(View.run_units, say("Units each"), first, 1, MAX_UNITS)
        picked["hidden"] = (units,) * layers
        free = FreeControls(base, apart, picked)
        free.choose("hidden_activation", get_args(choices.HiddenActivation))
        free.choose("output_activation", get_args(choices.OutputActivation))
        free.fraction("dropout", 0.0, 0.9, 0.1)
        free.switch("batch_norm")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form = picked.get("label_form", base.label_form)
        free.choose("loss", choices.LOSSES[form], 270)
        loss = picked.get("loss", base.loss)
        if loss in choices.LOSS_CLASSES:
            free.switch("from_logits")
        elif "from_logits" not in apart:
            picked["from_logits"] = False
        if form != "signs":
            free.choose("class_weight", get_args(choices.ClassWeight))
        free.choose("optimizer", tuple(choices.OPTIMIZER_CLASSES))
        free.fraction("learning_rate", 1e-6, 10.0, 0.001)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        free.whole("batch_size", 1, MAX_BATCH)
        free.whole("epochs", 1, MAX_EPOCHS)
        free.whole("seed", 0, 2**32 - 1)
    metrics = widgets.multiselect(
        View.run_metrics,
        say("Metrics, as Keras spells them; mean_pred is a custom metric"),
        METRICS,
        default=list(base.metrics),
    )
    picked["metrics"] = tuple(metrics)
    return picked, images


def _pick_data(
    base: RunSettings, apart: dict[str, Any], picked: dict[str, Any]
) -> tuple[Dataset | None, Dataset | None]:
    """The set that is chosen, where it is known yet, and the same if it is the visitor's."""
    free = FreeControls(base, apart, picked)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sets = (*DATASETS, OWN_IMAGES)
        if "label_form" in apart:
            sets = tuple(name for name in DATASETS if dataset(name).n_classes == 2)
        free.choose("dataset", sets)
        uploaded = picked["dataset"] == OWN_IMAGES
        data = training_images.own_images() if uploaded else dataset(picked["dataset"])
        two = data is not None and data.n_classes == 2
        forms = get_args(choices.LabelForm)
        free.choose("label_form", forms if two else forms[:2])
        free.choose("scale", get_args(choices.Scale))
        free.choose("shuffled", get_args(choices.Shuffled))
        if uploaded:
            picked["kept"] = 1.0
        else:
            free.fraction("kept", 0.01, 1.0, 0.1)
    if uploaded:
        training_images.pick_file()
    elif data is not None:
        st.caption(plain(say(data.title)))
    return data, data if uploaded else None
