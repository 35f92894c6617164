"""The sections of a report, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict

import numpy as np

import metrics_core
from accuracy_lens.components.five_steps import step_choices
from accuracy_lens.components.fractions import count_words
from accuracy_lens.report.findings import GRADES, headline
from accuracy_lens.report.formulas import formula_of, programs_of
from accuracy_lens.report.whole import numbers
from accuracy_lens.report.whole.blocks import (
    Block,
    Code,
    Folded,
    Formula,
    Items,
    Rows,
    Section,
    Strip,
    Text,
)
from accuracy_lens.report.whole.found import Found
from accuracy_lens.words.text import figure, say, say_code
from metrics_core.catalog.rows import CATALOG
from metrics_core.doctor import Change, Finding
from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.overview.summary import summarize
from metrics_core.releases import KerasRefusal, ranges
from metrics_core.steps.step import Step


def sections(found: Found) -> list[Section]:
    """Every section that these data have, in its order."""
    parts: tuple[Callable[[Found], Iterator[Block]], ...] = (
        _first, numbers.scores, numbers.curves, numbers.matrix, _metrics, _findings, _releases,
        numbers.samples, _origin,
    )  # fmt: skip
    titles = (
        Message("In short"),
        Message("Scores and threshold"),
        Message("Curves"),
        Message("Confusion matrix"),
        Message("Every metric"),
        Message("Findings of the doctor"),
        Message("What the releases of Keras print"),
        Message("Samples"),
        Message("Where this comes from"),
    )
    names = (
        "short", "scores", "curves", "confusion", "metrics", "findings", "releases", "samples",
        "origin",
    )  # fmt: skip
    made = [
        Section(name, title, list(part(found)))
        for name, title, part in zip(names, map(say, titles), parts, strict=True)
    ]
    return [section for section in made if section.blocks]


def data_line(found: Found) -> str:
    """The line that stands above everything."""
    return say(summarize(found.subject.predictions).line)


def _first(found: Found) -> Iterator[Block]:
    subject, main = found.subject, found.main
    yield Text(data_line(found), "strong")
    yield from (Text(say(note), "faint") for note in subject.notes)
    number = say(
        "{title}: {value} ({count})",
        title=main.variant.title, value=figure(main.result), count=count_words(main),
    )  # fmt: skip
    yield Text(number, "number")
    yield _strip(main, found)
    yield Text(headline(found.report))
    yield from (Text(say(sentence)) for sentence in subject.story)


def _strip(evaluation: Evaluation, found: Found) -> Strip:
    choices = step_choices(evaluation, found.subject.predictions)
    titles = (say(step.title) for step in Step)
    said = (map(say, each) for each in choices)
    return Strip([(title, *each) for title, each in zip(titles, said, strict=True)])


def _metrics(found: Found) -> Iterator[Block]:
    head = [say("metric"), say("value"), say("count"), say("variant")]
    rows = [
        [say(each.variant.title), figure(each.result), say(count_words(each)), name]
        for name, each in found.evaluations.items()
    ]
    yield Rows(head, rows, frozenset([1]))
    kind = found.subject.predictions.kind
    for each in found.evaluations.values():
        row = each.variant
        title = say("{title}: {value}", title=row.title, value=figure(each.result))
        programs = [Code(name, say_code(lines)) for name, lines in programs_of(each, kind)]
        blocks: list[Block] = [
            Text(say(row.words)), Formula(formula_of(each)), _strip(each, found), *programs,
        ]  # fmt: skip
        yield Folded(title, blocks)
    if found.misfits:
        reasons = [
            (say(CATALOG[name].title), say(wrong.reason)) for name, wrong in found.misfits.items()
        ]
        yield Text(say("Not applicable to these data"), "strong")
        yield Items(reasons)


def _findings(found: Found) -> Iterator[Block]:
    yield Text(headline(found.report))
    for each in found.report.findings:
        yield from _finding(each)
    if found.subject.muted:
        yield Text(say("Muted: {codes}", codes=", ".join(sorted(found.subject.muted))), "faint")


def _finding(each: Finding) -> Iterator[Block]:
    title = say(
        "{code} {grade}, {sure}: {title}",
        code=each.id, grade=GRADES[each.severity], sure=GRADES[each.sure], title=each.title,
    )  # fmt: skip
    yield Text(title, f"finding {each.severity}")
    yield Text(say(each.seen))
    items = [
        (say("Consistent with"), say(each.consistent_with)), (say("Remedy"), say(each.remedy)),
    ]  # fmt: skip
    if each.counterfactual is not None:
        items.append((say("The number"), say(each.counterfactual)))
    if len(each.rows):
        items.append((say("Rows"), ", ".join(map(str, each.rows.tolist()))))
    yield Items(items)
    if each.change is not None:
        yield _change(each.change, refuted=each.refuted)
    yield Folded(say("Code"), [Code("Python", say_code(each.code))])


def _change(change: Change, *, refuted: bool) -> Rows:
    after = say("if it were done") if refuted else say("with the remedy")
    before, then = asdict(change.before), asdict(change.after)
    titles = {
        "accuracy": say("accuracy"),
        "balanced": say("balanced accuracy"),
        "ones": say("share predicted 1"),
    }
    rows = [
        [title, f"{before[name]:.4f}", f"{then[name]:.4f}"]
        for name, title in titles.items()
        if before[name] is not None and then[name] is not None
    ]
    return Rows(["", say("in view"), after], rows, frozenset([1, 2]))


def _releases(found: Found) -> Iterator[Block]:
    yield Code("Keras", f'model.compile(loss="{found.subject.loss}", metrics=["accuracy"])')
    alike: dict[tuple[str, str, str], list[str]] = {}
    for name, answer in found.releases.items():
        if isinstance(answer, KerasRefusal):
            alike.setdefault((say("refused"), "", say(answer.message)), []).append(name)
            continue
        row = CATALOG.get(answer.variant or "")
        means = "" if row is None else say(row.title)
        printed = (figure(answer.value), answer.reported_name or "", means)
        alike.setdefault(printed, []).append(name)
    rows = [[", ".join(ranges(names)), *cells] for cells, names in alike.items()]
    head = [say("releases"), say("prints"), say("reported as"), say("variant")]
    yield Rows(head, rows, frozenset([1]))


def _origin(found: Found) -> Iterator[Block]:
    subject, data = found.subject, found.subject.predictions
    shown = {**subject.origin, **asdict(subject.settings)}
    rows = [[name, str(value)] for name, value in shown.items() if name != "link"]
    rows += [
        ["kind", data.kind],
        ["y_true", f"{data.y_true.dtype} {data.y_true.shape}"],
        ["y_pred", f"{data.y_pred.dtype} {data.y_pred.shape}"],
        ["digest", data.digest],
        ["accuracy-lens", metrics_core.__version__],
        ["numpy", np.__version__],
    ]
    yield Rows([say("setting"), say("value")], rows)
    if subject.link:
        yield Items([(say("The same view"), subject.link)])
    if "file" in subject.origin:
        sentence = say("The file is not in the link: who opens it is asked for it.")
        yield Text(sentence, "faint")
