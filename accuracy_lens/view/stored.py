"""Typed values of one visitor: the sole user of the session state and of the address of the page.

Nothing is read or written by its bare name. A value that lives from one rerun to the next is a
typed attribute: a control in the table of controls (`View` in
`accuracy_lens.view.control_table.table`), anything else in `accuracy_lens.view.state.Visitor`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, Self, TypeVar, overload

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

T = TypeVar("T")


class Stored(Generic[T]):
    """A typed value of one visitor under one key of the session state.

    As an attribute of a class it is read, assigned and deleted like a plain attribute of the
    class's instances; the class itself gives this object.

    Parameters
    ----------
    default : T
        What is read while nothing is stored. It is shared by all visitors, so it cannot be
        something that is changed in place.
    key : str, optional
        By default the name of the attribute.
    """

    def __init__(self, default: T, key: str = "") -> None:
        self.default, self.key = default, key

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = self.key or name

    @overload
    def __get__(self, holder: None, owner: type) -> Self: ...
    @overload
    def __get__(self, holder: object, owner: type) -> T: ...
    def __get__(self, holder: object | None, owner: type) -> Self | T:
        return self if holder is None else self.read()

    def __set__(self, holder: object, value: T) -> None:
        self.write(value)

    def __delete__(self, holder: object) -> None:
        st.session_state.pop(self.key, None)

    @property
    def stored(self) -> bool:
        """Whether there is a value other than the default's stand-in."""
        return st.session_state.get(self.key) is not None

    @property
    def start(self) -> T:
        """What is read while nothing is stored."""
        return self.default

    def read(self) -> T:
        """The value, or the default while there is none."""
        value: T = st.session_state.get(self.key, self.start)
        return value

    def write(self, value: T) -> None:
        """Store a value; for a widget call it before the widget is drawn, or in a callback."""
        st.session_state[self.key] = value

    def forget(self) -> None:
        """Store nothing; a widget begins again at the default that it is drawn with."""
        st.session_state.pop(self.key, None)


class Entry(Stored[T]):
    """What is kept for a visitor and is no control; its key begins with an underscore."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = f"_{name}"


def address() -> dict[str, tuple[str, ...]]:
    """What the address of the page sets, by name."""
    return {name: tuple(st.query_params.get_all(name)) for name in st.query_params}


def in_address(name: str) -> tuple[str, ...]:
    """What the address of the page sets a name to; empty where it does not set it."""
    return tuple(st.query_params.get_all(name))


def write_address(name: str, texts: tuple[str, ...]) -> None:
    """Set a name in the address of the page; no text takes it out."""
    if in_address(name) == texts:
        return
    if texts:
        st.query_params[name] = texts
    else:
        st.query_params.pop(name, None)


def forget_address(name: str) -> None:
    """Take a name out of the address, so that no widget of that name starts with what it says."""
    write_address(name, ())
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None:
        with context.session_state.query_params() as query:
            query.set_initial_query_params_from_current()


def write_addresses(texts: Mapping[str, str]) -> None:
    """Set several names in the address as one step of Back; an empty text takes its name out."""
    context = get_script_run_ctx(suppress_warning=True)
    there = {name: in_address(name) for name in texts}
    if context is None or there == {name: (text,) if text else () for name, text in texts.items()}:
        return
    with context.session_state.query_params() as query:
        kept = {name: query.get_all(name) for name in query} | {n: [t] for n, t in texts.items()}
        query.clear_with_no_forward_msg(preserve_embed=True)
        for name, values in kept.items():
            if any(values) or name not in texts:
                query.set_with_no_forward_msg(name, values)
        query.update()  # which tells the browser


_TYPES = {bool: "bool_value", int: "int_value", float: "double_value", str: "string_value"}


def keep_in_address(name: str, value: object) -> None:
    """Name in the address what a bound widget holds, if the address does not name it yet.

    Streamlit does so by itself, but not where the value was written before a widget of that name
    was first drawn on its page.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or in_address(name) or type(value) not in _TYPES:
        return
    with context.session_state.query_params() as query:
        query.set_corrected_value(name, value, _TYPES[type(value)])


def runs_alone() -> bool:
    """Whether a fragment runs without the rest of the script."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and bool(context.fragment_ids_this_run)


def is_back() -> bool:
    """Whether Back or Forward brought the page."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation


def came_back() -> bool:
    """Whether Back or Forward brought the page; then its address is read whole.

    Streamlit takes out of it what is bound to a widget of the page before, although the page that
    is drawn has a widget of that name too; here it is put back, also in the browser.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not is_back():
        return False
    with context.session_state.query_params() as query:
        query.populate_from_query_string(context.query_string)
        query.set_initial_query_params_from_current()
    message = ForwardMsg()
    message.page_info_changed.query_string = context.query_string
    context.enqueue(message)
    return True
