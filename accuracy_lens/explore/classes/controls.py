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
    SHARES,
    Matrix,
    Order,
)
from accuracy_lens.view import controls, state
from accuracy_lens.words.text import say
from metrics_core.counting.confusion import By
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.activation import Activation


def pick_settings(predictions: Predictions, activation: Activation) -> Settings:
    """The threshold where it decides, and whether weights count: keys of the Metrics page."""
    cut = predictions.kind in ("binary", "multi_label")
    threshold = controls.pick_threshold() if cut else 0.5
    weighted = controls.pick_weighted(predictions)
    return Settings(activation=activation, threshold=float(threshold), weighted=weighted)


def pick_label(predictions: Predictions) -> int:
    """Which label of multi-hot rows the matrix is about; 0 for other kinds."""
    if predictions.kind != "multi_label":
        return 0
    labels = class_labels(predictions.class_names, predictions.n_outputs)
    return _pick_class(say("Label"), "label", list(range(len(labels))), labels, width=220)


def pick_look(n_classes: int) -> tuple[By | None, Order, int]:
    """What the cells show, how the classes are ordered, and how many are shown."""
    shares = st.segmented_control(
        say("Cells"), list(SHARES), default="counts", format_func=say, key="cells",
        bind="query-params", required=True,
        help=say("Shares of a row are recall, shares of a column precision."),
    )  # fmt: skip
    order, most = ORDERS[0], n_classes
    if n_classes > 2:
        order = st.segmented_control(
            say("Order"), ORDERS, default=ORDERS[0], format_func=say, key="order",
            bind="query-params", required=True,
            help=say("Confusion puts classes side by side that are taken for one another."),
        ) or ORDERS[0]  # fmt: skip
    if n_classes > MOST_WHOLE:
        most = int(
            st.number_input(
                say("Classes in the most confusions"), 2, MOST_WHOLE, 20, step=1, key="most",
                bind="query-params", width=220,
                help=say("The others are gathered in one row and one column."),
            )
        )  # fmt: skip
    return SHARES[shares or "counts"], order, most


def pick_cell(matrix: Matrix, labels: Sequence[str]) -> tuple[int, int]:
    """A pair of classes, by keyboard what a click on a cell is by mouse."""
    some = [ANY, *range(len(labels)), *([OTHERS] if matrix.others else [])]
    none = [NO_CLASS] if NO_CLASS in matrix.columns else []
    with st.container(horizontal=True):
        true = _pick_class(say("True class"), "true", some, labels)
        decided = _pick_class(say("Decided as"), "decided", [*some, *none], labels)
    return true, decided


def _pick_class(
    title: str, key: str, options: list[int], labels: Sequence[str], width: int = 200
) -> int:
    if state.read(key, options[0]) not in options:
        state.write(**{key: options[0]})
    return st.selectbox(
        title, options, format_func=partial(called, labels=labels), key=key, bind="query-params",
        width=width,
    )  # fmt: skip


def pick_reject() -> float:
    """Above which highest score an answer is given."""
    return float(
        st.number_input(
            say("Answer only above"), value=0.5, step=0.05, key="reject", bind="query-params",
            format="%.6g", width=170,
            help=say("A row whose highest score is not above it gets no answer."),
        )
    )  # fmt: skip
