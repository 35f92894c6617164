"""The doctor's report on the page: its headline, one card a finding, and what it left clean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pyarrow as pa
import streamlit as st

from accuracy_lens.components.sample_table import sample_table
from accuracy_lens.view import controls, state, widgets
from accuracy_lens.view.state import VISITOR
from accuracy_lens.view.table import CONTROLS, VIEW, View, of_settings
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.doctor import Finding, Report
from metrics_core.doctor.case import MAIN
from metrics_core.evaluation import evaluate
from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps

METRICS = "pages/explore/metrics.py"
_COLOURS: dict[str, Literal["orange", "yellow", "gray"]] = {
    "serious": "orange",
    "warning": "yellow",
    "note": "gray",
}
_CONTROLS = {name: row.key for name, row in of_settings(Settings).items()}
_OTHER_FORM = {"sparse": "one_hot", "one_hot": "sparse"}


def show_headline(report: Report) -> None:
    """Say whether all is well, and otherwise how many findings of each grade there are."""
    counts = {
        "serious": len(report.of_severity("serious")),
        "warnings": len(report.of_severity("warning")),
        "notes": len(report.of_severity("note")),
    }
    if report.healthy:
        st.markdown(f"#### {say('A clean bill of health')}")
        st.caption(plain(say(Message("Nothing serious and no warning. Notes: {notes}.", counts))))
        return
    headline = Message("Serious: {serious} · Warnings: {warnings} · Notes: {notes}", counts)
    st.markdown(f"#### {plain(say(headline))}")
    if counts["serious"]:
        st.caption(say("Serious: the number in view does not say what it seems to say."))


def view_changes(apply: Mapping[str, object], settings: Settings, kind: Kind) -> dict[str, object]:
    """What a remedy changes in the view: values of its controls, by key.

    Parameters
    ----------
    apply : mapping of str to object
        As in `Finding`. What the view has no control for is left out, and what it shows already.
    settings : Settings
        The view.
    kind : Kind
        Of the data as they came, before the labels were written otherwise.

    Examples
    --------
    >>> view_changes({"threshold": 0.0, "class_weight": ((0, 2.0),)}, Settings(), "binary")
    {'threshold': 0.0}
    >>> view_changes({"aggregation": None}, Settings(aggregation="batch_means"), "sparse")
    {'average': "each variant's own"}
    >>> view_changes({"labels": "one_hot"}, Settings(), "multi_label")
    {}
    """
    changes: dict[str, object] = {}
    for name, value in apply.items():
        if name == "labels" and value == _OTHER_FORM.get(kind):
            changes["labels"] = value
        elif name in _CONTROLS and value != getattr(settings, name):
            changes[_CONTROLS[name]] = value
    if "average" in changes:
        names = {made: title for title, made in controls.AVERAGES.items()}
        changes["average"] = names[settings.changed(aggregation=changes["average"]).aggregation]
    return changes


def _change_view(changes: Mapping[str, object]) -> None:
    form = changes.get("labels")
    if form is not None:
        controls.write_labels_as(str(form))
    for key, value in changes.items():
        if key != "labels":
            CONTROLS[key].write(value)
    VISITOR.leave_doctor = True


def _open_row(row: int) -> None:
    VIEW.sample, VISITOR.leave_doctor = row, True


def leave_when_done() -> None:
    """After a remedy was applied or a row opened: go to the Metrics page, which shows it."""
    if VISITOR.leave_doctor:
        VISITOR.leave_doctor = False
        st.switch_page(METRICS, query_params={})  # the default refuses while controls are bound


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
    with st.container(border=True):
        words, remedy = st.columns([3, 2], gap="medium")
        with words:
            with st.container(horizontal=True):
                st.badge(say(finding.severity), color=_COLOURS[finding.severity])
                st.badge(say(finding.sure), color="gray", help=say("How sure the doctor is."))
            st.markdown(f"##### {plain(say(finding.title))}")
            st.markdown(plain(say(finding.seen)))
            _labelled(say("Consistent with"), say(finding.consistent_with))
        with remedy:
            _labelled(say("Remedy"), say(finding.remedy))
            if finding.counterfactual is not None:
                _labelled(say("The number"), say(finding.counterfactual))
            _show_apply(finding, state.source().predictions.kind, settings)
        _show_details(finding, steps, settings)


def _labelled(label: str, text: str) -> None:
    st.markdown(f"**{plain(label)}:** {plain(text)}")


def _show_apply(finding: Finding, kind: Kind, settings: Settings) -> None:
    changes = view_changes(finding.apply, settings, kind)
    if changes:
        st.button(
            say("Apply to the view"),
            key=f"doctor_apply_{finding.rule}",
            on_click=_change_view,
            args=(changes,),
        )


def _show_details(finding: Finding, steps: Steps, settings: Settings) -> None:
    title = say("Code and rows") if len(finding.rows) else say("Code")
    box = widgets.expander(View.doctor_more.of(finding.rule), title)
    if not box.open:
        return
    with box:
        st.code(finding.code)
        if len(finding.rows):
            _show_rows(finding, steps, settings)


def _show_rows(finding: Finding, steps: Steps, settings: Settings) -> None:
    data = steps.predictions
    main = MAIN[data.kind]
    made = {main: evaluate(data, main, settings, steps=steps)}
    table = sample_table(data, steps, made, finding.rows)
    verdict = f"right_{main}"
    words = pa.array([_verdict(value) for value in table[verdict].to_pylist()])
    st.dataframe(
        table.set_column(table.column_names.index(verdict), verdict, words),
        hide_index=True,
        key=f"doctor_rows_{finding.rule}",
        column_config={"row": say("row"), verdict: say(made[main].variant.title)},
        alt=say("Rows: {title}", title=finding.title),
    )
    with st.container(horizontal=True):
        for row in finding.rows.tolist():
            st.button(
                say("Open row {row}", row=row),
                key=f"doctor_row_{finding.rule}_{row}",
                type="tertiary",
                on_click=_open_row,
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
            st.markdown(f"- {plain(say(rule.clean))}")
