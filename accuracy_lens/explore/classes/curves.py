"""How accuracy moves with k, and with how sure an answer must be."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.components import charts
from accuracy_lens.components.chart_table import show_table
from accuracy_lens.explore.classes import computed, controls
from accuracy_lens.view.control_table import controls as inputs
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import amount, figure, say
from metrics_core.settings import Settings
from metrics_core.steps.decision.threshold import effective_threshold
from metrics_core.steps.shared import Steps


def show_top_k(digest: str, settings: Settings, steps: Steps) -> None:
    """The accuracy for every k."""
    st.markdown(f"## {say('Top-k accuracy for every k')}")
    k = inputs.pick_k()
    found = computed.top_k(digest, settings.activation, settings.weighted, steps)
    value = found.accuracy(k)
    st.markdown(plain(say(
        "Top-{k} accuracy {value} ({count} of {total}).",
        k=k, value=figure(value), count=amount(value * found.count), total=amount(found.count),
    )))  # fmt: skip
    classes = steps.predictions.n_classes
    if k >= classes:
        st.caption(say("All {classes} classes are in the top {k}.", classes=classes, k=k))
    st.plotly_chart(
        charts.top_k_figure(found.accuracies, k),
        key="top_k",
        config=charts.tools("top-k-accuracy"),
        alt=say("Accuracy for every k: {value} at k = {k}", value=figure(value), k=k),
    )
    every_k = range(1, classes + 1)
    show_table(say("Accuracy for every k"), {say("k"): every_k, say("accuracy"): found.accuracies})


def show_reject(digest: str, settings: Settings, steps: Steps) -> None:
    """What is gained by answering only when the highest score is high."""
    st.markdown(f"## {say('Answer only when sure')}")
    threshold = controls.pick_reject()
    sweep, curve = computed.reject_curve(digest, settings.activation, settings.weighted, steps)
    counts = sweep.at(float(effective_threshold(threshold, sweep.dtype)))
    coverage, accuracy = float(counts.predicted_share), float(counts.precision)
    answered, total = amount(float(counts.predicted_positive)), amount(float(counts.count))
    if coverage:
        sentence = say(
            "Answered: {answered} of {total} ({share}). Accuracy of the answers: {accuracy}"
            " ({right} right).",
            answered=answered, total=total, share=figure(coverage), accuracy=figure(accuracy),
            right=amount(float(counts.true_positives)),
        )  # fmt: skip
    else:
        sentence = say(
            "Answered: {answered} of {total} ({share}).",
            answered=answered, total=total, share=figure(coverage),
        )  # fmt: skip
    st.markdown(plain(sentence))
    st.plotly_chart(
        charts.reject_figure(
            curve.coverage,
            curve.accuracy,
            curve.thresholds,
            (coverage, accuracy) if coverage else None,
        ),
        key="reject_curve",
        config=charts.tools("accuracy-by-coverage"),
        alt=say(
            "Accuracy of the answers against coverage: {accuracy} where {share} is answered",
            accuracy=figure(accuracy) if coverage else "–", share=figure(coverage),
        ),
    )  # fmt: skip
    show_table(
        say("Accuracy of the answers against coverage"),
        {
            say("threshold"): curve.thresholds,
            say("coverage"): curve.coverage,
            say("accuracy"): curve.accuracy,
        },
    )
