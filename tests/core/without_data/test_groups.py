"""Means over folds and classes, against every count of right samples."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

from metrics_core.without_data import ReportedShare, means_of_groups


def test_against_every_count():
    draw = random.Random(5)
    seen = set()
    for _ in range(300):
        sizes = [draw.randint(1, 5) for _ in range(draw.randint(1, 4))]
        digits = draw.choice([1, 2, 3])
        mean, pooled = (
            draw.choice(
                [None, ReportedShare(Fraction(draw.randint(0, 10**digits), 10**digits), digits)]
            )
            for _ in "ab"
        )
        answer = means_of_groups(sizes, mean, pooled)
        for cut_off in (False, True):
            right = []
            for counts in product(*(range(size + 1) for size in sizes)):
                value = sum(map(Fraction, counts, sizes)) / len(sizes)
                share = Fraction(sum(counts), sum(sizes))
                if (mean is None or mean.holds(value, cut_off=cut_off)) and (
                    pooled is None or pooled.holds(share, cut_off=cut_off)
                ):
                    right.append((sum(counts), value))
            if right:
                break
        assert answer.possible == bool(right)
        seen.add(answer.possible)
        if right:
            assert answer.cut_off is cut_off
            assert answer.right == (min(right)[0], max(right)[0])
            values = [value for _, value in right]
            assert answer.means == (min(values), max(values))
    assert seen == {True, False}
