"""The card of a finding: what was seen, what would explain it, the remedy and its number."""

from __future__ import annotations

from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from accuracy_lens.explain.doctor.documentation import labelled, show_buttons
from accuracy_lens.explain.doctor.remedy import show_apply, show_change
from accuracy_lens.report.findings import GRADES
from accuracy_lens.words.feedback import prose
from accuracy_lens.words.text import say
from metrics_core.doctor import Finding
from metrics_core.kinds import Kind
from metrics_core.settings import Settings

_COLOURS: dict[str, Literal["orange", "yellow", "gray"]] = {
    "serious": "orange",
    "warning": "yellow",
    "note": "gray",
}


def show_card(finding: Finding, kind: Kind, settings: Settings) -> DeltaGenerator:
    """Draw the card.

    Parameters
    ----------
    finding : Finding
    kind : Kind
        Of the data as they came, before the labels were written otherwise.
    settings : Settings
        The view.

    Returns
    -------
    DeltaGenerator
        The card, for what follows below.
    """
    card = st.container(border=True)
    words, remedy = card.columns([3, 2], gap="medium")
    with words:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(say(GRADES[finding.severity]), color=_COLOURS[finding.severity])
            st.badge(say(GRADES[finding.sure]), color="gray", help=say("How sure the doctor is."))
            st.caption(finding.id, width="content")
        st.markdown(f"### {prose(say(finding.title))}")
        st.markdown(prose(say(finding.seen)))
        labelled(say("Consistent with"), say(finding.consistent_with))
        show_buttons(finding)
    with remedy:
        labelled(say("Remedy"), say(finding.remedy))
        if finding.counterfactual is not None:
            labelled(say("The number"), say(finding.counterfactual))
        if finding.change is not None:
            show_change(finding.change, refuted=finding.refuted)
        show_apply(finding, kind, settings)
    return card
