"""Lessons in the folder that `ACCURACY_LENS_LESSONS` names, each opened by its name."""

from __future__ import annotations

import os
import re
from pathlib import Path

from accuracy_lens.jobs.lesson_job import MOST_BYTES
from metrics_core.errors import InputError
from metrics_core.messages import Message

VARIABLE = "ACCURACY_LENS_LESSONS"
ENDINGS = (".json", ".yaml", ".yml")
_NAME = re.compile(r"\w[\w-]{0,63}")


def folder() -> Path | None:
    """The folder of the operator; None without one.

    Raises
    ------
    InputError
        Where what is named is no folder.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return None
    path = Path(named).resolve()
    if not path.is_dir():
        raise InputError(
            VARIABLE,
            "must name a folder",
            Message("{path}", {"path": named}),
            "Make it, or start without the variable.",
        )
    return path


def content(name: str) -> bytes | None:
    """What the file of a name holds; None where the folder itself has no such file.

    Parameters
    ----------
    name : str
        Without the ending. Letters, digits, ``_`` and ``-``, so that it leads nowhere else.
    """
    try:
        there = folder()
        if there is None or not _NAME.fullmatch(name):
            return None
        for ending in ENDINGS:
            file = (there / (name + ending)).resolve()
            if file.parent == there and file.is_file():
                with file.open("rb") as opened:
                    return opened.read(MOST_BYTES + 1)
    except (InputError, OSError):
        pass  # the folder went, or the file cannot be read: nobody gets it
    return None
