"""Which of the candidates are the labels: what their names, values and the outputs say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from metrics_core.messages import Message
from metrics_core.reading.columns.candidates import (
    Candidates,
    Group,
    class_names_of,
    other_outputs,
    word_of,
)
from metrics_core.reading.columns.naming import is_firm, label_rank, plain, suffixes, topic
from metrics_core.reading.columns.pairs import shares_of_one
from metrics_core.reading.columns.positive import positive_of
from metrics_core.reading.columns.profile import (
    Profile,
    codes_of,
    numbers_of,
    rows_known,
)
from metrics_core.reading.columns.relation import (
    ENOUGH,
    agreement,
    best_threshold,
    is_confidence,
    separation,
    top_of,
)
from metrics_core.reading.limits import shorten
from metrics_core.reading.table import RawTable

_RELATED = 0.1
_KIN = 0.3
_MOST_RIVALS = 2
_MOST_SINGLES = 40
_NUMBERED = re.compile(r"(\D*?)0*(\d+)")
_MOST_OUTPUTS = 30


@dataclass(frozen=True)
class Choice:
    """Labels and outputs as guessed; see `Roles`."""

    labels: Group
    outputs: Group
    sure: bool
    predicted: str | None = None
    hard: str | None = None
    doubts: tuple[Message, ...] = ()
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scored:
    """One candidate for the labels."""

    group: Group
    named: bool
    firm: bool
    points: float
    related: float = 0.0
    derived: bool = False


class Sight:
    """The probed cells of a table, asked for relations between columns."""

    def __init__(self, table: RawTable, profiles: Mapping[str, Profile]) -> None:
        self.table, self.profiles = table, profiles
        self._words: dict[str, list[str]] = {}

    def words(self, title: str) -> list[str]:
        """What each of `Profile.values` stands for: ``LABEL_1``, yes and 1.0 are all 1."""
        if title not in self._words:
            self._words[title] = self._read(title)
        return self._words[title]

    def _read(self, title: str) -> list[str]:
        words = [word_of(value).strip().casefold() for value in self.profiles[title].values]
        found = [_NUMBERED.fullmatch(word) for word in words]
        if all(found) and len({match[1] for match in found if match}) == 1:
            return [match[2] for match in found if match]
        one = positive_of(tuple(words))
        return words if one is None else [str(int(word == one)) for word in words]

    def values(self, title: str) -> frozenset[str]:
        """The different cells, in such words."""
        return frozenset(self.words(title))

    def alike(self, one: str, other: str) -> bool:
        """Whether two columns hold the same classes."""
        few, many = sorted((self.values(one), self.values(other)), key=len)
        return bool(few) and few <= many and 2 * len(few) >= len(many)

    def relation(self, title: str, outputs: Group) -> tuple[float, bool]:
        """How closely classes go with outputs from 0 to 1, and whether outputs alone make them."""
        profile = self.profiles[title]
        if not profile.looks_like_classes:
            return 0.0, False
        scores = numbers_of(self.profiles, outputs)
        known = rows_known(self.profiles, (title, *outputs)) & np.isfinite(scores).all(axis=1)
        codes = codes_of(profile, self.table.columns[title])[known]
        scores = scores[known]
        n = len(codes)
        if not n:
            return 0.0, False
        margin = 1.5 / np.sqrt(n)
        if scores.shape[1] <= 2 and len(profile.values) == 2:
            second, column = codes == 1, scores[:, -1]
            found = best_threshold(second, column)
            derived = found is not None and found.share == 1.0 and n >= ENOUGH
            return max(0.0, abs(separation(second, column)) - margin), derived
        if scores.shape[1] < 2:
            return 0.0, False
        top = scores.argmax(axis=1)
        pairs = {(int(a), int(b)) for a, b in zip(top, codes, strict=True)}
        derived = len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs}) > 1
        return max(0.0, agreement(codes, top) - margin), derived and n >= ENOUGH

    def kinship(self, title: str, hard: str) -> float:
        """How often classes agree with predicted classes, beyond chance."""
        known = rows_known(self.profiles, (title, hard))
        words = sorted(self.values(title) | self.values(hard))
        place = {word: position for position, word in enumerate(words)}
        codes = []
        for each in (title, hard):
            own = np.array([place[word] for word in self.words(each)])
            found = codes_of(self.profiles[each], self.table.columns[each])[known]
            codes.append(own[found])
        return agreement(codes[0], codes[1])

    def two(self, title: str, scores: str) -> tuple[np.ndarray, np.ndarray] | None:
        """Whether the second of two classes is predicted, and the score, in the known rows."""
        if len(self.profiles[title].values) != 2:
            return None
        numbers = numbers_of(self.profiles, (scores,))[:, 0]
        known = rows_known(self.profiles, (title, scores)) & np.isfinite(numbers)
        return codes_of(self.profiles[title], self.table.columns[title])[known] == 1, numbers[known]


def choose_labels(
    table: RawTable, profiles: Mapping[str, Profile], candidates: Candidates
) -> Choice:
    """Choose labels, then outputs, then say how sure."""
    sight = Sight(table, profiles)
    singles = [t for t in candidates.others if profiles[t].looks_like_classes]
    if len(singles) > _MOST_SINGLES:
        few = sorted(singles, key=lambda title: len(profiles[title].values))[:_MOST_SINGLES]
        singles = [title for title in singles if title in few]
    outputs = candidates.outputs[0] if candidates.outputs else ()
    if not outputs and candidates.hard:
        outputs = (candidates.hard[0],)
    alone = len(candidates.others) == 1 and not candidates.outputs and not candidates.hard
    scored = _scores(sight, candidates, [] if alone else singles, outputs)
    if len(outputs) > 1 or (outputs and profiles[outputs[0]].form == "lists"):
        scored.sort(key=lambda each: not _is_wide(each.group, profiles) or not each.named)
    best = _first(scored, table, candidates)
    labels = best.group if best else ()
    if not outputs:
        outputs = _unnamed_outputs(sight, candidates, labels)
    if not labels or not outputs:
        return Choice(labels, outputs, False)
    assert best is not None
    if _are_of_several_models(sight, labels, outputs):
        candidates = replace(candidates, named=frozenset())
        outputs = max(((t,) for t in outputs), key=lambda g: sight.relation(labels[0], g)[0])
    singles = [each.group[0] for each in scored if each is not best and len(each.group) == 1]
    hard = _hard(sight, candidates, singles, labels, outputs)
    sure = _is_sure(sight, candidates, scored, best, outputs, hard)
    others = sorted(scored, key=lambda each: -each.points)
    next_best = [each.group[0] for each in others if each is not best and len(each.group) == 1]
    rivals = tuple(title for title in next_best if title not in outputs)[:_MOST_RIVALS]
    choice = Choice(labels, outputs, sure, hard=hard, rivals=rivals)
    return _doubted(sight, _confident(sight, choice), best)


def _scores(
    sight: Sight, candidates: Candidates, singles: list[str], outputs: Group
) -> list[Scored]:
    """All candidates for labels with what speaks for them."""
    named = [(group, True) for group in candidates.labels]
    both = named + [((title,), False) for title in singles]
    found = [_score(sight, group, said, candidates, outputs) for group, said in both]
    final = []
    confident = _never_low(sight, outputs)
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
        return Scored(group, named, firm, points)
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
    if len(profile.values) == 2 and profile.looks_like_classes:
        words = tuple(map(word_of, profile.values))
        points += 1.0 if profile.form == "words" or positive_of(words) else 0.5
    for target in [outputs] if outputs else _guesses(sight, candidates):
        if title not in target and sight.profiles[target[0]].form != "words":
            close, made = sight.relation(title, target)
            related, derived = max(related, close), derived or (made and bool(outputs))
    return Scored(group, named, firm, points + 2 * related, related, derived)


def _guesses(sight: Sight, candidates: Candidates) -> list[Group]:
    found = other_outputs(candidates.others, sight.profiles, 2)
    return [group for group in found if sight.profiles[group[0]].form != "whole"][:_MOST_OUTPUTS]


def _never_low(sight: Sight, outputs: Group) -> bool:
    """Whether a single score is never below a half, as that of the predicted class is."""
    if len(outputs) != 1:
        return False
    profile = sight.profiles[outputs[0]]
    return profile.form == "fractions" and profile.low >= 0.5 and profile.high <= 1


def _is_wide(group: Group, profiles: Mapping[str, Profile]) -> bool:
    return len(group) > 1 or profiles[group[0]].form == "lists"


def _first(scored: list[Scored], table: RawTable, candidates: Candidates) -> Scored | None:
    """The candidate with most points; of equal ones the last column, as tables often end."""
    if not scored:
        return None
    wide = [each for each in scored if each.named and len(each.group) > 1]
    if wide and scored[0] in wide:
        return scored[0]
    best = max(each.points for each in scored)
    equal = [each for each in scored if each.points >= best - 1e-9]
    titles = list(table.columns)
    others = [t for t in candidates.others if t not in {each.group[0] for each in scored}]
    last = equal[-1].group[0] == titles[-1] and bool(others) and titles[0] in others
    return equal[-1] if last else equal[0]


def _are_of_several_models(sight: Sight, labels: Group, outputs: Group) -> bool:
    """Whether scores such as model_a and model_b each speak of the same two classes."""
    names = suffixes(outputs)
    if names is None or len(labels) > 1 or len(sight.profiles[labels[0]].values) != 2:
        return False
    shown = [sight.profiles[title] for title in outputs]
    if not all(each.form == "fractions" and each.is_share for each in shown):
        return False
    classes = {name.casefold() for name in class_names_of(sight.profiles[labels[0]])}
    named = any(name.casefold() in classes for name in names)
    return not named and not shares_of_one(outputs, sight.profiles)


def _unnamed_outputs(sight: Sight, candidates: Candidates, labels: Group) -> Group:
    rest = [title for title in candidates.others if title not in labels]
    classes = len(sight.profiles[labels[0]].values) if len(labels) == 1 else len(labels)
    groups = other_outputs(rest, sight.profiles, classes)
    if not groups or not labels:
        every = other_outputs(rest, sight.profiles, 0)
        return every[0] if every else ()
    return max(groups, key=lambda group: sight.relation(labels[0], group)[0])


def _hard(
    sight: Sight, candidates: Candidates, rivals: list[str], labels: Group, outputs: Group
) -> str | None:
    """The column of predicted classes that stands beside the outputs."""
    if len(labels) > 1:
        return None
    fitting = [
        title for title in candidates.hard + rivals
        if title not in labels + outputs
        and sight.profiles[title].looks_like_classes and sight.alike(title, labels[0])
        and (title in candidates.hard or sight.kinship(title, labels[0]) >= _KIN)
    ]  # fmt: skip
    return fitting[0] if fitting else None


def _is_sure(
    sight: Sight,
    candidates: Candidates,
    scored: list[Scored],
    best: Scored,
    outputs: Group,
    hard: str | None,
) -> bool:
    """Whether names alone decide, and no value speaks against them."""
    labels = [each for each in scored if each.named and each.group != (hard,)]
    named = [group for group in candidates.outputs if group in candidates.named]
    loose = [title for title in candidates.hard if (title,) != outputs]
    if hard is not None and sight.relation(hard, outputs)[1]:
        loose = [title for title in loose if title != hard]
    known = outputs in candidates.named or outputs == tuple(candidates.hard)
    if hard in candidates.hard and _explains(sight, hard, outputs):
        loose = [title for title in loose if title != hard]
    topical = not best.named and not labels and best.points >= 3.0
    ordinary = best.named and len(labels) == 1
    decided = known and len(named) <= 1 and not loose
    return bool((ordinary or topical) and decided and not best.derived)


def _explains(sight: Sight, hard: str | None, outputs: Group) -> bool:
    """Whether a single score is the probability of the predicted class."""
    two = None if hard is None or len(outputs) != 1 else sight.two(hard, outputs[0])
    return two is not None and is_confidence(*two)


def _confident(sight: Sight, choice: Choice) -> Choice:
    """A score beside predicted classes belongs to these where the values say so."""
    hard, outputs = choice.hard, choice.outputs
    if hard is None or len(outputs) != 1 or sight.profiles[outputs[0]].form not in (
        "fractions", "whole",
    ):  # fmt: skip
        return choice
    classes = len(sight.values(hard) | sight.values(choice.labels[0]))
    if classes > 2:
        return replace(choice, outputs=(hard,), hard=None, doubts=(_only_predicted(outputs[0]),))
    return replace(choice, predicted=hard, hard=None) if _explains(sight, hard, outputs) else choice


def _only_predicted(score: str) -> Message:
    return Message(
        "{score} is the probability of the predicted class alone; the predicted classes are the "
        "outputs.",
        {"score": shorten(score)},
    )


def _doubted(sight: Sight, choice: Choice, best: Scored) -> Choice:
    """Say what speaks against the guess."""
    doubts = list(choice.doubts)
    labels, outputs = ", ".join(choice.labels), ", ".join(choice.outputs[:3])
    names = {"labels": shorten(labels), "outputs": shorten(outputs)}
    if best.derived:
        doubts.append(
            Message(
                "The labels in {labels} are what {outputs} decide, without a miss: they may be "
                "predictions instead of the truth.",
                names,
            )
        )
    if choice.predicted is None and _never_low(sight, choice.outputs):
        two = sight.two(choice.labels[0], choice.outputs[0]) if len(choice.labels) == 1 else None
        if two is not None and len(two[0]) >= 2 * ENOUGH and top_of(two[1]) == 1.0:
            doubts.append(
                Message(
                    "No value in {outputs} is below 0.5: it may be the probability of the "
                    "predicted class; then choose the column of predicted classes too.",
                    names,
                )
            )
            return replace(choice, sure=False, doubts=tuple(doubts))
    return replace(choice, doubts=tuple(doubts))
