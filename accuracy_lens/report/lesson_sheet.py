"""A lesson to print: one page of questions and one of solutions, as a page without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from accuracy_lens.components.sample_columns import column_titles
from accuracy_lens.components.sample_table import sample_table
from accuracy_lens.words.language import HTML_NAMES, current
from accuracy_lens.words.text import say
from metrics_core.lessons.checks import fresh
from metrics_core.lessons.parts.lesson import Check, Predict, Read, Try
from metrics_core.lessons.parts.questions import Choice, Question
from metrics_core.lessons.parts.texts import Text
from metrics_core.lessons.rendering import CHECK_SEED, Line, lines
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps

MOST_ROWS, MOST_OUTPUTS = 12, 5
"""Of a table that is printed; larger data are to be seen in the program alone."""
_STYLE = Path(__file__).with_name("lesson_sheet.css")


def sheet(workings: Workings) -> str:
    """The question sheet and the solution of a lesson, in the reader's language.

    Examples
    --------
    >>> from metrics_core.lessons.rows import lesson
    >>> page = sheet(Workings(lesson("six-probabilities")))
    >>> page.count("<section"), "<script" in page, "Six probabilities" in page
    (2, False, True)
    """
    title = _html(workings.text(workings.lesson.title))
    found = list(lines(workings))
    questions = "\n".join(_question_sheet(workings))
    solution = "\n".join(_solution(found))
    keep = _html(workings.text(workings.lesson.keep))
    return f"""<!doctype html>
<html lang="{HTML_NAMES[current()]}">
<head><meta charset="utf-8"><title>{title}</title><style>{_STYLE.read_text("utf-8")}</style></head>
<body>
<section>
<h1>{title}</h1>
{questions}
</section>
<section class="solution">
<h1>{_html(Message("Solution: {title}", {"title": workings.text(workings.lesson.title)}))}</h1>
{solution}
<p class="keep">{keep}</p>
</section>
</body>
</html>
"""


def _question_sheet(workings: Workings) -> Iterator[str]:
    lesson = workings.lesson
    yield f"<p><strong>{_html(workings.text(lesson.question))}</strong></p>"
    yield f'<p class="faint">{" ".join(map(_html, workings.texts(lesson.before)))}</p>'
    tables = _tables(workings)
    number = 0
    for step in lesson.steps:
        match step:
            case Read():
                yield from _paragraphs(workings, step.text)
                yield tables
                tables = ""
            case Predict(question=question):
                number += 1
                yield f"<h2>{_html(Message('Question {number}', {'number': number}))}</h2>"
                yield from _asked(workings, question)
            case Try():
                yield f"<h2>{_html(Message('In the program'))}</h2>"
                yield from _paragraphs(workings, step.text)
            case Check():
                there, _ = fresh(workings, step, CHECK_SEED)
                yield f"<h2>{_html(Message('Check yourself, on other data'))}</h2>"
                yield _side_by_side(there, list(step.fresh), titled=False)
                yield from _asked(there, lesson.questions[step.of])


def _paragraphs(workings: Workings, texts: Sequence[Text]) -> Iterator[str]:
    yield from (f"<p>{_html(each)}</p>" for each in workings.texts(texts))


def _asked(workings: Workings, question: Question) -> Iterator[str]:
    yield from _paragraphs(workings, question.ask)
    if isinstance(question, Choice):
        texts = [workings.text(option.text, option.recipe) for option in question.options]
        yield f'<ul class="options">{"".join(f"<li>{_html(each)}</li>" for each in texts)}</ul>'
    else:
        yield '<div class="write"></div>'


def _solution(found: list[Line]) -> Iterator[str]:
    number, before = 0, ""
    for line in found:
        if line.what in ("ask", "check") and line.what != before:
            number += 1
            head = Message("Question {number}", {"number": number})
            if line.what == "check":
                head = Message("Check yourself, on other data")
            yield f"<h2>{_html(head)}</h2>"
        before = line.what
        if not line.solution or line.what in ("keep", "otherwise"):
            continue
        match line.what:
            case "truth":
                said = Message("The answer: {truth}", {"truth": line.words})
                yield f'<p class="true">{_html(said)}</p>'
            case "mistake":
                yield f"<ul><li>{_html(line.words)}</li></ul>"
            case "reached":
                said = Message("In the program: {words}", {"words": line.words})
                yield f"<p>{_html(said)}</p>"
            case _:
                yield f"<p>{_html(line.words)}</p>"


def _tables(workings: Workings) -> str:
    views = [step.view for step in workings.lesson.steps if isinstance(step, Read) and step.view]
    asked = [question.recipe for question in workings.lesson.questions.values()]
    names = dict.fromkeys(workings.recipe(each).data for each in (*views, *asked))
    return _side_by_side(workings, list(names))


def _side_by_side(workings: Workings, names: list[str], *, titled: bool = True) -> str:
    tables = [_table(workings, name, titled=titled) for name in names]
    return f'<div class="tables">{"".join(tables)}</div>'


def _table(workings: Workings, name: str, *, titled: bool) -> str:
    data: Predictions = workings.predictions(name)
    if data.n_samples > MOST_ROWS or data.n_outputs > MOST_OUTPUTS:
        return ""
    table = sample_table(data, Steps(data, "none"), {})
    kept = [
        column
        for column in table.column_names
        if column in ("row", "label", "weight") or column.startswith("output")
    ]
    titles = column_titles(kept, data.n_outputs)
    head = "".join(f"<th>{escape(titles[column])}</th>" for column in kept)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(_cell(row[column]))}</td>' for column in kept)}</tr>"
        for row in table.select(kept).to_pylist()
    )
    title = workings.source(name).title
    caption = f"<caption>{_html(title)}</caption>" if titled and title is not None else ""
    return f"<table>{caption}<tr>{head}</tr>{rows}</table>"


def _cell(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _html(words: Message) -> str:
    """A sentence with what stands between backticks as code."""
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escape(say(words)))
