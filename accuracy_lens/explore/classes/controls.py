"""The controls of the classes page -> plain values; every control is in the URL under its key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from accuracy_lens.explore.classes.answers import called, class_labels
from accuracy_lens.explore.classes.matrix import (
    ANY,
    MOST_WHOLE,
    NO_CLASS,
    ORDERS,
    OTHERS,
    SHARE_WORDS,
    SHARES,
    By,
    Matrix,
    Order,
)
from accuracy_lens.view.control_table import controls, widgets
from accuracy_lens.view.control_table.control import Control
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.text import say
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.activation import Activation


def pick_settings(predictions: Predictions, activation: Activation) -> Settings:
    """The threshold where one applies, and whether weights count: keys of the Metrics page."""
    thresholded = predictions.kind in ("binary", "multi_label")
    threshold = controls.pick_threshold() if thresholded else View.threshold.default
    weighted = controls.pick_weighted(predictions)
    return Settings(activation=activation, threshold=float(threshold), weighted=weighted)


def pick_label(predictions: Predictions) -> int:
    """Which label of multi-hot rows the matrix is about; 0 for other kinds."""
    if predictions.kind != "multi_label":
        return 0
    labels = class_labels(predictions.class_names, predictions.n_outputs)
    return _pick_class(View.label, say("Label"), list(range(len(labels))), labels, width=220)


def pick_look(n_classes: int) -> tuple[By | None, Order, int]:
    """What the cells show, how the classes are ordered, and how many are shown."""
    shares = widgets.segments(
        View.cells, say("Cells"), list(SHARES), format_func=lambda name: say(SHARE_WORDS[name]),
        help=say("Shares of a row are recall, shares of a column precision."),
    )  # fmt: skip
    order, most = View.order.default, n_classes
    if n_classes > 2:
        order = widgets.segments(
            View.order, say("Order"), list(ORDERS),
            format_func=lambda name: say(ORDERS[name]),
            help=say("Confusion places classes that are mistaken for one another side by side."),
        )  # fmt: skip
    if n_classes > MOST_WHOLE:
        most = int(
            widgets.number(
                View.most, say("Classes in the most confusions"), 2, MOST_WHOLE, step=1, width=220,
                help=say("The others share one row and one column."),
            )
        )  # fmt: skip
    return SHARES[shares], order, most


def pick_cell(matrix: Matrix, labels: Sequence[str]) -> tuple[int, int]:
    """A pair of classes, by keyboard what a click on a cell is by mouse."""
    some = [ANY, *range(len(labels)), *([OTHERS] if matrix.others else [])]
    none = [NO_CLASS] if NO_CLASS in matrix.columns else []
    with st.container(horizontal=True):
        true = _pick_class(View.true, say("True class"), some, labels)
        predicted = _pick_class(View.predicted, say("Predicted as"), [*some, *none], labels)
    return true, predicted


def _pick_class(
    control: Control[int], title: str, options: list[int], labels: Sequence[str], width: int = 170
) -> int:
    widgets.keep_within(control, options, options[0])
    return widgets.select(
        control, title, options, format_func=partial(called, labels=labels), width=width
    )


def pick_reject() -> float:
    """Above which highest score an answer is given."""
    return float(
        widgets.number(
            View.reject, say("Answer only above"), step=0.05, format="%.6g", width=170,
            help=say("A row whose highest score is not above it gets no answer."),
        )
    )  # fmt: skip
