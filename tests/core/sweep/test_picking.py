"""What is picked by bisection is what a look at every row finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from metrics_core.sweep import Sweep
from metrics_core.sweep.picking import (
    bounds_at,
    bounds_of_parts,
    highest_at,
    highest_within,
    more_than,
)

SCORES = st.sampled_from([-np.inf, -3.0, -1e-40, 0.0, -0.0, 0.1, 0.5, 0.5000001, 7.0, np.inf])
ROWS = st.lists(st.tuples(SCORES, st.booleans(), st.sampled_from([0.25, 1.0, 3.0])), max_size=40)
LIMITS = st.lists(st.one_of(SCORES, st.floats(allow_nan=False)), max_size=8)
SHARES = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.7, 1.0]), max_size=6)


@given(ROWS, LIMITS, SHARES, st.booleans(), st.sampled_from(["f4", "f8"]))
def test_as_a_look_at_every_row(rows, limits, shares, weighted, dtype):
    scores = np.array([score for score, _, _ in rows], dtype)
    weights = np.array([weight for _, _, weight in rows]) if weighted else None
    sweep = Sweep.of(scores, np.array([label for _, label, _ in rows], bool), weights)
    order = np.argsort(scores, kind="stable")
    scores = scores[order].astype(float)
    weigh = np.ones(len(rows)) if weights is None else weights[order]
    sums = np.cumsum(weigh)
    distinct = sorted(set(scores.tolist()))

    assert bounds_at(sweep, limits).tolist() == [(scores <= limit).sum() for limit in limits]
    expected = [max((s for s in distinct if s <= limit), default=np.nan) for limit in limits]
    np.testing.assert_array_equal(highest_at(sweep, limits), expected)

    amounts = [share * weigh.sum() for share in shares]
    up_to = {score: sums[scores == score].max() for score in distinct}
    within = [max((s for s in distinct if up_to[s] <= a), default=np.nan) for a in amounts]
    np.testing.assert_array_equal(highest_within(sweep, amounts), within)

    middle = {s: up_to[s] - weigh[scores == s].sum() / 2 for s in distinct}
    nearest = [sum((scores == s).sum() for s in distinct if middle[s] <= a) for a in amounts]
    assert bounds_of_parts(sweep, amounts).tolist() == nearest

    assert not more_than(sweep, len(distinct))
    assert len(distinct) == 0 or more_than(sweep, len(distinct) - 1)


def test_of_many_rows_few_are_read(monkeypatch):
    sweep = Sweep.of(np.arange(200_000.0), np.zeros(200_000, bool))
    read = []
    runs = type(sweep.rows)._sums
    monkeypatch.setattr(
        type(sweep.rows),
        "_sums",
        lambda rows, part, ends: read.append(part) or runs(rows, part, ends),
    )
    assert more_than(sweep, 1200)
    assert highest_within(sweep, [5.5, 1e9]).tolist() == [4.0, 199_999.0]
    assert len(read) == 1
