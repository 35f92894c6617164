"""What could be outputs, predicted classes and labels, by names and by the look of the cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from metrics_core.reading.columns.guess.class_outputs import (
    Group,
    outputs_of_classes,
)
from metrics_core.reading.columns.naming import OUTPUT_WORDS, families, is_score, plain
from metrics_core.reading.columns.pairs import shares_of_one
from metrics_core.reading.columns.profile import Profile
from metrics_core.reading.table import RawTable

_OUTPUT_STYLE = {"prob", "probs", "proba", "probability", "probabilities", "softmax", "sigmoid"}


@dataclass(frozen=True)
class Candidates:
    """Groups of columns by what they could be; the likelier first.

    Attributes
    ----------
    outputs : list
        Numbers: one column, several in the order of the classes, or lists.
    hard : list of str
        Columns whose name speaks for outputs and whose cells are classes.
    labels : list
        Groups whose name speaks for labels.
    others : list of str
        Single columns whose name says nothing.
    named : frozenset
        The groups of `outputs` that a name speaks for.
    """

    outputs: list[Group]
    hard: list[str]
    labels: list[Group]
    others: list[str]
    named: frozenset[Group]


def find_candidates(
    table: RawTable,
    profiles: Mapping[str, Profile],
    said: Mapping[str, str | None],
    free: list[str],
) -> Candidates:
    """Sort the columns that are neither weight nor id into candidates."""
    apart = {"aside"} if len(free) > 2 else set()
    free = [title for title in free if said[title] not in {"weight", "epoch", *apart}]
    numbers = [t for t in free if profiles[t].form in ("whole", "fractions")]
    of_classes = outputs_of_classes(free, numbers, profiles, said)
    spoken_for = set(of_classes)
    rest = [title for title in free if title not in spoken_for]
    groups = _groups(rest, [title for title in numbers if title not in spoken_for])
    outputs: list[Group] = []
    hard: list[str] = []
    labels: list[Group] = []
    for group in groups:
        role = _role(group, said, profiles)
        if role == "output" and _is_hard(group, profiles):
            hard.append(group[0])
        elif role == "output" and all(profiles[title].is_number for title in group):
            outputs.append(group)
        elif role == "label" and not _is_constant(group, profiles):
            labels.append(group)
    outputs.sort(key=lambda group: _output_order(group, profiles))
    named = frozenset([*outputs, *([of_classes] if of_classes else [])])
    if of_classes:
        outputs.insert(0, of_classes)
    elif not any(profiles[title].form != "whole" for group in outputs for title in group):
        spoken = {title for group in labels for title in group}
        free_numbers = [title for title in numbers if title not in spoken]
        outputs += [g for g in shares_of_one(free_numbers, profiles) if g not in outputs]
    taken = {t for group in (*outputs, *labels, tuple(hard)) for t in group}
    others = [title for title in free if title not in taken]
    return Candidates(outputs, hard, labels, others, named)


def _groups(titles: list[str], numbers: list[str]) -> list[Group]:
    """Families and single columns, in the order of the file; every column is in one group."""
    member_of: dict[str, Group] = {}
    for members in families(numbers).values():
        digits = all(name.isdecimal() for name in members.values())
        group = tuple(sorted(members, key=lambda t: int(members[t])) if digits else members)
        member_of |= dict.fromkeys(group, group)
    groups: dict[str, Group] = {}  # by the first member, since a hash of many names takes long
    for title in titles:
        group = member_of.get(title, (title,))
        groups.setdefault(group[0], group)
    return list(groups.values())


def _role(
    group: Group, said: Mapping[str, str | None], profiles: Mapping[str, Profile]
) -> str | None:
    """What a group is by its name; fractions under a name such as class_0 are outputs."""
    role = said[group[0]]
    first = profiles[group[0]]
    words = set(plain(group[0]).split("_"))
    fractions = any(profiles[title].form == "fractions" for title in group)
    if role == "label" and fractions and words & OUTPUT_WORDS:
        return "output"
    several = len(group) > 1 or first.form == "lists"
    if role == "label" and several and not words & {"true", "truth", "label", "labels"}:
        lists = first.form == "lists" and bool((first.cells % 1 != 0).any())
        return "output" if fractions or lists else "label"
    return role


def _is_constant(group: Group, profiles: Mapping[str, Profile]) -> bool:
    """Whether several columns say the same in every row, as lists of all classes do."""
    values = [profiles[title].values for title in group]
    return len(group) > 1 and all(len(each) == 1 for each in values) and len({*values}) > 1


def _is_hard(group: Group, profiles: Mapping[str, Profile]) -> bool:
    profile = profiles[group[0]]
    if len(group) > 1 or profile.form not in ("words", "whole"):
        return False
    few = len(profile.values) <= 2
    return profile.form == "words" or few or (profile.looks_like_classes and not is_score(group[0]))


def _output_order(group: Group, profiles: Mapping[str, Profile]) -> tuple[bool, ...]:
    """Many values per row first, then fractions, then what lies from 0 to 1, then names."""
    first = profiles[group[0]]
    many = len(group) > 1 or first.form == "lists"
    words = set(plain(group[0]).split("_"))
    return (
        len(group) == 1 and len(first.values) == 1,
        not many,
        first.form == "whole",
        not all(profiles[title].is_share for title in group),
        not words & _OUTPUT_STYLE,
    )


_HEADERLESS = re.compile(r"column_\d+")


def other_outputs(
    titles: list[str], profiles: Mapping[str, Profile], n_classes: int
) -> list[Group]:
    """Outputs where no name speaks for one, in groups of which the first are the likelier.

    The widest list column; all fractions where the file has no names, or as many as classes; else
    each column of fractions, those from 0 to 1 before the others; else whole numbers.
    """
    numbers = [title for title in titles if profiles[title].is_number]
    wide = [title for title in numbers if profiles[title].form == "lists"]
    if wide:
        return [(max(wide, key=lambda title: profiles[title].cells.shape[1]),)]
    fractions = [title for title in numbers if profiles[title].form == "fractions"]
    nameless = all(_HEADERLESS.fullmatch(title) for title in fractions)
    shares = [title for title in fractions if profiles[title].is_share]
    alike = len(shares) in (0, len(fractions))
    if fractions and (n_classes != 2 or (nameless and len(fractions) == 2 and alike)):
        return [tuple(fractions)]
    return [(title,) for title in (shares or fractions or numbers[:1])]
