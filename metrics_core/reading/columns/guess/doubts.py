"""Whose probability a score is, and what speaks against a guess."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from metrics_core.messages import Message
from metrics_core.reading.columns.guess.class_outputs import Group
from metrics_core.reading.columns.guess.points import Scored
from metrics_core.reading.columns.guess.sight import Sight
from metrics_core.reading.columns.profile import numbers_of, rows_known
from metrics_core.reading.columns.relation import (
    ENOUGH,
    is_confidence,
    top_of,
)
from metrics_core.reading.limits import shorten


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Labels and outputs as guessed; see `Roles`."""

    labels: Group
    outputs: Group
    sure: bool
    predicted: str | None = None
    hard: str | None = None
    doubts: tuple[Message, ...] = ()
    rivals: tuple[str, ...] = ()


def explains(sight: Sight, hard: str | None, outputs: Group) -> bool:
    """Whether a single score is the probability of the predicted class."""
    two = None if hard is None or len(outputs) != 1 else sight.two(hard, outputs[0])
    return two is not None and is_confidence(*two)


def of_predicted(sight: Sight, choice: Choice) -> Choice:
    """A score beside predicted classes belongs to these where the values say so."""
    hard, outputs = choice.hard, choice.outputs
    if hard is None or len(outputs) != 1 or sight.profiles[outputs[0]].form not in (
        "fractions", "whole",
    ):  # fmt: skip
        return choice
    classes = len(sight.values(hard) | sight.values(choice.labels[0]))
    if classes > 2:
        return replace(choice, outputs=(hard,), hard=None, doubts=(_only_predicted(outputs[0]),))
    return replace(choice, predicted=hard, hard=None) if explains(sight, hard, outputs) else choice


def of_ranks(sight: Sight, decided: list[str], choice: Choice) -> Choice:
    """Scores that fall from column to column in every row are those of the likeliest classes.

    They stand beside these classes, as ``pred_1, prob_1, pred_2, prob_2`` do; the first of them
    are the outputs.
    """
    if len(choice.outputs) < 2 or len(choice.labels) > 1:
        return choice
    known = rows_known(sight.profiles, choice.outputs)
    steps = np.diff(numbers_of(sight.profiles, choice.outputs)[known], axis=1)
    if len(steps) < ENOUGH or (steps > 0).any() or not (steps < 0).any():
        return choice
    names = {"outputs": shorten(", ".join(choice.outputs[:3]))}
    if len(decided) < len(choice.outputs) == 2:  # class 0 is the likelier of two in every row
        return choice
    if len(decided) < len(choice.outputs):
        doubt = Message(
            "{outputs} never rise from column to column: they may be sorted in each row, and then "
            "belong to no class.",
            names,
        )
        return replace(choice, sure=False, doubts=(doubt,))
    doubt = Message(
        "{outputs} never rise from column to column: they are the scores of the likeliest classes "
        "of each row, not of each class; the first predicted class is the output.",
        names,
    )
    first = min(decided, key=lambda title: (len(title), title))
    return replace(choice, outputs=(first,), hard=None, sure=False, doubts=(doubt,))


def _only_predicted(score: str) -> Message:
    return Message(
        "{score} is the probability of the predicted class alone; the predicted classes are the "
        "outputs.",
        {"score": shorten(score)},
    )


def doubted(sight: Sight, choice: Choice, best: Scored) -> Choice:
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
    if choice.predicted is None and sight.never_low(choice.outputs):
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
