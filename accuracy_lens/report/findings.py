"""The findings of the doctor in words and in plain values (no streamlit)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from accuracy_lens.words.text import say, say_code
from metrics_core.doctor import Finding, Report
from metrics_core.messages import Message

GRADES: Mapping[str, Message] = {
    "serious": Message("serious"),
    "warning": Message("warning"),
    "note": Message("note"),
    "certain": Message("certain"),
    "likely": Message("likely"),
    "possible": Message("possible"),
}
"""How grave and how sure a finding is."""


def headline(report: Report) -> str:
    """How many findings of each grade there are."""
    return say(
        "Serious: {serious} · Warnings: {warnings} · Notes: {notes}",
        serious=len(report.of_severity("serious")),
        warnings=len(report.of_severity("warning")),
        notes=len(report.of_severity("note")),
    )


def finding_entry(found: Finding) -> dict[str, object]:
    """A finding for programs: names that no language changes, and sentences in the reader's."""
    return {
        "id": found.id,
        "rule": found.rule,
        "severity": found.severity,
        "sure": found.sure,
        "title": say(found.title),
        "seen": say(found.seen),
        "consistent_with": say(found.consistent_with),
        "remedy": say(found.remedy),
        "the_number": None if found.counterfactual is None else say(found.counterfactual),
        "refuted": found.refuted,
        "code": say_code(found.code),
        "rows": found.rows.tolist(),
        "change": found.change and asdict(found.change),
    }
