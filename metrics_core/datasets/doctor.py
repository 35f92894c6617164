"""The doctor's rules on what is known of a data set: those that need single rows are left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from metrics_core.datasets.examining.counted import CountedCase
from metrics_core.datasets.examining.decided import DecidedCase
from metrics_core.datasets.examining.known import NeedsRowsError
from metrics_core.datasets.examining.matrix import MatrixCase
from metrics_core.datasets.looking import Decided, Look
from metrics_core.doctor import RULES, Finding, Report, Rule, judged
from metrics_core.settings import Settings


@dataclass(frozen=True)
class Examined(Report):
    """What was found, which rules found nothing, and which need single rows."""

    left_out: tuple[Rule, ...]


def examine(read: Look | Decided, settings: Settings, *, has_weights: bool = False) -> Examined:
    """Try every rule on counts; without an activation, as only these outputs are known.

    Parameters
    ----------
    read : Look or Decided
        Of one output without weights, or of several; or of predicted classes.
    settings : Settings
        The threshold must be one at which the counts are known.
    has_weights : bool
        Whether the data set has weights, which were not looked at.
    """
    case: MatrixCase
    if isinstance(read, Decided):
        case = DecidedCase(read, settings, has_weights=has_weights)
    else:
        case = CountedCase(read, settings, has_weights=has_weights)
    findings, checked, left_out = [], [], []
    for rule in RULES:
        if case.kind not in rule.kinds:
            continue
        try:
            found = rule.look(case)
        except NeedsRowsError:
            left_out.append(rule)
            continue
        if found is None:
            checked.append(rule)
        else:
            findings.append(_judged(case, replace(found, rule=rule.name, id=rule.id)))
    grades = ("serious", "warning", "note")
    findings.sort(key=lambda each: grades.index(each.severity))
    return Examined(tuple(findings), tuple(checked), tuple(left_out))


def _judged(case: MatrixCase, found: Finding) -> Finding:
    """Held to the figures of its remedy, where counts tell them."""
    try:
        return judged(case, found)
    except NeedsRowsError:
        return replace(found, cured=None)
