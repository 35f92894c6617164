"""Public questions about libraries that disagree: the headline tells each of them right."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from metrics_core.evaluation import evaluate
from metrics_core.libraries.usual import usual_answers
from metrics_core.reverse import Trials, differences, stories, title_of
from tests.core.reverse.stories.told import outputs_of
from tests.every import every

FILE = Path(__file__).parents[3] / "data" / "library_stories.json"
CASES = {case["case"]: case for case in json.loads(FILE.read_text("utf-8"))}


def data_of(case):
    """Outputs that show what the question tells, some classes without labels."""
    data = outputs_of(**case["data"])
    if "absent" in case:
        data = data.only(~np.isin(data.labels, case["absent"]))
    if "decimals" in case:
        data = replace(data, y_pred=np.round(data.y_pred, case["decimals"]))
    return data


def number_of(asked, data):
    """What the library of the question, or the release, printed."""
    if "variant" in asked:
        return evaluate(data, asked["variant"], k=asked.get("k", 5)).result
    package, _, version = asked["library"].rpartition("-")
    (value,) = {
        found.value
        for found in usual_answers(data)
        if found.usual.call == asked["call"] and found.usual.package == package
        and any(version in row.ran for row in found.rows)
    }  # fmt: skip
    return value


@every("name", CASES)
def test_the_headline_tells_why_the_numbers_of_a_public_question_differ(name):
    case = CASES[name]
    data = data_of(case)
    numbers = [number_of(asked, data) for asked in case["asked"]]
    assert abs(numbers[0] - numbers[1]) > 1e-3
    trials = Trials(data)
    found = [trials.search(float(f"{number:.4f}"), digits=4) for number in numbers]
    recipes = stories(*found)[0].recipes
    assert [str(title_of(recipe)) for recipe in recipes] == case["told"]
    if "step" in case:
        assert [str(each) for each in differences(*recipes)] == [case["step"]]
