"""Which pairs of classes are told first, and how often they were mixed up."""

from __future__ import annotations

import numpy as np

from metrics_core.counting.confusion import Confusion
from metrics_core.counting.mixups import Mixup, largest_mixups


def test_the_largest_mixups_come_first_and_ties_by_class():
    true, decided = [0, 0, 1, 1, 1, 2, 2, 0], [1, 1, 0, 0, 2, 1, 1, 0]
    made = Confusion.of(true, decided, 3)
    assert largest_mixups(made) == (
        Mixup(0, 1, 2, 2 / 3),
        Mixup(1, 0, 2, 2 / 3),
        Mixup(2, 1, 2, 1.0),
        Mixup(1, 2, 1, 1 / 3),
    )
    assert largest_mixups(made, 1) == largest_mixups(made)[:1]
    assert largest_mixups(made, 0) == largest_mixups(made, -1) == ()
    weighed = Confusion.of(true, decided, 3, [1, 1, 1, 1, 5, 1, 1, 1])
    assert largest_mixups(weighed, 1) == (Mixup(1, 2, 5.0, 5 / 7),)
    assert type(largest_mixups(made)[0].count) is int
    true = np.arange(200)
    pairs = largest_mixups(Confusion.of(true, true[::-1], 200, 1 + true % 3), 200)
    assert [one.true_class for one in pairs] == sorted(true.tolist(), key=lambda one: -(one % 3))


def test_nothing_is_mixed_up_where_nothing_counts():
    for made in (Confusion.empty(3), Confusion.of([], [], 3), Confusion.of([1], [2], 3, [0.0])):
        assert largest_mixups(made) == ()
