"""What was found for a number that was typed, in the likelier of the ways to read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from metrics_core.messages import Message
from metrics_core.reverse import Search

_RARER_ABOVE_ONE = 1
"""What it costs to read a number above 1 as it stands and not as per cent."""
_NOTHING = 1000
_PER_CENT = Message("{number} is read as {number} per cent.")
_AS_IT_STANDS = Message(
    "{number} is read as a number above 1, not as per cent: a more ordinary calculation gives it."
)


@dataclass(frozen=True)
class Found:
    """What was searched for a number that was typed.

    Attributes
    ----------
    text : str
        As it was typed.
    search : Search
        For the likelier way to read it.
    reading : Message or None
        How it was read, where that was not plain.
    """

    text: str
    search: Search
    reading: Message | None


def likelier(text: str, searches: Sequence[Search]) -> Found:
    """The search that explains a number best; one above 1 may be per cent.

    Parameters
    ----------
    text : str
        As it was typed.
    searches : sequence of Search
        One for each of the `metrics_core.reverse.typed_readings` of the text.
    """
    if len(searches) == 1:
        return Found(text, searches[0], None)
    per_cent, plain = searches
    above_one = _cost(plain) + _RARER_ABOVE_ONE < _cost(per_cent)
    how = _AS_IT_STANDS if above_one else _PER_CENT
    reading = replace(how, values={"number": text})
    return Found(text, plain if above_one else per_cent, reading)


def _cost(found: Search) -> int:
    return found.recipes[0].cost if found.recipes else _NOTHING
