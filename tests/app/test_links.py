"""Cold deep links: a view's settings are in the URL, and a fresh visit with it shows the same."""

from __future__ import annotations

import re

import pytest

from accuracy_lens.view.table import CONTROLS
from metrics_core.scenarios import SCENARIOS
from tests.app.test_carry import shown
from tests.app.test_controls import another_value, change, controls, widget_of

IN_URL = {row.url_name for row in CONTROLS.values()}


def test_a_link_opens_generated_data_with_every_setting(visit):
    query = {
        "data": "Generate", "kind": "binary", "n": 500, "seed": 7, "separability": 1.0,
        "output": "logits", "activation": "sigmoid", "threshold": 0.25, "beta": 2.0,
        "card": "Recall", "sample": 12,
    }  # fmt: skip
    lens = visit(**query)
    assert lens.app.number_input(key="threshold").value == 0.25
    assert lens.app.selectbox(key="card").value == "recall"
    assert "500 samples" in lens.texts
    assert "Sample 12" in lens.texts
    by_hand = visit(data="Generate").set(
        n=500, seed=7, separability=1.0, output="logits", activation="sigmoid", threshold=0.25,
        beta=2.0,
    )  # fmt: skip
    assert by_hand.values == lens.values


def test_the_page_has_an_address_of_its_own(visit):
    lens = visit()
    lens.app.switch_page("pages/explore/metrics.py")
    lens.run()
    assert lens.values["binary_accuracy"] == "0.7396"


@pytest.mark.parametrize(
    ("name", "value"),
    [("threshold", "nan"), ("threshold", "abc"), ("activation", "tanh"), ("page", "-3"),
     ("k", "-1"), ("n", "1e12"), ("card", "no such"), ("sample", "999999"), ("data", "?")],
)  # fmt: skip
def test_a_spoiled_link_shows_the_default_view_and_no_error(visit, name, value):
    lens = visit(**{name: value})
    assert lens.values["binary_accuracy"] == "0.7396"
    assert lens.errors == []
    said = [warning.value.replace("\\", "") for warning in lens.app.warning]
    if name in ("k", "n"):  # this view has no such control
        assert said == []
        return
    (said,) = said
    assert f"“{value}” as {name}" in said
    lens.run()
    assert len(lens.app.warning) == 1


def test_a_name_that_no_page_has_is_said(visit):
    (said,) = [warning.value.replace("\\", "") for warning in visit(treshold="0.3").app.warning]
    assert "“treshold”" in said


def test_the_sentence_goes_when_the_control_is_moved(visit):
    assert len(visit(threshold="abc").set(threshold=0.25).app.warning) == 0


@pytest.mark.parametrize(
    "query", [{}, {"threshold": "0.250"}, {"card": "Recall"}, {"data": "Generate", "n": "500"}]
)
def test_a_link_that_is_met_says_nothing(visit, query):
    assert len(visit(**query).app.warning) == 0


def link_of(lens):
    """The names and values that the browser has in the address: what is not where it starts."""
    found = {}
    for kind, key in controls(lens):
        widget = widget_of(lens, kind, key)
        if key not in IN_URL:
            continue
        value = widget.value
        default = widget.proto.default
        if kind == "selectbox":
            value = widget.format_func(value)
            default = widget.options[default]
        elif kind == "button_group":
            value = widget.format_func(value)
            default = widget.options[default[0]]
        if value != default:
            found[key] = str(value).lower() if kind == "toggle" else value
    return found


def without_moves(lens):
    """What is shown, but for how far a number moved since the last run."""
    return re.sub(r'"change": "[^"]*"', "", shown(lens))


def values_of(lens):
    return {key: widget_of(lens, kind, key).value for kind, key in controls(lens)}


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_link_of_a_scenario_opens_what_its_choice_opens(visit, name):
    other = "sparse-top-k" if name != "sparse-top-k" else "top-k"
    chosen = visit().set(scenario=other, k=1).set(scenario=name)
    opened = visit(scenario=str(SCENARIOS[name].title))
    view = SCENARIOS[name].view
    assert opened.app.selectbox(key="card").value == view.card
    assert values_of(opened) == values_of(chosen)
    assert opened.values == chosen.values
    assert link_of(chosen).keys() <= {"scenario"}


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_link_of_a_scenario_with_every_control_changed_opens_the_same(visit, name):
    lens = visit(scenario=str(SCENARIOS[name].title))
    for kind, key in controls(lens):
        if key != "scenario" and any(key == there for _, there in controls(lens)):
            change(lens, kind, key, another_value(lens, kind, key))
    fresh = visit(**link_of(lens))
    assert values_of(fresh) == values_of(lens)
    assert fresh.values == lens.values
    assert without_moves(fresh) == without_moves(lens)
