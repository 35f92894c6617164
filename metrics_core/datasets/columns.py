"""Which columns of sharded data are what."""

from __future__ import annotations

from dataclasses import dataclass

from metrics_core.steps.activation import Activation


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What the columns hold.

    Attributes
    ----------
    y_true : str
        Labels: 0 and 1 beside one output, class indices beside several.
    y_pred : tuple of str
        One output, or one for each class in their order.
    sample_weight : str or None
    """

    y_true: str
    y_pred: tuple[str, ...]
    sample_weight: str | None = None

    @property
    def names(self) -> list[str]:
        """All of them, the labels first."""
        weight = () if self.sample_weight is None else (self.sample_weight,)
        return [self.y_true, *self.y_pred, *weight]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What of the data is looked at.

    Attributes
    ----------
    columns : Columns
    activation : {"none", "sigmoid", "softmax"}
        Applied to the outputs.
    class_index : int or None
        Of several outputs, the class that is swept against the rest.
    weighted : bool
        Whether the weights count.
    """

    columns: Columns
    activation: Activation = "none"
    class_index: int | None = None
    weighted: bool = False

    @property
    def names(self) -> list[str]:
        """The columns that are read: a weight that does not count is not."""
        names = self.columns.names
        return names if self.weighted else names[: 1 + len(self.columns.y_pred)]
