"""What a remedy does to the numbers: accuracy, balanced accuracy and the share predicted 1."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np

from metrics_core.doctor.case import Case
from metrics_core.kinds import Kind
from metrics_core.predictions import Predictions


@dataclass(frozen=True)
class Figures:
    """The numbers by which a remedy is judged.

    Attributes
    ----------
    accuracy : float
        The main accuracy of the kind of predictions, under the settings.
    balanced : float or None
        Mean recall of the classes that occur; None for several labels at once.
    ones : float or None
        Share of samples, or of labels, predicted 1; None beyond two classes.
    """

    accuracy: float
    balanced: float | None
    ones: float | None

    @property
    def one_sided(self) -> bool:
        """Whether everything is predicted alike."""
        return self.ones is not None and self.ones in (0.0, 1.0)


@dataclass(frozen=True)
class Change:
    """The figures in view and those after a remedy.

    Attributes
    ----------
    before, after : Figures
    by_chance : bool
        Whether the accuracies differ by no more than two standard errors of the matches that
        change.

    Examples
    --------
    >>> change = Change(Figures(0.74, 0.62, 0.9), Figures(0.69, 0.5, 1.0), by_chance=True)
    >>> change.worse, change.contradicts
    (True, True)
    >>> Change(Figures(0.70, 0.50, 1.0), Figures(0.65, 0.7, 0.6)).worse
    False
    """

    before: Figures
    after: Figures
    by_chance: bool = False

    @property
    def worse(self) -> bool:
        """Whether the accuracy falls and the balanced accuracy does not rise."""
        if not self.after.accuracy < self.before.accuracy:
            return False
        was, now = self.before.balanced, self.after.balanced
        return was is None or now is None or now <= was

    @property
    def contradicts(self) -> bool:
        """Whether the numbers speak against the remedy.

        They get worse by more than chance, or everything is predicted alike in the end.
        """
        one_sided = self.after.one_sided and not self.before.one_sided
        return self.worse and (one_sided or not self.by_chance)


def figures(case: Case) -> Figures:
    """The figures of predictions in a view.

    Examples
    --------
    >>> from metrics_core.settings import Settings
    >>> figures(Case(Predictions.of([0, 1, 1], [0.2, 0.7, 0.4]), Settings()))
    Figures(accuracy=0.6666666666666666, balanced=0.75, ones=0.3333333333333333)
    """
    return Figures(case.accuracy, _balanced(case), case.ones)


def _balanced(case: Case) -> float | None:
    if case.confusion is None:
        return None
    by_class = case.confusion.sum(axis=1)
    there = by_class > 0
    if not there.any():
        return None
    return float(np.mean(case.confusion.diagonal()[there] / by_class[there]))


def change(case: Case, apply: Mapping[str, object], data: Predictions | None) -> Change | None:
    """Carry out a remedy: other settings, the labels as another kind, or other data.

    Parameters
    ----------
    case : Case
    apply : mapping of str to object
        As in `Finding`; a remedy that changes nothing but k is no change of these figures.
    data : Predictions, optional
        The data as the remedy leaves them.

    Returns
    -------
    Change or None
        None where there is nothing to carry out.
    """
    settings = {name: value for name, value in apply.items() if name != "labels"}
    if data is None and not apply.keys() - {"k"}:
        return None
    if data is None:
        data = case.predictions
        if "labels" in apply:
            data = data.as_kind(cast("Kind", apply["labels"]))
    after = case.under(data, settings)
    changed = case.changed(after)
    was, now = (float(np.sum(each.seen.matches, dtype=float)) for each in (case, after))
    by_chance = changed is not None and abs(now - was) <= 2 * math.sqrt(changed)
    return Change(figures(case), figures(after), by_chance)
