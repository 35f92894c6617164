"""Where two recipes differ, in words."""

from __future__ import annotations

from metrics_core.evaluation import evaluate
from metrics_core.kinds import KINDS
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.reverse import differences, differing_steps, search, stories
from tests.core.reverse.samples import data, every_recipe, explain, one_output, ten_sigmoid_units


def test_two_numbers_differ_in_one_step():
    labels, outputs = one_output()
    given = Predictions.of(labels, outputs)
    printed = explain(given, evaluate(given, "binary_accuracy").result)
    computed = explain(given, evaluate(given, "binary_accuracy", threshold=0.0).result)
    pair = stories(printed, computed)[0].recipes
    assert differing_steps(*pair) == ("decision",)
    assert list(map(str, differences(*pair))) == [
        "They differ in the decision step: > 0.5 against > 0."
    ]


def test_equal_recipes_do_not_differ():
    result = search(ten_sigmoid_units(), 0.9, digits=4)
    (same,) = differences(result.recipes[0], result.recipes[0])
    assert "same recipe" in str(same)


def test_several_steps_are_named_in_order():
    given = ten_sigmoid_units()
    first = search(given, 0.9, digits=4).recipes[0]
    second = explain(given, evaluate(given, "categorical_accuracy").result).recipes[0]
    decision, comparison = map(str, differences(first, second))
    assert decision == "They differ in the decision step: > 0.5 against highest output."
    assert comparison.startswith("They differ in the comparison step: each")


def test_no_story_is_told_where_a_number_has_no_recipe():
    given = Predictions.of([0, 1, 1, 0], [0.2, 0.7, 0.9, 0.4])
    nothing, something = search(given, 0.8123, digits=4), search(given, 1.0, digits=4)
    assert stories(nothing, something) == ()


def test_every_sentence_of_a_recipe_is_a_message_with_its_values():
    for kind in KINDS:
        for recipe in every_recipe(data(kind, "f4", unit=True)):
            assert len(recipe.steps) == 5
            for step in recipe.steps:
                assert isinstance(step, Message)
                assert "{" not in str(step)
