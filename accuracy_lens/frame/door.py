"""The first visit: what this is, and three doors, in the place of the question of the example."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from accuracy_lens.frame.picker import open_scenario
from accuracy_lens.view.carry import open_data
from accuracy_lens.view.pages import LESSONS, NUMBER, TRAINING
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.language import IN_LINK
from accuracy_lens.words.text import say
from metrics_core.scenarios import SCENARIOS


def look(*, first_page: bool) -> None:
    """Open the door where a visit begins at the address alone; whatever is done next closes it.

    Parameters
    ----------
    first_page : bool
        Whether the page is the one at the address of the server.
    """
    link = VISITOR.link
    if VISITOR.door == "":
        bare = (
            first_page
            and link is not None
            and not (set(link.asked) - {IN_LINK})
            and not link.missing
        )
        VISITOR.door = "open" if bare else "never"
    elif VISITOR.door == "open":
        VISITOR.door = "closed"


def stay() -> None:
    """Leave the door as it is through the run that follows, which is no use of the page."""
    if VISITOR.door == "open":
        VISITOR.door = ""


def is_open() -> bool:
    """Whether the door is shown."""
    return VISITOR.door == "open"


def head(*, first_page: bool) -> DeltaGenerator:
    """Where the door stands, and later what it stood for: as high, so that nothing moves."""
    key = "head_of_door" if first_page and VISITOR.door in ("open", "closed") else "head"
    return st.container(key=key, gap="xsmall")


def show(title: str) -> None:
    """Say what this is, and offer the three ways in.

    Parameters
    ----------
    title : str
        Of the example that is in view below.
    """
    said = say(
        "A model's accuracy is computed in five steps, and each of them can change the number: "
        "here every step can be seen, and changed. "
        "Below is a worked example, “{title}”: move the threshold, or begin with a question of "
        "your own.",
        title=title,
    )
    with st.container(key="door", gap="xsmall"):
        st.markdown(plain(said))
        with st.container(horizontal=True, key="doors"):
            st.page_link(
                NUMBER.script,
                label=say("My accuracy looks wrong"),
                icon=":material/help:",
                width="stretch",
            )
            st.button(
                say("I have outputs"),
                icon=":material/upload_file:",
                on_click=partial(open_data, data="upload"),
                key="door_upload",
                width="stretch",
            )
            with st.popover(say("Teach or learn"), icon=":material/school:", width="stretch"):
                _show_examples()


def _show_examples() -> None:
    st.page_link(LESSONS.script, label=say("Take a lesson: predict first, then see"))
    st.page_link(TRAINING.script, label=say("Train a model and follow its accuracy"))
    st.markdown(f"**{say('Worked examples')}**")
    with st.container(gap=None):
        for name, row in SCENARIOS.items():
            st.button(
                plain(say(row.question)),
                on_click=open_scenario,
                args=(name,),
                key=f"door_{name}",
                type="tertiary",
            )
