"""The doctor on a data set: the rules that need no single rows, and which ones do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from accuracy_lens.components.findings import name_serious
from accuracy_lens.explain.doctor import documentation, remedy
from accuracy_lens.explain.doctor.card import show_card
from accuracy_lens.sharded.settings import InView, at_labels, at_threshold
from accuracy_lens.view.control_table import widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.words.feedback import plain, prose
from accuracy_lens.words.text import say, say_code
from metrics_core.datasets.doctor import Examined, examine
from metrics_core.datasets.looking import Decided, Look
from metrics_core.doctor import Rule
from metrics_core.settings import Settings

_CONTROLS = ("threshold", "k")
"""What a remedy can move in the view of a data set."""


def show(view: InView, look: Look | Decided) -> None:
    """Draw what was found, and what was not looked for."""
    remedy.leave_when_done()
    whole, settings = _examined(view, look)
    found = whole.without(VIEW.muted)
    title = say(
        "{n} finding by the rules that need no single rows",
        plural="{n} findings by the rules that need no single rows",
        n=len(found.findings),
    )
    st.markdown(f"## {plain(title)}")
    st.caption(
        say("The outputs are examined as they came, without an activation and without weights.")
    )
    documentation.ask_and_show()
    for finding in found.findings:
        able = {name: value for name, value in finding.apply.items() if name in _CONTROLS}
        with (
            show_card(replace(finding, apply=able), look.kind, settings),
            widgets.expander(View.doctor_more.of(finding.rule), say("Code")),
        ):
            st.code(say_code(finding.code), wrap_lines=True)
    documentation.show_muted(tuple(each for each in whole.findings if each not in found.findings))
    _list(say("Rules that found nothing: {count}", count=len(whole.checked)), whole.checked)
    _list(say("Rules that need single rows: {count}", count=len(whole.left_out)), whole.left_out)


def show_serious(view: InView, look: Look | Decided) -> None:
    """Name the serious findings on another page, where it shows the outputs as they came."""
    if view.asked.activation == "none" and not view.asked.weighted:
        name_serious(_examined(view, look)[0].without(VIEW.muted).of_severity("serious"))


def _examined(view: InView, look: Look | Decided) -> tuple[Examined, Settings]:
    threshold = view.threshold
    if isinstance(look, Look) and look.labels is not None:
        threshold = at_labels(view, look.labels, look.found.dtype)[0]
    elif isinstance(look, Look) and not view.several:
        threshold = at_threshold(view, look.found)[0]
    settings = Settings(threshold=threshold)
    weights = view.asked.columns.sample_weight is not None
    return examine(look, settings, has_weights=weights), settings


def _list(title: str, rules: Sequence[Rule]) -> None:
    with st.expander(title):
        for rule in rules:
            st.markdown(f"- {rule.id} {prose(say(rule.title))}")
