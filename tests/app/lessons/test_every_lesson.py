"""The Lessons page: every lesson from its first step to the sentence to keep, and every mistake."""

from __future__ import annotations

import numpy as np
import pytest

from accuracy_lens.learn.lessons.progress import END, steps_of
from accuracy_lens.words.text import say
from metrics_core.lessons.checks import fresh
from metrics_core.lessons.grading import grade
from metrics_core.lessons.parting import parting
from metrics_core.lessons.parts.lesson import Check, Predict, Reveal, Try
from metrics_core.lessons.parts.questions import Choice, Place
from metrics_core.lessons.revealing import reveal
from metrics_core.lessons.rows import lesson, lessons
from metrics_core.lessons.truths import right_options
from metrics_core.lessons.trying import attempt
from metrics_core.lessons.workings import Workings
from tests.app.lessons.answering import (
    CONTROLS,
    SIX,
    give,
    opened,
    right_answer,
    says,
    wrong_answers,
)


@pytest.mark.parametrize("name", lessons())
def test_a_lesson_is_gone_through_with_right_answers(visit, name):
    workings = Workings(lesson(name))
    lens = opened(visit).click(f"lesson_open_{name}")
    for at, (called, step) in enumerate(workings.lesson.named_steps.items(), 1):
        assert lens.app.query_params["step"] == called
        assert f"Step {at} of {len(workings.lesson.steps)}" in lens.app.get("progress")[0].text
        match step:
            case Predict(question=question):
                answer = right_answer(workings, question)
                give(lens, question, f"{name}_{called}", answer)  # and turns to the next step
                continue
            case Reveal():
                shown = reveal(
                    workings, step, right_answer(workings, workings.lesson.questions[step.of])
                )
                assert "✓ Right." in lens.texts
                says(lens, shown.truth, *shown.text, shown.grade.words)
            case Try():
                assert "✓ Reached." not in lens.texts
                for control, value in step.example.items():
                    lens.set(**{f"{CONTROLS[control]}_{name}_{called}": value})
                done = attempt(workings, step, step.example)
                assert "✓ Reached." in lens.texts
                says(lens, *done.words)
                there = workings.with_settings(step.moves, **step.example)
                values = [metric.value for metric in lens.app.metric]
                assert values == [f"{there.result(moved):.4f}" for moved in step.moves]
            case Check():
                there, seed = fresh(workings, step, 1)
                asked = workings.lesson.questions[step.of]
                answer = right_answer(there, asked)
                give(lens, asked, f"{name}_{called}_{seed}", answer)
                says(lens, grade(there, asked, answer).words)
                assert "✓ Right." in lens.texts
                lens.click("lesson_another")
                assert "✓ Right." not in lens.texts
                following = fresh(workings, step, seed + 1)[1]
                assert f"seed {following}." in lens.texts
        lens.click("lesson_next")
    assert lens.app.query_params["step"] == END
    says(lens, workings.text(workings.lesson.keep))
    assert lens.errors == []
    lens.click("lesson_all")
    assert "✓ Finished" in lens.texts
    assert set(lens.app.query_params) == set()


@pytest.mark.parametrize("name", lessons())
def test_every_wrong_answer_is_told_its_mistake_and_shows_its_recipe(visit, name):
    workings = Workings(lesson(name))
    lens = opened(visit)
    for called, step in workings.lesson.named_steps.items():
        if not isinstance(step, Reveal):
            continue
        question = workings.lesson.questions[step.of]
        for answer in wrong_answers(workings, question):
            shown = reveal(workings, step, answer)
            asked = list(workings.lesson.named_steps)[
                list(workings.lesson.named_steps).index(called) - 1
            ]
            lens = opened(visit, lesson=name, step=asked)
            give(lens, question, f"{name}_{asked}", answer)
            assert lens.app.query_params["step"] == called
            assert ("✗ Not right." in lens.texts) == (shown.grade.verdict == "wrong")
            says(lens, shown.truth, shown.grade.words)
            view, parted = shown.view, shown.parting
            if isinstance(question, Choice) and shown.grade.recipe:
                view = right_options(workings, question)[0].recipe or view
                parted = parting(workings, view, shown.grade.recipe)
            there = workings
            if isinstance(question, Place):  # is shown where it was placed
                there = workings.with_settings(question.moves, threshold=float(answer))
            assert f"{there.result(view):.4f}" in lens.texts
            if shown.beside:
                assert f"{there.result(shown.beside):.4f}" in lens.texts
                strips = [lens.component("strip"), lens.component("strip", "strip_beside")]
                lit = None if parted is None else parted.step - 1
                assert [strip["lit"] for strip in strips] == [lit, lit]


def test_a_lens_gives_no_answer_away_and_has_the_threshold_when_it_is_revealed(visit):
    lens = opened(visit, lesson="logits-are-not-probabilities", step="after-sigmoid")
    asked = lens.component("threshold", "lens")
    assert (asked["boundary"], asked["slider"]) == (None, None)
    assert asked["high"] > 1  # the outputs, not their sigmoids, which are the answer
    assert "keys" not in asked["words"]["point"]
    lens = opened(visit, lesson=SIX, step="reveal-wrong-samples", answers="wrong-samples:2,3")
    shown = lens.component("threshold", "lens")
    assert (shown["boundary"]["lines"], shown["boundary"]["moves"]) == ([0.5], False)
    frame = lens.app.dataframe[0].value
    assert np.flatnonzero(frame["marked by you"]).tolist() == [2, 3]
    assert np.flatnonzero(~frame["right"]).tolist() == [2]


@pytest.mark.parametrize(
    ("name", "step", "answers", "said"),
    [(SIX, "reveal-accuracy", "accuracy:0.67",
      "It counts 1 in “Binary accuracy” and 0 in “Precision”."),
     ("exactly-at-the-threshold", "reveal-or-equal", "or-equal:falls",
      "0.5000 is at least 0.5, so class 1; the label is 0: wrong"),
     ("what-an-activation-keeps", "reveal-after-softmax", "after-softmax:6",
      "Both judge every sample alike."),
     ("unscaled-inputs", "reveal-constant", "constant:0", "Not quite nothing"),
     ("unscaled-inputs", "reveal-constant", "constant:0.1",
      "Sparse categorical accuracy: Pixels divided by the largest"),
     ("the-sigmoid-that-cost-ten", "check-only-the-sigmoid", "check-only-the-sigmoid:1~sigmoid",
      "other data")],
)  # fmt: skip
def test_a_reveal_says_what_parts_the_two_recipes(visit, name, step, answers, said):
    lens = opened(visit, lesson=name, step=step, answers=answers)
    assert said in lens.texts + str(lens.component("strip"))


def test_a_link_opens_the_same_step_with_the_same_answers(visit):
    link = {"lesson": SIX, "step": "reveal-accuracy", "answers": "accuracy:4/6"}
    lens = opened(visit, **link)
    assert "Your prediction: 4/6" in lens.texts
    assert "The answer: 0.83" in lens.texts
    assert lens.app.query_params == link
    assert not [*lens.app.warning, *lens.app.error]
    lens.click("lesson_back")
    assert "It is locked in" in lens.texts
    assert "lesson_lock" not in {button.key for button in lens.app.button}


def test_what_was_not_predicted_is_withheld_with_a_way_to_see_it(visit):
    lens = opened(visit, lesson=SIX, step="reveal-accuracy")
    assert "This step shows the answer to 1 question" in lens.texts
    assert "0.83" not in lens.texts
    lens.click("lesson_question")
    assert lens.app.query_params["step"] == "accuracy"
    lens.click("lesson_next").click("lesson_anyway")
    assert "The answer: 0.83" in lens.texts
    tried = opened(visit, lesson=SIX, step="all-right")
    assert "the answers to 3 questions" in tried.texts
    assert not tried.app.metric


@pytest.mark.parametrize(("typed", "said"), [("", "Answer first"), ("x", "must be a number")])
def test_what_is_no_answer_is_not_locked_in(visit, typed, said):
    lens = opened(visit, lesson=SIX, step="accuracy")
    lens.app.text_input(key=f"lesson_number_{SIX}_accuracy").set_value(typed)
    lens.run().click("lesson_lock")
    assert said in lens.errors[0]
    assert lens.app.query_params["step"] == "accuracy"
    assert lens.click("lesson_back").errors == []


@pytest.mark.parametrize(
    "link",
    [{"lesson": SIX, "step": "no-such-step", "answers": "x:1;accuracy;;:"},
     {"lesson": SIX, "step": "accuracy", "answers": "accuracy:many"},
     {"lesson": SIX, "step": "check-accuracy", "answers": "check-accuracy:x~y"}],
)  # fmt: skip
def test_a_spoiled_link_opens_the_lesson(visit, link):
    lens = opened(visit, **link)
    assert "Six probabilities and a threshold" in lens.texts
    assert lens.errors == []


def test_a_lesson_that_is_not_there_is_said_above_the_list(visit):
    lens = opened(visit, lesson="no-such")
    assert "“no-such”" in lens.app.warning[0].value.replace("\\", "")
    assert len([button for button in lens.app.button if "lesson_open" in button.key]) == 12


def test_the_list_says_how_far_one_is_and_goes_on_there(visit):
    lens = opened(visit, lesson=SIX, step="accuracy").click("lesson_all")
    assert "Step 4 of 9" in lens.texts
    lens.click(f"lesson_open_{SIX}")
    assert lens.app.query_params["step"] == "accuracy"


def test_every_lesson_is_read_in_chinese(visit):
    lens = opened(visit, lang="zh")
    lens.set(language="zh")
    for name in lessons():
        title = say(lessons()[name].title.template)
        assert title not in lens.texts
    lens.click(f"lesson_open_{SIX}")
    for _ in steps_of(lesson(SIX))[1:]:
        assert lens.errors == []
        lens.click("lesson_next")
        if any(button.key == "lesson_anyway" for button in lens.app.button):
            lens.click("lesson_anyway")
    assert "要记住的一句话" in lens.texts
