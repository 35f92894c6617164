"""A metric that is no row of the catalogue: its words, and the code that gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from metrics_core.catalog.variant import Variant
from metrics_core.kinds import KINDS
from metrics_core.messages import Message
from metrics_core.steps.choices.aggregation import MEAN
from metrics_core.steps.choices.comparison.choice import NO_COMPARISON
from metrics_core.steps.choices.decision.choice import NO_DECISION, Decision

Labels = Literal["one", "classes", "elements"]


@dataclass(frozen=True, kw_only=True)
class Metric:
    """What a recipe does after the activation, where no row of the catalogue does it.

    Attributes
    ----------
    name : str
        Unique among the metrics and the rows of the catalogue.
    title : Message
    compared, averaged : Message
        Steps 4 and 5 in words.
    decision : Decision
        Step 3; with its lines of numpy.
    labels : {"one", "classes", "elements"}
        What the code takes: labels 0 and 1 beside scores ``(n,)``, class indices ``(n,)``, or rows
        ``(n, C)``.
    numpy : tuple of str
        Lines that leave `result`, from `y_true`, `y_pred`, `decided` and the weights `w` ``(n,)``.
    library : tuple of str
        The line or two with which people compute it, with Keras or scikit-learn; ``{weight}``
        stands for the argument with the weights. Empty: the lines of numpy.
    is_accuracy : bool
        Whether a library calls it accuracy.

    Examples
    --------
    >>> from metrics_core.reverse.recipes.metrics.areas import AUC
    >>> str(AUC.title), str(AUC.row.title)
    ('AUC (area under the ROC curve)', 'AUC (area under the ROC curve)')
    """

    name: str
    title: Message
    compared: Message
    averaged: Message
    decision: Decision = NO_DECISION
    labels: Labels = "one"
    numpy: tuple[str, ...]
    library: tuple[str, ...] = ()
    is_accuracy: bool = False

    @property
    def row(self) -> Variant:
        """It as a row of the catalogue, for what shows recipes of both sorts."""
        return Variant(
            name=self.name,
            title=self.title,
            needs=KINDS,
            decision=self.decision,
            comparison=NO_COMPARISON,
            aggregation=MEAN,
            formula="",
            keras="none",
            words=self.averaged,
            is_accuracy=self.is_accuracy,
        )
