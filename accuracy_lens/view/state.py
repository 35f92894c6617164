"""What one visitor has: the sole user of session state.

Widgets that belong to the view carry the keys below and bind themselves to the URL; everything
else that must live from one rerun to the next is kept here under one private key each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import streamlit as st

from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.reading import Loaded, RawTable, Roles

Made = TypeVar("Made")


@dataclass(frozen=True)
class Source:
    """The data in view and where they came from.

    Attributes
    ----------
    predictions : Predictions
    title : str
        What the reader calls them; may hold a file name, so show it as plain text.
    story : tuple of Message
        What there is to see, for a scenario.
    notes : tuple of Message
        What was made up, corrected or dropped.
    origin : dict
        Plain values that say how to get the same data again.
    """

    predictions: Predictions
    title: str
    story: tuple[Message, ...]
    notes: tuple[Message, ...]
    origin: Mapping[str, object]


@dataclass(frozen=True)
class Upload:
    """A file that was read.

    Attributes
    ----------
    table : RawTable
        Its columns.
    roles : Roles
    loaded : Loaded or None
        The predictions, once the columns are chosen.
    in_view : tuple of int and Predictions, or None
        The epoch in view and its samples, where the file has several epochs; kept as its digest is
        made once.
    """

    table: RawTable
    roles: Roles
    loaded: Loaded | None = None
    in_view: tuple[int, Predictions] | None = None


@dataclass(frozen=True)
class Moves:
    """The numbers in view and those before the last move."""

    key: object
    current: Mapping[str, float]
    previous: Mapping[str, float]


def read(key: str, default: Any = None) -> Any:
    """The value of a widget or of a private entry."""
    return st.session_state.get(key, default)


def write(**values: object) -> None:
    """Set widgets or private entries; call it before the widget is drawn, or in a callback."""
    for key, value in values.items():
        st.session_state[key] = value


def forget(*keys: str) -> None:
    """Drop private entries; a drawn widget keeps its value, so `write` its default instead."""
    for key in keys:
        st.session_state.pop(key, None)


def once(key: str, make: Callable[[], Made]) -> Made:
    """A private entry, made on first use."""
    if key not in st.session_state:
        st.session_state[key] = make()
    kept: Made = st.session_state[key]
    return kept


def upload() -> Upload | None:
    """The visitor's file, where there is one."""
    kept: Upload | None = read("_upload")
    return kept


def set_upload(value: Upload | None) -> None:
    """Keep or forget the visitor's file."""
    write(_upload=value)


def source() -> Source:
    """The data in view; the frame has set them before a page runs."""
    kept: Source = st.session_state["_source"]
    return kept


def set_source(value: Source) -> None:
    """Make data the ones in view."""
    write(_source=value)


def moved(digest: str, key: object, evaluations: Mapping[str, Evaluation]) -> Mapping[str, float]:
    """The numbers before the last move, and remember the present ones.

    Parameters
    ----------
    digest : str
        Of the data in view; other data have no previous numbers.
    key : object
        Everything that the numbers depend on; a rerun with the same key is not a move.
    """
    current = {name: made.result for name, made in evaluations.items()}
    moves: dict[str, Moves] = once("_moves", dict)
    last = moves.get(digest)
    if last is None:
        last = Moves(key, current, {})
    elif last.key != key:
        last = Moves(key, current, last.current)
    write(_moves={digest: last})
    return last.previous
