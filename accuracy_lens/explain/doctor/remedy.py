"""A remedy on its card: what it changes in the view, and the figures before and after it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from accuracy_lens.view.control_table import controls
from accuracy_lens.view.control_table.table import CONTROLS, VIEW, of_settings
from accuracy_lens.view.pages import METRICS
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.doctor import Change, Finding
from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.settings import Settings

_CONTROLS = {name: row.key for name, row in of_settings(Settings).items()}
_OTHER_FORM = {"sparse": "one_hot", "one_hot": "sparse"}


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
    {'average': 'own'}
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
        names = {average: name for name, average in controls.AVERAGES.items()}
        changes["average"] = names[settings.changed(aggregation=changes["average"]).aggregation]
    return changes


def show_apply(finding: Finding, kind: Kind, settings: Settings) -> None:
    """The button that carries the remedy out, where the view has controls for it."""
    changes = view_changes(finding.apply, settings, kind)
    if changes:
        st.button(
            say("Apply to the view"),
            key=f"doctor_apply_{finding.rule}",
            on_click=_change_view,
            args=(changes,),
        )


def _change_view(changes: Mapping[str, object]) -> None:
    form = changes.get("labels")
    if form is not None:
        controls.write_labels_as(str(form))
    for key, value in changes.items():
        if key != "labels":
            CONTROLS[key].move(value)
    VISITOR.leave_doctor = True


def open_row(row: int) -> None:
    """Make a sample the one in view, and go to the Metrics page."""
    VIEW.sample, VISITOR.leave_doctor = row, True


def leave_when_done() -> None:
    """After a remedy was applied or a row opened: go to the Metrics page, which shows it."""
    if VISITOR.leave_doctor:
        VISITOR.leave_doctor = False
        st.switch_page(
            METRICS.script, query_params={}
        )  # the default refuses while controls are bound


def show_change(change: Change, *, refuted: bool) -> None:
    """A small table of the figures before and after a remedy.

    Parameters
    ----------
    change : Change
    refuted : bool
        Whether the remedy is none, so that the figures say why.
    """
    after = say("if it were done") if refuted else say("with the remedy")
    lines = [f"| | {plain(say('in view'))} | {plain(after)} |", "|---|---:|---:|"]
    title: Message
    pairs: list[tuple[Message, float | None, float | None]] = [
        (Message("accuracy"), change.before.accuracy, change.after.accuracy),
        (Message("balanced accuracy"), change.before.balanced, change.after.balanced),
        (Message("share predicted 1"), change.before.ones, change.after.ones),
    ]
    for title, was, now in pairs:
        if was is not None and now is not None:
            lines.append(f"| {plain(say(title))} | {was:.4f} | {now:.4f} |")
    st.markdown("\n".join(lines))
    if refuted and change.after.one_sided:
        st.caption(say("Everything would be predicted alike."))
    elif change.by_chance and change.before.accuracy != change.after.accuracy:
        st.caption(say("The accuracies differ by no more than chance explains."))
