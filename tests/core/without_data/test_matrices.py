"""Reported metrics without outputs, against every matrix of a few samples."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations
from time import perf_counter

import pytest

from metrics_core.errors import InputError
from metrics_core.without_data import METRICS, Matrix, ReportedShare, possible_matrices
from tests.every import every


def every_matrix(n: int, positives: int | None) -> list[Matrix]:
    tried = range(n + 1) if positives is None else [positives]
    return [
        Matrix(tp, fp, p - tp, n - p - fp)
        for p in tried
        for tp in range(p + 1)
        for fp in range(n - p + 1)
    ]


def check(n: int, positives: int | None, reported: dict[str, ReportedShare], beta: Fraction) -> int:
    answer = possible_matrices(n, reported, positives, beta)
    for cut_off in (False, True):
        right = [
            matrix
            for matrix in every_matrix(n, positives)
            if all(f.holds(matrix.metric(m, beta), cut_off=cut_off) for m, f in reported.items())
        ]
        if right:
            break
    assert answer.count == len(right), (n, positives, reported)
    assert list(answer.first) == right[:20]
    if right:
        assert answer.cut_off is cut_off
        for name in METRICS:
            values = [matrix.metric(name, beta) for matrix in right]
            assert answer.bounds[name] == (min(values), max(values))
    return answer.count


@pytest.mark.long
@every("names", [c for k in (1, 2, 3) for c in combinations(METRICS, k)])
def test_against_every_matrix(names):
    draw = random.Random(str(names))
    counts = []
    for _ in range(12):
        n = draw.randint(1, 12)
        positives = draw.choice([None, 0, n, draw.randint(0, n)])
        beta = draw.choice([Fraction(1), Fraction(1, 2), Fraction(2)])
        truth = draw.choice(every_matrix(n, positives))
        digits = draw.choice([0, 1, 2, 3])
        reported = {}
        for name in names:
            share = truth.metric(name, beta) * 10**digits
            whole = draw.choice([round(share), int(share), draw.randint(0, 10**digits)])
            reported[name] = ReportedShare(Fraction(whole, 10**digits), digits)
        counts.append(check(n, positives, reported, beta))
    assert any(counts)


def test_the_misprint_of_six_samples():
    answer = possible_matrices(6, {"accuracy": ReportedShare.parse("accuracy", "87.5 %")})
    assert (answer.count, answer.alone) == (0, ("accuracy",))


def test_two_thirds_cut_off():
    cut = possible_matrices(3, {"accuracy": ReportedShare.parse("accuracy", "0.66")}, 1)
    assert cut.cut_off
    assert cut.count > 0


@pytest.mark.parametrize("digits", [4, 12])
def test_a_million_samples_take_seconds(digits):
    truth = Matrix(123_456, 54_321, 76_544, 745_679)
    reported = {
        name: ReportedShare(Fraction(round(truth.metric(name) * 10**digits), 10**digits), digits)
        for name in ("accuracy", "precision", "recall", "balanced_accuracy")
    }
    start = perf_counter()
    answer = possible_matrices(1_000_000, reported, 200_000)
    assert perf_counter() - start < 20
    assert answer.count >= 1
    if digits == 12:
        assert answer.first == (truth,)


@pytest.mark.parametrize(
    ("n", "positives", "named"),
    [(0, None, "samples"), (6, 7, "positives"), (3_000, None, "positives")],
)
def test_refusals_name_the_field(n, positives, named):
    with pytest.raises(InputError) as refused:
        possible_matrices(n, {"accuracy": ReportedShare(Fraction(1, 2), 1)}, positives)
    assert refused.value.argument == named


def test_a_matthews_correlation_below_zero_and_a_macro_f1_name_one_matrix():
    truth = Matrix(tp=3, fp=31, fn=17, tn=49)
    reported = {
        "matthews": ReportedShare.parse("matthews", "-0.2005", signed=True),
        "macro_f1": ReportedShare.parse("macro_f1", "0.3912"),
        "macro_precision": ReportedShare.parse("macro_precision", "41.53 %"),
    }
    assert possible_matrices(100, reported, positives=20).first == (truth,)
