"""Ranks of the true class that treat ties otherwise than Keras."""

from __future__ import annotations

import numpy as np

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.decision.choice import Decision
from metrics_core.steps.choices.decision.rank import RANK
from metrics_core.steps.choices.sample import Explanation, Sample
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.decision.tied_rank import (
    in_chosen,
    rank_after_ties,
    rank_highest_index_first,
)
from metrics_core.steps.shared import Steps


class _TiedRank(Decision):
    uses = ("k",)
    ordered = True
    without = None

    def caption(self, decisions: Array, settings: Settable) -> Message:
        return RANK.caption(decisions, settings)

    def explain(self, sample: Sample) -> Explanation:
        return RANK.explain(sample)


class _HighestIndexFirst(_TiedRank):
    name = "rank_highest_index_first"
    numpy = (
        "order = np.argsort({s}, axis=1, kind='stable')[:, ::-1]  # ties: the last class first",
        "higher = np.argmax(order == {c}[:, None], axis=1)",
    )

    def decide(self, steps: Steps, settings: Settable) -> Array:
        return rank_highest_index_first(steps.scores, steps.true_class)

    def words(self, settings: Settable) -> Message:
        return Message("rank of the true class, the last of equal scores first")


class _AfterTies(_TiedRank):
    name = "rank_after_ties"
    numpy = (
        "own = np.take_along_axis({s}, {c}[:, None], axis=1)",
        "higher = ({s} >= own).sum(axis=1) - 1  # equal scores count against it",
    )

    def decide(self, steps: Steps, settings: Settable) -> Array:
        return rank_after_ties(steps.scores, steps.true_class)

    def words(self, settings: Settable) -> Message:
        return Message("rank of the true class, after equal scores")


class _ChosenByTorch(_TiedRank):
    """0 where the true class is among the k that torch chooses, k where it is not."""

    name = "rank_by_torch"
    numpy = RANK.numpy

    def decide(self, steps: Steps, settings: Settable) -> Array:
        inside = in_chosen(steps.scores, steps.true_class, settings.k)
        return np.where(inside, 0, settings.k)

    def words(self, settings: Settable) -> Message:
        return Message("rank of the true class, ties as torch.topk breaks them")


HIGHEST_INDEX_FIRST = _HighestIndexFirst()
AFTER_TIES = _AfterTies()
CHOSEN_BY_TORCH = _ChosenByTorch()
