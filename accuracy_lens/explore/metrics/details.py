"""Why a number is what it is: the scores and the threshold, and its formula."""

from __future__ import annotations

import streamlit as st

from accuracy_lens.components import charts
from accuracy_lens.components.chart_table import show_table
from accuracy_lens.components.threshold_lens.ladder import Ladder
from accuracy_lens.components.threshold_lens.lens import Drawing, show_lens
from accuracy_lens.components.threshold_lens.parts import boundary_of, caption_of, sides_of
from accuracy_lens.report.formulas import formula_of
from accuracy_lens.view.control_table.controls import move_to_lens, write_labels_as
from accuracy_lens.view.control_table.table import View
from accuracy_lens.view.events import BOARD, MISFITS
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import figure, say
from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.overview.distribution import Distribution
from metrics_core.steps.one_class import parting, sums_to_one
from metrics_core.steps.shared import Steps


def open_card() -> None:
    """After a card was clicked: explain its variant."""
    picked = BOARD.read()
    if picked:
        View.card.move(picked)


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
        boundary_of(evaluation),
        sides_of(data),
        caption_of(evaluation, spread),
        data.n_outputs == 1,
        ladder,
        evaluation.settings.threshold,
        numbers=(_result(evaluation),),
    )
    show_lens(drawing, on_threshold=move_to_lens)
    if evaluation.decision.ordered:
        chart = charts.rank_figure(steps.rank, data.n_outputs)
        (bars,) = chart.data
        first = say(
            "Rank of the true class: first in {n:,} of {total:,}", n=bars.y[0], total=sum(bars.y)
        )
        st.plotly_chart(chart, key="ranks", config=charts.tools("ranks"), alt=first)
        show_table(say("Rank of the true class"), {say("rank"): bars.x, say("samples"): bars.y})


def show_positive(steps: Steps, positive: Steps, threshold: float) -> None:
    """Say which of two classes is 1, and where the threshold and the highest output part."""
    assert positive.column is not None
    data, column = steps.predictions, positive.column
    names = {"positive": data.class_name(column), "other": data.class_name(1 - column)}
    st.caption(plain(say(
        "Class {positive} is label 1 and class {other} is label 0: a sample is predicted 1 where "
        "the output of class {positive} is above {threshold}.", **names, threshold=f"{threshold:g}",
    )))  # fmt: skip
    n = parting(steps, positive, threshold)
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


def _result(evaluation: Evaluation) -> Message:
    values = {"title": evaluation.variant.title, "value": figure(evaluation.result)}
    nothing = evaluation.variant.aggregation.nothing
    if evaluation.count or nothing is None:
        return Message("{title}: {value}", values)
    return Message("{title}: {value} ({why})", {**values, "why": nothing})


def head_formula() -> None:
    """Write the heading that stands above the choice of the variant."""
    st.markdown(f"## {say('How this number is computed')}")


def show_formula(evaluation: Evaluation) -> None:
    """What a variant does in one line, and its formula with the numbers put in."""
    st.markdown(plain(say(evaluation.variant.words)))
    st.latex(formula_of(evaluation))
