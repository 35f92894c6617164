"""Fresh data for a question: never a degenerate one, and always the same for a seed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.lessons.checks import fresh, placed, sound
from metrics_core.lessons.grading import grade
from metrics_core.lessons.parts.conditions import Condition, all_hold
from metrics_core.lessons.parts.lesson import Check
from metrics_core.lessons.parts.questions import Choice, Number
from metrics_core.lessons.parts.values import Given, number
from metrics_core.lessons.rows import lesson, lessons
from metrics_core.lessons.truths import right_options, truth
from metrics_core.lessons.workings import Workings
from metrics_core.messages import Message
from metrics_core.predictions import Predictions

CHECKS = [
    pytest.param(Workings(row), step, id=row.name)
    for row in lessons().values()
    for step in row.steps
    if isinstance(step, Check)
]


def values_offered(workings, question):
    if isinstance(question, Choice):
        found = [option.value for option in question.options if option.value is not None]
    else:
        found = [question.truth, *(m.value for m in question.mistakes)]
    return [number(value, workings) for value in found]


@pytest.mark.parametrize(("workings", "check"), CHECKS)
def test_two_hundred_seeds_give_sound_questions(workings, check):
    question = workings.lesson.questions[check.of]
    seed, truths = 0, set()
    while seed < 200:  # those that were passed over lead to the next one, so all 200 are seen
        there, used = fresh(workings, check, seed)
        assert 0 <= used - seed < 60
        assert all_hold(check.needs, there)
        values = values_offered(there, question)
        apart = 10.0**-question.digits if isinstance(question, Number) else 1e-9
        gaps = np.diff(np.sort(values))
        assert not len(gaps) or gaps.min() > apart - 1e-8
        if isinstance(question, Choice):
            assert len(right_options(there, question)) == 1
        truths.add(str(truth(there, question)))
        seed = used + 1
    assert len(truths) >= 3


@pytest.mark.parametrize(("workings", "check"), CHECKS)
def test_only_the_data_are_others_and_all_of_them(workings, check):
    there, _ = fresh(workings, check, 7)
    question = workings.lesson.questions[check.of]
    recipes = {question.recipe}
    if isinstance(question, Choice):
        recipes |= {option.recipe for option in question.options} - {""}
    else:
        recipes |= {mistake.recipe for mistake in question.mistakes} - {""}
    for name in recipes:
        assert there.recipe(name) == workings.recipe(name)
        assert there.recipe(name).data in check.fresh
        assert there.predictions(there.recipe(name).data).n_samples <= 40


@pytest.mark.parametrize(("workings", "check"), CHECKS)
def test_a_seed_gives_the_same_question_again(workings, check):
    first, used = fresh(workings, check, 11)
    second, again = fresh(workings, check, 11)
    assert used == again
    for name in check.fresh:
        assert first.predictions(name).digest == second.predictions(name).digest


def test_the_answer_is_graded_on_the_fresh_data():
    workings = Workings(lesson("six-probabilities"))
    check = workings.lesson.steps[-1]
    question = workings.lesson.questions[check.of]
    verdicts = {grade(fresh(workings, check, seed)[0], question, "5/6").verdict
                for seed in range(5)}  # fmt: skip
    assert verdicts == {"wrong"}  # no part of eight is five sixths


def test_a_seed_beyond_the_last_begins_again():
    workings = Workings(lesson("a-rare-class"))
    check = workings.lesson.steps[-1]
    assert fresh(workings, check, 2**32 + 3)[0].value("ill") == fresh(workings, check, 3)[0].value(
        "ill"
    )


def test_a_check_that_can_never_be_sound_says_so(monkeypatch):
    monkeypatch.setattr("metrics_core.lessons.checks.TRIES", 20)
    workings = Workings(lesson("a-rare-class"))
    check = workings.lesson.steps[-1]
    never = replace(check, needs=(Condition(Given(0), "above", Given(1)),))
    with pytest.raises(InputError, match="`check` must find data on which the question has one"):
        fresh(workings, never, 0)


def test_two_options_with_one_value_make_a_question_unsound():
    workings = Workings(lesson("batches-and-weights"))
    question = workings.lesson.questions["which-printed"]
    assert sound(workings, question)
    plain = workings.predictions("six")
    equal = replace(plain, sample_weight=np.ones(6))
    assert not sound(workings.on({"six": equal}), question)


def test_no_mark_or_all_marks_make_a_question_unsound():
    workings = Workings(lesson("six-probabilities"))
    question = workings.lesson.questions["wrong-samples"]
    for y_pred in ([0.1, 0.1, 0.9], [0.9, 0.9, 0.1]):
        there = workings.on({"six": Predictions.of([0, 0, 1], y_pred)})
        assert not sound(there, question)


def test_a_threshold_that_cannot_be_reached_or_need_not_makes_a_question_unsound():
    workings = Workings(lesson("a-rare-class"))
    question = workings.lesson.questions["cheaper"]
    assert sound(workings, question)
    free = workings.with_settings(question.moves, threshold=0.045)
    assert not sound(free, question)
    blind = workings.on({"people": Predictions.of([1] + [0] * 99, [0.0] + [0.9] * 99)})
    assert placed(blind, question, question.goal) is None
    assert not sound(blind, question)


def test_a_message_is_what_truth_gives():
    workings = Workings(lesson("six-probabilities"))
    assert isinstance(truth(workings, workings.lesson.questions["accuracy"]), Message)
