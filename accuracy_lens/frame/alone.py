"""A part of a page that runs alone when a control in it is moved; all round it stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import streamlit as st

from accuracy_lens.components.moving import told_apart
from accuracy_lens.frame import door
from accuracy_lens.frame.upload import opened
from accuracy_lens.view.state import VISITOR, source
from accuracy_lens.view.stored import runs_alone

P = ParamSpec("P")
R = TypeVar("R")


def alone(draw: Callable[P, R]) -> Callable[P, R]:
    """Make what draws a part of a page a fragment, with what moves told apart from what stays.

    While the frame shows what the next move takes away, a move runs everything again: the door of
    the first visit, the wishes of a link that were not met, and findings that were told first.
    """

    @st.fragment
    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
        if runs_alone() and (VISITOR.unmet or VISITOR.told_first or door.is_open()):
            st.rerun()
        with told_apart():
            found = draw(*args, **kwargs)
        opened.tell(source())
        return found

    return drawn
