"""The doctor's report on the page: its headline, one card per finding, the clean rules."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from accuracy_lens.components.sample_columns import column_titles
from accuracy_lens.components.sample_table import sample_table, shortened
from accuracy_lens.explain.doctor.card import show_card
from accuracy_lens.explain.doctor.remedy import open_row
from accuracy_lens.report.findings import headline
from accuracy_lens.view import state
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import View
from accuracy_lens.words.feedback import plain, prose
from accuracy_lens.words.text import say, say_code
from metrics_core.doctor import Finding, Report
from metrics_core.doctor.case import MAIN
from metrics_core.evaluation import evaluate
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps


def show_headline(report: Report) -> None:
    """Say whether all is well, and otherwise how many findings of each severity there are."""
    if report.healthy:
        st.markdown(f"## {say('A clean bill of health')}")
        notes = len(report.of_severity("note"))
        st.caption(plain(say("Nothing serious and no warning. Notes: {notes}.", notes=notes)))
        return
    st.markdown(f"## {plain(headline(report))}")
    if report.of_severity("serious"):
        st.caption(say("Serious: the number in view does not mean what it appears to mean."))


def show_finding(finding: Finding, steps: Steps, settings: Settings) -> None:
    """Draw one card: what was seen, what would explain it, the remedy and its number.

    Parameters
    ----------
    finding : Finding
    steps : Steps
        Those of the data in view, under the activation in view.
    settings : Settings
        The view.
    """
    with show_card(finding, state.source().predictions.kind, settings):
        _show_details(finding, steps, settings)


def _show_details(finding: Finding, steps: Steps, settings: Settings) -> None:
    title = say("Code and rows") if len(finding.rows) else say("Code")
    box = widgets.expander(View.doctor_more.of(finding.rule), title)
    if not box.open:
        return
    with box:
        st.code(say_code(finding.code), wrap_lines=True)
        if len(finding.rows):
            _show_rows(finding, steps, settings)


def _show_rows(finding: Finding, steps: Steps, settings: Settings) -> None:
    data = steps.predictions
    main = MAIN[data.kind]
    evaluations = {main: evaluate(data, main, settings, steps=steps)}
    table = shortened(sample_table(data, steps, evaluations, finding.rows))
    verdict = f"right_{main}"
    words = pa.array([_verdict(value) for value in table[verdict].to_pylist()])
    st.dataframe(
        table.set_column(table.column_names.index(verdict), verdict, words),
        hide_index=True,
        key=f"doctor_rows_{finding.rule}",
        column_config=column_titles(table.column_names, data.n_outputs)
        | {verdict: say(evaluations[main].variant.title)},
        alt=say("Rows: {title}", title=finding.title),
    )
    with st.container(horizontal=True):
        for row in finding.rows.tolist():
            st.button(
                say("Open row {row}", row=row),
                key=f"doctor_row_{finding.rule}_{row}",
                type="tertiary",
                on_click=open_row,
                args=(row,),
            )


def _verdict(value: bool | float) -> str:
    if value in (0, 1):
        return say("right") if value else say("wrong")
    return say("partly")


def show_clean(report: Report) -> None:
    """List what is known where the rules found nothing."""
    title = say("Rules that found nothing: {count}", count=len(report.checked))
    with st.expander(title):
        for rule in report.checked:
            st.markdown(f"- {prose(say(rule.clean))}")
