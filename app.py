"""Accuracy Lens: the pages and the frame around every one of them."""

import logging
from contextlib import nullcontext

import streamlit as st

from accuracy_lens.components import findings
from accuracy_lens.frame import door, language, picker, prepare
from accuracy_lens.frame import page as frame
from accuracy_lens.frame.upload import opened
from accuracy_lens.frame.upload.confirming import confirm_columns
from accuracy_lens.learn.training import again, elsewhere
from accuracy_lens.serve import custom_metrics
from accuracy_lens.sharded import page as sharded
from accuracy_lens.view import arranged
from accuracy_lens.view.asked import read_link, show_unmet, strike_choices
from accuracy_lens.view.carry import carry_view
from accuracy_lens.view.control_table.table import VIEW
from accuracy_lens.view.pages import (
    COMPARE,
    DOCTOR,
    HELP,
    LESSONS,
    METRICS,
    PAGES,
    ROOM,
    THRESHOLDS,
    TRAINING,
)
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.text import say, say_error
from metrics_core.errors import InputError

language.begin()
st.set_page_config(
    page_icon=frame.ICON,
    layout="wide",
    initial_sidebar_state="collapsed" if arranged.is_asked_to_present() else frame.SIDEBAR,
)

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
training, lessons, room = pages[TRAINING], pages[LESSONS], pages[ROOM]
alone = page in (lessons, room, training, pages[HELP])  # no page on the data in view

read_link()
opened.begin()
frame.arrange()
carry_view(page.title)
door.look(first_page=page is pages[METRICS])
frame.heading(page.title)
above = st.container()

with st.sidebar:
    frame.sign()
    language.pick_language()
    frame.link_pages(pages)
    if page is training:
        st.caption(say("The Training page has data of its own."))
    if page is lessons:
        st.caption(say("The Lessons page has data of its own."))
    if page is room:
        st.caption(say("The Room page has data of its own."))
    with st.container(key="picker_unused" if alone else "picker"):
        source = picker.pick_data()
    findings.pick_muted()
    preparing = prepare.button()

if source is not None or VIEW.data == picker.DATASET:
    VISITOR.source = source
frame.name_window(page.title, None if alone else source)
if alone:
    page.run()
else:
    elsewhere.tell()
    if picker.outputs_are_gone():
        again.tell(VIEW.trained)
    elif VIEW.data == picker.DATASET:
        sharded.show(next(row for row, each in pages.items() if each is page))
    elif source is None:
        confirm_columns()
    else:
        with door.head(first_page=page is pages[METRICS]):
            if door.is_open():
                door.show(source.title)
            else:
                frame.describe(source, lens=page in (pages[METRICS], pages[THRESHOLDS]))
        tell = [
            pages[row] for row in (COMPARE, DOCTOR, METRICS, THRESHOLDS)
        ]  # what is found themselves
        with nullcontext() if page in tell else findings.told_above(source.predictions):
            page.run()
        opened.tell(source)
strike_choices()
if preparing:
    prepare.open_dialog()
with above:
    show_unmet(page.title, drawn=alone or source is not None)
