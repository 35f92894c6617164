"""A formula as data: what is left of the text once it has been read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from metrics_core.messages import Message

NAMES: dict[str, Message] = {
    "y_true": Message("the labels"),
    "y_pred": Message("the output of the model's last layer"),
    "scores": Message("after the activation"),
    "decisions": Message("after the decision"),
    "matches": Message("after the comparison: 1 right, 0 wrong"),
    "sample_weight": Message("the weight of each sample"),
    "threshold": Message("the threshold, one number"),
    "k": Message("the k of top-k, one number"),
    "pi": Message("3.14159…"),
    "e": Message("2.71828…"),
}
"""Every name that a formula can use, in plain words."""
ARRAYS = frozenset({"y_true", "y_pred", "scores", "decisions", "matches", "sample_weight"})


@dataclass(frozen=True, kw_only=True)
class Node:
    """One part of a formula.

    Attributes
    ----------
    op : str
        ``number``, ``name``, or the function of `FUNCTIONS` that the part calls; operators are
        functions too.
    parts : tuple of Node
        What the function is called with.
    column, end : int
        Where the part stands in the text of the formula.
    value : float
        Of a number.
    name : str
        Of a name.
    by_sample : bool
        Whether a mean, sum and the like goes over the classes of each sample (axis -1) instead of
        over everything.
    single : bool
        Whether the part is one number for all samples, whatever the arrays.
    truth : bool
        Whether the part is 1 or 0 for true or false, whatever the arrays.
    """

    op: str
    parts: tuple[Node, ...]
    column: int
    end: int
    value: float = 0.0
    name: str = ""
    by_sample: bool = False
    single: bool = False
    truth: bool = False

    def walk(self) -> Iterator[Node]:
        """Yield the part and all below it, a part of a chained comparison as often as it counts."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class Formula:
    """One metric or several, read from a text by `parse`.

    Attributes
    ----------
    text : str
        As it was typed; the columns of the nodes refer to it.
    metrics : tuple of (str, Node)
        The name of each metric and what it computes. A formula that is not a dictionary has a
        single metric, called ``metric``.
    """

    text: str
    metrics: tuple[tuple[str, Node], ...]

    @property
    def names(self) -> frozenset[str]:
        """The names that the formula uses."""
        return frozenset(
            node.name for _, top in self.metrics for node in top.walk() if node.op == "name"
        )

    def source(self, node: Node) -> str:
        """The text of a part."""
        return self.text[node.column : node.end]
