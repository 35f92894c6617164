"""What a row of the catalogue says: the choice that an accuracy variant makes at each step."""

from __future__ import annotations

from dataclasses import dataclass

from metrics_core.kinds import ONE_OUTPUT, Kind
from metrics_core.messages import Message
from metrics_core.steps.choices.aggregation import Aggregation
from metrics_core.steps.choices.comparison.choice import Comparison
from metrics_core.steps.choices.decision.choice import Decision


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One row of the catalogue.

    Attributes
    ----------
    name : str
        What the code calls it; unique.
    title : Message
        What a reader calls it.
    needs : tuple of Kind
        The kinds of predictions that it fits.
    decision : Decision
    comparison : Comparison
    aggregation : Aggregation
        The choices at steps 3, 4 and 5.
    formula : str
        LaTeX.
    keras : str
        The symbol of Keras 3 that computes it, or the release that did.
    words : Message
        One sentence in plain words.
    is_accuracy : bool
        False for other metrics.
    refuses : tuple of (Kind, Message)
        Kinds that it does not fit for a reason of its own, and the reason.
    """

    name: str
    title: Message
    needs: tuple[Kind, ...]
    decision: Decision
    comparison: Comparison
    aggregation: Aggregation
    formula: str
    keras: str
    words: Message
    is_accuracy: bool = True
    refuses: tuple[tuple[Kind, Message], ...] = ()

    @property
    def reads_one_output(self) -> bool:
        """Whether it reads scores of one class and cannot read class indices against rows.

        Of two columns it is computed on that of the positive class.

        Examples
        --------
        >>> from metrics_core.catalog.rows import CATALOG
        >>> CATALOG["precision"].reads_one_output, CATALOG["balanced_accuracy"].reads_one_output
        (True, False)
        """
        return "binary" in self.needs and "sparse" not in self.needs

    def decision_for(self, kind: Kind) -> Decision:
        """The decision that is meant for a kind of predictions.

        Examples
        --------
        >>> from metrics_core.catalog.rows import CATALOG
        >>> CATALOG["balanced_accuracy"].decision_for("binary").name
        'threshold'
        """
        return self.decision.for_kind(kind)

    def uses(self, kind: Kind) -> tuple[str, ...]:
        """The settings that can change the number, of ``threshold``, ``k`` and ``beta``.

        Examples
        --------
        >>> from metrics_core.catalog.rows import CATALOG
        >>> CATALOG["f_beta"].uses("binary")
        ('threshold', 'beta')
        """
        return (*self.decision_for(kind).uses, *self.aggregation.uses)

    def elementwise(self, kind: Kind) -> bool:
        """Whether the elements of a sample are compared apart.

        Examples
        --------
        >>> from metrics_core.catalog.rows import CATALOG
        >>> CATALOG["binary_accuracy"].elementwise("one_hot")
        True
        """
        together = self.decision_for(kind).ordered or self.comparison.by_sample
        return kind not in ONE_OUTPUT and not together

    def averaged_by_class(self, kind: Kind) -> bool:
        """Whether matches can be averaged class by class: one per sample, all counted.

        Examples
        --------
        >>> from metrics_core.catalog.rows import CATALOG
        >>> CATALOG["categorical_accuracy"].averaged_by_class("one_hot")
        True
        >>> CATALOG["recall"].averaged_by_class("binary")
        False
        """
        return kind != "multi_label" and not self.aggregation.counted and not self.elementwise(kind)
