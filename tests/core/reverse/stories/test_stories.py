"""The headline of two numbers is the likely story: real questions, rebuilt with made outputs."""

from __future__ import annotations

from functools import cache

from metrics_core.reverse import parse_reported, stories
from tests.core.reverse.samples import recomputed
from tests.core.reverse.stories.told import CASES, is_told, trials, true_recipe
from tests.every import every

NAMES = [case["case"] for case in CASES]


@cache
def told(name):
    """The place of the true story among those told, from 1; 0 where it is not told."""
    case = CASES[NAMES.index(name)]
    tried = trials(NAMES.index(name))
    data, found = tried.predictions, []
    for number in case["numbers"]:
        value, digits = parse_reported(number)
        found.append(tried.search(value, digits=digits))
    for rank, story in enumerate(stories(*found), 1):
        pairs = zip(story.recipes, case["truth"], strict=True)
        if all(is_told(recipe, data, truth) for recipe, truth in pairs):
            return rank
    return 0


@every("name", NAMES)
def test_the_numbers_of_a_case_are_those_of_its_true_recipes(name):
    case = CASES[NAMES.index(name)]
    data = trials(NAMES.index(name)).predictions
    for number, truth in zip(case["numbers"], case["truth"], strict=True):
        value, digits = parse_reported(number)
        assert abs(recomputed(true_recipe(data, truth), data) - value) <= 0.5001 * 10**-digits


@every("name", NAMES)
def test_the_true_story_is_among_the_first_three(name):
    assert 1 <= told(name) <= 3


def test_the_headline_is_right_in_nine_of_ten_cases():
    assert len(NAMES) >= 40
    right = sum(told(name) == 1 for name in NAMES)
    assert right >= 0.9 * len(NAMES), [name for name in NAMES if told(name) != 1]
