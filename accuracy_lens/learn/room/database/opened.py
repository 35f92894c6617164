"""The store of this server, opened when it is first asked for."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from accuracy_lens.learn.room.database.guesses import Guesses
from accuracy_lens.learn.room.database.schema import VARIABLE
from accuracy_lens.learn.room.database.store import Store
from accuracy_lens.words.text import say

GUESSES = Guesses()
_EVERY = 600.0
"""Seconds after which rooms whose day is over are forgotten."""


def store() -> Store:
    """The store that ``ACCURACY_LENS_STORE`` names."""
    return _opened(os.environ.get(VARIABLE, ""))


@contextmanager
def reached() -> Iterator[None]:
    """Say that the rooms cannot be had, where the database does not answer."""
    try:
        yield
    except (OSError, SQLAlchemyError):
        logging.getLogger("accuracy_lens").exception("The store of rooms cannot be used")
        st.error(say("The rooms of this server cannot be reached now; its log says why."))


@cache
def _opened(named: str) -> Store:
    found = Store(named)
    threading.Thread(target=_purge, args=(found,), daemon=True, name="rooms that are over").start()
    return found


def _purge(found: Store) -> None:
    while True:
        try:
            found.purge()
        except SQLAlchemyError:
            logging.getLogger("accuracy_lens").exception("Rooms that are over are still kept")
        time.sleep(_EVERY)
