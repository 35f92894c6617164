"""A lesson on paper: the questions without what is true, then the solution; nothing runs."""

from __future__ import annotations

import re

import pytest

from accuracy_lens.report.lesson_sheet import sheet
from accuracy_lens.words import text
from accuracy_lens.words.text import say
from metrics_core.lessons.rendering import lines
from metrics_core.lessons.rows import lesson, lessons
from metrics_core.lessons.workings import Workings


def parts(page: str) -> tuple[str, str]:
    """The question sheet and the solution as plain text."""
    plain = re.sub(r"<[^>]+>", " ", page.partition("</head>")[2]).replace("&#x27;", "'")
    plain = plain.replace("&quot;", '"').replace("&gt;", ">").replace("&lt;", "<")
    questions, _, solution = " ".join(plain.split()).partition("Solution:")
    return questions, solution


@pytest.mark.parametrize("name", lessons())
def test_the_questions_come_first_and_the_solution_on_a_page_of_its_own(name):
    workings = Workings(lesson(name))
    page = sheet(workings)
    questions, solution = parts(page)
    for line in lines(workings):
        words = " ".join(str(line.words).replace("`", " ").split())
        at = solution if line.solution else questions
        if line.what != "otherwise":
            assert words in " ".join(at.split()), line.what
    for word in ("<script", "javascript:", "http:", "https:", "src="):
        assert word not in page
    assert "break-before: page" in page


def test_the_question_sheet_has_the_data_that_it_asks_about():
    page = sheet(Workings(lesson("six-probabilities")))
    questions, _ = page.split("<section class")
    assert questions.count("<table>") == 2  # of the lesson, and of its check
    assert "<td>0.6</td>" in questions
    assert "<th>right" not in questions


@pytest.mark.parametrize("name", lessons())
def test_every_question_has_a_heading_and_a_place_for_its_answer(name):
    questions = lesson(name).questions.values()
    asked, _ = sheet(Workings(lesson(name))).split("<section class")
    assert asked.count("<h2>Question ") == len(questions)
    checks = 1
    assert asked.count('class="write"') + asked.count('class="options"') == len(questions) + checks


def test_it_is_written_in_the_language_of_the_visit(monkeypatch):
    monkeypatch.setattr(text, "current", lambda: "zh")
    page = sheet(Workings(lesson("six-probabilities")))
    assert say("Solution: {title}", title="").split("：")[0] in page
    assert "六个概率" in page
