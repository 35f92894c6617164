"""A version as people write it, and what is known of it from the releases that ran."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from typing import Literal

from packaging.version import InvalidVersion, Version

from metrics_core.messages import Message
from metrics_core.releases import find_release, lines, row_of

Known = Literal["ran", "alike", "either", "older", "newer", "elsewhere", "unread"]
_WRITTEN = re.compile(
    r"\s*(?P<of>tf[._ -]?keras|tensorflow(?:-cpu|-gpu)?|tf|keras)?\s*[=v]{0,3}\s*"
    r"(?P<version>\d[\w.+!-]*)\s*(?:\(?(?:on|with|,)?\s*(?P<backend>[a-z]+)(?:\s+backend)?\)?)?\s*",
    re.IGNORECASE,
)
_TENSORFLOW = ("tensorflow", "tf")
KERAS, TF_KERAS, KERAS_3 = range(3)
_MOVED = Version("2.16")
"""From this TensorFlow on, tf.keras is Keras 3, a package of its own."""
_ONE_PACKAGE = Version("2.4")
"""From this version on, up to Keras 3, the package keras is tf.keras."""
_KERAS_1_ENDS = Version("1.3")


@dataclass(frozen=True)
class Found:
    """What is known of a version.

    Attributes
    ----------
    known : {"ran", "alike", "either", "older", "newer", "elsewhere", "unread"}
        ``ran``: certain; ``alike``: between two that ran and print the same; ``either``: between
        two that differ; ``elsewhere`` and ``unread``: no version of a release.
    releases : tuple of str
        The releases that ran by whose rules it goes; two where it may be either.
    words : Message
    """

    known: Known
    releases: tuple[str, ...]
    words: Message


def find_version(written: str) -> tuple[Found, ...]:
    """Find the releases that ran for a version as people write it.

    Parameters
    ----------
    written : str
        ``2.9.1``, ``keras 3.4.1 on torch``, ``tensorflow 1.13``, ``tf 2.4``, ``3.15``. Of two
        numbers the newest release that ran is taken.

    Returns
    -------
    tuple of Found
        Two where the number alone is one of Keras and one of TensorFlow.

    Examples
    --------
    >>> [(found.known, found.releases) for found in find_version("tf 2.3.1")]
    [('alike', ('tf.keras-2.3.0',))]
    """
    match = _WRITTEN.fullmatch(re.sub(r"\.[x*]\b", "", written))
    try:
        version = Version(match["version"]) if match else None
    except InvalidVersion:
        version = None
    if match is None or version is None:
        words = Message(
            "{written} is no version: write Keras or TensorFlow and a number, such as keras 2.3.1 "
            "or tf 2.4.",
            {"written": repr(written)},
        )
        return (Found("unread", (), words),)
    of = (match["of"] or "").lower()
    lines = _lines(of, version)
    if not lines:
        words = Message(
            "From TensorFlow 2.16 on, tf.keras is Keras 3, a package with versions of its own: "
            "write that of Keras."
        )
        return (Found("elsewhere", (), words),)
    return tuple(_in_line(line, version, match["version"]) for line in lines)


def backend_of(written: str) -> str | None:
    """The backend that was named, where it is not the TensorFlow that the releases ran on.

    Examples
    --------
    >>> backend_of("keras 3.4.1 on torch"), backend_of("keras 3.4.1 on tensorflow")
    ('torch', None)
    """
    match = _WRITTEN.fullmatch(written)
    named = (match["backend"] or "").lower() if match else ""
    return named if named not in {"", *_TENSORFLOW} else None


def _lines(of: str, version: Version) -> tuple[int, ...]:
    """The lines of the table that a version may belong to."""
    if of and of != "keras":
        return () if version >= _MOVED else (TF_KERAS,)
    if version.major >= 3:
        return (KERAS_3,)
    if version >= _ONE_PACKAGE or (not of and version.major == 1 and version >= _KERAS_1_ENDS):
        return (TF_KERAS,)
    return (KERAS,) if of or version.major < 2 else (KERAS, TF_KERAS)


def _in_line(line: int, version: Version, written: str) -> Found:
    ran = [
        (Version(number), f"{row.line}-{number}")
        for row in lines()[line]
        for number in row.versions
    ]
    title = f"{'tf.keras of TensorFlow' if line == TF_KERAS else 'Keras'} {written}"
    exact = [name for number, name in ran if number == version]
    short = [name for number, name in ran if number.release[:2] == version.release]
    if exact or short:
        name = (exact or short)[-1]
        told = {"version": title, "release": find_release(name).title}
        words = Message("{version} was run: certain.", told)
        if not exact:
            words = Message("Of {version}, {release} was run: certain for that.", told)
        return Found("ran", (name,), words)
    at = bisect([number for number, _ in ran], version)
    before, after = ran[max(at - 1, 0)][1], ran[min(at, len(ran) - 1)][1]
    told = {
        "version": title,
        "before": find_release(before).title,
        "after": find_release(after).title,
    }
    if at == 0:
        words = Message(
            "{version} is older than {after}, the first of its line that was run: not known.", told
        )
        return Found("older", (after,), words)
    if at == len(ran):
        words = Message(
            "{version} is newer than {before}, the last of its line that was run: not known, "
            "probably as there.",
            told,
        )
        return Found("newer", (before,), words)
    if row_of(before) == row_of(after):
        words = Message(
            "{version} was not run, but lies between {before} and {after}, which print the same in "
            "every recorded case: safe.",
            told,
        )
        return Found("alike", (before,), words)
    words = Message(
        "{version} was not run and lies between {before} and {after}, whose rules differ: it "
        "prints what either of them prints.",
        told,
    )
    return Found("either", (before, after), words)
