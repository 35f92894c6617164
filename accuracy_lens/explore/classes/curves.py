"""How accuracy moves with k, and with how sure an answer must be."""

from __future__ import annotations

from typing import Any

import streamlit as st

from accuracy_lens.components import charts
from accuracy_lens.explore.classes import computed, controls
from accuracy_lens.view import controls as inputs
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import amount, figure, say
from metrics_core.settings import Settings
from metrics_core.steps.decision import effective_threshold
from metrics_core.steps.shared import Steps

_QUIET: dict[str, Any] = {"displayModeBar": False}


def show_top_k(digest: str, settings: Settings, steps: Steps) -> None:
    """The accuracy for every k."""
    st.markdown(f"#### {say('Top-k accuracy for every k')}")
    k = inputs.pick_k()
    counted = computed.top_k(digest, settings.activation, settings.weighted, steps)
    value = counted.accuracy(k)
    st.markdown(plain(say(
        "Among the {k} highest: {value} ({count} of {total}).",
        k=k, value=figure(value), count=amount(value * counted.count), total=amount(counted.count),
    )))  # fmt: skip
    st.plotly_chart(
        charts.top_k_figure(counted.accuracies, k),
        key="top_k",
        config=_QUIET,
        alt=say("Accuracy for every k"),
    )


def show_reject(digest: str, settings: Settings, steps: Steps) -> None:
    """What is gained by answering only where the highest score is high."""
    st.markdown(f"#### {say('Answer only where sure')}")
    threshold = controls.pick_reject()
    sweep, curve = computed.reject_curve(digest, settings.activation, settings.weighted, steps)
    counts = sweep.at(float(effective_threshold(threshold, sweep.dtype)))
    coverage, accuracy = float(counts.predicted_share), float(counts.precision)
    words = "Answered: {answered} of {total} ({share})."
    if coverage:
        words += " Of the answers {accuracy} are right ({right})."
    st.markdown(plain(say(
        words, answered=amount(float(counts.predicted_positive)), total=amount(float(counts.count)),
        share=figure(coverage), accuracy=figure(accuracy),
        right=amount(float(counts.true_positives)),
    )))  # fmt: skip
    st.plotly_chart(
        charts.reject_figure(
            curve.coverage,
            curve.accuracy,
            curve.thresholds,
            (coverage, accuracy) if coverage else None,
        ),
        key="reject_curve",
        config=_QUIET,
        alt=say("Accuracy of the answers against coverage"),
    )
