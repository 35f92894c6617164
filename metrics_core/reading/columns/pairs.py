"""Columns that belong together: named after the classes, or the same names with two endings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.profile import Profile

_MOST_WORDS = 200
_MOST_COLUMNS = 400
_MOST_SETS = 8
_SUMMED = ("fractions", "whole")
_MOST_STEPS = 20_000
"""Columns added to others in the search for rows that add up to 1."""
_EDGE = re.compile(r"[^0-9a-z]+|$|^")


def class_columns(
    words: Sequence[str], titles: Iterable[str], *, unseen: bool = False
) -> dict[str, str]:
    """Columns that are named after the classes: title -> word.

    Their names are the same but for the word, so that whatever a tool writes around it is known.

    Parameters
    ----------
    words : sequence of str
        The classes.
    titles : iterable of str
        Columns of numbers.
    unseen : bool
        Whether columns that are named alike belong to classes of which there is no sample.

    Returns
    -------
    dict
        In the order of the titles; empty where fewer than two, or fewer than half, of the words
        have one.

    Examples
    --------
    >>> class_columns(["No", "Yes"], ["age", "P (churn=Yes)", "P (churn=No)"])
    {'P (churn=Yes)': 'Yes', 'P (churn=No)': 'No'}
    >>> class_columns(["No", "Yes"], ["No", "Yes"])
    {'No': 'No', 'Yes': 'Yes'}
    >>> class_columns(["a", "b"], ["age", "bmi"])
    {}
    >>> class_columns(["0", "1"], ["p0", "p1", "p2", "prediction"], unseen=True)
    {'p0': '0', 'p1': '1', 'p2': '2'}
    """
    titles = list(titles)
    if not 2 <= len(words) <= _MOST_WORDS or len(titles) > _MOST_COLUMNS:
        return {}
    frames: dict[tuple[str, str], dict[str, str]] = {}
    for title in titles:
        low = title.casefold()
        for word in words:
            for start in _places(low, word.casefold()):
                frame = (low[:start], low[start + len(word) :])
                frames.setdefault(frame, {}).setdefault(title, word)
    best: dict[str, str] = {}
    frame = ("", "")
    for (before, after), found in frames.items():
        if _touches(before, after, words) and len(set(found.values())) > len(best):
            best, frame = found, (before, after)
    if len(set(best.values())) != len(best) or 2 * len(best) < len(words) or len(best) < 2:
        return {}
    if unseen and any(frame):
        others = _of_frame(titles, frame)
        if all(word.isdigit() for word in best.values()):
            others = {title: word for title, word in others.items() if word.isdigit()}
        best = {**others, **best}
    return {title: best[title] for title in titles if title in best}


def _of_frame(titles: Iterable[str], frame: tuple[str, str]) -> dict[str, str]:
    """Further columns with the same name around another word."""
    before, after = frame
    return {
        title: title[len(before) : len(title) - len(after)]
        for title in titles
        if title.casefold().startswith(before) and title.casefold().endswith(after)
        and len(title) > len(before) + len(after)
    }  # fmt: skip


def _places(title: str, word: str) -> list[int]:
    places, start = [], title.find(word) if word else -1
    while start >= 0:
        places.append(start)
        start = title.find(word, start + 1)
    return places


def _touches(before: str, after: str, words: Sequence[str]) -> bool:
    """Whether words end where the name around them begins; long words may touch letters."""
    clean = (not before or not before[-1].isalnum()) and (not after or not after[0].isalnum())
    return clean or all(len(word) > 1 for word in words) or (before in {"p", "class"} and not after)


def class_of(words: Sequence[str], title: str) -> str | None:
    """The one class that a column's name ends or begins with, or holds as a word of its own.

    Examples
    --------
    >>> class_of(["case", "control"], "prob_case"), class_of(["a", "b"], "score")
    ('case', None)
    """
    name = f"_{_EDGE.sub('_', title.casefold()).strip('_')}_"
    found = [w for w in words if f"_{_EDGE.sub('_', w.casefold()).strip('_')}_" in name]
    whole = [word for word in found if re.search(r"\w", word)]
    return whole[0] if len(whole) == 1 else None


def two_endings(titles: Sequence[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Two sets of columns whose names are the same but for a first or last word, or none.

    Examples
    --------
    >>> two_endings(["id", "toxic_x", "threat_x", "toxic_y", "threat_y"])[-1]
    (('toxic_x', 'threat_x'), ('toxic_y', 'threat_y'))
    >>> two_endings(["churn_true", "churn_pred"])
    [(('churn_true',), ('churn_pred',))]
    """
    sets: dict[tuple[str, str], dict[str, str]] = {}
    for title in titles:
        first = re.match(r"^([^\W_]+)[\W_]+(.+)$", title)
        last = re.match(r"^(.+?)[\W_]+([^\W_]+)[\W_]*$", title)
        if first:
            sets.setdefault(("first", first[1].casefold()), {})[first[2]] = title
        if last and not last[2].isdigit():
            sets.setdefault(("last", last[2].casefold()), {})[last[1]] = title
    alike: dict[tuple[str, frozenset[str]], list[dict[str, str]]] = {}
    for (place, _), members in sets.items():
        alike.setdefault((place, frozenset(members)), []).append(members)
    found = []
    for equal in alike.values():
        for one, two in combinations(equal[:_MOST_SETS], 2):
            found.append((tuple(one.values()), tuple(two[stem] for stem in one)))
    known = set(titles)
    bare = (members for members in sets.values() if known.issuperset(members))
    return found + [(tuple(members), tuple(members.values())) for members in bare]


def whole_and_fractions(
    pairs: Iterable[tuple[tuple[str, ...], tuple[str, ...]]], profiles: Mapping[str, Profile]
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Of such pairs the largest of which one side is whole numbers and the other fractions."""
    best = None
    for sides in pairs:
        forms = [{profiles[title].form for title in side} for side in sides]
        labels = [side for side, form in zip(sides, forms, strict=True) if form == {"whole"}]
        outputs = [side for side, form in zip(sides, forms, strict=True) if "fractions" in form]
        if len(labels) == len(outputs) == 1 and all(
            profiles[title].looks_like_classes for title in labels[0]
        ):
            longest = 0 if best is None else len(best[0])
            if len(labels[0]) > longest:
                best = labels[0], outputs[0]
    return best


def shares_of_one(titles: Sequence[str], profiles: Mapping[str, Profile]) -> list[tuple[str, ...]]:
    """Runs of neighbouring columns from 0 to 1 whose rows add up to 1: probabilities by class.

    Examples
    --------
    >>> both = {"form": "fractions", "known": np.array([True, True]), "values": ()}
    >>> half = Profile(cells=np.array([0.5, 0.25]), low=0.25, high=0.5, **both)
    >>> rest = Profile(cells=np.array([0.5, 0.75]), low=0.5, high=0.75, **both)
    >>> shares_of_one(["a", "b"], {"a": half, "b": rest})
    [('a', 'b')]
    """
    runs: list[tuple[str, ...]] = []
    taken, steps = -1, 0
    for start in range(len(titles)):
        if start <= taken:
            continue
        known: Array = np.ones(len(profiles[titles[start]].known), bool)
        total, fractions = None, False
        for end in range(start, len(titles)):
            profile = profiles[titles[end]]
            steps += 1
            if steps > _MOST_STEPS or profile.form not in _SUMMED or not profile.is_share:
                break
            cells = profile.cells.astype(np.float64)
            total = cells if total is None else total + cells
            known = known & profile.known
            fractions |= profile.form == "fractions"
            sums = total[known]
            if sums.size and sums.max() > 1.01:
                break
            if end > start and fractions and sums.size and sums.min() > 0.99:
                runs.append(tuple(titles[start : end + 1]))
                taken = end
                break
    return runs
