"""Notes on columns that cannot be used, and the refusal of a file that has no others."""

from __future__ import annotations

from collections.abc import Sequence

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading.limits import (
    shorten,
)


class UnusableError(Exception):
    """A column that holds neither numbers nor words; the reason is a `Message`."""

    def __init__(self, reason: Message) -> None:
        self.reason = reason
        super().__init__(str(reason))


def left_out(title: str, reason: Message) -> Message:
    """The note about a column that is not used."""
    return Message(
        "The column {column} is left out: {reason}.", {"column": shorten(title), "reason": reason}
    )


def nothing_left(name: str, notes: Sequence[Message]) -> InputError:
    """The refusal of a file that is whole, but of which every column is left out.

    Examples
    --------
    >>> note = left_out("when", Message("it holds time64, not numbers or words"))
    >>> print(nothing_left("a.parquet", [note]).received)
    1 column that cannot be used
    """
    got = Message(
        "{n} column that cannot be used",
        {"n": len(notes)},
        plural="{n} columns that cannot be used",
    )
    rule: Message = Message("must have at least one column of numbers or words")
    if len(notes) == 1:
        return InputError(
            name,
            rule,
            got,
            "{first} Save labels and outputs as plain columns of numbers or words, not Python "
            "objects, or as lists of equal length.",
            first=notes[0],
        )
    return InputError(
        name,
        rule,
        got,
        "{first} {second} Save labels and outputs as plain columns of numbers or words, not Python "
        "objects, or as lists of equal length.",
        first=notes[0],
        second=notes[-1],
    )
