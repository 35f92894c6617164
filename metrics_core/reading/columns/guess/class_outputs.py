"""Columns that are named after the classes of another column."""

from __future__ import annotations

from collections.abc import Mapping

from metrics_core.reading.columns.pairs import class_columns, shares_of_one
from metrics_core.reading.columns.positive import positive_of
from metrics_core.reading.columns.profile import Profile, class_names_of

Group = tuple[str, ...]


_MOST_CLASSES = 12


def outputs_of_classes(
    free: list[str],
    numbers: list[str],
    profiles: Mapping[str, Profile],
    said: Mapping[str, str | None],
) -> Group:
    """The columns that are named after the classes of another column."""
    best: Group = ()
    classes = [title for title in free if _may_name_columns(profiles[title])]
    classes.sort(key=lambda title: (said[title] is None, profiles[title].form != "words"))
    for title in classes[:_MOST_CLASSES]:
        profile = profiles[title]
        words = class_names_of(profile)
        rest = [other for other in numbers if other != title]
        shares = [other for other in rest if profiles[other].is_share]
        found = class_columns(words, shares) or class_columns(words, rest)
        group = tuple(found)
        if group and group not in shares_of_one(group, profiles):
            spoken_for = [other for other in rest if said[other] == "output"]
            found = class_columns(words, spoken_for, unseen=True) or found
            group = tuple(found)
        shown = [profiles[other] for other in group]
        spoken = all(said[other] in ("output", "label") for other in group)
        exact = profile.form == "words" and all(other == found[other] for other in group)
        shared = all(each.form != "lists" and each.is_share for each in shown)
        fractions = any(each.form == "fractions" for each in shown)
        fits = exact or spoken or (profile.form == "words" and shared)
        if not fits and shared:
            fits = group in shares_of_one(rest, profiles)
        if group and fits and fractions and len(group) > len(best):
            best = tuple(sorted(group, key=lambda title: _place(found[title], profile)))
    return best


def _may_name_columns(profile: Profile) -> bool:
    """Words, whole numbers from 0 or 1 on without a gap, or -1 and 1, as libsvm has them."""
    if not profile.looks_like_classes or profile.form == "words":
        return profile.looks_like_classes
    if profile.values == (-1.0, 1.0):
        return True
    return profile.low in (0, 1) and profile.high - profile.low + 1 == len(profile.values)


def _place(name: str, profile: Profile) -> int:
    """Where a column stands: by its number, or False before True, or a known class 1 last."""
    if profile.form == "words":
        return int(name == positive_of(tuple(class_names_of(profile))))
    names = class_names_of(profile)
    return int(name) if name.isdecimal() else names.index(name) if name in names else len(names)
