"""Consistent or not, without data: the same verdict as mlscorecheck."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

from metrics_core.without_data import Matrix, ReportedShare, means_of_groups, possible_matrices

binary = pytest.importorskip("mlscorecheck.check.binary")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
THEIRS = {
    "accuracy": "acc", "precision": "ppv", "recall": "sens", "f_beta": "f1",
    "specificity": "spec", "balanced_accuracy": "bacc", "npv": "npv",
}  # fmt: skip
"""Half a unit is their `eps`, to which they add a tolerance of 1e-6; ours has none."""


def rounded(value: Fraction, digits: int) -> ReportedShare:
    return ReportedShare(Fraction(round(value * 10**digits), 10**digits), digits)


def without_predictions(p: int, n: int) -> tuple[Matrix, Matrix]:
    """Nothing predicted 1, nothing predicted 0: a 0 of 0, which fits any number there."""
    return Matrix(0, 0, p, n), Matrix(p, n, 0, 0)


def is_undefined(matrix: Matrix, name: str) -> bool:
    of = {"precision": matrix.tp + matrix.fp, "npv": matrix.tn + matrix.fn}
    return of.get(name) == 0


def test_matrices_of_one_test_set():
    draw, verdicts = random.Random(11), []
    for _ in range(100):
        p, n, digits = draw.randint(2, 40), draw.randint(2, 40), draw.choice([2, 3, 4])
        tp, fp = draw.randint(1, p - 1), draw.randint(0, n - 1)
        truth = Matrix(tp, fp, p - tp, n - fp)
        reported = {
            name: rounded(truth.metric(name), digits)
            for name in draw.sample(list(THEIRS), draw.randint(1, 4))
        }
        if draw.random() < 0.6:
            name = draw.choice(list(reported))
            moved = min(Fraction(1), reported[name].value + Fraction(draw.randint(1, 9), 100))
            reported[name] = rounded(moved, digits)
        theirs = binary.check_1_testset_no_kfold(
            testset={"p": p, "n": n},
            scores={THEIRS[name]: float(figure.value) for name, figure in reported.items()},
            eps=0.5 * 10**-digits,
            numerical_tolerance=1e-9,
        )
        answer = possible_matrices(p + n, reported, p)
        ours = answer.count > 0 and not answer.cut_off
        expected = ours or any(
            all(is_undefined(matrix, m) or f.holds(matrix.metric(m)) for m, f in reported.items())
            for matrix in without_predictions(p, n)
        )
        assert theirs["inconsistency"] is not expected, (p, n, reported)
        verdicts.append(ours)
    assert 20 < sum(verdicts) < 90


def test_a_matthews_correlation_that_fits_is_consistent_for_them_too():
    draw, impossible = random.Random(13), 0
    for _ in range(60):
        p, n = draw.randint(2, 40), draw.randint(2, 40)
        truth = Matrix(tp := draw.randint(1, p - 1), fp := draw.randint(1, n - 1), p - tp, n - fp)
        reported = {name: rounded(truth.metric(name), 3) for name in ("matthews", "recall")}
        if draw.random() < 0.6:
            moved = reported["matthews"].value + Fraction(draw.randint(1, 400), 1000)
            reported["matthews"] = rounded(min(Fraction(1), moved), 3)
        theirs = binary.check_1_testset_no_kfold(
            testset={"p": p, "n": n},
            scores={
                "mcc": float(reported["matthews"].value), "sens": float(reported["recall"].value)
            },
            eps=0.0005,
            numerical_tolerance=1e-9,
        )  # fmt: skip
        answer = possible_matrices(p + n, reported, p)
        if theirs["inconsistency"]:  # they keep some counts whose value is not in the range
            impossible += 1
            assert not answer.count or answer.cut_off, (p, n, reported)
    assert impossible > 10


def test_metrics_of_a_matrix_as_scikit_learn_counts_them():
    metrics = pytest.importorskip("sklearn.metrics")
    for matrix in map(Matrix._make, product(range(3), repeat=4)):
        tp, fp, fn, tn = matrix
        if sum(matrix) in (0, tp, tn):  # theirs warns of a single label
            continue
        labels = [1] * (tp + fn) + [0] * (fp + tn)
        decided = [1] * tp + [0] * fn + [1] * fp + [0] * tn
        macro = {"average": "macro", "zero_division": 0}
        theirs = {
            "macro_precision": metrics.precision_score(labels, decided, **macro),
            "macro_f1": metrics.f1_score(labels, decided, **macro),
            "matthews": metrics.matthews_corrcoef(labels, decided),
        }
        ours = {name: float(matrix.metric(name)) for name in theirs}
        assert ours == pytest.approx(theirs), matrix


def test_means_over_folds():
    draw, verdicts = random.Random(12), []
    for _ in range(25):
        folds = [
            {"p": draw.randint(2, 9), "n": draw.randint(2, 9)} for _ in range(draw.randint(2, 3))
        ]
        digits = draw.choice([3, 4])
        sizes = [fold["p"] + fold["n"] for fold in folds]
        mean = sum((Fraction(draw.randint(0, s), s) for s in sizes), Fraction()) / len(sizes)
        if draw.random() < 0.5:
            mean = Fraction(draw.randint(0, 10**digits), 10**digits)
        figure = rounded(mean, digits)
        theirs = binary.check_1_dataset_known_folds_mos(
            dataset={
                "p": sum(fold["p"] for fold in folds), "n": sum(fold["n"] for fold in folds)
            },
            folding={"folds": folds},
            scores={"acc": float(figure.value)},
            eps=0.5 * 10**-digits,
            numerical_tolerance=1e-9,
        )  # fmt: skip
        answer = means_of_groups(sizes, figure)
        ours = answer.possible and not answer.cut_off
        assert theirs["inconsistency"] is not ours, (folds, figure)
        verdicts.append(ours)
    assert 5 < sum(verdicts) < 25
