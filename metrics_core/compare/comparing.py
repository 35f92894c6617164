"""One metric in A and in B: both values, how far apart, and whether the data tell them apart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from metrics_core.aggregating import batch_values
from metrics_core.compare.added import by_class, contributions_of
from metrics_core.compare.areas import PairedScores
from metrics_core.compare.batches import PairedBatches
from metrics_core.compare.bootstrap import FEWEST, RESAMPLES, Drawn, paired_bootstrap
from metrics_core.compare.contributions import Contributions
from metrics_core.compare.paired import Paired
from metrics_core.evaluation import Evaluation
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.aggregation import AVERAGES

Verdict = Literal["same", "a", "b", "differ", "undecided", "unknown"]
Method = Literal["newcombe", "bootstrap", "batches", "none"]
ALPHA = 0.05
_LOWER_IS_BETTER = ("mean_absolute_error", "mean_squared_error")
_NO_DIRECTION = ("mean_prediction",)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A metric in A and in B.

    Attributes
    ----------
    name : str
        Of the variant, or of the area.
    a, b : float
    low, high : float or None
        Between them the difference of B less A lies in 95 of 100 such sets of samples; None where
        there is no interval.
    p : float or None
        How likely chance alone makes so large a difference.
    method : {"newcombe", "bootstrap", "batches", "none"}
    paired : Paired or None
        Right and wrong in both, where each sample is right or wrong.
    alike : bool
        Whether every sample adds the same in both.
    better : {"higher", "lower", "neither"}
    """

    name: str
    a: float
    b: float
    low: float | None = None
    high: float | None = None
    p: float | None = None
    method: Method = "none"
    paired: Paired | None = None
    alike: bool = False
    better: Literal["higher", "lower", "neither"] = "higher"

    @property
    def difference(self) -> float:
        """B less A."""
        return self.b - self.a

    def verdict(self, p: float | None = None) -> Verdict:
        """Whether the data can tell A and B apart, and which is better.

        Parameters
        ----------
        p : float, optional
            A corrected probability, see `metrics_core.compare.holm`; by default that of this
            comparison alone.

        Returns
        -------
        str
            ``same`` where every sample adds the same; ``a`` or ``b`` where that is better;
            ``differ`` where no direction is better; ``undecided`` where chance would do;
            ``unknown`` where there is no test.
        """
        if self.alike:
            return "same"
        chance = self.p if p is None else p
        if chance is None:
            return "unknown"
        if chance >= ALPHA:
            return "undecided"
        if self.better == "neither":
            return "differ"
        return "b" if (self.difference > 0) == (self.better == "higher") else "a"


def compare(
    a: Evaluation, b: Evaluation, *, n_resamples: int = RESAMPLES, seed: int = 0
) -> Difference:
    """Compare two evaluations of the same samples.

    Parameters
    ----------
    a, b : Evaluation
        Row by row of the same samples; usually of the same variant.
    n_resamples, seed : int
        See `metrics_core.compare.paired_bootstrap`.

    Returns
    -------
    Difference
        Where every sample that counts is right or wrong by itself and weighs the same in both,
        Newcombe's interval and McNemar's exact test; of a mean of batch means Student's paired
        test over the batches; otherwise the paired bootstrap over samples. A custom metric of one
        value for all samples has none.

    Examples
    --------
    >>> from metrics_core.evaluation import evaluate
    >>> from metrics_core.predictions import Predictions
    >>> labels = [1] * 12
    >>> a = evaluate(Predictions.of(labels, [0.4] * 9 + [0.6] * 3), "binary_accuracy")
    >>> b = evaluate(Predictions.of(labels, [0.7] * 12), "binary_accuracy")
    >>> found = compare(a, b)
    >>> found.paired.only_b, round(found.p, 4), found.verdict()
    (9, 0.0039, 'b')
    """
    better = better_of(b.variant.name)
    plain = Difference(name=b.variant.name, a=a.result, b=b.result, better=better)
    if not math.isfinite(b.result - a.result):
        return plain
    if _by_batch(a) and _by_batch(b) and a.settings.batch_size == b.settings.batch_size:
        return _by_batches(plain, a, b)
    if a.one_value or b.one_value or _by_batch(a) or _by_batch(b):
        return plain
    paired = _paired(a, b)
    if paired is not None:
        low, high = paired.interval
        return Difference(
            name=b.variant.name, a=a.result, b=b.result, low=low, high=high, p=paired.p,
            method="newcombe", paired=paired, alike=not paired.discordant, better=better,
        )  # fmt: skip
    state = contributions_of(a, b)
    return from_draws(plain, paired_bootstrap(state, n_resamples, seed), alike=_alike(state))


def compare_areas(
    scores: PairedScores, area: str, *, n_resamples: int = RESAMPLES, seed: int = 0
) -> Difference:
    """Compare an area under the curves of A and of B; see `PairedScores.interval`.

    Examples
    --------
    >>> labels, scores = np.arange(40) % 2 == 1, np.arange(40) / 40
    >>> found = compare_areas(PairedScores(scores, scores, labels), "auc")
    >>> found.a == found.b, found.verdict()
    (True, 'same')
    """
    a, b = scores.values(area)
    alike = bool(np.array_equal(scores.a, scores.b))
    drawn = scores.interval(area, n_resamples, seed)
    return from_draws(Difference(name=area, a=a, b=b), drawn, alike=alike)


def _alike(state: Contributions) -> bool:
    """Whether every sample adds the same to both."""
    a, b = slice(0, 2), slice(2, 4)
    of_a, of_b = state.scatter[:, a, a], state.scatter[:, b, b]
    return (
        np.array_equal(state.values[:, a], state.values[:, b])
        and np.array_equal(of_a, of_b)
        and np.array_equal(of_a, state.scatter[:, a, b])
    )


def _by_batches(plain: Difference, a: Evaluation, b: Evaluation) -> Difference:
    one, two = (batch_values(side.variant, side.steps, side.settings) for side in (a, b))
    few = a.predictions.n_samples < FEWEST
    drawn = None if few else PairedBatches.of(one, two).interval
    own = a.one_value or b.one_value
    alike = not own and np.array_equal(one, two) and _alike(contributions_of(a, b))
    return from_draws(plain, drawn, alike=alike, method="batches")


def from_draws(
    plain: Difference, drawn: Drawn | None, *, alike: bool, method: Method = "bootstrap"
) -> Difference:
    """The same values with an interval, where there is one."""
    fields = {**plain.__dict__, "alike": alike}
    if drawn is not None:
        fields |= {"low": drawn.low, "high": drawn.high, "p": drawn.p, "method": method}
        if alike:
            fields |= {"low": 0.0, "high": 0.0, "p": 1.0}
    return Difference(**fields)


def better_of(name: str) -> Literal["higher", "lower", "neither"]:
    """Whether a higher or a lower value of a variant is better."""
    if name in _NO_DIRECTION:
        return "neither"
    return "lower" if name in _LOWER_IS_BETTER else "higher"


def _by_batch(evaluation: Evaluation) -> bool:
    name = evaluation.settings.aggregation
    how = evaluation.variant.aggregation if name is None else AVERAGES[name]
    return how.by_batch


def _paired(a: Evaluation, b: Evaluation) -> Paired | None:
    """Right and wrong in both; None where that is not all there is to either number."""
    if by_class(a) or by_class(b):
        return None
    first = [side.only(slice(0, 1)).matches for side in (a, b)]
    if any(match.dtype.kind != "b" or match.ndim != 1 for match in first):
        return None
    of_a = _counted(a)
    of_b = False if of_a is False else _counted(b)
    if of_a is False or of_b is False or (of_a is None) != (of_b is None):
        return None
    if of_a is not None and of_b is not None and not np.array_equal(of_a, of_b):
        return None
    return Paired.of(a.matches, b.matches, of_a)


def _counted(evaluation: Evaluation) -> Array | Literal[False] | None:
    """Who counts, each once: a mask, None for all; False where some weigh more than others."""
    parts = evaluation.parts
    if len(parts) != 1:
        return False
    ((factor, mask),) = parts
    if factor != 1.0:
        return False
    if mask is None:
        return None
    return mask if mask.dtype.kind == "b" and mask.ndim == 1 else False
