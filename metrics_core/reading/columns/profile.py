"""What a sample of a column's cells looks like, so that a guess need not read every row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.reading.table import Column, RawTable

PROBE = 20_000
"""Rows that are looked at, evenly spread over the file."""
_FEWEST, _CELLS = 1000, 500_000
_SHORT = 64
"""So few cells are told apart faster without numpy."""
FEW = 1000
"""Most classes that a column may have to be taken for labels without a name that says so."""

Form = Literal["words", "whole", "fractions", "lists", "other"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Profile:
    """A column's probe.

    Attributes
    ----------
    form : str
        ``whole`` are numbers without fractions, and bools; ``other`` has no known cell.
    cells : ndarray
        The probed rows: numbers, or codes of words; the same rows for every column of a table.
    known : ndarray
        ``(probe,)`` bool: neither missing nor NaN.
    values : tuple
        The different known cells in ascending order, str for words; at most `FEW` + 1 of them.
    low, high : float
        Of the known cells; NaN for words.
    """

    form: Form
    cells: Array
    known: Array
    values: tuple[str | float, ...]
    low: float = float("nan")
    high: float = float("nan")

    @property
    def is_number(self) -> bool:
        """Whether it may be an output."""
        return self.form in ("whole", "fractions", "lists")

    @property
    def is_share(self) -> bool:
        """Whether all numbers lie from 0 to 1."""
        return self.low >= 0 and self.high <= 1

    @property
    def looks_like_classes(self) -> bool:
        """Words or whole numbers, few of them, of which some come again."""
        count = len(self.values)
        if not count or count > FEW:
            return False
        if self.form == "words":
            return 2 * count <= int(self.known.sum()) + 2
        if self.form != "whole":
            return False
        if self.values == (-1.0, 1.0):
            return True
        return self.low >= 0 and bool(self.known.all()) and (count < len(self.cells) or count <= 2)


def look(table: RawTable, titles: Iterable[str] | None = None) -> dict[str, Profile]:
    """The profiles of columns, of all by default, over the same rows.

    Examples
    --------
    >>> columns = {"a": Column(np.array([0, 1, 1])), "b": Column(np.array([0.25, 0.5, 1.0]))}
    >>> found = look(RawTable(name="x", format="CSV", n_rows=3, columns=columns))
    >>> found["a"].form, found["a"].looks_like_classes, found["b"].form, found["b"].is_share
    ('whole', True, 'fractions', True)
    """
    chosen = table.columns if titles is None else titles
    most = min(PROBE, max(_FEWEST, _CELLS // max(1, len(table.columns))))
    return {title: profile_of(table.columns[title], most) for title in chosen}


def profile_of(column: Column, most: int = PROBE) -> Profile:
    """The profile of one column, from so many rows at most."""
    cells = probe_of(column.data, most)
    known = np.ones(len(cells), bool) if column.missing is None else ~probe_of(column.missing, most)
    if column.words is not None:
        words = sorted(str(word) for word in column.words[np.unique(cells[known])])
        return Profile(form="words", cells=cells, known=known, values=tuple(words[: FEW + 1]))
    if cells.dtype.kind not in "biuf":
        return Profile(form="other", cells=cells, known=known, values=())
    if cells.ndim > 1:
        finite = cells[np.isfinite(cells)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
        return Profile(form="lists", cells=cells, known=known, values=(), low=low, high=high)
    if cells.dtype.kind == "f":
        known = known & ~np.isnan(cells)
    seen = cells[known]
    if not seen.size:
        return Profile(form="other", cells=cells, known=known, values=())
    different = sorted({*seen.tolist()}) if len(seen) <= _SHORT else np.unique(seen)
    whole = cells.dtype.kind != "f" or bool(np.all(seen == np.floor(seen)))
    values = tuple(float(value) for value in different[: FEW + 1])
    form: Form = "whole" if whole else "fractions"
    return Profile(
        form=form,
        cells=cells,
        known=known,
        values=values,
        low=float(different[0]),
        high=float(different[-1]),
    )


def rows_known(profiles: Mapping[str, Profile], titles: tuple[str, ...]) -> Array:
    """``(probe,)`` bool: the probed rows in which all of some columns are known."""
    known: Array = np.logical_and.reduce([profiles[title].known for title in titles])
    return known


def numbers_of(profiles: Mapping[str, Profile], titles: tuple[str, ...]) -> Array:
    """``(probe, C)`` float64 of some columns side by side; a list column is spread."""
    parts = [profiles[title].cells.astype(np.float64) for title in titles]
    return np.column_stack(parts)


def codes_of(profile: Profile, column: Column) -> Array:
    """``(probe,)`` positions of the cells among `Profile.values`; -1 where unknown."""
    if column.words is not None:
        index = {word: position for position, word in enumerate(profile.values)}
        lookup = np.array([index.get(str(word), -1) for word in column.words] + [-1])
        found: Array = lookup[np.where(profile.known, profile.cells, -1)]
        return found
    codes = np.searchsorted(np.array(profile.values), profile.cells).astype(np.int64)
    return np.where(profile.known, codes, -1)


def class_names_of(profile: Profile) -> list[str]:
    """The classes in a column as the names of other columns would write them."""
    if profile.cells.dtype.kind == "b":
        return ["False", "True"]
    return [word_of(value) for value in profile.values]


def word_of(value: str | float) -> str:
    """A class as a column's name would write it.

    Examples
    --------
    >>> word_of("cat"), word_of(1.0)
    ('cat', '1')
    """
    return value if isinstance(value, str) else f"{value:g}"


def second_and_scores(
    table: RawTable, profiles: Mapping[str, Profile], title: str, output: str
) -> tuple[Array, Array]:
    """Whether a row is of the second class of a column, and its score, in the known rows."""
    scores = numbers_of(profiles, (output,))[:, -1]
    known = rows_known(profiles, (title, output)) & np.isfinite(scores)
    codes = codes_of(profiles[title], table.columns[title])
    return codes[known] == 1, scores[known]


def probe_of(cells: Array, most: int = PROBE) -> Array:
    """So many of the rows at most, evenly spread."""
    return cells[:: max(1, -(-len(cells) // most))]
