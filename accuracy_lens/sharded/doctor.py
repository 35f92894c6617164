"""The doctor on a data set: the rules that need no single rows, and which ones do."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from accuracy_lens.components.findings import name_serious
from accuracy_lens.explain.doctor.documentation import labelled
from accuracy_lens.report.findings import GRADES
from accuracy_lens.sharded.settings import InView, at_labels, at_threshold
from accuracy_lens.view.control_table.table import VIEW
from accuracy_lens.words.feedback import plain, prose
from accuracy_lens.words.text import say, say_code
from metrics_core.datasets.doctor import Examined, examine
from metrics_core.datasets.looking import Look
from metrics_core.doctor import Finding, Rule
from metrics_core.settings import Settings


def show(view: InView, look: Look) -> None:
    """Draw what was found, and what was not looked for."""
    found = _examined(view, look)
    title = say(
        "{n} finding by the rules that need no single rows",
        plural="{n} findings by the rules that need no single rows",
        n=len(found.findings),
    )
    st.markdown(f"## {plain(title)}")
    st.caption(
        say("The outputs are examined as they came, without an activation and without weights.")
    )
    for finding in found.findings:
        _show(finding)
    _list(say("Rules that found nothing: {count}", count=len(found.checked)), found.checked)
    _list(say("Rules that need single rows: {count}", count=len(found.left_out)), found.left_out)


def show_serious(view: InView, look: Look) -> None:
    """Name the serious findings on another page, where it shows the outputs as they came."""
    if view.asked.activation == "none" and not view.asked.weighted:
        findings = _examined(view, look).findings
        serious = (each for each in findings if each.severity == "serious")
        name_serious([each for each in serious if each.id not in VIEW.muted])


def _examined(view: InView, look: Look) -> Examined:
    threshold = view.threshold
    if look.labels is not None:
        threshold = at_labels(view, look.labels, look.found.dtype)[0]
    elif not view.several:
        threshold = at_threshold(view, look.found)[0]
    weights = view.asked.columns.sample_weight is not None
    return examine(look, Settings(threshold=threshold), has_weights=weights)


def _show(finding: Finding) -> None:
    with st.container(border=True):
        st.caption(plain(say(
            "{grade} · {code}", grade=GRADES[finding.severity], code=finding.id,
        )))  # fmt: skip
        st.markdown(f"### {prose(say(finding.title))}")
        st.markdown(prose(say(finding.seen)))
        labelled(say("Consistent with"), say(finding.consistent_with))
        labelled(say("Remedy"), say(finding.remedy))
        if finding.counterfactual is not None:
            labelled(say("The number"), say(finding.counterfactual))
        st.code(say_code(finding.code), wrap_lines=True)


def _list(title: str, rules: Sequence[Rule]) -> None:
    with st.expander(title):
        for rule in rules:
            st.markdown(f"- {rule.id} {prose(say(rule.title))}")
