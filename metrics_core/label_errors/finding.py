"""Samples whose label the outputs contradict, the surest first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np

from metrics_core.label_errors.joint import ConfidentJoint, SelfConfidence, likely_labels
from metrics_core.numeric.arrays import Array
from metrics_core.steps.activation import activate
from metrics_core.steps.shared import Steps

_BLOCK = 262_144


@dataclass(frozen=True, eq=False)
class LabelErrors:
    """Labels that are probably wrong.

    Attributes
    ----------
    suspect : ndarray of bool, shape (n,)
        Samples that are confidently of another class than their label; of several labels those in
        which any is.
    margin : ndarray of float64, shape (n,)
        The normalised margin: the probability of the given label less the highest of another
        class, from -1 to 1; of several labels the lowest. The lower, the surer.
    likely : ndarray of int64, shape (n,)
        The likely class, -1 for none; of several labels the one whose value is doubted most.
    joints : tuple of ConfidentJoint
        One, or one of 0 and 1 for each of several labels.
    """

    suspect: Array
    margin: Array
    likely: Array
    joints: tuple[ConfidentJoint, ...]

    @property
    def order(self) -> Array:
        """The suspect samples, the surest first; of equal ones the earlier first."""
        rows = np.flatnonzero(self.suspect)
        return rows[np.argsort(self.margin[rows], kind="stable")]


def find_label_errors(steps: Steps) -> LabelErrors | None:
    """Find labels that the outputs contradict, from labels and outputs alone.

    The outputs should come from a model that has not seen these labels, as those of a test set or
    of cross-validation; a model that has learnt them agrees with them.

    Parameters
    ----------
    steps : Steps
        The scores are taken for probabilities; where they are beyond 0 and 1, a sigmoid (one output
        and several labels) or a softmax is applied first.

    Returns
    -------
    LabelErrors or None
        None for class indices as outputs, and where a score is not finite.

    Notes
    -----
    C. G. Northcutt, L. Jiang and I. L. Chuang, Confident learning: estimating uncertainty in
    dataset labels, 2021: the threshold of a class is the mean probability that samples of the class
    give it; a sample is doubted where another class reaches its threshold and is the most probable
    of those that do. Several labels are looked at one at a time, each as 0 or 1.

    Examples
    --------
    >>> from metrics_core.predictions import Predictions
    >>> outputs = [0.9, 0.8, 0.9, 0.1, 0.2, 0.97]
    >>> found = find_label_errors(Steps(Predictions.of([1, 1, 1, 0, 0, 0], outputs)))
    >>> found.order.tolist(), found.joints[0].wrong.tolist()
    ([5], [1, 0])
    """
    data = steps.predictions
    if data.kind == "class_indices":
        return None
    scores = probabilities_of(steps)
    if scores is None:
        return None
    if data.kind == "multi_label":
        return _of_several(data.labels, scores)
    labels = _classes(steps)
    n_classes = 2 if data.kind == "binary" else data.n_outputs
    return _of_one(labels, scores, n_classes)


def probabilities_of(steps: Steps) -> Array | None:
    """The scores as probabilities, see `find_label_errors`; None where one is not finite.

    Examples
    --------
    >>> from metrics_core.predictions import Predictions
    >>> probabilities_of(Steps(Predictions.of([0, 1], [-2.0, 0.0]))).round(2).tolist()
    [0.12, 0.5]
    """
    scores = steps.scores
    if scores.dtype.kind == "f" and not np.isfinite(scores).all():
        return None
    if float(scores.min()) >= 0 and float(scores.max()) <= 1:
        return scores
    one_each = steps.predictions.kind in ("binary", "multi_label")
    return activate(scores, "sigmoid" if one_each else "softmax")


def _classes(steps: Steps) -> Array:
    """Class indices; -1 for labels that are none."""
    labels = steps.true_class
    if labels.dtype.kind == "b":
        return labels.astype(np.int64)
    with np.errstate(invalid="ignore"):
        whole = np.where(np.isfinite(labels), labels, -1).astype(np.int64)
        return np.asarray(np.where(whole == labels, whole, -1))


def _of_one(labels: Array, scores: Array, n_classes: int) -> LabelErrors:
    size = max(1, _BLOCK // n_classes)
    parts = [slice(start, start + size) for start in range(0, len(labels), size)]
    means = (SelfConfidence.of(labels[part], _table(scores[part])) for part in parts)
    thresholds = reduce(SelfConfidence.merge, means).result
    likely = np.concatenate([likely_labels(_table(scores[part]), thresholds) for part in parts])
    margin = np.concatenate([_margin(labels[part], _table(scores[part])) for part in parts])
    known = (labels >= 0) & (labels < n_classes)
    suspect = known & (likely >= 0) & (likely != labels)
    return LabelErrors(suspect, margin, likely, (ConfidentJoint.of(labels, likely, n_classes),))


def _table(scores: Array) -> Array:
    """Probabilities of each class: ``(n, C)``."""
    wide = scores.astype(np.float64)
    return wide if wide.ndim == 2 else np.stack([1.0 - wide, wide], axis=1)


def _margin(labels: Array, table: Array) -> Array:
    """The probability of the given label less the highest other one; 1 where there is no label."""
    n_classes = table.shape[1]
    known = (labels >= 0) & (labels < n_classes)
    given = np.where(known, labels, 0).astype(np.intp)[:, None]
    own = np.take_along_axis(table, given, axis=1)[:, 0]
    others = table.copy()
    np.put_along_axis(others, given, -np.inf, axis=1)
    return np.asarray(np.where(known, own - others.max(axis=1), 1.0))


def _of_several(labels: Array, scores: Array) -> LabelErrors:
    n, n_labels = labels.shape
    suspect = np.zeros(n, bool)
    joints: list[ConfidentJoint] = []
    margin, likely = np.full(n, np.inf), np.full(n, -1)
    for index in range(n_labels):
        column = labels[:, index]
        given = np.where(column == 1, 1, np.where(column == 0, 0, -1))
        found = _of_one(given, scores[:, index], 2)
        lower = found.margin < margin
        likely[lower & found.suspect] = index
        np.minimum(margin, found.margin, out=margin)
        suspect |= found.suspect
        joints += found.joints
    return LabelErrors(suspect, margin, likely, tuple(joints))
