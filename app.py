"""Accuracy Lens: the pages and the frame around every one of them."""

import logging

import streamlit as st

from accuracy_lens.components import findings
from accuracy_lens.frame import page as frame
from accuracy_lens.frame import picker, upload
from accuracy_lens.learn.training import again, elsewhere
from accuracy_lens.serve import custom_metrics
from accuracy_lens.view.asked import read_link, show_unmet
from accuracy_lens.view.carry import carry_view
from accuracy_lens.view.pages import DOCTOR, METRICS, PAGES, THRESHOLDS, TRAINING
from accuracy_lens.view.state import VISITOR
from accuracy_lens.view.table import VIEW
from accuracy_lens.words.text import say, say_error
from metrics_core.errors import InputError

st.set_page_config(page_icon=frame.ICON, layout="wide", initial_sidebar_state=frame.SIDEBAR)

try:
    custom_metrics.add_own_metrics()
except InputError as error:  # under plain `streamlit run`; the server does not start with these
    logging.getLogger("accuracy_lens").error("%s", say_error(error))  # noqa: TRY400
    st.error(say("The metrics file of this server cannot be used; its log says why."))
    st.stop()

pages = {
    row: st.Page(row.script, title=say(row.title), url_path=row.path, default=row is METRICS)
    for row in PAGES
}
page = st.navigation(list(pages.values()), position="hidden")
training = pages[TRAINING]

read_link()
carry_view(page.title)
frame.heading(page.title)
above = st.container()

with st.sidebar:
    frame.sign()
    frame.link_pages(pages)
    if page is training:
        st.caption(say("The Training page has data of its own."))
    with st.container(key="picker_unused" if page is training else "picker"):
        source = picker.pick_data()
    findings.pick_muted()

if source is not None:
    VISITOR.source = source
frame.name_window(page.title, None if page is training else source)
if page is training:
    page.run()  # it has data of its own
else:
    elsewhere.tell()
    if picker.outputs_are_gone():
        again.tell(VIEW.trained)
    elif source is None:
        upload.confirm_columns()
    else:
        frame.describe(source)
        line = st.container()
        page.run()
        if page not in (pages[DOCTOR], pages[THRESHOLDS]):  # which show it themselves
            with line:
                findings.show_serious(source.predictions)
with above:
    show_unmet(page.title, drawn=page is training or source is not None)
