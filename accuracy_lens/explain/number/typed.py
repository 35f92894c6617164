"""The two numbers that were typed: how each is read, and what was searched for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter

import streamlit as st

from accuracy_lens.explain.number.labels import labelled
from accuracy_lens.view.caches import Shelf
from accuracy_lens.words.text import say
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.reverse import Search, Typed, search, typed_readings

KEYS = ("explain_printed", "explain_own")
_SEARCHES: Shelf[Search] = Shelf("searches", entries=8)
_PATIENCE = 0.5
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


def find(data: Predictions, text: str, field: str) -> Found:
    """Search the recipes of a number that was typed; a number above 1 may be per cent.

    Parameters
    ----------
    data : Predictions
    text : str
    field : str
        What the page calls the field.

    Raises
    ------
    InputError
        If the text is not a number.
    """
    with labelled({"reported": field}):
        ways = typed_readings(text)
    searches = [_searched(data, way) for way in ways]
    if len(ways) == 1:
        return Found(text, searches[0], None)
    per_cent, plain = searches
    above_one = _cost(plain) + _RARER_ABOVE_ONE < _cost(per_cent)
    how = _AS_IT_STANDS if above_one else _PER_CENT
    reading = replace(how, values={"number": text})
    return Found(text, plain if above_one else per_cent, reading)


def _cost(found: Search) -> int:
    return found.recipes[0].cost if found.recipes else _NOTHING


def _searched(data: Predictions, typed: Typed) -> Search:
    """Search once for each number and its digits; a bar shows how far, from half a second on."""
    key = (data.digest, typed.value, typed.digits)
    found = _SEARCHES.get(key)
    if found is None:
        bar, start = st.empty(), perf_counter()

        def tell(done: float) -> None:
            if perf_counter() - start > _PATIENCE:
                bar.progress(done, say("Trying recipes"))

        found = search(data, typed.value, digits=typed.digits, progress=tell)
        bar.empty()
        _SEARCHES.put(key, found)
    return found
