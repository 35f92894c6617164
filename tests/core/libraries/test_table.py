"""The table of libraries: a row is all that a version needs; what is refused says why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.libraries import LIBRARIES, LibraryRefusal, Question, ask, find_library
from metrics_core.libraries.usual import USUAL, usual_answers
from metrics_core.predictions import Predictions
from metrics_core.reverse import Trials, title_of
from metrics_core.steps.decision.tied_rank import chosen_by_torch
from metrics_core.trace import trace

# class 2 has no labels, class 1 is predicted once too often
DATA = Predictions.of(
    [0, 0, 1, 1], np.float32([[0.6, 0.3, 0.1], [0.3, 0.6, 0.1], [0.1, 0.8, 0.1], [0.2, 0.7, 0.1]])
)


def test_a_row_that_is_added_is_asked_and_explains_a_number(monkeypatch):
    old = LIBRARIES["torchmetrics-0.11.4"]
    monkeypatch.setitem(LIBRARIES, "torchmetrics-2.0.0", replace(old, ran=("2.0.0",)))
    found = [each for each in usual_answers(DATA) if each.usual.call == "MulticlassAccuracy()"]
    (answer,) = (each for each in found if "2.0.0" in each.title)
    assert answer.title == "torchmetrics 0.10.0–0.11.4, 2.0.0"
    assert answer.value == pytest.approx((0.5 + 1 + 0) / 3)
    titles = {str(title_of(recipe)) for recipe in Trials(DATA).search(0.5, digits=4).recipes}
    assert "torchmetrics 0.10.0–0.11.4, 2.0.0: MulticlassAccuracy()" in titles


def test_every_usual_call_names_a_metric_that_some_row_has():
    named = {(row.package, metric.name) for row in LIBRARIES.values() for metric in row.metrics}
    assert {(usual.package, usual.metric) for usual in USUAL} <= named


def test_every_usual_call_has_code_without_places_left():
    for usual in USUAL:
        data = {"multi_label": Predictions.of([[1, 0], [1, 1]], [[0.2, 0.7]] * 2)}
        code = usual.code_for(data.get(usual.kinds[0], DATA))
        compile(code, usual.call, "exec")
        assert "{" not in code.replace("{'", "").replace('{"', "")


@pytest.mark.parametrize(
    ("question", "library", "missing"),
    [
        (Question.of("roc_auc", [0, 1], [0.2, 0.7]), "scikit-learn-1.9.1", True),
        (Question.of("accuracy", [0, 1], [0.2, 0.7]), "torchmetrics-1.9.0", True),
        (Question.of("accuracy_score", [0, 1], [0.2, 0.7]), "scikit-learn-1.9.1", False),
        (Question.of("binary_accuracy", [0, 2], [0.2, 0.7]), "torchmetrics-1.9.0", False),
    ],
)
def test_what_a_library_refuses_or_lacks_is_said(question, library, missing):
    with pytest.raises(LibraryRefusal) as refusal:
        ask(question, library)
    assert refusal.value.missing is missing
    assert str(refusal.value).endswith(".")


CLASSES, SEQUENCES = [0, 1, 2, 1], ([[0, 1], [2, 1]], [[0, 1], [1, 1]])


@pytest.mark.parametrize(
    ("question", "each"),
    [
        (
            Question.of("MulticlassAccuracy", CLASSES, CLASSES, num_classes=3, average=None),
            "class",
        ),
        (Question.of("Accuracy", CLASSES, CLASSES, num_classes=3, average="none"), "class"),
        (
            Question.of(
                "multiclass_accuracy", *SEQUENCES, num_classes=3, multidim_average="samplewise"
            ),
            "sample",
        ),
    ],
)
def test_what_gives_several_numbers_is_no_error_and_has_no_number(question, each):
    with pytest.raises(LibraryRefusal, match=f"a number for each {each}, not one") as refusal:
        ask(question, "torchmetrics-0.10.3")
    assert refusal.value.several
    assert not refusal.value.missing


def test_the_mean_of_each_sample_first_differs_from_that_of_all_positions():
    options = {"num_classes": 3, "average": "macro"}
    found = [
        ask(Question.of("accuracy", *SEQUENCES, mdmc_average=way, **options), "torchmetrics-0.9.3")
        for way in ("global", "samplewise")
    ]
    # sample 1: classes 0 and 1 right, 2 absent; sample 2: class 1 right, 2 wrong, 0 absent
    assert [answer.value for answer in found] == pytest.approx([2 / 3, (2 / 3 + 1 / 3) / 2])


def test_each_library_treats_an_output_that_is_not_a_number_in_its_own_way():
    nan = float("nan")
    rows = [[nan, 0.9, 0.1], [0.2, nan, 0.8], [0.1, 0.2, 0.7]]
    data = Predictions.of([0, 2, 2], np.float32(rows))
    found = {f"{each.usual.package} {each.usual.call}": each.value for each in usual_answers(data)}
    assert found["scikit-learn accuracy_score"] == pytest.approx(2 / 3)  # NaN comes first
    assert found["scikit-learn top_k_accuracy_score(k=2)"] is None
    assert found["pytorch-ignite Accuracy()"] == pytest.approx(2 / 3)
    assert found["catboost Accuracy"] == 1  # NaN is above nothing, but stays in the first place
    assert found["lightgbm multi_error"] == pytest.approx(1 / 3)  # NaN becomes 0
    assert found["xgboost merror"] == pytest.approx(1 / 3)  # softmax leaves a row of NaN: class 0


def test_the_trace_says_that_what_is_not_a_number_was_chosen():
    question = Question.of("multiclass_accuracy", [1], [[0.2, np.nan]], num_classes=2)
    sentence = str(trace(ask(question, "torchmetrics-1.9.0").evaluation, 0).sentence)
    assert sentence == (
        "output 1 is not a number, which is chosen before all others, so class 1; "
        "the label is 1: right"
    )


def test_outputs_of_one_unit_were_truncated_by_the_function_of_lightning():
    data = Predictions.of([0, 1, 1, 1], [0.2, 0.9, 1.0, 0.8])
    found = {
        (each.usual.call, each.rows[0].oldest): each
        for each in usual_answers(data)
        if each.usual.package == "pytorch-lightning"
    }
    assert {call: each.value for call, each in found.items()} == {
        ("Accuracy()", "1.1.0"): 1.0, ("accuracy", "1.1.0"): 0.5, ("accuracy", "1.2.0"): 1.0,
    }  # fmt: skip
    truncated = found["accuracy", "1.1.0"].answer
    assert truncated.read.scores.tolist() == [0, 0, 1, 0]
    assert str(truncated.words[0]) == "truncated to whole numbers"


def test_a_version_that_was_not_run_is_refused_with_those_that_were():
    with pytest.raises(InputError, match=r"torchmetrics-1\.9\.0"):
        find_library("torchmetrics-7.0")


def test_the_trace_of_a_sample_reads_the_steps_of_the_library():
    answer = ask(Question.of("Accuracy", [0, 1], [0.4, 0.5], threshold=0.5), "flax-0.12.8")
    traced = [trace(answer.evaluation, row) for row in range(2)]
    assert [bool(each.value) for each in traced] == answer.matches.tolist() == [True, True]
    assert str(traced[0].sentence) == "0.4000 is below 0.5, so class 0; the label is 0: right"


def test_torch_chooses_k_of_each_row_and_never_a_lower_score():
    scores = np.random.RandomState(3).randint(0, 4, (200, 9)) / 4
    for k in range(1, 10):
        chosen = chosen_by_torch(scores, k)
        assert (chosen.sum(axis=1) == k).all()
        least = np.where(chosen, scores, 9).min(axis=1)
        assert (np.where(chosen, -9, scores).max(axis=1) <= least).all()


@pytest.mark.parametrize("value", [np.inf, -np.inf, 1e30, 1e9])
def test_lightning_counts_no_classes_of_such_outputs(value):
    question = Question.of("accuracy", [0, 1], [value, 1.0])
    with pytest.raises(LibraryRefusal) as refusal:
        ask(question, "pytorch-lightning-1.2.10")
    assert not refusal.value.missing
