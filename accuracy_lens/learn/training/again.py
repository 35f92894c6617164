"""Outputs of a training run in a link: what it takes to train them again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import streamlit as st

from accuracy_lens.learn.training.settings.controls import OWN, control_values
from accuracy_lens.view.control_table.table import CONTROLS, VIEW
from accuracy_lens.view.pages import TRAINING
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.errors import InputError
from metrics_core.live_keras import EXPERIMENTS, RunSettings
from metrics_core.live_keras.images import OWN as OWN_IMAGES
from metrics_core.messages import Message


@dataclass(frozen=True)
class Again:
    """The run and the epoch that a link names.

    Attributes
    ----------
    experiment : str
        As the control has it: a custom run has a name too.
    side : int
        Which of two runs: 0 or 1.
    epoch : int
    settings : RunSettings
        Of the first run; the second follows from the experiment.
    """

    experiment: str
    side: int
    epoch: int
    settings: RunSettings


def address(again: Again) -> str:
    """The name of outputs in a link: experiment, run, epoch, and the settings that were changed.

    It is empty for a visitor's images, which are as gone as the outputs.

    Examples
    --------
    >>> address(Again("dropout", 1, 3, EXPERIMENTS["dropout"].settings.changed(seed=7)))
    'dropout/2/3/{"seed":7}'
    """
    if again.settings.dataset == OWN_IMAGES:
        return ""
    usual = _usual(again.experiment).__dict__
    changes = {k: v for k, v in again.settings.__dict__.items() if v != usual[k]}
    parts = [again.experiment, str(again.side + 1), str(again.epoch)]
    if changes:
        parts.append(json.dumps(changes, separators=(",", ":")))
    return "/".join(parts)


def read(text: str) -> Again | None:
    """What a link names; None where it names nothing that can be trained.

    Examples
    --------
    >>> read('dropout/2/3/{"seed":7}').settings.seed
    7
    >>> read("dropout/2") is None
    True
    """
    try:
        name, run, epoch, *rest = text.split("/", 3)
        changes: dict[str, Any] = json.loads(rest[0]) if rest else {}
        lists = {key: tuple(value) for key, value in changes.items() if isinstance(value, list)}
        settings = _usual(name).changed(**{**changes, **lists})
        again = Again(name, int(run) - 1, int(epoch), settings)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, InputError):
        return None
    row = EXPERIMENTS.get(name)
    sides = 1 if row is None or row.against is None else 2
    within = 0 <= again.side < sides and 0 <= again.epoch <= settings.epochs
    return again if within and settings.dataset != OWN_IMAGES else None


def _usual(name: str) -> RunSettings:
    return RunSettings() if name == OWN else EXPERIMENTS[name].settings


def tell(text: str) -> None:
    """Instead of a page: that the outputs in the link are gone, and the ways to have them again."""
    st.markdown(f"## {say('No outputs of this training run')}")
    gone = say(
        "Outputs of a training run are kept only for the visit in which they were trained, and are "
        "gone after a refresh."
    )
    st.markdown(plain(gone))
    again = read(text)
    if again is not None:
        row = EXPERIMENTS.get(again.experiment)
        line = say(
            "The link names epoch {epoch} of run {run}: {experiment}.",
            epoch=again.epoch,
            run=again.side + 1,
            experiment=Message("Custom run") if row is None else row.title,
        )
        st.markdown(plain(line))
        if st.button(say("Train it again"), type="primary", key="train_again"):
            VISITOR.train_again = text
            st.switch_page(
                TRAINING.script, query_params={}
            )  # the default refuses while controls are bound
    st.page_link(TRAINING.script, label=say("Go to Training"))


def asked() -> bool:
    """Whether a run is to be trained again; once, with the controls set to what it was."""
    again, VISITOR.train_again = read(VISITOR.train_again), ""
    if again is None:
        return False
    VIEW.experiment = again.experiment
    for key, value in control_values(again.settings).items():
        CONTROLS[key].write(value)
    VIEW.at_epoch = again.epoch
    return True
