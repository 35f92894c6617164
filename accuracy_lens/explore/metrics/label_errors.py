"""Labels that are probably wrong: how many of each class, and each accuracy without them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from accuracy_lens.view.caches import Size, session_cache
from accuracy_lens.words.feedback import plain, tried
from accuracy_lens.words.text import figure, say
from metrics_core.catalog.rows import CATALOG
from metrics_core.counting.intervals import wilson
from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation, evaluate
from metrics_core.label_errors import LabelErrors, find_label_errors
from metrics_core.numeric.arrays import Array
from metrics_core.settings import Settings
from metrics_core.steps.activation import Activation
from metrics_core.steps.shared import Steps


def found(steps: Steps) -> LabelErrors | None:
    """The labels that the outputs contradict; None where a score is not finite."""
    return _found(steps.predictions.digest, steps.activation, steps)


@session_cache(entries=1, size=Size(sample=24, class_=64, pair=8))
def _found(digest: str, activation: Activation, _steps: Steps) -> LabelErrors | None:
    return find_label_errors(_steps)


def show(doubted: LabelErrors, steps: Steps, evaluations: Mapping[str, Evaluation]) -> None:
    """The estimated share of wrong labels by class, and what each metric is without them."""
    n = int(np.count_nonzero(doubted.suspect))
    st.markdown(f"### {say('Labels that are probably wrong')}")
    st.markdown(plain(say(
        "{n:,} of {total:,} sample is confidently of another class than its label: that class "
        "reaches the probability which it has on average among its own samples.",
        plural="{n:,} of {total:,} samples are confidently of another class than their label: "
        "that class reaches the probability which it has on average among its own samples.",
        n=n, total=len(doubted.suspect),
    )))  # fmt: skip
    st.caption(say(
        "Confident learning (Northcutt, Jiang and Chuang, 2021). It needs outputs of a model that "
        "has not seen these labels, and it cannot tell a wrong label from a sure mistake of the "
        "model: look at the samples before you change anything."
    ))  # fmt: skip
    left, right = st.columns(2, gap="medium")
    with left:
        st.dataframe(
            classes_table(doubted, steps), hide_index=True, key="wrong_labels",
            alt=say("Share of wrong labels by class"),
        )  # fmt: skip
    with right:
        settings = next(iter(evaluations.values())).settings
        rows = without(steps.predictions.digest, settings, tuple(evaluations), doubted, steps)
        st.dataframe(
            {
                say("metric"): [say(CATALOG[name].title) for name in rows],
                say("now"): [figure(evaluations[name].result) for name in rows],
                say("without them"): [figure(value) for value in rows.values()],
            },
            hide_index=True, key="without_doubted",
            alt=say("Metrics without labels that are probably wrong"),
        )  # fmt: skip


def classes_table(doubted: LabelErrors, steps: Steps) -> pd.DataFrame:
    """By given label, or by label of several, how many labels are probably wrong."""
    name = steps.predictions.class_name
    if len(doubted.joints) == 1:
        (joint,) = doubted.joints
        low, high = joint.intervals
        names = [name(index) for index in range(len(joint.given))]
        given, wrong, shares = joint.given, joint.wrong, joint.shares
    else:
        both = [_together(joint.counts) for joint in doubted.joints]
        names = [name(index) for index in range(len(both))]
        given = np.array([joint.given.sum() for joint in doubted.joints])
        wrong, shares, low, high = (np.array(column) for column in zip(*both, strict=True))
    return pd.DataFrame(
        {
            say("label"): names,
            say("samples"): given,
            say("doubted"): wrong.astype(np.int64),
            say("estimated share"): [figure(float(share)) for share in shares],
            say("95 % from"): [figure(float(end)) for end in low],
            say("95 % to"): [figure(float(end)) for end in high],
        }
    )


def _together(counts: Array) -> tuple[float, float, float, float]:
    """Of the values 0 and 1 of a label: doubted, share and interval."""
    sure, wrong = float(counts.sum()), float(counts.sum() - np.trace(counts))
    low, high = wilson(wrong, sure)
    return wrong, wrong / sure if sure else 0.0, low, high


@session_cache(entries=4)
def without(
    digest: str, settings: Settings, names: tuple[str, ...], _doubted: LabelErrors, _steps: Steps
) -> dict[str, float]:
    """Each metric of the samples that are not doubted."""
    rest = _steps.predictions.only(~_doubted.suspect)
    if not rest.n_samples:
        return {}
    steps, values = Steps(rest, _steps.activation), {}
    for name in names:
        if rest.kind in CATALOG[name].needs:
            value = tried(partial(evaluate, rest, name, settings, steps=steps))
            if not isinstance(value, InputError):
                values[name] = value.result
    return values
