"""Doctor: what is probably wrong with these outputs or this view, with evidence and a remedy."""

import streamlit as st

from dashboard import cache, checkup, inputs, state
from dashboard.feedback import explained
from dashboard.wording import say

checkup.leave_when_done()
data = state.source().predictions

top = st.container()
with st.expander(say("The view that is examined, the same as on the Metrics page")):
    form = inputs.pick_label_form(data)
    activation = inputs.pick_activation()
    if form is not None:
        with explained():
            data = cache.converted(data.digest, form, data)
    settings = inputs.pick_settings(data, activation)

steps = cache.steps(data.digest, activation, data)
report = checkup.examined(data.digest, settings, data, steps)
notes = report.of_severity("note")

with top:
    checkup.show_headline(report)
for finding in report.findings:
    if finding.severity != "note":
        checkup.show_finding(finding, steps, settings)
if notes:
    with st.expander(say("Notes"), key="doctor_notes", bind="query-params"):
        for finding in notes:
            checkup.show_finding(finding, steps, settings)
checkup.show_clean(report)
