"""The two numbers that were typed: how each is read, and what was searched for it."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import streamlit as st

from accuracy_lens.explain.number.found import Found, likelier
from accuracy_lens.explain.number.labels import labelled
from accuracy_lens.view.caches import Shelf, Size
from accuracy_lens.words.text import say
from metrics_core.predictions import Predictions
from metrics_core.reverse import Search, Trials, Typed, typed_readings

KEYS = ("explain_printed", "explain_own")
_SEARCHES: Shelf[Search] = Shelf("searches", entries=8)
MOST_KEPT = 100_000
"""Outputs up to which all that was tried on the data in view is kept for the next number."""
_TRIALS: Shelf[Trials] = Shelf("trials", entries=1, size=Size(fixed=48 << 20))
_PATIENCE = 0.5


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
    return likelier(text, [_searched(data, way) for way in ways])


def _searched(data: Predictions, typed: Typed) -> Search:
    """Search once for each number and its digits; a bar shows how far, from half a second on."""
    key = (data.digest, typed.value, typed.digits)
    found = _SEARCHES.get(key)
    if found is None:
        bar, start = st.empty(), perf_counter()

        def tell(done: float) -> None:
            if perf_counter() - start > _PATIENCE:
                bar.progress(done, say("Trying recipes"))

        found = _trials(data, tell).search(typed.value, digits=typed.digits, progress=tell)
        bar.empty()
        _SEARCHES.put(key, found)
    return found


def _trials(data: Predictions, tell: Callable[[float], None]) -> Trials:
    """All that is tried on the data, once for every number where it is not much."""
    trials = _TRIALS.get(data.digest)
    if trials is None:
        trials = Trials(data, progress=tell)
        if data.outputs.size <= MOST_KEPT:
            _TRIALS.put(data.digest, trials)
    return trials
