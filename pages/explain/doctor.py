"""Doctor: what is probably wrong with these outputs or this view, with evidence and a remedy."""

import streamlit as st

from accuracy_lens.components.findings import examined
from accuracy_lens.explain.doctor import report as doctor
from accuracy_lens.view import controls, prepared, state, widgets
from accuracy_lens.view.table import View
from accuracy_lens.words.feedback import explained
from accuracy_lens.words.text import say

doctor.leave_when_done()
data = state.source().predictions

top = st.container()
with st.expander(say("The view that is examined, the same as on the Metrics page")):
    form = controls.pick_label_form(data)
    activation = controls.pick_activation()
    if form is not None:
        with explained():
            data = prepared.converted(data.digest, form, data)
    settings = controls.pick_settings(data, activation)

steps = prepared.steps(data.digest, activation, data)
report = examined(data.digest, settings, data, steps)
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
doctor.show_clean(report)
