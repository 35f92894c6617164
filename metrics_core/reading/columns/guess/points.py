"""What speaks for each column that could be the labels, as points."""

from __future__ import annotations

from dataclasses import dataclass, replace

from metrics_core.reading.columns.guess.candidates import Candidates, other_outputs
from metrics_core.reading.columns.guess.class_outputs import Group
from metrics_core.reading.columns.guess.sight import Sight
from metrics_core.reading.columns.naming import is_firm, label_rank, plain, topic
from metrics_core.reading.columns.pairs import class_columns
from metrics_core.reading.columns.positive import positive_of
from metrics_core.reading.columns.profile import Profile, class_names_of, word_of

_RELATED = 0.1
_MOST_OUTPUTS = 30


@dataclass(frozen=True, kw_only=True)
class Scored:
    """One candidate for the labels."""

    group: Group
    named: bool
    firm: bool
    points: float
    related: float = 0.0
    derived: bool = False


def score_all(
    sight: Sight, candidates: Candidates, singles: list[str], outputs: Group
) -> list[Scored]:
    """All candidates for labels with what speaks for them."""
    named = [(group, True) for group in candidates.labels]
    both = named + [((title,), False) for title in singles]
    found = [_score(sight, group, said, candidates, outputs) for group, said in both]
    final = []
    confident = sight.never_low(outputs)
    for each in found:
        rivals = [
            other for other in found
            if other is not each and len(each.group) == len(other.group) == 1
            and sight.alike(each.group[0], other.group[0]) and not other.derived
            and (not outputs or _goes_with(sight, each, other, confident))
        ]  # fmt: skip
        points = each.points
        if each.derived and rivals:
            points -= 1.0 if each.firm else 4.0
        elif rivals and each.named and not each.firm and confident:
            points -= 4.0
        final.append(replace(each, points=points))
    return final


def _goes_with(sight: Sight, each: Scored, other: Scored, confident: bool) -> bool:
    """Whether another candidate may be the truth: it goes with the outputs, or with this one."""
    if confident:
        return sight.kinship(each.group[0], other.group[0]) >= _RELATED
    return other.related >= _RELATED


def _score(
    sight: Sight, group: Group, named: bool, candidates: Candidates, outputs: Group
) -> Scored:
    firm = named and is_firm(group[0])
    points = (3.0 if firm else 2.0 if named else 0.0) + (0.01 * -label_rank(group[0]))
    if len(group) > 1:
        return Scored(group=group, named=named, firm=firm, points=points)
    title = group[0]
    profile = sight.profiles[title]
    spoken = [*candidates.hard, *(t for g in candidates.outputs for t in g)]
    about = {topic(each) for each in spoken}
    name = plain(title)
    if name and any(f"_{name}_" in f"_{words}_" for words in about):
        points += 1.5
    related, derived = 0.0, False
    alike = [hard for hard in candidates.hard if hard != title and sight.alike(title, hard)]
    if alike:
        related = max(sight.kinship(title, hard) for hard in alike)
        points += 1.5
    n_classes = sum(sight.table.columns[each].width for each in outputs)
    if n_classes > 2:
        points += 1.0 if len(profile.values) == n_classes else 0.0
        points += 1.0 if _names(profile, outputs) else 0.0
    elif len(profile.values) == 2 and profile.looks_like_classes:
        words = tuple(map(word_of, profile.values))
        points += 1.0 if profile.form == "words" or positive_of(words) else 0.5
    for target in [outputs] if outputs else _guesses(sight, candidates):
        if title not in target and sight.profiles[target[0]].form != "words":
            close, made = sight.relation(title, target)
            related, derived = max(related, close), derived or (made and bool(outputs))
    return Scored(
        group=group,
        named=named,
        firm=firm,
        points=points + 2 * related,
        related=related,
        derived=derived,
    )


def _names(profile: Profile, outputs: Group) -> bool:
    """Whether words are the classes that the outputs are named after."""
    words = class_names_of(profile) if profile.form == "words" else []
    return len(outputs) > 1 and bool(words) and len(class_columns(words, outputs)) == len(outputs)


def _guesses(sight: Sight, candidates: Candidates) -> list[Group]:
    found = other_outputs(candidates.others, sight.profiles, 2)
    return [group for group in found if sight.profiles[group[0]].form != "whole"][:_MOST_OUTPUTS]
