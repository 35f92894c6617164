"""What is wrong with these outputs: findings with evidence, a remedy and its number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from metrics_core.doctor.case import Case
from metrics_core.doctor.change import Change, Figures, change
from metrics_core.doctor.finding import Finding, Report, Rule
from metrics_core.doctor.table import RULES
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps

__all__ = ["RULES", "Change", "Figures", "Finding", "Report", "Rule", "examine", "judged"]

_SEVERITIES = ("serious", "warning", "note")
_SURENESS = ("certain", "likely", "possible")


def examine(
    predictions: Predictions,
    *,
    settings: Settings | None = None,
    steps: Steps | None = None,
    progress: Callable[[float], None] | None = None,
) -> Report:
    """Look for every known confusion in labels, outputs and the settings in view.

    Parameters
    ----------
    predictions : Predictions
    settings : Settings, optional
        The view. A logit that is compared with 0 is fine; compared with 0.5 it is a confusion.
    steps : Steps, optional
        Shared arrays of earlier evaluations on the same predictions and activation.
    progress : callable, optional
        Told again and again which share of the work is done, from 0 to 1.

    Returns
    -------
    Report
        Findings, the most serious first, and the rules that found nothing. Every sample is looked
        at; nothing is drawn at random.

    Examples
    --------
    >>> data = Predictions.of([0, 1, 0, 1] * 10, [-3.0, 0.2, -1.0, 2.5] * 10)
    >>> found = examine(data).findings[0]
    >>> found.rule, found.severity, str(found.counterfactual)
    ('logits-cut', 'serious', 'with a threshold of 0: 1.0000 instead of 0.7500')
    >>> cured = examine(data, settings=Settings(threshold=0))
    >>> "logits-cut" in [rule.name for rule in cured.checked]
    True
    """
    case = Case(predictions, settings or Settings(), steps)
    findings, checked = [], []
    with np.errstate(invalid="ignore", over="ignore"):
        for number, rule in enumerate(RULES):
            if progress is not None:
                progress(number / len(RULES))
            if predictions.kind not in rule.kinds:
                continue
            found = rule.look(case)
            if found is None:
                checked.append(rule)
            else:
                findings.append(judged(case, replace(found, rule=rule.name, id=rule.id)))
    findings.sort(key=_order)
    return Report(tuple(findings), tuple(checked))


def judged(case: Case, found: Finding) -> Finding:
    """The finding with the figures of its remedy, which is taken back where they contradict it.

    That holds for another reading of labels or outputs; weights and averages are a matter of what
    is asked.
    """
    effect = change(case, found.apply, found.cured)
    reading = found.cured is not None or bool(found.apply.keys() & {"activation", "threshold"})
    found = replace(found, change=effect, cured=None)
    if effect is None or not effect.worse or not reading:
        return found
    if not effect.contradicts:
        return replace(found, sure="likely") if found.sure == "certain" else found
    usual = Message("The numbers contradict the usual remedy: {remedy}", {"remedy": found.remedy})
    return replace(found, refuted=True, sure="possible", apply={}, remedy=found.otherwise or usual)


def _order(finding: Finding) -> tuple[int, int]:
    return _SEVERITIES.index(finding.severity), _SURENESS.index(finding.sure)
