"""A lesson from the operator's folder, opened by a link that names it; one for all visitors."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from accuracy_lens.jobs.lesson_files import read_lesson
from accuracy_lens.jobs.lesson_folder import content
from accuracy_lens.view.caches import Size, shared_cache
from accuracy_lens.words.feedback import tried
from accuracy_lens.words.text import error_words
from metrics_core.errors import InputError
from metrics_core.lessons.parsing import parse_lesson
from metrics_core.lessons.parts.lesson import Lesson
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message

PREFIX = "own:"
"""What the address has before the name of the file."""


def workings(name: str) -> Workings | None:
    """A lesson with everything computed; None where there is no such file.

    Parameters
    ----------
    name : str
        As the address has it, with the prefix.

    Raises
    ------
    InputError
        Where the file cannot be used.
    """
    found = content(name.removeprefix(PREFIX)) if name.startswith(PREFIX) else None
    return None if found is None else _read(name, hashlib.sha256(found).hexdigest(), found)


def lesson(name: str) -> Lesson | None:
    """The same without what is computed; None where the file cannot be used, too."""
    found = tried(lambda: workings(name))
    return found.lesson if isinstance(found, Workings) else None


def refusal(name: str) -> Message | None:
    """Why the file of a lesson cannot be used."""
    found = tried(lambda: workings(name))
    return error_words(found) if isinstance(found, InputError) else None


@shared_cache(entries=20, size=Size(fixed=32 << 20), ttl=3600.0)
def _read(name: str, digest: str, _content: bytes) -> Workings:
    return Workings(replace(parse_lesson(read_lesson(_content)), name=name))
