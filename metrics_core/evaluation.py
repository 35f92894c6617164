"""Run a row of the catalogue and keep the arrays of every step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from metrics_core import comparison as compare
from metrics_core import decision as decide
from metrics_core.activation import Activation, activate
from metrics_core.aggregation import BatchMeans, Mean, PerClassMean
from metrics_core.catalog import Aggregation, Variant, misfit, variant
from metrics_core.errors import InputError
from metrics_core.predictions import Array, Predictions

State = Mean | PerClassMean
Parts = tuple[tuple[float, Array | None], ...]


@dataclass(frozen=True)
class Settings:
    """What the user can move; every evaluation is a function of data, variant and these.

    Attributes
    ----------
    activation : {"none", "sigmoid", "softmax"}
    threshold : float
        Finite.
    k : int
        0 or more.
    beta : float
        Above 0.
    weighted : bool
        Whether `sample_weight` counts, where there is one.
    aggregation : str or None
        Overrules the variant's: ``per_class`` or ``batch_means``.
    batch_size : int
        For ``batch_means``; 1 or more.
    class_weight : tuple of (int, float) or None
        Weight of the samples of each class; classes not named weigh 1.
    """

    activation: Activation = "none"
    threshold: float = 0.5
    k: int = 5
    beta: float = 1.0
    weighted: bool = False
    aggregation: Aggregation | None = None
    batch_size: int = 32
    class_weight: tuple[tuple[int, float], ...] | None = None


class Steps:
    """The arrays of the steps for one set of predictions and one activation, each made once.

    Evaluations of several variants share one `Steps`, so that argmax, ranks and rounding are not
    computed again while only the threshold moves.
    """

    def __init__(self, predictions: Predictions, activation: Activation = "none") -> None:
        self.predictions = predictions
        self.activation = activation
        self._made: dict[str, Array] = {}
        self._above_last: tuple[float, Array] | None = None

    def serve(self, predictions: Predictions, activation: Activation) -> bool:
        """Whether these are the steps of such predictions under such an activation."""
        same = self.predictions is predictions or self.predictions.digest == predictions.digest
        return self.activation == activation and same

    def _once(self, name: str, make: Callable[[], Array]) -> Array:
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    @property
    def scores(self) -> Array:
        """After the activation: ``(n,)`` or ``(n, C)``."""
        return self._once("scores", lambda: activate(self.predictions.outputs, self.activation))

    @property
    def rounded(self) -> Array:
        """The scores, rounded half to even."""
        return self._once("rounded", lambda: decide.round_half_even(self.scores))

    @property
    def argmax(self) -> Array:
        """The class of the highest score of each row."""
        return self._once("argmax", lambda: decide.argmax(self.scores))

    @property
    def true_class(self) -> Array:
        """The class of each label: its index, or argmax of a one-hot row."""
        labels = self.predictions.labels
        if labels.ndim == 1:
            return labels
        return self._once("true_class", lambda: decide.argmax(labels))

    @property
    def positive(self) -> Array:
        """Where the label is not 0."""
        return self._once("positive", lambda: self.predictions.labels != 0)

    @property
    def rank(self) -> Array:
        """How many scores are above that of the true class, see `rank_of_true_class`."""
        return self._once("rank", lambda: decide.rank_of_true_class(self.scores, self.true_class))

    def _above(self, threshold: float) -> Array:
        last = self._above_last
        if last is None or last[0] != threshold:
            last = self._above_last = threshold, decide.above(self.scores, threshold)
        return last[1]

    def decisions(self, row: Variant, threshold: float) -> Array:
        """Step 2 of a row of the catalogue."""
        match row.decision_for(self.predictions.kind):
            case "threshold":
                return self._above(threshold)
            case "round":
                return self.rounded
            case "argmax":
                return self.argmax
            case "rank":
                return self.rank
            case _:
                return self.scores


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A variant applied to predictions, with every step's arrays.

    Attributes
    ----------
    predictions : Predictions
    variant : Variant
    settings : Settings
    scores, decisions : ndarray
        After steps 1 and 2: ``(n,)`` or ``(n, C)``.
    matches : ndarray
        After step 3: bool for accuracies, floating for errors; ``(n,)`` or ``(n, C)``.
    parts : tuple of (float, ndarray or None)
        What each match weighs in step 4: the sum of factor times array (None: 1 for all).
    state : Mean or PerClassMean
        The mergeable state of step 4.
    """

    predictions: Predictions
    variant: Variant
    settings: Settings
    scores: Array
    decisions: Array
    matches: Array
    parts: Parts
    state: State

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

    def weight(self, index: int) -> Array:
        """What the sample at a row weighs: ``()``, or ``(C,)`` where its elements count apart."""
        weights = [f if part is None else f * _wide(part[index]) for f, part in self.parts]
        return np.asarray(sum(weights))

    def sample_values(self, rows: slice | Array = slice(None)) -> Array:
        """One value a sample, for some rows or for all: the mean over its elements."""
        part = self.matches[rows]
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
        If the variant does not fit the predictions, or a setting is out of its range.

    Examples
    --------
    >>> data = Predictions.of([0, 0, 0, 1, 1, 0], [0.2, 0.3, 0.6, 0.7, 0.8, 0.1])
    >>> made = evaluate(data, "binary_accuracy", threshold=0.5)
    >>> made.total, made.count, round(made.result, 4)
    (5.0, 6.0, 0.8333)
    """
    row = variant(variant_name)
    settings = _changed(settings or Settings(), changes)
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
    decisions = steps.decisions(row, settings.threshold)
    matches = _compare(row, steps, decisions, settings)
    parts = _weights(row, steps, decisions, settings)
    state = _aggregate(row, steps, matches, parts, settings)
    return Evaluation(predictions, row, settings, steps.scores, decisions, matches, parts, state)


def _changed(settings: Settings, changes: Mapping[str, object]) -> Settings:
    unknown = sorted(set(changes) - set(Settings.__dataclass_fields__))
    if unknown:
        raise InputError(
            unknown[0],
            "must be a setting: one of {names}",
            unknown[0],
            "Check the spelling.",
            names=", ".join(Settings.__dataclass_fields__),
        )
    settings = Settings(**{**settings.__dict__, **changes})
    if not (np.isfinite(settings.beta) and settings.beta > 0):
        raise InputError(
            "beta", "must be a finite number above 0", settings.beta, "Use 1 for the F1 score."
        )
    if settings.aggregation not in (None, "per_class", "batch_means"):
        raise InputError(
            "aggregation",
            "must be per_class, batch_means or None",
            repr(settings.aggregation),
            "Leave it out to keep the variant's own.",
        )
    return settings


def _compare(row: Variant, steps: Steps, decisions: Array, settings: Settings) -> Array:
    labels = steps.predictions.labels
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
        case "none":
            return decisions


def _weights(row: Variant, steps: Steps, decisions: Array, settings: Settings) -> Parts:
    """Who counts for this row, and how much, times the weights of samples and classes."""
    weights = _sample_weights(steps, settings)
    if weights is not None and decisions.ndim == 2 and row.comparison != "all_equal":
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


def _aggregate(
    row: Variant, steps: Steps, matches: Array, parts: Parts, settings: Settings
) -> State:
    how = settings.aggregation or row.aggregation
    one_class = matches.ndim == 1 and steps.predictions.kind != "multi_label"
    if how == "per_class" and one_class and row.aggregation in ("mean", "per_class"):
        return PerClassMean.of(matches, steps.true_class, parts[0][1])
    if how == "batch_means":
        width = matches.size // len(matches)
        weights = _flat_weights(parts)
        return BatchMeans.of_batches(matches.reshape(-1), settings.batch_size * width, weights)
    state = Mean.empty()
    for factor, counts in parts:
        state = state.merge(Mean.of(matches, counts).scaled(factor))
    return state


def _flat_weights(parts: Parts) -> Array | None:
    flat = [factor * _wide(part).reshape(-1) for factor, part in parts if part is not None]
    return sum(flat[1:], flat[0]) if flat else None


def _wide(weights: Array) -> Array:
    return np.asarray(weights, np.float64)
