"""What a release has of the metrics beside accuracy, and the rules in which releases differ."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Counting:
    """How a release counts precision, recall, areas, F-scores and overlaps.

    Attributes
    ----------
    classes : frozenset of str
        The metric classes that it has, of those that are modelled.
    refused : frozenset of str
        Classes that cannot be made on the TensorFlow with which the release was run.
    absent : frozenset of (str, str)
        Arguments that a class of it does not take.
    strings : frozenset of (str, str, str)
        Strings that name a class, the class, and the name under which it is then reported.
    shapes_equal : bool
        Whether labels and outputs must have one shape, where others broadcast them.
    buckets : bool
        Whether areas put scores into even bins, where others compare them with each threshold in
        float32.
    keeps_class_axis : bool
        Whether the column of ``class_id`` keeps its axis, so that weights fit it.
    whole_weights : bool
        Whether overlaps cut weights and labels to whole numbers.
    drops_outside : bool
        Whether overlaps leave out class indices out of range, which others refuse.

    Examples
    --------
    >>> Counting(classes=frozenset({"Recall"})).shapes_equal
    True
    """

    classes: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    absent: frozenset[tuple[str, str]] = frozenset()
    strings: frozenset[tuple[str, str, str]] = frozenset()
    shapes_equal: bool = True
    buckets: bool = False
    keeps_class_axis: bool = False
    whole_weights: bool = False
    drops_outside: bool = False
