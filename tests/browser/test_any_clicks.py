"""Controls that are set in any order, on pages whose parts run alone: no unforeseen error."""

from __future__ import annotations

import pytest

from tests.browser.any_clicks import Visitor

VIEWS = (
    {"scenario": "no-activation"},
    {"scenario": "ten-sigmoid-units"},
    {"scenario": "sample-weights"},
    {"data": "generate", "kind": "multi-class-indices", "n": "200"},
)


@pytest.mark.parametrize("page", ["", "thresholds", "compare"])
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.get("scenario", "generated"))
def test_any_controls_in_any_order_are_answered(server, page, view):
    with Visitor(server.url, page, view, seed=len(page)) as visitor:
        for _ in range(8):
            visitor.act()
        assert len(visitor.did) == 8 or page == "compare"  # without B it has no controls
        assert [each for each in visitor.errors if "went wrong" in each[0]] == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("page", ["", "thresholds", "compare", "classes"])
def test_many_controls_in_any_order_are_answered(server, page, seed):
    for view in VIEWS:
        with Visitor(server.url, page, view, seed) as visitor:
            for _ in range(15):
                visitor.act()
            assert [each for each in visitor.errors if "went wrong" in each[0]] == []
