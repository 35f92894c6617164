"""The widgets of the table of controls: key, default and name in the URL come from its row.

Every further argument is that of the Streamlit widget. `default` is for what follows from the data
in view; otherwise it is where the row starts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from accuracy_lens.view.control_table.control import Control, Widget
from accuracy_lens.view.state import VISITOR, Drawn
from accuracy_lens.view.stored import (
    forget_address,
    in_address,
    is_back,
    keep_in_address,
    runs_alone,
    write_address,
    write_addresses,
)

T = TypeVar("T")
N = TypeVar("N", int, float)


def number(
    control: Control[N], label: str, low: N | None = None, high: N | None = None, *,
    default: N | None = None, **look: Any,
) -> N:  # fmt: skip
    """A number that is typed."""
    value = control.start if default is None else default
    if any(map(_is_endless, in_address(control.key))):
        forget_address(control.key)  # Streamlit fails on a number that no float holds
    found: Any = st.number_input(label, low, high, value, **_bound(control, "number"), **look)
    _keep(control, found, value)
    _note(control, found)
    return cast("N", found)


def _is_endless(text: str) -> bool:
    try:
        return math.isinf(float(text))
    except ValueError:
        return False


def slider(
    control: Control[N], label: str, low: N, high: N, *, default: N | None = None, **look: Any
) -> N:
    """A number that is dragged."""
    value = control.start if default is None else default
    found: N = st.slider(label, low, high, value, **_bound(control, "slider"), **look)
    _keep(control, found, value)
    _note(control, found)
    return found


def select(
    control: Control[T], label: str, options: Sequence[T], *, default: T | None = None, **look: Any
) -> T:
    """A choice from a list; the first where the default is none of them."""
    value = control.start if default is None else default
    start = value if value in options else options[0]
    title = look.get("format_func", str)
    bound = _named(control, "select", options, start, title)
    found: T = st.selectbox(label, options, index=options.index(start), **bound, **look)
    _tell(control, found, start)
    _note(control, found, title)
    return found


def select_slider(
    control: Control[T], label: str, options: Sequence[T], *, default: T, **look: Any
) -> T:
    """A choice from a row of values."""
    bound = _bound(control, "select_slider")
    found: T = st.select_slider(label, options, value=default, **bound, **look)
    _keep(control, found, default)
    _note(control, found)
    return found


def segments(control: Control[T], label: str, options: Sequence[T], **look: Any) -> T:
    """A choice from a few, side by side; there is always one."""
    start, title = control.start, look.get("format_func", str)
    bound = _named(control, "segments", options, start, title)
    found: T | None = st.segmented_control(
        label, options, default=start, required=True, **bound, **look
    )
    chosen = start if found is None else found
    _tell(control, chosen, start)
    _note(control, chosen, title)
    return chosen


def multiselect(
    control: Control[Any], label: str, options: Sequence[str], *, default: list[str], **look: Any
) -> list[str]:
    """Some of a list, in an order."""
    bound = _named(control, "multiselect", options, default, str)
    found = st.multiselect(label, options, default=default, **bound, **look)
    _tell(control, found, default)
    _note(control, found, ", ".join)
    return found


def toggle(control: Control[bool], label: str, *, default: bool | None = None, **look: Any) -> bool:
    """Yes or no."""
    value = control.start if default is None else default
    found = st.toggle(label, value=value, **_bound(control, "toggle"), **look)
    _keep(control, found, value)
    _note(control, found)
    return found


def radio(control: Control[T], label: str, options: Sequence[T], **look: Any) -> T | None:
    """A choice from a few below each other; none at first."""
    found: T | None = st.radio(label, options, index=None, **_bound(control, "radio"), **look)
    return found


def kept(*controls: Control[str]) -> None:
    """What no widget shows and the address names: read there at first, and after Back or Forward.

    `tell_kept` has the address name what it holds at the end of the run.
    """
    back = is_back()
    for control in controls:
        assert control.widget == "kept", f"{control.key} is drawn as {control.widget}"
        if back or not control.stored:
            control.write(control.asked[-1] if control.asked else control.start)


def tell_kept(*controls: Control[str]) -> None:
    """Have the address name what some controls hold that no widget shows."""
    VISITOR.choices |= {control.key for control in controls}
    write_addresses({control.key: control.read() for control in controls})


def text(control: Control[str], label: str, **look: Any) -> str:
    """A line of text."""
    found: str | None = st.text_input(label, control.start, **_bound(control, "text"), **look)
    _keep(control, found or "", control.start)
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


_SLOW_OUTPUTS = 100_000


@contextmanager
def spinner(inside: DeltaGenerator, key: str, text: str, outputs: int) -> Iterator[None]:
    """Say what is being done inside a container that keeps its space: nothing else moves.

    With few outputs, and at a move, which runs a fragment alone, it is done before that could be
    read.
    """
    if runs_alone() or outputs < _SLOW_OUTPUTS:
        yield
        return
    with ExitStack() as stack:
        with inside, st.container(key=f"spinner_{key}"):
            stack.enter_context(st.spinner(text))
        yield


def keep_within(control: Control[T], options: Sequence[T], default: T) -> None:
    """Put a control at a default where its value is none of the options; call it before drawing."""
    if control.stored and control.read() not in options:
        control.write(default)


def _note(control: Control[T], value: T, words: Callable[[T], str] = str) -> None:
    """Keep what a control that the link names holds when it is drawn first."""
    link = VISITOR.link
    if link is not None and control.key in link.asked and not link.page:
        drawn = Drawn(control, value, words(value), _names(control, value))
        link.drawn.setdefault(control.key, drawn)


def _bound(control: Control[Any], widget: Widget) -> dict[str, Any]:
    """Its key; Streamlit keeps its value in the address, and reads it there."""
    assert control.widget == widget, f"{control.key} is drawn as {control.widget}"
    bound: dict[str, Any] = {"key": control.key}
    if control.in_url:
        bound["bind"] = "query-params"
    if control.locked and widget != "expander":  # which has no such state
        bound["disabled"] = True
    return bound


def _keep(control: Control[T], value: T, start: T) -> None:
    """Have the address name what was carried to the page that is drawn first."""
    if VISITOR.turned and control.in_url and value != start:
        keep_in_address(control.key, value)


def _named(
    control: Control[Any], widget: Widget, options: Sequence[Any], start: Any,
    title: Callable[[Any], str],
) -> dict[str, Any]:  # fmt: skip
    """The same for a choice: Streamlit would write into the address what is shown.

    So it is not bound. When it is drawn first, and when Back or Forward brought the page, it is set
    to what the address names; `_tell` has the address name what it holds.
    """
    assert control.widget == widget, f"{control.key} is drawn as {control.widget}"
    bound: dict[str, Any] = {"key": control.key}
    if control.locked:
        bound["disabled"] = True
    if not control.in_url:
        return bound
    back = is_back()
    if back or not control.stored:
        asked = control.asked_of(options, title)
        if widget == "multiselect" and (asked or control.asked == ("",)):
            control.write(asked)
        elif asked:
            control.write(asked[-1])
        elif back:
            control.write(start)
    return bound | {"persist_state": "session"}


def _tell(control: Control[Any], value: object, start: object) -> None:
    """Have the address name what a choice holds, unless it stands where it starts."""
    if control.in_url:
        VISITOR.choices |= {control.key}
        names = _names(control, value) or ("",)
        write_address(control.key, () if value == start else names)


def _names(control: Control[Any], value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else [value]
    return tuple(control.name(part) for part in parts)
