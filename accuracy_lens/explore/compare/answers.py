"""Comparisons -> sentences and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from accuracy_lens.components.chart_table import arrow_table
from accuracy_lens.words.text import figure, say
from metrics_core.catalog.rows import CATALOG
from metrics_core.compare import Difference, Parting, Verdict
from metrics_core.compare.parting import COMPARED
from metrics_core.messages import Message
from metrics_core.reading.same_samples import SameSamples
from metrics_core.steps.step import Step

AREAS: Mapping[str, Message] = {
    "auc": Message("Area under the ROC curve"),
    "average_precision": Message("Average precision"),
}
VERDICTS: Mapping[Verdict, Message] = {
    "same": Message("the same on every sample"),
    "a": Message("A is better"),
    "b": Message("B is better"),
    "differ": Message("they differ"),
    "undecided": Message("cannot be told apart"),
    "unknown": Message("not tested"),
}


def title_of(name: str) -> Message:
    """What a metric is called."""
    return AREAS[name] if name in AREAS else CATALOG[name].title


def signed(value: float | None) -> str:
    """A difference, with its sign; empty for none.

    Examples
    --------
    >>> signed(0.0729166), signed(-0.00001), signed(0.0), signed(None)
    ('+0.0729', '-1.0000e-05', '0.0000', '')
    """
    if value is None:
        return ""
    return f"+{figure(value)}" if value > 0 else figure(value)


def chance(p: float | None) -> str:
    """A probability with four decimals; empty for none.

    Examples
    --------
    >>> chance(0.03125), chance(1e-9), chance(None)
    ('0.0312', '< 0.0001', '')
    """
    if p is None:
        return ""
    return "< 0.0001" if p < 1e-4 else f"{p:.4f}"


def headline(found: Difference) -> Message:
    """The main answer in one line: whether the data can tell A and B apart, and which is better."""
    values: dict[str, object] = {
        "title": title_of(found.name), "a": figure(found.a), "b": figure(found.b),
        "p": chance(found.p),
    }  # fmt: skip
    match found.verdict():
        case "same":
            return Message(
                "A and B are the same: every sample counts alike in both. {title} {a}.", values
            )
        case "a":
            return Message("A is better, and these data can tell: {title} {a}, in B {b}.", values)
        case "b":
            return Message("B is better, and these data can tell: {title} {b}, in A {a}.", values)
        case "differ":
            return Message("A and B differ, and these data can tell: {title} {a}, {b}.", values)
        case "undecided":
            return Message(
                "These data cannot tell A and B apart: {title} {a} in A and {b} in B.", values
            )
    return Message("{title} {a} in A and {b} in B; there is no test of this difference.", values)


def evidence(found: Difference) -> list[Message]:
    """What the answer rests on."""
    lines = []
    if found.low is not None and not found.alike:
        lines.append(
            Message(
                "B less A is {difference}, 95 % interval {low} to {high}.",
                {"difference": signed(found.difference), "low": signed(found.low),
                 "high": signed(found.high)},
            )
        )  # fmt: skip
    paired = found.paired
    if paired is not None and paired.discordant:
        lines.append(
            Message(
                "{n:,} sample is right in one alone: {a:,} in A, {b:,} in B. Were neither better, "
                "they would part so unevenly with a probability of {p} (McNemar's exact test).",
                {"n": paired.discordant, "a": paired.only_a, "b": paired.only_b,
                 "p": chance(found.p)},
                plural="{n:,} samples are right in one alone: {a:,} in A, {b:,} in B. Were neither "
                "better, they would part so unevenly with a probability of {p} (McNemar's exact "
                "test).",
            )
        )  # fmt: skip
        assert found.low is not None
        assert found.high is not None
        if (found.low > 0 or found.high < 0) and found.verdict() == "undecided":
            lines.append(
                Message(
                    "The interval leaves 0 out and the test does not reach 0.05: it is close, and "
                    "the test decides here."
                )
            )
    return lines


def joined_words(joined: SameSamples, *, labelled: bool) -> list[Message]:
    """How the samples of A and of B were brought together, and what did not match."""
    n = {"n": joined.a.n_samples}
    if joined.by_id:
        lines = [
            Message("{n:,} sample is joined by id.", n, plural="{n:,} samples are joined by id.")
        ]
    else:
        lines = [
            Message("{n:,} sample is joined by row.", n, plural="{n:,} samples are joined by row.")
        ]
    if joined.left_a or joined.left_b:
        lines.append(
            Message(
                "Without a partner, and left out: {a:,} of A, {b:,} of B.",
                {"a": joined.left_a, "b": joined.left_b},
            )
        )
    if labelled and joined.other_labels:
        lines.append(
            Message(
                "B labels {n:,} sample otherwise; the labels of A count.",
                {"n": joined.other_labels},
                plural="B labels {n:,} samples otherwise; the labels of A count.",
            )
        )
    return lines


def table_of(found: Sequence[Difference]) -> pa.Table:
    """Every metric in both."""
    return arrow_table(
        {
            say("metric"): [say(title_of(each.name)) for each in found],
            "A": [figure(each.a) for each in found],
            "B": [figure(each.b) for each in found],
            say("B less A"): [signed(each.difference) for each in found],
            say("95 % from"): [signed(each.low) for each in found],
            say("95 % to"): [signed(each.high) for each in found],
            say("p"): [chance(each.p) for each in found],
            say("what the data say"): [say(VERDICTS[each.verdict()]) for each in found],
        }
    )


def several_table(found: Mapping[str, Difference], corrected: Sequence[float]) -> pa.Table:
    """One metric of A beside that of each of several others."""
    rows = list(found.values())
    return arrow_table(
        {
            "B": list(found),
            "A": [figure(each.a) for each in rows],
            say("value of B"): [figure(each.b) for each in rows],
            say("B less A"): [signed(each.difference) for each in rows],
            say("95 % from"): [signed(each.low) for each in rows],
            say("95 % to"): [signed(each.high) for each in rows],
            say("p"): [chance(each.p) for each in rows],
            say("p by Holm"): [chance(p) for p in corrected],
            say("what the data say"): [
                say(VERDICTS[each.verdict(p)]) for each, p in zip(rows, corrected, strict=True)
            ],
        }
    )


def parting_words(found: Parting) -> Message:
    """At which step the samples part, and how many predictions differ, in one sentence.

    Examples
    --------
    >>> print(parting_words(Parting((0, 0, 2, 1), (8, 0, 0, 2, 0))))
    A and B part at step 3, Decision: there 2 of 10 samples differ.
    """
    step = found.result
    if step is None:
        return Message("A and B go the same way at every step.")
    values: dict[str, object] = {
        "number": int(step), "step": step.title, "n": found.differ[step - 1],
        "total": found.count, "decided": found.differ[Step.DECISION - 1],
    }  # fmt: skip
    if step < Step.DECISION:
        return Message(
            "A and B part at step {number}, {step}: there {n:,} of {total:,} sample differs; "
            "otherwise decided: {decided:,}.",
            values,
            plural="A and B part at step {number}, {step}: there {n:,} of {total:,} samples "
            "differ; otherwise decided: {decided:,}.",
        )
    return Message(
        "A and B part at step {number}, {step}: there {n:,} of {total:,} sample differs.",
        values,
        plural="A and B part at step {number}, {step}: there {n:,} of {total:,} samples differ.",
    )


def parting_table(found: Parting) -> pa.Table:
    """In how many samples they differ at each step, and part there first."""
    return arrow_table(
        {
            say("step"): [_numbered(step) for step in COMPARED],
            say("samples that differ there"): list(found.differ),
            say("of them for the first time"): list(found.first[1:]),
        }
    )


def sample_words(marks: Sequence[bool]) -> Message:
    """At which step one sample parts, and whether it is decided otherwise.

    Parameters
    ----------
    marks : sequence of bool
        Whether it differs at each of steps 1 to 4.
    """
    step = next((step for step, mark in zip(COMPARED, marks, strict=True) if mark), None)
    if step is None:
        return Message("This sample goes the same way in A and in B.")
    values: dict[str, object] = {"number": int(step), "step": step.title}
    if step < Step.DECISION and marks[Step.DECISION - 1]:
        return Message(
            "In this sample A and B part at step {number}, {step}, and the decisions differ.",
            values,
        )
    if step < Step.DECISION:
        return Message(
            "In this sample A and B part at step {number}, {step}, but are decided alike.", values
        )
    return Message("In this sample A and B part at step {number}, {step}.", values)


def _numbered(step: Step) -> str:
    return say("{number} {step}", number=int(step), step=step.title)
