"""The releases that were run with metrics beside accuracy, and by which of them another goes."""

from __future__ import annotations

from functools import cache

from metrics_core.releases.counted.rules import Counting
from metrics_core.releases.table.counting import COUNTING


@cache
def beside_ran(name: str) -> str:
    """The release that ran whose rules for these metrics a release follows.

    Parameters
    ----------
    name : str
        A name of `release_names`.

    Returns
    -------
    str
        Itself, or the newest before it in its line that was run; the oldest where none was.

    Examples
    --------
    >>> beside_ran("tf.keras-2.15.0"), beside_ran("keras-3.15.1")
    ('tf.keras-2.12.0', 'keras-3.15.1')
    """
    line = [other for other in COUNTING if _line(other) == _line(name)]
    before = [other for other in line if _version(other) <= _version(name)]
    return (before[-1:] or line[:1] or [name])[0]


def counting_of(name: str) -> Counting:
    """How a release counts these metrics.

    Examples
    --------
    >>> "AUC" in counting_of("tf.keras-1.13.1").classes
    False
    """
    return COUNTING.get(beside_ran(name), Counting())


def _line(name: str) -> tuple[str, bool]:
    package, _, version = name.rpartition("-")
    return package, package == "keras" and version[0] in "12"


def _version(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.rpartition("-")[2].split("."))
