"""What one visitor has: the sole user of session state.

Nothing is read or written by its bare name. A value that lives from one rerun to the next is a
typed attribute: a control in the table of controls (`accuracy_lens.view.table.View`), anything else
here (`Visitor`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, Self, TypeVar, overload

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reading import Loaded, RawTable, Roles

T = TypeVar("T")


@dataclass(frozen=True)
class Source:
    """The data in view and where they came from.

    Attributes
    ----------
    predictions : Predictions
    title : str
        What the reader calls them; may hold a file name, so show it as plain text.
    story : tuple of Message
        What to look for, for a scenario.
    notes : tuple of Message
        What was invented, corrected or dropped.
    origin : dict
        Plain values that say how to get the same data again.
    opens : mapping
        What controls begin with on these data instead of their defaults, by key.
    """

    predictions: Predictions
    title: str
    story: tuple[Message, ...]
    notes: tuple[Message, ...]
    origin: Mapping[str, object]
    opens: Mapping[str, Any] = field(default_factory=dict)


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
        The epoch in view and its samples, where the file has several epochs; kept so that its
        digest is computed once.
    """

    table: RawTable
    roles: Roles
    loaded: Loaded | None = None
    in_view: tuple[int, Predictions] | None = None


@dataclass(frozen=True)
class Moves:
    """The numbers of some data, and those before the last move."""

    digest: str
    settings: object
    current: Mapping[str, float]
    previous: Mapping[str, float]


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
    def in_link(self) -> bool:
        """Whether the link that the page was opened with names it."""
        return self.in_address is not None

    @property
    def in_address(self) -> str | None:
        """What the address of the page says of it, as text; None where it does not name it."""
        return st.query_params.get(self.key)

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


class Visitor:
    """What is kept for the visitor whose script runs, besides the controls."""

    source: Entry[Source | None] = Entry(None)
    upload: Entry[Upload | None] = Entry(None)
    uploads: Entry[int] = Entry(0)
    """How many files were read; each uploader has another key, so that it is empty again."""
    refused: Entry[str | None] = Entry(None)
    use_columns: Entry[bool] = Entry(False)
    """Whether the columns are used when the script runs next, as if the button were pressed."""
    trained: Entry[Source | None] = Entry(None)
    """Outputs that the Training page handed over."""

    page: Entry[str | None] = Entry(None)
    asked: Entry[Mapping[str, str] | None] = Entry(None)
    drawn: Entry[Mapping[str, tuple[Any, str]]] = Entry(MappingProxyType({}))
    """By name in the URL: what a control holds, and in words."""
    replaced: Entry[tuple[str, Mapping[str, Any]] | None] = Entry(None)
    turn_to: Entry[str | None] = Entry(None)
    """The page to go to when the script runs next."""
    leave_doctor: Entry[bool] = Entry(False)
    examined: Entry[tuple[str, object] | None] = Entry(None)
    """Digest and settings of the data that the Doctor page examined last."""

    evaluations: Entry[Mapping[object, Evaluation]] = Entry(MappingProxyType({}))
    moves: Entry[Moves | None] = Entry(None)
    rows: Entry[Array | None] = Entry(None)
    """Rows of the samples that the table shows."""
    best: Entry[tuple[float | None, ...]] = Entry(())
    """The best thresholds, in the order of their table."""
    matrix_clicks: Entry[int] = Entry(0)
    thresholds_shown: Entry[tuple[int, Any, Any]] = Entry((0, None, None))
    """Version of the table of thresholds, those that it began with, and those that it shows."""
    opened_recipes: Entry[Mapping[str, tuple[str, int]]] = Entry(MappingProxyType({}))
    """By the field of a number: the search that a recipe is open of, and which opens first."""

    experiment: Entry[str | None] = Entry(None)
    run: Entry[str | None] = Entry(None)
    run_experiment: Entry[str] = Entry("")
    run_seen: Entry[str | None] = Entry(None)
    """The run whose end the visitor has seen on its page."""
    epoch_start: Entry[int | None] = Entry(None)
    """Where the slider of epochs was put last, not by the visitor."""
    train_again: Entry[str] = Entry("")
    """A run that a link names and that is to start when the Training page is drawn."""
    run_captions: Entry[tuple[Message, ...]] = Entry(())
    run_settings: Entry[tuple[Any, ...] | None] = Entry(None)
    own_images: Entry[Any] = Entry(None)
    images_turn: Entry[int] = Entry(0)
    images_refused: Entry[str | None] = Entry(None)


VISITOR = Visitor()
"""Holds nothing itself; every attribute is that of the visitor whose script runs."""


def address() -> dict[str, str]:
    """What the address of the page sets, by name."""
    return st.query_params.to_dict()


def came_back() -> bool:
    """Whether Back or Forward brought the page; then its address is read whole.

    Streamlit takes out of it what is bound to a widget of the page before, although the page that
    is drawn has a widget of that name too; here it is put back, also in the browser.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not context.is_history_navigation:
        return False
    with context.session_state.query_params() as address:
        address.populate_from_query_string(context.query_string)
        address.set_initial_query_params_from_current()
    message = ForwardMsg()
    message.page_info_changed.query_string = context.query_string
    context.enqueue(message)
    return True


def source() -> Source:
    """The data in view; the frame has set them before a page runs."""
    kept = VISITOR.source
    assert kept is not None
    return kept


def moved(
    digest: str, settings: object, evaluations: Mapping[str, Evaluation]
) -> Mapping[str, float]:
    """The numbers before the last move, and remember the present ones.

    Parameters
    ----------
    digest : str
        Of the data in view; other data have no previous numbers.
    settings : object
        Everything else that the numbers depend on; a rerun with the same is not a move.
    """
    current = {name: evaluation.result for name, evaluation in evaluations.items()}
    last = VISITOR.moves
    if last is None or last.digest != digest:
        last = Moves(digest, settings, current, {})
    elif last.settings != settings:
        last = Moves(digest, settings, current, last.current)
    VISITOR.moves = last
    return last.previous
