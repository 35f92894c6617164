"""A lesson is one row: what it costs to add one, and what is refused, with the place."""

# ruff: noqa: E501 - the table of refusals has one line a refusal

from __future__ import annotations

import copy
import json
import re

import pytest

from metrics_core.errors import InputError
from metrics_core.lessons.audit import faults
from metrics_core.lessons.parsing import parse_lesson
from metrics_core.lessons.parts.lesson import Check, Try
from metrics_core.lessons.rendering import lines
from metrics_core.lessons.rows import rows
from metrics_core.lessons.workings import Workings

ROW = {
    "name": "a-lesson-of-mine",
    "title": "A lesson of mine",
    "question": "How many are right?",
    "minutes": 5,
    "before": [],
    "keep": "Count before you divide.",
    "data": {
        "four": {"arrays": {"y_true": [0, 1, 1, 0], "y_pred": [0.2, 0.9, 0.4, 0.6]}, "title": "Four"}
    },
    "recipes": {
        "plain": {"data": "four", "variant": "binary_accuracy"},
        "recall": {"like": "plain", "variant": "recall"},
        "low": {"like": "plain", "at_least": 0.4},
    },
    "values": {
        "n": "plain.count",
        "right": "plain.total",
        "misses": {"minus": ["n", "right"]},
        "high": {"scores": "plain", "above": 0.5},
    },
    "steps": [
        {"read": ["{n} samples, {high} of them above the threshold."], "view": "plain"},
        {
            "predict": "how-many",
            "recipe": "plain",
            "ask": {"one": "{n} sample: is it right?", "other": "How many of {n}?", "n": "n"},
            "truth": "right",
            "choices": [
                {"name": "all", "value": "n", "text": "{n}", "answer": "Not all."},
                {"name": "right", "value": "right", "text": "{right}", "answer": "Yes."},
                {"name": "low", "recipe": "low", "value": "low.total", "text": "{total}",
                 "answer": "{total} would be right at {threshold:g}."},
            ],
        },
        {"reveal": "how-many", "view": "plain", "beside": "low", "text": "{right} of {n}."},
        {"try": "better", "text": "Do better.", "reached": "{right} of {n}.", "moves": ["plain"],
         "controls": ["threshold"], "goal": [["plain.result", "at_least", 0.75]],
         "example": {"threshold": 0.39}},
        {"check": "how-many", "fresh": {"four": {"generated": {"n_samples": 6}, "decimals": 1}},
         "needs": [[{"number": {"wrong": "plain"}}, "at_least", 1]]},
    ],
}  # fmt: skip


def changed(path, value):
    """The row with one entry replaced; a value of ``...`` takes it out."""
    row = copy.deepcopy(ROW)
    *parents, last = path
    part = row
    for key in parents:
        part = part[key]
    if value is ...:
        del part[last]
    else:
        part[last] = value
    return row


def test_a_lesson_costs_one_row():
    lesson = parse_lesson(ROW)
    assert faults(lesson) == []
    workings = Workings(lesson)
    said = {line.what: str(line.words) for line in lines(workings)}
    assert said["read"] == "4 samples, 2 of them above the threshold."
    assert said["ask"] == "How many of 4?"
    assert said["reached"] == "3 of 4."
    assert {type(step) for step in lesson.steps} >= {Try, Check}


def test_a_row_is_plain_values_and_stays_as_it_was():
    before = json.dumps(ROW)
    parse_lesson(json.loads(before))
    parse_lesson(ROW)
    assert json.dumps(ROW) == before


@pytest.mark.parametrize("row", rows(), ids=[row["name"] for row in rows()])
def test_the_files_of_the_lessons_are_such_rows(row):
    assert parse_lesson(json.loads(json.dumps(row))) == parse_lesson(row)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["title"], ..., "`lesson` must have an entry `title`"),
        (["title"], 3, "`title` must be a text of 1 to 2000 characters"),
        (["title"], "x" * 2001, "`title` must be a text of 1 to 2000 characters"),
        (["Title"], "x", "`lesson` must have no entries but name, title"),
        (["name"], "A lesson", "`name` must be lower-case letters"),
        (["minutes"], 0, "`minutes` must be a whole number from 1 to 90"),
        (["minutes"], True, "`minutes` must be a number"),
        (["before"], "nothing", "`before` must be a list"),
        (["data"], ["four"], "`data` must be a table of names and values"),
        (["data", "Four"], {"scenario": "top-k"}, "`data` must have names of lower-case letters"),
        (["data", "four"], {"file": "x"}, "`data.four` must have exactly one of scenario"),
        (["data", "four"], {"scenario": "iris"}, "`data.four.scenario` must be one of"),
        (["data", "four"], {"recorded": "../x", "run": "first"}, "`data.four.recorded` must be one"),
        (["data", "four"], {"generated": {"n_samples": 0}}, "`data.four.generated.n_samples` must be"),
        (["data", "four"], {"generated": {"n_samples": 900_000}}, "must have 200,000 outputs or fewer"),
        (["data", "four"], {"generated": {"seed": "a"}}, "`data.four.generated.seed` must be"),
        (["data", "four"], {"generated": {}, "decimals": 9}, "`data.four.decimals` must be a whole"),
        (["data", "four"], {"generated": {}, "weights": [-1]}, "`data.four.weights[0]` must not be"),
        (["data", "four", "arrays", "y_pred"], [0.5], "`data.four.arrays.y_true` must have one row"),
        (["data", "four", "arrays", "y_pred"], ["0.5"] * 4, "`data.four.arrays.y_pred` must be a list"),
        (["data", "four", "arrays", "y_pred"], [[1], [1, 2], [3], [4]], "`data.four.arrays` must have"),
        (["data", "four", "arrays", "y_pred"], "load()", "`data.four.arrays.y_pred` must be a list"),
        (["data", "four", "arrays", "y_true"], [10**400] * 4, "`data.four.arrays"),
        (["data", "four", "arrays", "kind"], "table", "`data.four.arrays.kind` must be one of"),
        (["recipes", "plain", "data"], "five", "`recipes.plain.data` must be one of four"),
        (["recipes", "plain", "variant"], "eval", "`recipes.plain.variant` must be one of"),
        (["recipes", "plain", "variant"], ..., "`recipes.plain` must have `data`, and either"),
        (["recipes", "plain", "release"], "keras-3.15.1", "`recipes.plain` must have `data`, and"),
        (["recipes", "plain", "threshold"], "high", "`recipes.plain.threshold` must be a finite"),
        (["recipes", "plain", "like"], "low", "`recipes.plain.like` must be one of"),
        (["recipes", "plain", "class_weight"], [], "`recipes.plain` must have no entries but"),
        (["values", "n"], "plain.size", "`values.n` must be one of result, total"),
        (["values", "n"], "right", "`values.n` must be one of"),
        (["values", "n"], {"eval": "1"}, "`values.n` must be a number, `recipe.measure`"),
        (["values", "n"], {}, "`values.n` must be a number, `recipe.measure`"),
        (["values", "n"], float("inf"), "`values.n` must be a finite number"),
        (["values", "n"], 10**400, "`values.n` must be a finite number"),
        (["values", "n"], {"score": {"wrong": "x"}}, "`values.n.score.wrong` must be one of plain"),
        (["values", "n"], {"number": {"odd": "plain"}}, "`values.n.number` must be one of wrong"),
        (["steps"], {}, "`steps` must be a list"),
        (["steps"], [{"read": "x"}] * 61, "`steps` must have 60 entries or fewer"),
        (["steps", 0], {"look": "x"}, "`steps[0]` must have exactly one of read, predict"),
        (["steps", 0, "read"], [3], "`steps[0].read[0]` must be a text"),
        (["steps", 0, "read"], [{"one": "a", "two": "b"}], "`steps[0].read[0]` must have no entries"),
        (["steps", 0, "view"], "x", "`steps[0].view` must be one of plain, recall, low"),
        (["steps", 0, "experiment"], "x", "`steps[0].experiment` must be one of ten-sigmoids"),
        (["steps", 0, "read"], ["{unknown}"], "`steps[0].read[0]` must name values of the lesson"),
        (["steps", 1, "ask", "n"], "x", "`steps[1].ask` must name values of the lesson: x is none"),
        (["steps", 1, "choices", 2, "name"], "all", "`steps[1]` must have two choices or more"),
        (["steps", 1, "choices", 2, "if"], [], "`steps[1].choices[2]` must have no entries but"),
        (["steps", 1, "choices", 0, "value"], ..., "`steps[1].choices[0]` must have an entry `recipe`"),
        (["steps", 2, "reveal"], "why", "`steps[2]` must come after the question that it names"),
        (["steps", 3, "controls"], ["zoom"], "`steps[3].controls[0]` must be one of activation"),
        (["steps", 3, "goal"], [["n", "at_least"]], "`steps[3].goal[0]` must be a value, a relation"),
        (["steps", 3, "goal"], [["n", "is", 3]], "`steps[3].goal[0][1]` must be one of below"),
        (["steps", 3, "example"], {"k": 1}, "`steps[3].example` must have no entries but threshold"),
        (["steps", 3, "try"], "how-many", "`steps[3]` must have a name of its own"),
        (["steps", 3, "moves"], [], "`steps[3]` must move one recipe or more"),
        (["steps", 4, "fresh", "four", "generated"], {"n_samples": 2001}, "must have 2,000 outputs or"),
        (["steps", 4, "fresh"], {"five": {}}, "`steps[4].fresh` must have no entries but four"),
        (["steps", 4, "fresh", "four"], {"scenario": "top-k"}, "`steps[4].fresh.four` must have no"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_place(path, value, said):
    with pytest.raises(InputError, match=re.escape(said)):
        parse_lesson(changed(path, value))


@pytest.mark.parametrize("content", [None, 3, "lesson", [], {1: 2}])
def test_what_is_no_row_is_refused(content):
    with pytest.raises(InputError, match="`lesson` must be a table"):
        parse_lesson(content)


@pytest.mark.parametrize(
    "template",
    [
        "{n.__class__}",
        "{n[0]}",
        "{0}",
        "{}",
        "{n!r}",
        "{n:>999999999}",
        "{n:999999999}",
        "{n:.999f}",
        "{n:{n}}",
        "{n",
        "n}",
    ],
)
def test_a_placeholder_is_a_name_and_a_plain_format(template):
    with pytest.raises(InputError, match=r"`steps\[0\].read\[0\]` must have placeholders"):
        parse_lesson(changed(["steps", 0, "read"], [template]))


@pytest.mark.parametrize(
    "expression",
    [
        {"power": [10, 100_000_000]},
        {"power": [-1, 0.5]},
        {"over": [1, 0]},
        {"over": [1]},
        {"minus": []},
        {"log": [0]},
        {"round": [1, {"over": [1, 0]}]},
        {"number": {"tied": "plain"}},
        {"score": {"at_threshold": "plain"}},
        {"loss": "four", "epoch": 3},
    ],
)
def test_an_operation_without_a_result_harms_nothing(expression):
    lesson = parse_lesson(changed(["values", "extra"], expression))
    assert isinstance(Workings(lesson).value("extra"), int | float | complex)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["steps", 1, "truth"], 17, "Question how-many needs one right answer"),
        (["steps", 1, "choices", 2, "value"], "n", "Question how-many needs one right answer"),
        (["steps", 3, "example"], {"threshold": 0.95}, "Task better: its example must reach"),
        (["steps", 3, "goal"], [["n", "at_least", 1]], "Task better: its example must reach"),
        (["steps", 3, "example"], {"threshold": "x"}, "`threshold` must be a finite number"),
        (["steps", 4, "needs"], [["n", "above", 99]], "`check` must find data on which"),
        (["values", "right"], {"log": [-1]}, "Question how-many needs one right answer"),
        (["values", "high"], {"log": [-1]}, "The sentence needs a number that cannot be computed"),
        (
            ["recipes", "recall", "variant"],
            "categorical_accuracy",
            "`variant` must fit the predict",
        ),
    ],
)
def test_what_does_not_hold_is_found_by_computing(path, value, said, monkeypatch):
    monkeypatch.setattr("metrics_core.lessons.checks.TRIES", 20)
    found = [str(fault) for fault in faults(parse_lesson(changed(path, value)))]
    assert found
    assert found[0].startswith(said)
