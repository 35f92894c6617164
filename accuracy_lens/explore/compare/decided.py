"""What A and B decide for each sample: confusion, agreement, and where they part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accuracy_lens.components.sample_rows import whole_matches
from accuracy_lens.explore.compare.pair import Key, Pair
from accuracy_lens.view.caches import Size, session_cache
from metrics_core.compare import (
    Parting,
)
from metrics_core.compare.added import times_of
from metrics_core.compare.parting import differ
from metrics_core.counting.confusion import MOST_CLASSES, Confusion
from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array


@dataclass(frozen=True, eq=False)
class Decided:
    """Predicted classes of both.

    Attributes
    ----------
    a, b : Confusion
        By true class; of several labels those of all elements together.
    agreement : Confusion
        By the class that A predicts.
    """

    a: Confusion
    b: Confusion
    agreement: Confusion


def decided_of(pair: Pair) -> Decided | None:
    """Which classes both predict; None where there are too many classes, or labels are none."""
    return _decided(pair.key, pair)


@session_cache(entries=1, size=Size(class_=120, pair=24))
def _decided(key: Key, _pair: Pair) -> Decided | None:
    data, pair = _pair.data, _pair
    sides = [each.decisions for each in pair.evaluations(pair.main)]
    weight = data.sample_weight if pair.settings[0].weighted else None
    true: Array = data.labels
    n_classes = max(side.predictions.n_classes for side in (pair.a, pair.b))
    if data.kind == "multi_label":
        n_classes, true = 2, true.reshape(-1)
        weight = None if weight is None else np.repeat(weight, data.n_outputs)
    elif data.kind in ("one_hot", "sparse"):
        true = pair.a.true_class
    if n_classes > MOST_CLASSES:
        return None
    if n_classes == 2 and weight is None and all(side.dtype.kind == "b" for side in sides):
        quick = _of_bits(true, *(side.reshape(-1) for side in sides))
        if quick is not None:
            return quick
    one, two = (np.asarray(side).reshape(-1).astype(np.int64) for side in sides)
    try:
        return Decided(
            Confusion.of(true, one, n_classes, weight),
            Confusion.of(true, two, n_classes, weight),
            Confusion.of(one, two, n_classes, weight),
        )
    except InputError:
        return None  # a label that is no class


def _of_bits(true: Array, one: Array, two: Array) -> Decided | None:
    """The same of labels and decisions that are 0 or 1; None where a label is neither."""
    positive = true == 1
    if not np.all(positive | (true == 0)):
        return None
    cells = times_of([positive, one, two]).reshape(2, 2, 2)
    tables = (cells.sum(axis=2), cells.sum(axis=1), cells.sum(axis=0))
    return Decided(*(Confusion.of_table(table) for table in tables))


@dataclass(frozen=True, eq=False)
class Marks:
    """Of each sample, whether it is right in A and in B, and whether the predictions differ.

    Attributes
    ----------
    right_a, right_b, other : ndarray of bool, shape (n,)
    parting : Parting
        At which step the samples part.
    """

    right_a: Array
    right_b: Array
    other: Array
    parting: Parting


def marks_of(pair: Pair, name: str, other: str = "") -> Marks:
    """What the samples are filtered by."""
    return _marks(pair.key, name, other, pair)


@session_cache(entries=1, size=Size(sample=3))
def _marks(key: Key, name: str, other: str, _pair: Pair) -> Marks:
    a, b = _pair.evaluations(name, other)
    digests, activations = key[:2], tuple(each.activation for each in _pair.settings)
    outputs, scores = _before(digests, activations, _pair)
    rest = [differ(getattr(a, step), getattr(b, step)) for step in ("decisions", "matches")]
    right_a, right_b = (whole_matches(side).copy() for side in (a, b))
    parting = Parting.of_marks(np.stack([outputs, scores, *rest]))
    return Marks(right_a, right_b, rest[0], parting)


@session_cache(entries=1, size=Size(sample=2))
def _before(
    digests: tuple[str, ...], activations: tuple[str, ...], _pair: Pair
) -> tuple[Array, Array]:
    """Whether outputs and scores of each sample differ, which no threshold changes."""
    a, b = _pair.a, _pair.b
    return differ(a.predictions.outputs, b.predictions.outputs), differ(a.scores, b.scores)
