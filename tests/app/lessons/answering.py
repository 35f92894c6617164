"""How tests answer the questions of a lesson: right, wrong, and with every widget."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from accuracy_lens.words.text import say
from metrics_core.lessons.checks import placed
from metrics_core.lessons.parts.questions import Choice, Marks, Number, Place, Question
from metrics_core.lessons.parts.values import number
from metrics_core.lessons.truths import right_options
from metrics_core.lessons.workings import Workings

PAGE = "pages/learn/lessons.py"
SIX = "six-probabilities"
CONTROLS = {
    "threshold": "try_threshold", "k": "try_k", "batch_size": "try_batch",
    "activation": "try_activation",
}  # fmt: skip


def opened(visit: Any, **query: str) -> Any:
    """The page at a cold link."""
    lens = visit()
    lens.app.query_params = dict(query)
    lens.app.switch_page(PAGE)
    return lens.run()


def rows_of(marks: Any) -> str:
    return ",".join(map(str, np.flatnonzero(marks).tolist()))


def right_answer(workings: Workings, question: Question) -> str:
    match question:
        case Choice():
            return right_options(workings, question)[0].name
        case Number():
            return f"{number(question.truth, workings):.{question.digits}f}"
        case Place():
            return f"{question.example:g}"
        case Marks():
            return rows_of(question.truth.rows(workings))


def wrong_answers(workings: Workings, question: Question) -> list[str]:
    """One for each mistake that the lesson has something to say to."""
    if isinstance(question, Choice):
        right = right_answer(workings, question)
        return [each.name for each in question.options if each.name != right]
    found = []
    for mistake in question.mistakes:
        if mistake.value is not None:
            found.append(f"{number(mistake.value, workings):.6g}")
        elif mistake.marked is not None:
            found.append(rows_of(mistake.marked.rows(workings)))
        elif isinstance(question, Place):
            there = placed(workings, question, mistake.condition)
            assert there is not None
            found.append(f"{there.recipe(question.moves[0]).settings.threshold:.6g}")
    return found


def give(lens: Any, question: Question, where: str, answer: str) -> Any:
    """Answer as a visitor does, and lock it in."""
    match question:
        case Choice():
            radio = lens.app.radio(key=f"lesson_choice_{where}")
            assert radio.value is None
            index = [each.name for each in question.options].index(answer)
            radio.set_value(radio.options[index])
        case Number():
            lens.app.text_input(key=f"lesson_number_{where}").set_value(answer)
        case Place():
            lens.app.number_input(key=f"try_threshold_{where}").set_value(float(answer))
        case Marks():
            rows = [int(row) for row in answer.split(",")]
            selection = {"rows": rows, "columns": [], "cells": []}
            lens.app.session_state[f"marks_{where}"] = {"selection": selection}
    lens.run()
    return lens.click("lesson_lock")


def says(lens: Any, *messages: Any) -> None:
    for message in messages:
        assert say(message) in lens.texts


def written() -> str:
    """The lesson that the docs show."""
    docs = (Path(__file__).parents[3] / "docs" / "lessons.md").read_text(encoding="utf-8")
    return docs.partition("```json")[2].partition("```")[0]
