"""A number without data: what the form of Explain a number answers."""

from __future__ import annotations

from typing import Any

import pytest

PAGE = "pages/explain/number.py"


def answered(visit: Any, **typed: str) -> Any:
    lens = visit(**{f"without_{name}": text for name, text in typed.items()})
    lens.app.switch_page(PAGE)
    for name, text in typed.items():
        lens.app.query_params[f"without_{name}"] = text
    return lens.run()


def test_the_misprint_of_six_samples(visit):
    lens = answered(visit, n="6", accuracy="87.5 %")
    said = "No confusion matrix of 6 samples gives accuracy 87.5 %: the nearest are 5/6 = 83.33 %"
    assert f"{said} and 6/6 = 100 %." in lens.texts
    assert "the smallest: 8, 16, 24" in lens.texts


def test_one_matrix_and_its_metrics(visit):
    lens = answered(
        visit, n="400", positives="50", accuracy="0.955", precision="86.36 %", recall="76"
    )
    assert "Exactly 1 matrix gives what was reported: TP 38, FP 6, FN 12, TN 344." in lens.texts
    assert "76 is read as 76 %." in lens.texts
    matrices = lens.table("Matrices that give what was reported")
    assert matrices.to_numpy().tolist() == [[38, 6, 12, 344]]
    bounds = lens.table("Bounds of the metrics").set_index("metric")
    assert bounds.loc["specificity", "least"] == f"{344 / 350:.6f}"


def test_a_matthews_correlation_below_zero_and_macro_f1(visit):
    lens = answered(
        visit,
        n="100",
        positives="20",
        matthews="-0.2005",
        macro_f1="39.12",
        macro_precision="0.4153",
    )
    assert "Exactly 1 matrix gives what was reported: TP 3, FP 31, FN 17, TN 49." in lens.texts
    assert "39.12 is read as 39.12 %." in lens.texts
    bounds = lens.table("Bounds of the metrics").set_index("metric")
    assert bounds.loc["Matthews correlation", "least"] == "-0.200545"
    assert bounds.loc["macro precision", "greatest"] == "0.415330"


def test_accuracy_alone_of_many_samples_with_unknown_positives(visit):
    lens = answered(visit, n="10,000", accuracy="0.91237")
    assert "No confusion matrix of 10,000 samples gives accuracy 0.91237" in lens.texts
    assert "9,123/10,000 = 91.23 % and 9,124/10,000 = 91.24 %" in lens.texts
    lens = answered(visit, n="30,000", accuracy="0.9123")
    assert "Between 27,368 and 27,370 of 30,000 samples are right." in lens.texts
    assert "type the number of positives: without it they are tried for up to 2,000" in lens.texts


def test_a_mean_over_folds(visit):
    lens = answered(visit, folds="3, 3", mean="0.75")
    assert "give the mean 0.75: the nearest are 66.67 % and 83.33 %." in lens.texts


def test_macro_recall_over_classes(visit):
    lens = answered(visit, classes="2 4", macro="0.75", accuracy="0.67")
    assert "between 4 and 4 of 6 samples are right" in lens.texts


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"n": "six", "accuracy": "0.5"}, "Number of samples must be a whole number"),
        ({"n": "6", "accuracy": "much"}, "Reported accuracy must be a share"),
        ({"n": "3000", "recall": "0.5"}, "Positives, if known must be given"),
        ({"n": "0", "recall": "0.5"}, "Number of samples must be a whole number from 1"),
        ({"n": "6", "positives": "7", "recall": "0.5"}, "Positives, if known must be"),
        ({"n": "6", "beta": "200", "f_beta": "0.5"}, "Beta of F-beta must be above 0"),
        ({"n": "6", "recall": "0.1234567890123"}, "Reported recall (sensitivity) must have"),
        ({"folds": "0, 3", "mean": "0.5"}, "Samples in each fold must be whole numbers"),
        ({"classes": "997 998 999", "macro": "0.5"}, "Samples of each class must differ less"),
        ({"folds": "3, 3", "mean": "much"}, "Mean of the folds' accuracies must be a share"),
        ({"folds": "1, x", "mean": "0.5"}, "Samples in each fold must be a whole number"),
    ],
)
def test_a_refusal_names_the_field(visit, typed, said):
    lens = answered(visit, **typed)
    assert next(error.replace("`", "") for error in lens.errors).startswith(said)
