"""Run a row of the catalogue and keep the arrays of every step."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from metrics_core.aggregating import State, matches_of, parts_of, state_of
from metrics_core.catalog.rows import misfit, variant
from metrics_core.catalog.variant import Variant
from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.choices.aggregation import Parts
from metrics_core.steps.choices.decision.choice import Decision
from metrics_core.steps.shared import Steps


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A variant applied to predictions: the number, and every step that led to it.

    Only the number is kept. The arrays of a step come from the shared `steps` or are computed when
    they are asked for; for some samples ask `only` first, which makes no more than their parts.

    Attributes
    ----------
    steps : Steps
        The arrays that all variants share.
    variant : Variant
    settings : Settings
    state : Mean or PerClassMean
        The mergeable state of step 5, of all samples.
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
    def decision(self) -> Decision:
        """The choice at step 3."""
        return self.variant.decision_for(self.predictions.kind)

    @property
    def scores(self) -> Array:
        """After step 2: ``(n,)`` or ``(n, C)``."""
        return self.steps.scores

    @property
    def decisions(self) -> Array:
        """After step 3: ``(n,)`` or ``(n, C)``."""
        return self.decision.decide(self.steps, self.settings)

    @property
    def matches(self) -> Array:
        """After step 4: bool for accuracies, floating for errors; ``(n,)`` or ``(n, C)``."""
        return matches_of(self.variant, self.steps, self.settings)

    @property
    def parts(self) -> Parts:
        """What each match weighs in step 5: the sum of factor times array (None: 1 for all)."""
        return parts_of(self.variant, self.steps, self.settings)

    @property
    def one_value(self) -> bool:
        """Whether a custom function gave one value for all samples together."""
        return self.variant.comparison.one_value(self.steps, self.settings) is not None

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
        weights = [
            factor if part is None else factor * np.asarray(part[0], np.float64)
            for factor, part in parts
        ]
        return np.asarray(sum(weights))

    def sample_values(self, rows: slice | Array = slice(None)) -> Array:
        """One value per sample, for some rows or for all: the mean over its elements."""
        part = self.only(rows).matches
        with np.errstate(invalid="ignore", over="ignore"):
            return part if part.ndim == 1 else part.mean(axis=1)


def evaluate(
    predictions: Predictions,
    variant_name: str,
    settings: Settings | None = None,
    *,
    steps: Steps | None = None,
    threads: int | None = None,
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
    threads : int, optional
        How many work on new steps, see `metrics_core.numeric.threads.threads_for`; the result is
        the same to the bit. Steps that are given keep their own.
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
        If the variant does not fit the predictions, or a setting is out of its range, or a custom
        function fails on them.

    Examples
    --------
    >>> data = Predictions.of([0, 0, 0, 1, 1, 0], [0.2, 0.3, 0.6, 0.7, 0.8, 0.1])
    >>> evaluation = evaluate(data, "binary_accuracy", threshold=0.5)
    >>> evaluation.total, evaluation.count, round(evaluation.result, 4)
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
        steps = Steps(predictions, settings.activation, threads=threads, shared=False)
    return Evaluation(steps, row, settings, state_of(row, steps, settings))
