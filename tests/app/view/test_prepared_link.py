"""Prepared links: what they hide, lock and choose, and what they say where they were edited."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from metrics_core.scenarios import SCENARIOS
from tests.app.view.test_links import warnings

RARE = str(SCENARIOS["rare-class"].title)


@pytest.fixture
def link(visit):
    """The link that the dialog writes of a view with a locked threshold and two cards."""
    lens = visit(scenario=RARE, threshold="0.65").click("prepare")
    lens.app.multiselect(key="share_locked").set_value(["threshold"])
    lens.app.multiselect(key="share_cards").set_value(["binary_accuracy", "recall"])
    lens.click("prepare")  # a run of the whole page would close the dialog
    (url,) = (code.value for code in lens.app.code if "seal=" in code.value)
    return {name: texts[-1] for name, texts in parse_qs(urlsplit(url).query).items()}


def test_a_prepared_link_opens_the_view_that_was_prepared(visit, link):
    assert link["view"] == "present"
    lens = visit(**link)
    assert warnings(lens) == []
    assert set(lens.cards) == {"binary_accuracy", "recall"}
    threshold = lens.app.number_input(key="threshold")
    assert (threshold.value, threshold.disabled) == (0.65, True)
    assert not lens.app.number_input(key="beta").disabled
    assert lens.component("threshold", "lens")["slider"] is None


def test_it_names_the_language_and_has_a_code_of_itself(visit, link):
    assert link["lang"] == "en"
    lens = visit(scenario=RARE, lang="zh").click("prepare")
    (url,) = (code.value for code in lens.app.code if "view=present" in code.value)
    assert parse_qs(urlsplit(url).query)["lang"] == ["zh"]
    (picture,) = lens.app.get("image")
    assert picture.proto.imgs[0].url.startswith("data:image/svg+xml")


@pytest.mark.parametrize(
    "edited", [{"threshold": "0.2"}, {"locked": ""}, {"locked": "beta"}, {"seal": "00000000"}]
)
def test_an_edited_address_is_told(visit, link, edited):
    lens = visit(**{**link, **edited})
    (said,) = warnings(lens)
    assert said.startswith("This is not the view that was prepared")
    assert len(warnings(lens.run())) == 1


def test_what_is_not_locked_may_be_changed(visit, link):
    assert warnings(visit(**link).set(beta=2.0)) == []
    assert warnings(visit(**{**link, "beta": "2.0"})) == []


@pytest.mark.parametrize(("name", "text"), [("view", "big"), ("hidden", "x"), ("locked", "page")])
def test_what_no_link_can_arrange_is_told(visit, name, text):
    assert any(text in said for said in warnings(visit(**{name: text})))


def test_the_presentation_view_shows_the_accuracies(visit):
    cards = visit(view="present").cards
    assert cards
    assert all(card["accuracy"] for card in cards.values())


def test_the_help_page_says_limits_and_version_without_data(visit):
    lens = visit(data="upload")
    lens.app.switch_page("pages/learn/help.py")
    lens.run()
    assert "200 MB, 10,000,000 rows" in lens.texts
    assert "Accuracy Lens 0.1.0" in lens.texts
