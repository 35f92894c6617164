"""Accuracy Lens: the pages and the frame around every one of them."""

import streamlit as st

from dashboard import carry, frame, picker, runs, state, upload
from dashboard.run_visit import this_visitor
from dashboard.wording import say

st.set_page_config(
    page_title="Accuracy Lens",
    page_icon=frame.ICON,
    layout="wide",
    initial_sidebar_state=frame.SIDEBAR,
)

training = st.Page("pages/learn/training.py", title=say("Training"))
page = st.navigation(
    {
        say("Explore"): [
            st.Page("pages/explore/metrics.py", title=say("Metrics"), default=True),
            st.Page("pages/explore/thresholds.py", title=say("Thresholds")),
            st.Page("pages/explore/classes.py", title=say("Classes")),
        ],
        say("Explain"): [
            st.Page("pages/explain/which_accuracy.py", title=say("Which accuracy?")),
            st.Page("pages/explain/explain_a_number.py", title=say("Explain a number")),
            st.Page("pages/explain/doctor.py", title=say("Doctor")),
        ],
        say("Learn"): [training],
    }
)

carry.carry_view(page.title)

with st.sidebar:
    frame.sign()
    source = picker.pick_data()

if source is not None:
    state.set_source(source)
if page is training:
    page.run()  # it has data of its own
else:
    runs.RUNS.leave(this_visitor())
    if source is None:
        upload.confirm_columns()
    else:
        frame.describe(source)
        page.run()
