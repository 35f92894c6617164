"""Answers are graded by computing, and a wrong one is told which mistake leads there."""

from __future__ import annotations

import pytest

from metrics_core.errors import InputError
from metrics_core.lessons.grading import grade
from metrics_core.lessons.parts.questions import Choice, Marks, Number, Place
from metrics_core.lessons.parts.values import number
from metrics_core.lessons.rows import lesson, lessons
from metrics_core.lessons.truths import right_options, truth
from metrics_core.lessons.workings import Workings
from metrics_core.trace import trace

EACH = pytest.mark.parametrize(
    ("workings", "question"),
    [
        pytest.param(Workings(row), question, id=f"{row.name}-{question.name}")
        for row in lessons().values()
        for question in row.questions.values()
    ],
)


def asked(name, question):
    workings = Workings(lesson(name))
    return workings, workings.lesson.questions[question]


def verdict(name, question, answer):
    return grade(*asked(name, question), answer).verdict


@EACH
def test_the_right_answer_is_right(workings, question):
    match question:
        case Choice():
            (right,) = right_options(workings, question)
            answer = right.name
        case Number():
            answer = repr(number(question.truth, workings))
        case Place():
            answer = repr(question.example)
        case Marks():
            rows = question.truth.rows(workings).nonzero()[0]
            answer = ", ".join(map(str, rows))
    said = grade(workings, question, answer)
    assert said.verdict == "right"
    assert str(said.truth) == str(truth(workings, question))


@EACH
def test_each_mistake_is_recognized_and_its_recipe_has_a_trace(workings, question):
    wrong = []
    match question:
        case Choice():
            right = right_options(workings, question)
            wrong = [(o.name, o) for o in question.options if o not in right]
        case Number():
            shown = ((number(m.value, workings), m) for m in question.mistakes)
            wrong = [(f"{value:.{max(question.digits, 6)}f}", m) for value, m in shown]
        case Marks():
            for mistake in question.mistakes:
                rows = mistake.marked.rows(workings).nonzero()[0]
                wrong.append((",".join(map(str, rows)), mistake))
    assert wrong or isinstance(question, Place)
    for answer, mistake in wrong:
        said = grade(workings, question, answer)
        assert said.verdict == "wrong"
        assert str(said.words) == str(workings.text(mistake.answer, mistake.recipe))
        assert said.recipe == mistake.recipe
        if said.recipe:
            assert str(trace(workings.evaluation(said.recipe), 0).sentence)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("0.83", "right"),
        ("0,8333", "right"),
        ("83.33", "right"),
        ("83 %", "right"),
        ("5/6", "right"),
        ("10 / 12", "right"),
        ("0.8", "coarse"),
        ("1", "coarse"),
        ("0.84", "wrong"),
        ("0.8334", "wrong"),
        ("4/6", "wrong"),
        ("1e9", "wrong"),
    ],
)
def test_a_number_is_held_to_the_digits_that_were_typed(typed, expected):
    assert verdict("six-probabilities", "accuracy", typed) == expected


def test_an_unknown_number_gets_a_hint_and_no_recipe():
    workings, question = asked("six-probabilities", "accuracy")
    said = grade(workings, question, "0.11")
    assert (str(said.words), said.recipe) == (str(workings.text(question.otherwise)), "")


def test_marks_count_as_a_set():
    assert verdict("exactly-at-the-threshold", "at-the-threshold", "7,3, 4,5,6,6") == "right"
    assert verdict("exactly-at-the-threshold", "at-the-threshold", "") == "wrong"
    left_out = grade(*asked("exactly-at-the-threshold", "at-the-threshold"), "3,4,5,6")
    assert left_out.recipe == "logits"
    assert "1e-08" in str(left_out.words)


@pytest.mark.parametrize(
    ("threshold", "expected", "said"),
    [
        ("0.045", "right", "a cost of 394"),
        ("0.5", "wrong", "You stayed at one half"),
        ("0.001", "wrong", "You find nearly all"),
        ("0.3", "wrong", "it should be below 470"),
    ],
)
def test_a_threshold_is_graded_by_what_it_does(threshold, expected, said):
    found = grade(*asked("a-rare-class", "cheaper"), threshold)
    assert found.verdict == expected
    assert said in str(found.words)


@pytest.mark.parametrize(
    ("name", "question", "answer", "rule"),
    [
        ("six-probabilities", "misprint", "median", "must be one of accuracy, balanced"),
        ("six-probabilities", "accuracy", "five sixths", "must be a number"),
        ("six-probabilities", "accuracy", "5/0", "must be a number"),
        ("six-probabilities", "wrong-samples", "6", "must be rows from 0 to 5"),
        ("six-probabilities", "wrong-samples", "two", "must be rows from 0 to 5"),
        ("a-rare-class", "cheaper", "nan", "must be a number"),
        ("six-probabilities", "accuracy", "1" * 2001, "must have 2000 characters or fewer"),
    ],
)
def test_what_is_no_answer_is_refused(name, question, answer, rule):
    with pytest.raises(InputError, match=f"`answer` {rule}"):
        grade(*asked(name, question), answer)
