"""What the doctor says: findings as data, and the rules behind them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from metrics_core.doctor.case import Case
from metrics_core.doctor.change import Change
from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions

Severity = Literal["serious", "warning", "note"]
Sure = Literal["certain", "likely", "possible"]
About = Literal["data", "view", "elsewhere"]
N_SAMPLE_ROWS = 8


def no_rows() -> Array:
    """No sample rows: the finding is about all of them."""
    return np.empty(0, np.int64)


def some_rows(marks: Array) -> Array:
    """The first few rows that are marked; marks of shape (n, C) count by row.

    Examples
    --------
    >>> some_rows(np.array([[False, False], [True, False]])).tolist()
    [1]
    """
    by_row = marks if marks.ndim == 1 else np.asarray(marks.any(axis=1))
    return np.flatnonzero(by_row)[:N_SAMPLE_ROWS].copy()


@dataclass(frozen=True, eq=False, kw_only=True)
class Finding:
    """Something that is probably not as its owner thinks.

    Attributes
    ----------
    severity : {"serious", "warning", "note"}
        ``serious``: the number in view does not say what it seems to say. ``warning``: it needs a
        caution. ``note``: worth knowing, or true of a number that was computed elsewhere.
    title, seen, consistent_with, remedy : Message
        What it is; the numbers; what would explain them; what to do.
    sure : {"certain", "likely", "possible"}
    code : str
        The remedy as a line or a few of Keras or numpy.
    rows : ndarray of int64
        A few row numbers as evidence; empty where all rows are concerned.
    counterfactual : Message or None
        What the number would be, evaluated.
    apply : mapping of str to object
        Fields of `Settings`, and ``labels`` for another kind, that carry out the remedy.
    otherwise : Message or None
        What is said instead of the remedy where the numbers contradict it.
    cured : Predictions or None
        The data as the remedy leaves them, for the figures only; `examine` gives none back.
    change : Change or None
        The figures before and after the remedy, where it can be carried out.
    refuted : bool
        Whether the figures contradict the remedy, so that it is none.
    rule, id : str
        Name and code of the rule that found it.
    """

    severity: Severity
    title: Message
    seen: Message
    consistent_with: Message
    sure: Sure
    remedy: Message
    code: str
    rows: Array = field(default_factory=no_rows)
    counterfactual: Message | None = None
    apply: Mapping[str, object] = field(default_factory=dict)
    otherwise: Message | None = None
    cured: Predictions | None = None
    change: Change | None = None
    refuted: bool = False
    rule: str = ""
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row of `RULES`, with its documentation.

    Attributes
    ----------
    id : str
        Its code: ``AL`` and three digits. It never changes and is never given again.
    name : str
        Lower-case words with hyphens; unique.
    look : callable
        Takes a `Case` and gives a `Finding`, or None where all is well.
    kinds : tuple of Kind
        The kinds of predictions that it applies to.
    about : {"data", "view", "elsewhere"}
        What a finding concerns: labels and outputs; the settings in view; or a number that another
        program or another metric would print from the same data.
    clean : Message
        What is known where it finds nothing.
    title, means, recognised, todo, mute : Message
        What it is called; what it means; how it is recognised, with the bounds; what to do; when
        to mute it.
    example : str
        Lines of numpy that make ``y_true`` and ``y_pred``, and ``view`` where the settings matter;
        the rule speaks about them.
    """

    id: str
    name: str
    look: Callable[[Case], Finding | None]
    kinds: tuple[Kind, ...]
    about: About
    clean: Message
    title: Message
    means: Message
    recognised: Message
    todo: Message
    mute: Message
    example: str


@dataclass(frozen=True, eq=False)
class Report:
    """What `examine` found.

    Attributes
    ----------
    findings : tuple of Finding
        Most serious first.
    checked : tuple of Rule
        The rules that apply to these predictions and found nothing.

    Examples
    --------
    >>> from metrics_core.doctor import examine
    >>> report = examine(Predictions.of([0, 1, 0, 1], [-3.0, 0.2, -1.0, 2.5]))
    >>> "AL012" in {found.id for found in report.findings}
    True
    >>> "AL012" in {found.id for found in report.without(["AL012"]).findings}
    False
    """

    findings: tuple[Finding, ...]
    checked: tuple[Rule, ...]

    def of_severity(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one grade."""
        return tuple(found for found in self.findings if found.severity == severity)

    def without(self, codes: Collection[str]) -> Report:
        """The report without the findings of some codes, as of those that were muted."""
        kept = tuple(found for found in self.findings if found.id not in codes)
        return replace(self, findings=kept)

    @property
    def healthy(self) -> bool:
        """Whether there is nothing but notes."""
        return all(found.severity == "note" for found in self.findings)
