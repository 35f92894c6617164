"""Run a row of the catalogue and keep the arrays of every step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from metrics_core.catalog.rows import misfit, variant
from metrics_core.catalog.variant import Variant
from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps import comparison as compare
from metrics_core.steps import decision as decide
from metrics_core.steps.aggregation import BatchMeans, Mean, PerClassMean, Total
from metrics_core.steps.shared import Steps

State = Mean | PerClassMean
Parts = tuple[tuple[float, Array | None], ...]
_BLOCK = 65_536
_ONE_EACH = ("all_equal", "own")


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A variant applied to predictions: the number, and every step that led to it.

    Only the number is kept. The arrays of a step come from the shared `steps` or are made anew when
    they are asked for; for some samples ask `only` first, which makes no more than their parts.

    Attributes
    ----------
    steps : Steps
        The arrays that all variants share.
    variant : Variant
    settings : Settings
    state : Mean or PerClassMean
        The mergeable state of step 4, of all samples.
    """

    steps: Steps
    variant: Variant
    settings: Settings
    state: State

    @property
    def predictions(self) -> Predictions:
        """What was evaluated."""
        return self.steps.predictions

    @property
    def scores(self) -> Array:
        """After step 1: ``(n,)`` or ``(n, C)``."""
        return self.steps.scores

    @property
    def decisions(self) -> Array:
        """After step 2: ``(n,)`` or ``(n, C)``."""
        return self.steps.decisions(self.variant, self.settings.threshold)

    @property
    def matches(self) -> Array:
        """After step 3: bool for accuracies, floating for errors; ``(n,)`` or ``(n, C)``."""
        return _compare(self.variant, self.steps, self.settings)

    @property
    def parts(self) -> Parts:
        """What each match weighs in step 4: the sum of factor times array (None: 1 for all)."""
        return _weights(self.variant, self.steps, self.settings)

    @property
    def one_value(self) -> bool:
        """Whether a function of one's own gave one value for all samples together."""
        row = self.variant
        return row.comparison == "own" and _own(row, self.steps, self.settings).ndim == 0

    @property
    def result(self) -> float:
        """The number on the card."""
        return self.state.result

    @property
    def total(self) -> float:
        """The numerator: how many match, or the sum of what was weighed."""
        return self.state.total.value

    @property
    def count(self) -> float:
        """The denominator: how many samples or elements count, or the sum of their weights."""
        return self.state.count.value

    def only(self, rows: slice | Array) -> Evaluation:
        """The steps of some samples; `state` and the number stay those of all."""
        return replace(self, steps=self.steps.only(rows))

    def weight(self, index: int) -> Array:
        """What the sample at a row weighs: ``()``, or ``(C,)`` where its elements count apart."""
        parts = self.only(slice(index, index + 1)).parts
        weights = [factor if part is None else factor * _wide(part[0]) for factor, part in parts]
        return np.asarray(sum(weights))

    def sample_values(self, rows: slice | Array = slice(None)) -> Array:
        """One value a sample, for some rows or for all: the mean over its elements."""
        part = self.only(rows).matches
        with np.errstate(invalid="ignore", over="ignore"):
            return part if part.ndim == 1 else part.mean(axis=1)


def evaluate(
    predictions: Predictions,
    variant_name: str,
    settings: Settings | None = None,
    *,
    steps: Steps | None = None,
    **changes: object,
) -> Evaluation:
    """Compute one variant of the catalogue.

    Parameters
    ----------
    predictions : Predictions
    variant_name : str
        Name of a row of the catalogue.
    settings : Settings, optional
    steps : Steps, optional
        Shared arrays of earlier evaluations on the same predictions and activation.
    **changes
        Fields of `Settings` by name: ``activation``, ``threshold``, ``k``, ``beta``, ``weighted``,
        ``aggregation``, ``batch_size``, ``class_weight``.

    Returns
    -------
    Evaluation
        With `result`, `total`, `count` and the arrays of every step. A score equal to the threshold
        is class 0; where nothing counts (no positive, no weight) the result is 0.0, as in Keras 3.

    Raises
    ------
    InputError
        If the variant does not fit the predictions, or a setting is out of its range, or a function
        of one's own fails on them.

    Examples
    --------
    >>> data = Predictions.of([0, 0, 0, 1, 1, 0], [0.2, 0.3, 0.6, 0.7, 0.8, 0.1])
    >>> made = evaluate(data, "binary_accuracy", threshold=0.5)
    >>> made.total, made.count, round(made.result, 4)
    (5.0, 6.0, 0.8333)
    """
    row = variant(variant_name)
    settings = (settings or Settings()).changed(**changes)
    wrong = misfit(row, predictions.kind)
    if wrong is not None:
        raise InputError(
            "variant",
            "must fit the predictions: {name} {reason}",
            row.name,
            "Choose another variant or write the labels in the other form.",
            name=row.name,
            reason=wrong.reason,
        )
    if steps is None or not steps.serve(predictions, settings.activation):
        steps = Steps(predictions, settings.activation)
    return Evaluation(steps, row, settings, _aggregate(row, steps, settings))


def _compare(row: Variant, steps: Steps, settings: Settings) -> Array:
    labels, decisions = steps.predictions.labels, steps.decisions(row, settings.threshold)
    match row.comparison:
        case "equal" if row.decision == "none":
            return compare.equal_output(labels, decisions)
        case "equal":
            return compare.equal(labels, decisions)
        case "equal_as_positive":
            return compare.equal_as_positive(labels, decisions)
        case "all_equal":
            return compare.all_equal(labels, decisions)
        case "equal_class":
            return compare.equal(steps.true_class, decisions)
        case "in_top_k":
            return decide.in_top(decisions, settings.k)
        case "absolute_error":
            return compare.absolute_error(labels, decisions)
        case "squared_error":
            return compare.squared_error(labels, decisions)
        case "own":
            values = _own(row, steps, settings)
            return values if values.ndim else np.broadcast_to(values, len(labels))
        case "none":
            return decisions


def _own(row: Variant, steps: Steps, settings: Settings) -> Array:
    """One value a sample ``(n,)``, or one for all ``()``, of a function of one's own."""
    function = row.function
    assert function is not None
    weighing = (settings.weighted, settings.class_weight) if function.takes_weight else ()
    return steps.own(row.name, (function, weighing), lambda whole: _call(row, whole, settings))


def _call(row: Variant, steps: Steps, settings: Settings) -> Array:
    function = row.function
    assert function is not None
    weights = _sample_weights(steps, settings) if function.takes_weight else None
    return function.values(steps.predictions.labels, steps.scores, weights)


def _weights(row: Variant, steps: Steps, settings: Settings) -> Parts:
    """Who counts for this row, and how much, times the weights of samples and classes."""
    decisions = steps.decisions(row, settings.threshold)
    weights = _sample_weights(steps, settings)
    if weights is not None and decisions.ndim == 2 and row.comparison not in _ONE_EACH:
        weights = np.broadcast_to(weights[:, None], decisions.shape)

    def only(chosen: Array) -> Array:
        return chosen if weights is None else chosen * weights

    match row.aggregation:
        case "decided_positive":
            return ((1.0, only(decisions)),)
        case "actual_positive":
            return ((1.0, only(steps.positive)),)
        case "f_beta":
            return ((1.0, only(decisions)), (settings.beta**2, only(steps.positive)))
        case _:
            return ((1.0, weights),)


def _sample_weights(steps: Steps, settings: Settings) -> Array | None:
    weights = steps.predictions.sample_weight if settings.weighted else None
    if settings.class_weight is None:
        return weights
    by_class = np.ones(steps.predictions.n_samples)
    for label, weight in settings.class_weight:
        by_class[steps.true_class == label] = weight
    return by_class if weights is None else by_class * weights


def _aggregate(row: Variant, steps: Steps, settings: Settings) -> State:
    """Step 4. Means go over the samples a block at a time, which merge into the state of all."""
    how = settings.aggregation or row.aggregation
    if row.comparison == "own" and (value := _own(row, steps, settings)).ndim == 0:
        if how != "batch_means":
            return Mean(Total(float(value)), Total(1.0))
        parts = steps.blocks(settings.batch_size)
        values = np.array([_call(row, part, settings).mean() for part in parts])
        return BatchMeans(Total.of(values), Total(float(len(values))))
    none = _compare(row, steps.only(slice(0, 0)), settings)
    one_class = none.ndim == 1 and steps.predictions.kind != "multi_label"
    if how == "per_class" and one_class and row.aggregation in ("mean", "per_class"):
        matches, ((_, weights),) = _compare(row, steps, settings), _weights(row, steps, settings)
        return PerClassMean.of(matches, steps.true_class, weights, places=steps.places)
    rows = max(1, _BLOCK // steps.predictions.n_outputs)
    if how == "batch_means":
        rows = settings.batch_size * max(1, rows // settings.batch_size)
        return reduce(
            BatchMeans.merge,
            (_batch_means(row, part, settings) for part in steps.blocks(rows)),
            BatchMeans.empty(),
        )
    means: dict[int, tuple[float, Mean]] = {}
    for part in steps.blocks(rows):
        matches = _compare(row, part, settings)
        for place, (factor, counts) in enumerate(_weights(row, part, settings)):
            _, mean = means.get(place, (factor, Mean.empty()))
            means[place] = factor, mean.merge(Mean.of(matches, counts))
    return reduce(Mean.merge, (mean.scaled(factor) for factor, mean in means.values()))


def _batch_means(row: Variant, steps: Steps, settings: Settings) -> BatchMeans:
    matches = _compare(row, steps, settings)
    width = matches.size // len(matches)
    weights = _flat_weights(_weights(row, steps, settings))
    return BatchMeans.of_batches(matches.reshape(-1), settings.batch_size * width, weights)


def _flat_weights(parts: Parts) -> Array | None:
    flat = [factor * _wide(part).reshape(-1) for factor, part in parts if part is not None]
    return sum(flat[1:], flat[0]) if flat else None


def _wide(weights: Array) -> Array:
    return np.asarray(weights, np.float64)
