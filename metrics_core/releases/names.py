"""The name of every release that was run, and the versions that a row of the table stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.releases import table
from metrics_core.releases.rules.release import Release

SINCE_FIRST = Message(
    "Run: {versions}, the first of its line that was run. Its rules ended after {last} and not "
    "later than {after}."
)
BETWEEN = Message(
    "Run: {versions}. Its rules began after {before} and not later than {first}, and ended after "
    "{last} and not later than {after}."
)
TO_LAST = Message(
    "Run: {versions}, the newest of its line that was run. Its rules began after {before} and not "
    "later than {first}."
)


def lines() -> tuple[tuple[Release, ...], ...]:
    """The rows of Keras 1 and 2, of tf.keras, and of Keras 3, oldest first.

    Examples
    --------
    >>> [line[0].name for line in lines()]
    ['keras-1.0.8', 'tf.keras-1.8.0', 'keras-3.0.0']
    """
    rows = table.RELEASES.values()
    keras = [row for row in rows if row.line == "keras"]
    return (
        tuple(row for row in keras if row.version[0] in "12"),
        tuple(row for row in rows if row.line == "tf.keras"),
        tuple(row for row in keras if row.version[0] not in "12"),
    )


def release_names() -> tuple[str, ...]:
    """Name every release that was run, oldest first within each line.

    Examples
    --------
    >>> release_names()[:3]
    ('keras-1.0.8', 'keras-1.1.2', 'keras-1.2.2')
    """
    return tuple(f"{row.line}-{run.version}" for row in table.RELEASES.values() for run in row.ran)


def find_release(name: str) -> Release:
    """Find the rules of a release by its name.

    Parameters
    ----------
    name : str
        The name of a row, or of any release that was run.

    Returns
    -------
    Release
        The row that it follows, under the name that was asked for.

    Raises
    ------
    InputError
        If no release of that name was run.

    Examples
    --------
    >>> find_release("tf.keras-2.14.0").title
    'tf.keras of TensorFlow 2.14.0'
    """
    rows = table.RELEASES
    if name in rows:
        return rows[name]
    for row in rows.values():
        version = name.removeprefix(f"{row.line}-")
        if version != name and version in row.versions:
            return replace(row, name=name, title=row.title.replace(row.version, version))
    raise InputError(
        "release",
        "must be one of {names}",
        repr(name),
        "Take the nearest version that is listed.",
        names=", ".join(release_names()),
    )


def row_of(name: str) -> str:
    """Name the row of the table that a release follows.

    Examples
    --------
    >>> row_of("keras-2.1.6"), row_of("keras-2.0.8")
    ('keras-2.0.8', 'keras-2.0.8')
    """
    version = find_release(name).versions[0]
    line = name.rpartition("-")[0]
    return next(
        row.name
        for row in table.RELEASES.values()
        if row.line == line and row.versions[0] == version
    )


def stands_for(name: str) -> Message:
    """Say which versions were run with the rules of a release, and where those began and ended.

    Examples
    --------
    >>> str(stands_for("tf.keras-2.1.0")).partition(", and")[0]
    'Run: 2.1.0. Its rules began after 2.0.0 and not later than 2.1.0'
    """
    own = row_of(name)
    line = next(rows for rows in lines() if own in {row.name for row in rows})
    at = [row.name for row in line].index(own)
    row = line[at]
    values = {
        "versions": ", ".join(row.versions),
        "first": row.versions[0],
        "last": row.versions[-1],
    }
    if at:
        values["before"] = line[at - 1].versions[-1]
    if at + 1 < len(line):
        values["after"] = line[at + 1].versions[0]
    template = TO_LAST if "after" not in values else BETWEEN if at else SINCE_FIRST
    return replace(template, values=MappingProxyType(values))


def ranges(names: Iterable[str]) -> tuple[str, ...]:
    """Write rows that follow each other in a line as a range of versions.

    Parameters
    ----------
    names : iterable of str
        Names of rows, in any order.

    Returns
    -------
    tuple of str
        In the order of the table; names that stand in no line keep their title.

    Examples
    --------
    >>> ranges(["keras-2.0.8", "keras-2.2.4", "tf.keras-2.0.0"])
    ('Keras 2.0.8–2.2.4', 'tf.keras 2.0.0')
    """
    left = dict.fromkeys(names)
    found = []
    for line in lines():
        open_range: list[Release] = []
        for row in (*line, None):
            if row is not None and row.name in left:
                del left[row.name]
                open_range.append(row)
            elif open_range:
                found.append(_range(open_range[0], open_range[-1]))
                open_range = []
    return (*found, *(table.RELEASES[name].title for name in left))


def short_title(name: str) -> str:
    """Write a release as its package and version, as short as a table needs it.

    Examples
    --------
    >>> short_title("tf.keras-2.1.0"), short_title("keras-3.15.1")
    ('tf.keras 2.1.0', 'Keras 3.15.1')
    """
    line, _, version = name.rpartition("-")
    return f"{'Keras' if line == 'keras' else line} {version}"


def _range(first: Release, last: Release) -> str:
    start, end = first.versions[0], last.versions[-1]
    title = short_title(f"{first.line}-{start}")
    return title if start == end else f"{title}–{end}"
