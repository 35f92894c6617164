"""What a row of the catalogue says: the choice that an accuracy variant makes at each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from metrics_core.catalog.custom_function import OwnFunction
from metrics_core.kinds import Kind

Decision = Literal["none", "round", "threshold", "argmax", "rank", "class"]
Comparison = Literal[
    "equal",
    "equal_as_positive",
    "all_equal",
    "equal_class",
    "in_top_k",
    "absolute_error",
    "squared_error",
    "own",
    "none",
]
Aggregation = Literal[
    "mean", "per_class", "decided_positive", "actual_positive", "f_beta", "batch_means"
]


@dataclass(frozen=True)
class Variant:
    """One row of the catalogue.

    Attributes
    ----------
    name : str
        What the code calls it; unique.
    title : str
        What a reader calls it.
    needs : tuple of Kind
        The kinds of predictions that it fits.
    decision, comparison, aggregation : str
        The choice at steps 2, 3 and 4. The decision ``class`` is the threshold for one output a
        sample, argmax for several, and the output itself for class indices.
    formula : str
        LaTeX.
    keras : str
        The symbol of Keras 3 that computes it, or the release that did.
    words : str
        One line of plain words.
    is_accuracy : bool
        False for the figures that stand beside the accuracies.
    function : OwnFunction or None
        What makes the values where the comparison is ``own``.
    """

    name: str
    title: str
    needs: tuple[Kind, ...]
    decision: Decision
    comparison: Comparison
    aggregation: Aggregation
    formula: str
    keras: str
    words: str
    is_accuracy: bool = True
    function: OwnFunction | None = None

    def decision_for(self, kind: Kind) -> Decision:
        """The decision with ``class`` resolved for a kind of predictions."""
        if self.decision != "class":
            return self.decision
        resolved: dict[Kind, Decision] = {"binary": "threshold", "class_indices": "none"}
        return resolved.get(kind, "argmax")

    def uses(self, kind: Kind) -> tuple[str, ...]:
        """The settings that can change the number, of ``threshold``, ``k`` and ``beta``.

        Examples
        --------
        >>> from metrics_core.catalog.rows import CATALOG
        >>> CATALOG["f_beta"].uses("binary")
        ('threshold', 'beta')
        """
        decision = self.decision_for(kind)
        matter = {
            "threshold": decision == "threshold",
            "k": decision == "rank",
            "beta": self.aggregation == "f_beta",
        }
        return tuple(name for name, does in matter.items() if does)
