"""Which of the candidates are the labels: what their names, values and the outputs say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from metrics_core.reading.columns.guess.candidates import Candidates, other_outputs
from metrics_core.reading.columns.guess.class_outputs import Group
from metrics_core.reading.columns.guess.doubts import (
    Choice,
    doubted,
    explains,
    of_predicted,
    of_ranks,
)
from metrics_core.reading.columns.guess.points import Scored, score_all
from metrics_core.reading.columns.guess.sight import Sight
from metrics_core.reading.columns.naming import suffixes
from metrics_core.reading.columns.pairs import shares_of_one
from metrics_core.reading.columns.profile import (
    Profile,
    class_names_of,
)
from metrics_core.reading.table import RawTable

_KIN = 0.3
_AHEAD = 0.5
_MOST_RIVALS = 2
_MOST_SINGLES = 40
_MOST_GROUPS = 200


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
    scored = score_all(sight, candidates, [] if alone else singles, outputs)
    if len(outputs) > 1 or (outputs and profiles[outputs[0]].form == "lists"):
        scored.sort(key=lambda each: not _is_wide(each.group, profiles) or not each.named)
    best = _first(scored, table, candidates)
    labels = best.group if best else ()
    if not candidates.outputs and not _share_classes(sight, outputs, labels):
        outputs = next(((t,) for t in candidates.hard if _share_classes(sight, (t,), labels)), ())
        outputs = outputs or _unnamed_outputs(sight, candidates, labels)
        return Choice(labels=labels, outputs=outputs or (candidates.hard[0],), sure=False)
    if not outputs:
        outputs = _unnamed_outputs(sight, candidates, labels)
        outputs = outputs or _same_classes(sight, singles, labels)
    if not labels and not candidates.outputs:
        labels = _lists_of_labels(sight, candidates)
        outputs = _unnamed_outputs(sight, candidates, labels) if labels else outputs
        return Choice(labels=labels, outputs=outputs, sure=False)
    if not labels or not outputs:
        return Choice(labels=labels, outputs=outputs, sure=False)
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
    choice = Choice(labels=labels, outputs=outputs, sure=sure, hard=hard, rivals=rivals)
    choice = of_ranks(sight, candidates.hard, of_predicted(sight, choice))
    return doubted(sight, choice, best)


def _share_classes(sight: Sight, outputs: Group, labels: Group) -> bool:
    """Whether predicted classes are some of those of the labels, where there are both."""
    single = len(labels) == len(outputs) == 1
    return not single or sight.alike(outputs[0], labels[0])


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
    return max(groups[:_MOST_GROUPS], key=lambda group: sight.relation(labels[0], group)[0])


def _lists_of_labels(sight: Sight, candidates: Candidates) -> Group:
    """The lists without a telling name of which one element is 1, or the only one a class."""
    for title in candidates.others:
        profile = sight.profiles[title]
        if profile.form == "lists" and profile.cells.ndim == 2 and len(profile.cells):
            cells = profile.cells
            one_hot = ((cells == 0) | (cells == 1)).all() and (cells.sum(axis=1) == 1).all()
            if one_hot or (cells.shape[1] == 1 and (cells % 1 == 0).all()):
                return (title,)
    return ()


def _same_classes(sight: Sight, singles: list[str], labels: Group) -> Group:
    """The column without a telling name that agrees best with the labels."""
    if len(labels) != 1:
        return ()
    near = {
        title: sight.kinship(title, labels[0])
        for title in singles
        if title not in labels and sight.alike(title, labels[0])
    }
    best = max(near, key=lambda title: near[title], default=None)
    return () if best is None or near[best] < _KIN else (best,)


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
    if hard in candidates.hard and explains(sight, hard, outputs):
        loose = [title for title in loose if title != hard]
    behind = [each for each in scored if each is not best and each.group != (hard,)]
    alone = not any(each.derived or best.points - each.points < _AHEAD for each in behind)
    topical = not best.named and not labels and best.points >= 3.0 and alone
    ordinary = best.named and len(labels) == 1
    decided = known and len(named) <= 1 and not loose
    return bool((ordinary or topical) and decided and not best.derived)
