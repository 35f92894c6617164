"""What follows from an example is worked out once for all visitors; from other data for each."""

from __future__ import annotations

import pytest

from accuracy_lens.explore.thresholds import sweeps


@pytest.fixture
def sorted_again(monkeypatch):
    """How often scores were sorted for the Thresholds page."""
    calls, sort = [], sweeps.sweep_of

    def count(*args, **kwargs):
        calls.append(args)
        return sort(*args, **kwargs)

    monkeypatch.setattr(sweeps, "sweep_of", count)
    return calls


def turn(lens):
    lens.app.switch_page("pages/explore/thresholds.py")
    return lens.run().texts


def test_visitors_share_an_example(visit, sorted_again):
    first = turn(visit(scenario="no-activation"))
    before = len(sorted_again)
    assert turn(visit(scenario="no-activation")) == first
    assert before <= 1
    assert len(sorted_again) == before
    other = turn(visit(scenario="with-sigmoid"))
    assert other != first


def test_visitors_do_not_share_other_data(visit, sorted_again):
    first = turn(visit(data="generate", seed=3))
    assert len(sorted_again) == 1
    assert turn(visit(data="generate", seed=3)) == first
    assert len(sorted_again) == 2
