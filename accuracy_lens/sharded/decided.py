"""Predicted classes of a data set: accuracy, the matrix, each class, and rows of a cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from accuracy_lens.components import board
from accuracy_lens.components.number_cards import board_of
from accuracy_lens.sharded import classes, doctor, metrics
from accuracy_lens.sharded.settings import InView
from accuracy_lens.view.pages import CLASSES, DOCTOR, METRICS, THRESHOLDS, PageRow
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import amount, figure, say
from metrics_core.datasets.looking import Decided


def show(row: PageRow, view: InView, found: Decided) -> None:
    """Draw what a page shows of them."""
    if row is not DOCTOR:
        doctor.show_serious(view, found)
    _SHOWN[row](view, found)


def _show_metrics(_: InView, found: Decided) -> None:
    confusion = found.confusion
    st.markdown(plain(say(
        "Predicted class equal to the label: accuracy {accuracy} ({right} of {count}).",
        accuracy=figure(confusion.accuracy), right=amount(float(confusion.hits.sum())),
        count=amount(confusion.count),
    )))  # fmt: skip
    board.show_board(board_of(list(metrics.of_matrix(confusion, "accuracy"))), on_pick=lambda: None)


def _show_thresholds(view: InView, _: Decided) -> None:
    st.info(plain(say(
        "{output} holds predicted classes: there are no scores, and no threshold to move. Choose "
        "a column of outputs, or turn to Metrics, Classes or Doctor.",
        output=view.asked.columns.y_pred[0],
    )))  # fmt: skip


def _show_classes(view: InView, found: Decided) -> None:
    classes.show_matrix(view, found.confusion, found.kind)


_SHOWN: Mapping[PageRow, Callable[[InView, Decided], None]] = {
    METRICS: _show_metrics,
    THRESHOLDS: _show_thresholds,
    CLASSES: _show_classes,
    DOCTOR: doctor.show,
}
