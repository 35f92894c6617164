"""One sample's way through the five steps: a sentence, a formula and a table."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from accuracy_lens.components.chart_table import arrow_table
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.evaluation import Evaluation
from metrics_core.reading.limits import shorten
from metrics_core.steps.choices.sample import number
from metrics_core.trace import Trace, trace

_MOST_CLASSES = 12


def show_trace(evaluation: Evaluation, index: int, key: str) -> None:
    """One sample's way through the steps.

    Parameters
    ----------
    evaluation : Evaluation
    index : int
        Row of the sample.
    key : str
        Of the table.
    """
    show_traced(evaluation, trace(evaluation, index), key)


def show_traced(evaluation: Evaluation, traced: Trace, key: str) -> None:
    """The same, where its trace is known."""
    ids = evaluation.predictions.sample_ids
    mark = ""
    if evaluation.variant.is_accuracy:
        mark = {1.0: "✓ ", 0.0: "✗ "}.get(traced.value, "")
    row = f"{traced.index}" if ids is None else f"{traced.index} ({shorten(ids[traced.index])})"
    sentence = say("Sample {row}: {sentence}", row=row, sentence=traced.sentence)
    st.markdown(plain(f"{mark}{sentence}"))
    st.latex(traced.equation)
    st.dataframe(
        sample_frame(evaluation, traced), hide_index=True, key=key, alt=say("Steps of one sample")
    )


def sample_frame(evaluation: Evaluation, traced: Trace) -> pa.Table:
    """The numbers of one sample at every step: one row, or one row per class.

    With more than twelve classes, those with the highest scores are shown, the true class included.
    """
    raw, scores = say("raw"), say("activated")
    predicted, compared, label = say("predicted"), say("compared"), say("label")
    if traced.raw.ndim == 0:
        return arrow_table(
            {
                label: [number(traced.label[()])],
                raw: [number(traced.raw[()])],
                scores: [number(traced.activated[()])],
                predicted: [number(traced.decided[()])],
                compared: [number(traced.compared[()])],
            }
        )
    n_classes = len(traced.raw)
    order = sorted(range(n_classes), key=lambda c: -float(traced.activated[c]))
    of_label = [c for c in order if traced.label.ndim == 0 and c == traced.label]
    shown = order[:_MOST_CLASSES]
    shown += [c for c in of_label if c not in shown]
    frame: dict[str, list[str]] = {
        say("class"): [evaluation.predictions.class_name(c) for c in shown],
        label: [
            number(traced.label[c]) if traced.label.ndim else str(int(c in of_label)) for c in shown
        ],
        raw: [number(traced.raw[c]) for c in shown],
        scores: [number(traced.activated[c]) for c in shown],
    }
    if traced.decided.ndim:
        frame[predicted] = [number(traced.decided[c]) for c in shown]
    if traced.compared.ndim:
        frame[compared] = [number(traced.compared[c]) for c in shown]
    return arrow_table(frame)
