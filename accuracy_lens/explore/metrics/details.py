"""Why a number is what it is: distribution and threshold, formula, one sample, code."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from accuracy_lens.components import charts
from accuracy_lens.components.threshold_lens.ladder import Ladder
from accuracy_lens.components.threshold_lens.lens import (
    ROUNDING,
    Boundary,
    Drawing,
    show_lens,
    threshold_boundary,
)
from accuracy_lens.explore.metrics import controls
from accuracy_lens.view import widgets
from accuracy_lens.view.controls import move_to_lens, write_labels_as
from accuracy_lens.view.events import BOARD, MISFITS
from accuracy_lens.view.table import VIEW, View
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import amount, figure, say
from metrics_core.catalog.variant import Variant
from metrics_core.codegen.keras_code import keras_code
from metrics_core.codegen.numpy_code import numpy_code
from metrics_core.codegen.of_one_class import of_one_class
from metrics_core.distribution import Distribution
from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.steps.choices.sample import number
from metrics_core.steps.one_class import class_name, parting, sums_to_one
from metrics_core.steps.shared import Steps
from metrics_core.trace import Trace, trace

_MOST_CLASSES = 12


def open_card() -> None:
    """After a card was clicked: explain its variant."""
    picked = BOARD.read()
    if picked:
        VIEW.card = picked


def convert_labels() -> None:
    """After the remedy of a card without a number was clicked: write the labels in its form."""
    form = MISFITS.read()
    if form:
        write_labels_as(form)


def show_distribution(
    evaluation: Evaluation, spread: Distribution, steps: Steps, ladder: Ladder | None
) -> None:
    """The scores by label, coloured by what is right under the variant in view."""
    data = evaluation.predictions
    if data.kind == "class_indices":
        st.text(
            say("Class indices are compared as they are: there are no scores and no threshold.")
        )
        return
    drawing = Drawing(
        spread,
        _boundary(evaluation),
        _sides(data),
        _caption(evaluation, spread),
        data.n_outputs == 1,
        ladder,
        evaluation.settings.threshold,
        numbers=(_result(evaluation),),
    )
    show_lens(drawing, on_threshold=move_to_lens)
    if evaluation.decision.ordered:
        st.plotly_chart(
            charts.rank_figure(steps.rank, data.n_outputs),
            key="ranks",
            config=charts.tools("ranks"),
        )


def show_positive(steps: Steps, one: Steps, threshold: float) -> None:
    """Say which of two classes is 1, and where the threshold and the highest output part."""
    assert one.column is not None
    names = [class_name(steps.predictions, index) for index in (one.column, 1 - one.column)]
    values = {"positive": names[0], "other": names[1], "threshold": f"{threshold:g}"}
    st.caption(plain(say(
        "Class {positive} is label 1 and class {other} is label 0: a sample is predicted 1 where "
        "the output of class {positive} is above {threshold}.", **values,
    )))  # fmt: skip
    n = parting(steps, one, threshold)
    said = Message(
        "The highest of both outputs, which Keras takes, predicts the same for every sample.", {}
    )
    if n:
        said = Message(
            "The highest of both outputs, which Keras takes, predicts otherwise in {n:,} sample.",
            {"n": n},
            plural="The highest of both outputs, which Keras takes, predicts otherwise in {n:,} "
            "samples.",
        )
    st.caption(plain(say(said)))
    if not sums_to_one(steps):
        st.caption(say(
            "The two outputs do not sum to 1 in every row, so 0.5 is not the middle between them: "
            "for logits switch softmax on."
        ))  # fmt: skip


def _boundary(evaluation: Evaluation) -> Boundary | None:
    boundary = evaluation.decision.boundary
    if boundary == "threshold":
        return threshold_boundary(evaluation.settings.threshold)
    return ROUNDING if boundary == "rounding" else None


def _sides(data: Predictions) -> tuple[Message, Message]:
    if data.kind == "sparse":
        return Message("outputs of the true class"), Message("outputs of the other classes")
    if data.n_outputs > 1:
        return Message("outputs with label 1"), Message("outputs with label 0")
    return Message("label 1"), Message("label 0")


def _result(evaluation: Evaluation) -> Message:
    values = {"title": evaluation.variant.title, "value": figure(evaluation.result)}
    return Message("{title}: {value}", values)


def _caption(evaluation: Evaluation, spread: Distribution) -> Message:
    caption = evaluation.decision.caption(evaluation.decisions, evaluation.settings)
    if not spread.n_left_out:
        return caption
    return Message(
        "{caption} {n:,} is NaN or infinite and not drawn.",
        {"caption": caption, "n": spread.n_left_out},
        plural="{caption} {n:,} are NaN or infinite and not drawn.",
    )


def head_formula() -> None:
    """Write the heading that stands above the choice of the variant."""
    st.markdown(f"#### {say('How this number is computed')}")


def show_formula(evaluation: Evaluation) -> None:
    """What a variant does in one line, and its formula with the numbers put in."""
    row = evaluation.variant
    st.markdown(plain(say(row.words)))
    st.latex(rf"{row.formula} = {_fraction(evaluation)}")


def _fraction(evaluation: Evaluation) -> str:
    result = figure(evaluation.result)
    if not evaluation.count or evaluation.one_value:
        return result
    total, count = (
        amount(value).replace(",", "{,}") for value in (evaluation.total, evaluation.count)
    )
    return rf"\frac{{{total}}}{{{count}}} = {result}"


def show_sample(evaluation: Evaluation) -> None:
    """One sample's way through the steps, in a sentence, a formula and a table."""
    st.markdown(f"#### {say('One sample')}")
    traced = trace(evaluation, controls.pick_sample(evaluation.predictions))
    ids = evaluation.predictions.sample_ids
    mark = ""
    if evaluation.variant.is_accuracy:
        mark = {1.0: "✓ ", 0.0: "✗ "}.get(traced.value, "")
    row = f"{traced.index}" if ids is None else f"{traced.index} ({ids[traced.index]})"
    sentence = say("Sample {row}: {sentence}", row=row, sentence=traced.sentence)
    st.markdown(plain(f"{mark}{sentence}"))
    st.latex(traced.equation)
    st.dataframe(
        sample_frame(evaluation, traced),
        hide_index=True,
        key="trace",
        alt=say("Steps of one sample"),
    )


def sample_frame(evaluation: Evaluation, traced: Trace) -> pd.DataFrame:
    """The numbers of one sample at every step: one row, or one row per class.

    With more than twelve classes, those with the highest scores are shown, the true class included.
    """
    raw, scores = say("raw"), say("activated")
    predicted, compared, label = say("predicted"), say("compared"), say("label")
    if traced.raw.ndim == 0:
        return pd.DataFrame(
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
    true_class = int(traced.label) if traced.label.ndim == 0 else None
    shown = order[:_MOST_CLASSES]
    if true_class is not None and 0 <= true_class < n_classes and true_class not in shown:
        shown.append(true_class)
    names = evaluation.predictions.class_names
    frame: dict[str, list[str]] = {
        say("class"): [names[c] if names else str(c) for c in shown],
        label: [
            number(traced.label[c]) if traced.label.ndim else str(int(c == true_class))
            for c in shown
        ],
        raw: [number(traced.raw[c]) for c in shown],
        scores: [number(traced.activated[c]) for c in shown],
    }
    if traced.decided.ndim:
        frame[predicted] = [number(traced.decided[c]) for c in shown]
    if traced.compared.ndim:
        frame[compared] = [number(traced.compared[c]) for c in shown]
    return pd.DataFrame(frame)


def show_code(evaluation: Evaluation, whole: Predictions) -> None:
    """The lines of Keras and of numpy that give the number in view.

    Parameters
    ----------
    whole : Predictions
        The data in view; the evaluation may be of the column of one class.
    """
    row: Variant = evaluation.variant
    data, settings, column = evaluation.predictions, evaluation.settings, evaluation.steps.column
    weighted = data.sample_weight is not None
    box = widgets.expander(View.code, say("Code that gives this number"))
    if not box.open:
        return
    with box:
        st.caption(plain(row.keras))
        for title, write in (("Keras", keras_code), ("numpy", numpy_code)):
            st.text(title)
            if column is None:
                st.code(write(row, data.kind, settings, has_weight=weighted))
                continue
            plain_code = write(
                row, data.kind, settings.changed(activation="none"), has_weight=weighted
            )
            st.code(of_one_class(plain_code, whole.kind, column, settings.activation))
