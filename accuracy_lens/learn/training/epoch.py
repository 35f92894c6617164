"""One epoch of a run: its numbers, its outputs, and the way to the other pages."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from accuracy_lens.components import findings
from accuracy_lens.components.sample_columns import column_titles
from accuracy_lens.components.sample_table import sample_table
from accuracy_lens.frame import picker
from accuracy_lens.learn.training import answers, variants
from accuracy_lens.learn.training.again import Again, address
from accuracy_lens.learn.training.epoch_charts import show_plane, show_spread
from accuracy_lens.learn.training.shown import Shown
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.control import Control
from accuracy_lens.view.control_table.table import View
from accuracy_lens.view.pages import COMPARE, DOCTOR, METRICS, THRESHOLDS
from accuracy_lens.view.state import VISITOR, Source
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import figure, say
from metrics_core.catalog.rows import CATALOG
from metrics_core.evaluation import evaluate
from metrics_core.live_keras import EpochReport
from metrics_core.messages import Message
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps

PAGES = {
    "metrics": (Message("Open in Metrics"), METRICS.script),
    "thresholds": (Message("Open in Thresholds"), THRESHOLDS.script),
    "compare": (Message("Open in Compare"), COMPARE.script),
    "doctor": (Message("Open in Doctor"), DOCTOR.script),
}
ROWS = 20


def show_epoch(shown: Shown, report: EpochReport) -> None:
    """Draw what is known of a run at the end of an epoch, the numbers first."""
    st.markdown(
        plain(say("{run}, epoch {epoch}", run=shown.caption, epoch=report.epoch)), width="stretch"
    )
    top = variants.cards(report.kind, shown.counted(report))
    for card, column in zip(top, st.columns(max(1, len(top))), strict=False):
        column.metric(
            say(card.title), figure(card.value), say(card.of), delta_color="off", delta_arrow="off"
        )
    show_spread(shown, report)
    if report.boundary is not None:
        show_plane(shown, report, report.boundary)
    _show_doctor(report)
    with st.container(horizontal=True):
        title: Message
        for name, (title, page) in PAGES.items():
            st.button(
                say(title),
                key=f"open_{name}_{shown.side}",
                on_click=_hand_over,
                args=(shown, report, page),
            )
    metrics, samples = View.run_figures.of(shown.side), View.run_samples.of(shown.side)
    _drawer(metrics, say("All metrics of this epoch"), lambda: _show_metrics(shown, report))
    _drawer(samples, say("Samples"), lambda: _show_samples(shown, report))


def _show_doctor(report: EpochReport) -> None:
    data = report.predictions()
    found = findings.examined(data.digest, Settings(), data)
    for line in answers.doctor_lines(found):
        st.markdown(plain(say(line)))


def _drawer(control: Control[bool], title: str, draw: Callable[[], None]) -> None:
    """An expander that is filled when it is open."""
    box = widgets.expander(control, title)
    if box.open:
        with box:
            draw()


def _show_metrics(shown: Shown, report: EpochReport) -> None:
    st.dataframe(
        answers.printed_frame(report),
        hide_index=True,
        key=f"printed_{shown.side}",
        alt=say("Metrics that Keras printed: {run}", run=shown.caption),
    )
    st.dataframe(
        answers.counted_frame(shown.counted(report)),
        hide_index=True,
        key=f"counted_{shown.side}",
        alt=say("Accuracy variants: {run}", run=shown.caption),
    )


def _show_samples(shown: Shown, report: EpochReport) -> None:
    data = report.predictions()
    steps = Steps(data)
    names = [card.name for card in variants.cards(report.kind, shown.counted(report))]
    evaluations = {
        name: evaluate(data, name, Settings(), steps=steps) for name in names if name in CATALOG
    }
    pages = -(-data.n_samples // ROWS)
    page = View.run_page.of(shown.side)
    first = (min(int(page.read()), pages) - 1) * ROWS
    table = sample_table(data, steps, evaluations, slice(first, first + ROWS))
    st.dataframe(
        answers.in_words(table),
        column_config=column_titles(table.column_names, data.n_outputs),
        hide_index=True,
        key=f"run_rows_{shown.side}",
        height=300,
        alt=say("Samples: {run}", run=shown.caption),
    )
    widgets.pagination(page, pages)


def _hand_over(shown: Shown, report: EpochReport, page: str) -> None:
    """Make the outputs of an epoch the data in view, and have the page turned."""
    title = say(answers.called(shown.settings, shown.caption, report.epoch))
    note = Message(
        "Outputs of a model trained here, for the first validation sample.",
        {"n": len(report.outputs)},
        plural="Outputs of a model trained here, for the first {n:,} validation samples.",
    )
    first = VISITOR.run_settings[0] if VISITOR.run_settings else shown.settings
    link = address(Again(VISITOR.run_experiment, shown.side, report.epoch, first))
    origin = {"training": dict(shown.settings.__dict__), "epoch": report.epoch, "link": link}
    picker.open_trained(
        Source(predictions=report.predictions(), title=title, origin=origin, notes=(note,))
    )
    VISITOR.turn_to = page


def turn_the_page() -> None:
    """Go to the page that outputs were handed over to."""
    page = VISITOR.turn_to
    if page:
        VISITOR.turn_to = None
        st.switch_page(page, query_params={})  # the default refuses while controls are bound
