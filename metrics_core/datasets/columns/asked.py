"""Which columns of sharded data are what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from metrics_core.counting.counts import CostMatrix
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading.columns.classes.coding import MOST_CLASSES
from metrics_core.reading.columns.naming import suffixes
from metrics_core.reading.limits import shorten
from metrics_core.steps.activation import Activation
from metrics_core.sweep.optimum.best import EVEN_COST

SIGNED = (-1, 1)
"""Labels that stand for class 0 and class 1 beside one output."""
_ELEMENT = re.compile(r"(.+)\[(\d{1,9})\]", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What the columns hold.

    Attributes
    ----------
    y_true : str or tuple of str
        Labels: 0 and 1 beside one output, class indices beside several; or a column of 0 and 1 for
        each output.
    y_pred : tuple of str
        One output, or one for each class in their order.
    sample_weight : str or None
    classes : tuple of str or of int
        How labels write each class, where that is not by its index: of class 0 and class 1 beside
        one output, else in the order of the outputs. Spaces around a word and capitals tell no
        classes apart, unless these words do.
    turned : bool
        Whether the one output is the probability of class 0, and 1 minus it is looked at.
    decided : bool
        Whether the one output is the class that was predicted: its word, where labels are words,
        or its index, and -1 for none.

    Each column is the name of one, or `element` of a column of lists.

    Raises
    ------
    InputError
        For several columns of labels that are not as many as the outputs, and for classes that are
        not one for each output.
    """

    y_true: str | tuple[str, ...]
    y_pred: tuple[str, ...]
    sample_weight: str | None = None
    classes: tuple[str, ...] | tuple[int, ...] = ()
    turned: bool = False
    decided: bool = False

    def __post_init__(self) -> None:
        if len(self.labels) not in (1, len(self.y_pred)):
            raise InputError(
                "y_true", "must be one column of labels, or one for each column of outputs",
                Message(
                    "{labels} columns of labels beside {outputs} of outputs",
                    {"labels": len(self.labels), "outputs": len(self.y_pred)},
                ),
                "Name a column of class indices, or as many columns of 0 and 1 as outputs.",
            )  # fmt: skip
        n_classes = max(2, len(self.classes) if self.decided else len(self.y_pred))
        if self.classes and (self.label_each or len(set(self.classes)) != n_classes):
            raise InputError(
                "classes", "must be {n} different ones for one column of labels",
                Message(
                    "{classes} for {columns}",
                    {
                        "classes": shorten(", ".join(map(str, self.classes))),
                        "columns": shorten(", ".join(self.labels)),
                    },
                ),
                "Name each class once, in the order of the outputs; beside one output class 0 "
                "first.", n=n_classes,
            )  # fmt: skip

    @property
    def labels(self) -> tuple[str, ...]:
        """The columns of the labels."""
        return (self.y_true,) if isinstance(self.y_true, str) else self.y_true

    @property
    def label_each(self) -> bool:
        """Whether each of several outputs has a label of its own."""
        return len(self.labels) > 1

    @property
    def of_classes(self) -> bool:
        """Whether there are more than two classes and no scores; of two, class 1 scores 1."""
        return self.decided and len(self.classes) != 2

    @property
    def words(self) -> tuple[str, ...]:
        """The classes where labels are words."""
        return tuple(each for each in self.classes if isinstance(each, str))

    @property
    def class_names(self) -> tuple[str, ...]:
        """What the classes are called: as labels write them, as the outputs are named, or 0 and 1.

        Examples
        --------
        >>> Columns(y_true="y", y_pred=("p_cat", "p_dog")).class_names
        ('cat', 'dog')
        >>> Columns(y_true="y", y_pred=("p[0]", "p[1]")).class_names
        ('0', '1')
        """
        if self.classes and self.classes != SIGNED:
            return tuple(map(str, self.classes))
        if self.decided:
            return tuple(map(str, range(MOST_CLASSES + 1)))
        places = [parts(name) for name in self.y_pred]
        if len({column for column, _ in places}) == 1:
            return tuple(map(str, range(max(2, len(places)))))
        return suffixes(self.y_pred) or self.y_pred

    @property
    def names(self) -> list[str]:
        """All of them, the labels first."""
        weight = () if self.sample_weight is None else (self.sample_weight,)
        return [*self.labels, *self.y_pred, *weight]


def element(name: str, place: int) -> str:
    """What one number of each list in a column is called.

    Examples
    --------
    >>> element("p", 3), parts("p[3]"), parts("p")
    ('p[3]', ('p', 3), ('p', None))
    """
    return f"{name}[{place}]"


def parts(name: str) -> tuple[str, int | None]:
    """The column of lists and the place within that a name stands for; None for a whole column."""
    found = _ELEMENT.fullmatch(name)
    return (found[1], int(found[2])) if found else (name, None)


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
    drop_missing : bool
        Whether rows that lack a cell, or have NaN, in these columns are left out, not refused.
    cost : CostMatrix
        What each kind of prediction costs, of which the lowest mean is looked for.
    """

    columns: Columns
    activation: Activation = "none"
    class_index: int | None = None
    weighted: bool = False
    drop_missing: bool = False
    cost: CostMatrix = EVEN_COST

    @property
    def names(self) -> list[str]:
        """The columns that are read: a weight that does not count is not."""
        names = self.columns.names
        both = len(self.columns.labels) + len(self.columns.y_pred)
        return names if self.weighted else names[:both]
