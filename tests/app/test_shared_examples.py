"""What follows from an example is worked out once for all visitors; from other data for each."""

from __future__ import annotations

import pytest
from streamlit.runtime.caching import cache_resource_api

from accuracy_lens.view import caches, prepared


@pytest.fixture
def sorted_again(monkeypatch):
    """How often scores were sorted for the Thresholds page."""
    calls, sort = [], prepared.sweep_elements

    def count(*args, **kwargs):
        calls.append(args)
        return sort(*args, **kwargs)

    monkeypatch.setattr(prepared, "sweep_elements", count)
    return calls


@pytest.fixture
def turn(visit, monkeypatch):
    """What the Thresholds page says to a visitor; for AppTest all visits are of the same one."""

    monkeypatch.setattr(caches, "is_example", caches.EXAMPLES.__contains__)

    def turned(visitor, **query):
        monkeypatch.setattr(cache_resource_api, "get_session_id_or_throw", lambda: visitor)
        lens = visit(**query)
        lens.app.switch_page("pages/explore/thresholds.py")
        return lens.run().texts

    return turned


def test_visitors_share_an_example(turn, sorted_again):
    first = turn("Ann", scenario="no-activation")
    before = len(sorted_again)
    assert turn("Ben", scenario="no-activation") == first
    assert before <= 1
    assert len(sorted_again) == before
    assert turn("Cleo", scenario="with-sigmoid") != first


def test_visitors_do_not_share_other_data(turn, sorted_again):
    first = turn("Ann", data="generate", seed=3)
    assert len(sorted_again) == 1
    assert turn("Ben", data="generate", seed=3) == first
    assert len(sorted_again) == 2
    assert turn("Ben", data="generate", seed=3) == first
    assert len(sorted_again) == 2
