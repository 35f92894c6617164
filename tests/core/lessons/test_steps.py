"""Reveals show where two recipes part; tasks say how far somebody is; views open what they say."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.lessons.opening import opened
from metrics_core.lessons.parting import parting
from metrics_core.lessons.parts.lesson import Reveal, Try
from metrics_core.lessons.parts.questions import Choice
from metrics_core.lessons.revealing import reveal
from metrics_core.lessons.rows import lesson, lessons
from metrics_core.lessons.trying import attempt
from metrics_core.lessons.workings import Workings
from metrics_core.steps.step import Step

REVEALS = [
    pytest.param(Workings(row), step, id=f"{row.name}-{step.of}")
    for row in lessons().values()
    for step in row.steps
    if isinstance(step, Reveal)
]
TASKS = [
    pytest.param(Workings(row), step, id=step.name)
    for row in lessons().values()
    for step in row.steps
    if isinstance(step, Try)
]


@pytest.mark.parametrize(("workings", "step"), REVEALS)
def test_a_reveal_shows_a_step_and_a_sample_for_every_answer(workings, step):
    question = workings.lesson.questions[step.of]
    answers = [None]
    if isinstance(question, Choice):
        answers += [option.name for option in question.options]
    for answer in answers:
        shown = reveal(workings, step, answer)
        assert (shown.grade is None) == (answer is None)
        if not shown.beside:
            assert shown.parting is None
        elif shown.parting is not None:
            assert str(shown.parting.first) != str(shown.parting.second)
            assert shown.parting.sample is not None


@pytest.mark.parametrize(
    ("name", "first", "second", "step", "choices"),
    [
        ("six-probabilities", "plain", "balanced", Step.AGGREGATION,
         ("mean", "mean of each class, then of the classes")),
        ("exactly-at-the-threshold", "above", "at_least", Step.DECISION, ("> 0.5", "≥ 0.5")),
        ("exactly-at-the-threshold", "above", "logits", Step.ACTIVATION, ("sigmoid", "none")),
        ("logits-are-not-probabilities", "half", "rounded", Step.DECISION,
         ("> 0.5", "round, halves to even")),
        ("nine-thousand-wrong", "printed", "highest", Step.DECISION, ("> 0.5", "highest output")),
        ("batches-and-weights", "plain", "weighted", Step.AGGREGATION,
         ("mean", "mean, with sample weights")),
        ("ties-and-constants", "flat_highest", "flat_top", Step.DECISION,
         ("highest output", "rank of the true class")),
    ],
)  # fmt: skip
def test_two_recipes_part_at_the_step_that_makes_the_difference(name, first, second, step, choices):
    found = parting(Workings(lesson(name)), first, second)
    assert (found.step, str(found.first), str(found.second)) == (step, *choices)


def test_recipes_on_other_data_part_at_the_outputs():
    workings = Workings(lesson("the-sigmoid-that-cost-ten"))
    found = parting(workings, "before", "after")
    assert found.step is Step.OUTPUTS
    assert str(found.first) == "96 outputs without an activation"
    values = [workings.evaluation(name).sample_values() for name in ("before", "after")]
    assert values[0][found.sample] != values[1][found.sample]


def test_other_samples_have_none_to_trace():
    workings = Workings(lesson("ties-and-constants"))
    assert parting(workings, "flat_highest", "highest").sample is None


def test_a_recipe_does_not_part_from_itself():
    assert parting(Workings(lesson("six-probabilities")), "plain", "plain") is None


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("exactly-at-the-threshold", "above", "at_least"),
        ("logits-are-not-probabilities", "half", "rounded"),
        ("another-release", "one_new", "one_old"),
        ("nine-thousand-wrong", "printed", "highest"),
    ],
)
def test_the_sample_to_trace_is_one_that_the_two_judge_differently(name, first, second):
    workings = Workings(lesson(name))
    sample = parting(workings, first, second).sample
    ours, theirs = (workings.evaluation(each).sample_values() for each in (first, second))
    assert ours[sample] != theirs[sample]


def test_where_all_are_judged_alike_the_sample_is_one_that_weighs_differently():
    workings = Workings(lesson("batches-and-weights"))
    sample = parting(workings, "plain", "weighted").sample
    weights = workings.predictions("six").sample_weight
    assert weights[sample] != weights.max()


def test_a_wrong_prediction_stands_beside_the_truth():
    workings = Workings(lesson("logits-are-not-probabilities"))
    step = next(s for s in workings.lesson.steps if isinstance(s, Reveal) and s.of == "rounding")
    wrong = reveal(workings, step, "same")
    assert (wrong.grade.verdict, wrong.view, wrong.beside) == ("wrong", "half", "rounded")
    right = reveal(workings, step, "lower")
    assert (right.grade.verdict, right.beside) == ("right", "rounded")
    with pytest.raises(InputError, match="`answer` must be one of lower, same, higher"):
        reveal(workings, step, "sideways")


@pytest.mark.parametrize(("workings", "task"), TASKS)
def test_a_goal_is_not_reached_at_the_start_and_can_be(workings, task):
    before = attempt(workings, task, {})
    assert not before.reached
    assert before.words == ()
    assert any(each.missing > 0 or each.relation == "below" for each in before.progress)
    after = attempt(workings, task, task.example)
    assert after.reached
    assert all(str(words) for words in after.words)
    assert [each.missing for each in after.progress] == [0.0] * len(task.goal)


def test_progress_says_how_far_it_is():
    workings = Workings(lesson("a-rare-class"))
    task = next(step for step in workings.lesson.steps if isinstance(step, Try))
    missing = [
        attempt(workings, task, {"threshold": threshold}).progress[0].missing
        for threshold in (0.5, 0.1, 0.05, 0.025)
    ]
    assert missing == sorted(missing, reverse=True)
    assert missing[-1] == 0.0


def test_only_the_controls_of_a_task_move_it():
    workings = Workings(lesson("six-probabilities"))
    task = next(step for step in workings.lesson.steps if isinstance(step, Try))
    view = {"threshold": 0.65, "activation": "softmax", "k": 3}
    assert attempt(workings, task, view).reached
    with pytest.raises(InputError, match="`threshold` must be a finite number"):
        attempt(workings, task, {"threshold": float("nan")})


@pytest.mark.parametrize("row", lessons().values(), ids=lessons())
def test_every_view_opens_the_card_whose_number_is_told(row):
    workings = Workings(row)
    for step in row.steps:
        name = getattr(step, "view", "")
        if name:
            view = opened(workings, name)
            shown = workings.evaluation(name)
            assert view.card == shown.variant.name
            assert view.predictions is workings.predictions(workings.recipe(name).data)
            assert view.settings == workings.recipe(name).used


def test_a_view_of_fresh_data_names_no_example():
    workings = Workings(lesson("six-probabilities"))
    assert opened(workings, "plain").scenario == "binary-threshold"
    there = workings.on({"six": workings.predictions("six").only(np.arange(3))})
    assert opened(there, "plain").scenario == ""
    assert opened(there, "plain").predictions.n_samples == 3
