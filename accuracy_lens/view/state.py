"""What one visitor has, besides the controls (`accuracy_lens.view.control_table.table.View`)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from accuracy_lens.view.stored import Entry, Stored
from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reading import Loaded, RawTable, Roles


@dataclass(frozen=True, kw_only=True)
class Source:
    """The data in view and where they came from.

    Attributes
    ----------
    predictions : Predictions
    title : str
        What the reader calls them; may hold a file name, so show it as plain text.
    origin : dict
        Plain values that say how to get the same data again.
    story : tuple of Message
        What to look for, for a scenario.
    notes : tuple of Message
        What was invented, corrected or dropped.
    opens : mapping
        What controls begin with on these data instead of their defaults, by key.
    question : Message, optional
        What a scenario answers.
    """

    predictions: Predictions
    title: str
    origin: Mapping[str, object]
    story: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
    opens: Mapping[str, Any] = field(default_factory=dict)
    question: Message | None = None


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


@dataclass(frozen=True)
class Drawn:
    """A control that a link names, as it was drawn first.

    Attributes
    ----------
    control : Stored
    value : object
        What it held.
    shown : str
        The same as a visitor reads it.
    names : tuple of str
        The same as a link has it.
    """

    control: Stored[Any]
    value: Any
    shown: str
    names: tuple[str, ...]


@dataclass
class Link:
    """The link that opened the visit, and what became of it.

    Attributes
    ----------
    asked : mapping
        What it sets, by name.
    missing : str
        The page that it named, where there is none of that name.
    drawn : dict
        By name the control that was drawn.
    page : str
        The page that was drawn first; empty until a page was drawn.
    """

    asked: Mapping[str, tuple[str, ...]]
    missing: str = ""
    drawn: dict[str, Drawn] = field(default_factory=dict)
    page: str = ""


class Visitor:
    """What is kept for the visitor whose script runs, besides the controls."""

    source: Entry[Source | None] = Entry(None)
    upload: Entry[Upload | None] = Entry(None)
    uploads: Entry[int] = Entry(0)
    """How many files were read; each uploader has another key, so that it is empty again."""
    refused: Entry[str | None] = Entry(None)
    use_columns: Entry[bool] = Entry(False)
    """Whether the columns are used when the script runs next, as if the button were pressed."""
    look: Entry[tuple[Hashable, object] | None] = Entry(None)
    """What was asked of a data set, and what its files gave."""
    look_begun: Entry[Hashable] = Entry(None)
    """The data set and the columns that the visitor had read."""
    look_runs: Entry[Mapping[str, tuple[Hashable, str]]] = Entry(MappingProxyType({}))
    """What is asked and the name of the run, of the look and of the second look."""
    trained: Entry[Source | None] = Entry(None)
    """Outputs that the Training page handed over."""
    trained_before: Entry[Source | None] = Entry(None)
    """Those that it handed over before these; they can stand beside them."""
    run_keys: Entry[frozenset[Hashable]] = Entry(frozenset())
    """What the reports of the runs depend on that this visitor started."""

    files_of_b: Entry[tuple[Any, ...]] = Entry(())
    """Outputs that can stand beside the data in view on the Compare page."""
    second_files: Entry[int] = Entry(0)
    second_refused: Entry[str | None] = Entry(None)

    language_in_link: Entry[bool] = Entry(False)
    language_chosen: Entry[bool] = Entry(False)
    """Whether the visitor chose the language in this visit."""

    door: Entry[str] = Entry("")
    """Of the first visit: ``open``, ``closed``, or ``never`` where the visit began elsewhere."""
    locked: Entry[frozenset[str]] = Entry(frozenset())
    """Keys of the controls that the link locks."""
    page: Entry[str | None] = Entry(None)
    link: Entry[Link | None] = Entry(None)
    unmet: Entry[bool] = Entry(False)
    """Whether the page says of a wish of the link that it was not met."""
    choices: Entry[frozenset[str]] = Entry(frozenset())
    """Keys of the choices that this run has drawn."""
    choices_before: Entry[frozenset[str]] = Entry(frozenset())
    """Keys of the choices that runs before it drew."""
    turned: Entry[bool] = Entry(False)
    """Whether this run is the first of a page that follows another."""
    turn_to: Entry[str | None] = Entry(None)
    """The page to go to when the script runs next."""
    leave_doctor: Entry[bool] = Entry(False)
    examined: Entry[tuple[str, object] | None] = Entry(None)
    """Digest and settings of the data that the Doctor page examined last."""
    told: Entry[str] = Entry("")
    """Digest of the data whose serious findings were told last."""
    told_first: Entry[bool] = Entry(False)
    """Whether the page told them before it drew what a move draws again, which left no place."""

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

    walks: Entry[Mapping[str, Any] | None] = Entry(None)
    """How far the visitor is in each lesson, by its name; None until the browser was asked."""
    own_lesson: Entry[tuple[str, Mapping[str, object]] | None] = Entry(None)
    """Digest and plain values of a lesson that the visitor wrote."""
    lesson_refused: Entry[Message | None] = Entry(None)
    answer_refused: Entry[Message | None] = Entry(None)
    """Why the last answer is none."""

    voter: Entry[str] = Entry("")
    """A random token: the same one as long as the browser keeps it."""
    steering: Entry[Mapping[str, str]] = Entry(MappingProxyType({}))
    """By the code of a room the secret of its teacher, who the visitor is."""
    entered: Entry[str] = Entry("")
    """Code of the room that the visitor is in."""
    room_refused: Entry[Message | None] = Entry(None)
    changing: Entry[tuple[str, str, int] | None] = Entry(None)
    """The room, step and round whose answer the visitor wants to change."""

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
