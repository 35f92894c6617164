"""Controls that are set in any order, on pages whose parts run alone: no unforeseen error."""

from __future__ import annotations

import pytest

from tests.browser.access.any_clicks import Visitor

VIEWS = (
    {"scenario": "no-activation"},
    {"scenario": "ten-sigmoid-units"},
    {"scenario": "sample-weights"},
    {"data": "generate", "kind": "multi-class-indices", "n": "200"},
)


@pytest.mark.parametrize("page", ["", "thresholds", "compare"])
def test_the_first_thresholds_that_are_set_on_the_page_of_a_link_are_answered(server, page):
    with Visitor(server.url, page, VIEWS[0]) as visitor:
        for threshold in (0.25, 0.75):
            visitor.set("threshold", threshold)
            assert f'"> {threshold}"' in visitor.moves  # the decision of the five steps
        assert visitor.errors == []


@pytest.mark.parametrize("page", ["", "thresholds", "compare"])
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.get("scenario", "generated"))
def test_any_controls_in_any_order_are_answered(server, page, view):
    with Visitor(server.url, page, view, seed=len(page)) as visitor:
        for _ in range(8):
            visitor.act()
        assert len(visitor.did) == 8 or page == "compare"  # without B it has no controls
        assert visitor.unforeseen == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("page", ["", "thresholds", "compare", "classes"])
def test_many_controls_in_any_order_are_answered(server, page, seed):
    for view in VIEWS:
        with Visitor(server.url, page, view, seed) as visitor:
            for _ in range(15):
                visitor.act()
            assert visitor.unforeseen == []
