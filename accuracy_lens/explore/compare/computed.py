"""What the Compare page computes once: bounded caches keyed by both digests and both settings."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from accuracy_lens.components.sample_rows import whole_matches
from accuracy_lens.view.caches import DATA, Size, session_cache
from metrics_core.catalog.rows import CATALOG, misfit
from metrics_core.compare import (
    AREAS,
    Difference,
    PairedScores,
    Parting,
    compare,
    compare_areas,
)
from metrics_core.compare.parting import differences_of
from metrics_core.counting.confusion import MOST_CLASSES, Confusion
from metrics_core.distribution import Distribution, distribution
from metrics_core.doctor.case import MAIN
from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation, evaluate
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reading.same_samples import SameSamples, same_samples
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps
from metrics_core.sweep import Reliability, Sweep, reliability, roc

BINS = 60
CALIBRATION_BINS = 15
MOST_POINTS = 300
_TWO = Size(sample=DATA.sample, output=DATA.output + 8)


Key = tuple[str, str, str, str]
"""Digests of A and of B, and their settings."""


@dataclass(frozen=True, eq=False)
class Pair:
    """A and B, each under its settings.

    Attributes
    ----------
    a, b : Steps
    settings : pair of Settings
    """

    a: Steps
    b: Steps
    settings: tuple[Settings, Settings]
    _kept: dict[tuple[str, str], tuple[Evaluation, Evaluation]] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What tells it from every other pair; texts, which are quickly looked up."""
        a, b = map(repr, self.settings)
        return self.a.predictions.digest, self.b.predictions.digest, a, b

    @property
    def sides(self) -> tuple[tuple[Steps, Settings], tuple[Steps, Settings]]:
        """The steps of each with its settings."""
        return (self.a, self.settings[0]), (self.b, self.settings[1])

    @property
    def data(self) -> Predictions:
        """A: its labels are those of both."""
        return self.a.predictions

    def evaluations(self, name: str, other: str = "") -> tuple[Evaluation, Evaluation]:
        """A variant of both, or one of A and another of B; numbers are kept, arrays are not."""
        if (name, other) not in self._kept:
            (a, of_a), (b, of_b) = self.sides
            self._kept[name, other] = (
                evaluate(a.predictions, name, of_a, steps=a),
                evaluate(b.predictions, other or name, of_b, steps=b),
            )
        return self._kept[name, other]

    @property
    def names(self) -> list[str]:
        """The variants that fit both."""
        kinds = {side.predictions.kind for side in (self.a, self.b)}
        return [
            row.name for row in CATALOG.values() if not any(misfit(row, kind) for kind in kinds)
        ]

    @property
    def main(self) -> str:
        """The variant that a reader looks at first."""
        return MAIN[self.data.kind]


@session_cache(entries=1, size=_TWO)
def joined(digest_a: str, digest_b: str, _a: Predictions, _b: Predictions) -> SameSamples:
    """The outputs of both, row by row of the same samples."""
    return same_samples(_a, _b)


def difference(pair: Pair, name: str, seed: int, other: str = "") -> Difference | None:
    """A variant in both; None where a custom metric fails on them.

    Only the settings that matter to it are told apart, so that a move of the threshold leaves the
    others as they are.
    """
    row, kind = CATALOG[name], pair.data.kind
    used = {*row.uses(kind), *(CATALOG[other].uses(kind) if other else ())}
    unused = {"threshold": 0.5, "k": 5, "beta": 1.0}
    a, b = (
        repr(each.changed(**{field: value for field, value in unused.items() if field not in used}))
        for each in pair.settings
    )
    key = (*pair.key[:2], a, b)
    return _difference(key, name, other, seed, pair)


@session_cache(entries=96)
def _difference(key: Key, name: str, other: str, seed: int, _pair: Pair) -> Difference | None:
    try:
        return compare(*_pair.evaluations(name, other), seed=seed)
    except InputError:
        if CATALOG[name].comparison.custom:
            return None
        raise


def scores_of(pair: Pair, class_index: int | None) -> PairedScores | None:
    """The scores of both against "is it this class"; None where there are none, or NaN."""
    data, column = pair.data, class_index
    if data.kind == "class_indices":
        return None
    a, b = pair.a.scores, pair.b.scores
    if data.kind == "sparse":
        positive = (
            data.labels[:, None] == np.arange(data.n_outputs)
            if column is None
            else data.labels == column
        )
    elif column is None or data.n_outputs == 1:
        positive = data.labels == 1
    else:
        positive = data.labels[:, column] == 1
    if a.ndim == 2 and column is not None:
        a, b = a[:, column], b[:, column]
    if any(side.dtype.kind == "f" and np.isnan(side).any() for side in (a, b)):
        return None
    weights = data.sample_weight if pair.settings[0].weighted else None
    return PairedScores(a, b, positive, weights)


@dataclass(frozen=True, eq=False, kw_only=True)
class Curves:
    """The scores of both, as they are drawn.

    Attributes
    ----------
    key : tuple
        What tells them from all others.
    areas : tuple of Difference
        Empty where only one label occurs.
    spread : pair of Distribution
    rates, precision : pair of ndarray, shape (2, m), or None
        Of each the false positive rate against the recall, and the recall against the precision.
    calibration : pair of Reliability or None
        None where a score lies outside 0 to 1.
    share : float
        Of label 1.
    """

    key: tuple[object, ...]
    areas: tuple[Difference, ...]
    spread: tuple[Distribution, Distribution]
    rates: tuple[Array, Array] | None
    precision: tuple[Array, Array] | None
    calibration: tuple[Reliability, Reliability] | None
    share: float


def curves(pair: Pair, class_index: int | None, seed: int) -> Curves | None:
    """What follows from the scores alone, so that no move of the threshold touches it."""
    activations = tuple(each.activation for each in pair.settings)
    key = (*pair.key[:2], *activations, class_index, pair.settings[0].weighted)
    return _curves(key, seed, pair)


@session_cache(entries=2, size=Size(fixed=1 << 19))
def _curves(key: tuple[object, ...], seed: int, _pair: Pair) -> Curves | None:
    scores = scores_of(_pair, key[4])  # type: ignore[arg-type]
    if scores is None or (scores.weights is not None and not scores.weights.any()):
        return None
    both = scores.has_both_labels
    sweeps, found = scores.sweeps, [_drawn(sweep) for sweep in scores.sweeps if both]
    probable = all(sweep.low >= 0 and sweep.high <= 1 for sweep in sweeps)
    positives = float(sweeps[0].positives)
    return Curves(
        key=key,
        areas=tuple(compare_areas(scores, area, seed=seed) for area in AREAS) if both else (),
        spread=(_spread(scores.a, scores.positive), _spread(scores.b, scores.positive)),
        rates=(found[0][0], found[1][0]) if both else None,
        precision=(found[0][1], found[1][1]) if both else None,
        calibration=(_bins(sweeps[0]), _bins(sweeps[1])) if probable else None,
        share=positives / (positives + float(sweeps[0].negatives)),
    )


def _spread(scores: Array, positive: Array) -> Distribution:
    return distribution(scores, positive, BINS)


def _bins(sweep: Sweep) -> Reliability:
    return reliability(sweep, CALIBRATION_BINS)


def _drawn(sweep: Sweep) -> tuple[Array, Array]:
    """ROC and precision-recall curve at so many points that a screen shows no more."""
    curve = roc(sweep)
    last, even = len(curve.x) - 1, np.linspace(0.0, 1.0, MOST_POINTS)
    parts = [np.searchsorted(line, even).clip(max=last) for line in (curve.x, curve.y)]
    first = np.geomspace(1, last, MOST_POINTS // 2).astype(np.intp)
    rows = np.unique(np.concatenate([[0], *parts, first]))
    wrong, recall = curve.x[rows], curve.y[rows]
    found = recall * float(sweep.positives)
    predicted = found + wrong * float(sweep.negatives)
    precision = np.divide(found, predicted, out=np.ones(len(rows)), where=predicted > 0)
    return np.stack([wrong, recall]), np.stack([recall, precision])[:, 1:]


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


def decided(pair: Pair) -> Decided | None:
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
    code = (positive.astype(np.uint8) << 2) | (one.astype(np.uint8) << 1) | two
    cells = np.bincount(code, minlength=8).reshape(2, 2, 2)
    tables = (cells.sum(axis=2), cells.sum(axis=1), cells.sum(axis=0))
    return Decided(*(_confusion(table) for table in tables))


def _confusion(table: Array) -> Confusion:
    squares = np.stack([table.sum(axis=1), table.sum(axis=0)])
    return Confusion(table, np.zeros(2, np.int64), squares)


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


def marks(pair: Pair, name: str, other: str = "") -> Marks:
    """What the samples are filtered by."""
    return _marks(pair.key, name, other, pair)


@session_cache(entries=1, size=Size(sample=3))
def _marks(key: Key, name: str, other: str, _pair: Pair) -> Marks:
    a, b = _pair.evaluations(name, other)
    differ = differences_of(a, b)
    right_a, right_b = (whole_matches(side).copy() for side in (a, b))
    return Marks(right_a, right_b, differ[2].copy(), Parting.of_marks(differ))
