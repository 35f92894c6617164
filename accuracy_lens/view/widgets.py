"""The widgets of the table of controls: key, default and name in the URL come from its row.

Every further argument is that of the Streamlit widget. `default` is for what follows from the data
in view; otherwise it is where the row starts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from accuracy_lens.view.control import Control, Widget
from accuracy_lens.view.state import VISITOR

T = TypeVar("T")
N = TypeVar("N", int, float)


def number(
    control: Control[N], label: str, low: N | None = None, high: N | None = None, *,
    default: N | None = None, **look: Any,
) -> N:  # fmt: skip
    """A number that is typed."""
    value = control.start if default is None else default
    found: Any = st.number_input(label, low, high, value, **_bound(control, "number"), **look)
    _note(control, found)
    return cast("N", found)


def slider(
    control: Control[N], label: str, low: N, high: N, *, default: N | None = None, **look: Any
) -> N:
    """A number that is dragged."""
    value = control.start if default is None else default
    found: N = st.slider(label, low, high, value, **_bound(control, "slider"), **look)
    _note(control, found)
    return found


def select(
    control: Control[T], label: str, options: Sequence[T], *, default: T | None = None, **look: Any
) -> T:
    """A choice from a list; the first where the default is none of them."""
    value = control.start if default is None else default
    index = options.index(value) if value in options else 0
    found: T = st.selectbox(label, options, index=index, **_bound(control, "select"), **look)
    _note(control, found, look.get("format_func", str))
    return found


def titled(
    control: Control[T], titles: Control[T], label: str, options: Mapping[T, str], *,
    on_change: Callable[[], None], **look: Any,
) -> T:  # fmt: skip
    """A choice from a list of titles, while the URL carries names that no language changes.

    Streamlit puts into the URL what a list shows. So the control itself, a list of names, is not
    shown (``page.css``), and `titles` is the list that a visitor sees.
    """

    def take() -> None:
        control.write(titles.read())
        on_change()

    name = select(control, label, list(options), on_change=on_change, label_visibility="collapsed")
    if titles.read() != name:
        titles.write(name)
    select(titles, label, list(options), format_func=options.__getitem__, on_change=take, **look)
    return name


def select_slider(
    control: Control[T], label: str, options: Sequence[T], *, default: T, **look: Any
) -> T:
    """A choice from a row of values."""
    bound = _bound(control, "select_slider")
    found: T = st.select_slider(label, options, value=default, **bound, **look)
    _note(control, found)
    return found


def segments(control: Control[T], label: str, options: Sequence[T], **look: Any) -> T:
    """A choice from a few, side by side; there is always one."""
    found: T | None = st.segmented_control(
        label, options, default=control.start, required=True, **_bound(control, "segments"),
        **look,
    )  # fmt: skip
    chosen = control.start if found is None else found
    _note(control, chosen, look.get("format_func", str))
    return chosen


def multiselect(
    control: Control[Any], label: str, options: Sequence[str], *, default: list[str], **look: Any
) -> list[str]:
    """Some of a list, in an order."""
    bound = _bound(control, "multiselect")
    found = st.multiselect(label, options, default=default, **bound, **look)
    _note(control, found, ", ".join)
    return found


def toggle(control: Control[bool], label: str, *, default: bool | None = None, **look: Any) -> bool:
    """Yes or no."""
    value = control.start if default is None else default
    found = st.toggle(label, value=value, **_bound(control, "toggle"), **look)
    _note(control, found)
    return found


def text(control: Control[str], label: str, **look: Any) -> str:
    """A line of text."""
    found: str | None = st.text_input(label, control.start, **_bound(control, "text"), **look)
    _note(control, found or "")
    return found or ""


def pagination(control: Control[int], n_pages: int) -> int:
    """Which page of a table is shown, from 1."""
    found = st.pagination(n_pages, **_bound(control, "pagination"))
    _note(control, found)
    return found


def expander(control: Control[bool], label: str, **look: Any) -> ExpanderContainer:
    """A drawer; where it tells whether it is open, it need not be filled while it is not."""
    drawer = st.expander(label, **_bound(control, "expander"), **look)
    _note(control, control.read())
    return drawer


def reserve(key: str) -> DeltaGenerator:
    """A container that takes its space, which ``page.css`` gives by key, before it is filled."""
    container = st.container(key=key)
    container.empty()
    return container


def keep_within(control: Control[T], options: Sequence[T], default: T) -> None:
    """Put a control at a default where its value is none of the options; call it before drawing."""
    if control.stored and control.read() not in options:
        control.write(default)


def _note(control: Control[T], value: T, words: Callable[[T], str] = str) -> None:
    """Keep what a control that the link names holds when it is drawn first."""
    link = VISITOR.link
    if link is not None and control.key in link.asked and not link.page:
        link.drawn.setdefault(control.key, (control, value, words(value)))


def _bound(control: Control[Any], widget: Widget) -> dict[str, Any]:
    assert control.widget == widget, f"{control.key} is drawn as {control.widget}"
    bound: dict[str, Any] = {"key": control.key}
    return bound | ({"bind": "query-params"} if control.in_url else {})
