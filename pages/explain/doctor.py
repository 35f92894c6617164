"""Doctor: what is probably wrong with these outputs or this view, with evidence and a remedy."""

import streamlit as st

from accuracy_lens.components import findings
from accuracy_lens.explain.doctor import documentation, remedy
from accuracy_lens.explain.doctor import report as doctor
from accuracy_lens.view import prepared, state
from accuracy_lens.view.control_table import controls, widgets
from accuracy_lens.view.control_table.table import VIEW, View
from accuracy_lens.words.feedback import explained
from accuracy_lens.words.text import say

remedy.leave_when_done()
data = state.source().predictions

top = st.container()
documentation.ask_and_show()
with (
    st.expander(say("The view that is examined, the same as on the Metrics page")),
    st.container(horizontal=True, vertical_alignment="bottom"),
):
    form = controls.pick_label_form(data)
    activation = controls.pick_activation()
    if form is not None:
        with explained():
            data = prepared.converted(data.digest, form, data)
    settings = controls.pick_settings(data, activation)

steps = prepared.steps(data.digest, activation, data)
found = findings.examined_by_page(data, settings, steps)
report = found.without(VIEW.muted)
notes = report.of_severity("note")

with top:
    doctor.show_headline(report)
for finding in report.findings:
    if finding.severity != "note":
        doctor.show_finding(finding, steps, settings)
if notes:
    with widgets.expander(View.doctor_notes, say("Notes")):
        for finding in notes:
            doctor.show_finding(finding, steps, settings)
documentation.show_muted(tuple(f for f in found.findings if f not in report.findings))
doctor.show_clean(report)
documentation.show_all()
