"""Consistent or not, without data: the same verdict as mlscorecheck."""

from __future__ import annotations

import random
from fractions import Fraction

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
