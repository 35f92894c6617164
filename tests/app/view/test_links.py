"""Cold deep links: a view's settings are in the URL, and a fresh visit with it shows the same."""

from __future__ import annotations

import re

import numpy as np
import pytest

from accuracy_lens.view.control_table.table import CONTROLS
from metrics_core.scenarios import SCENARIOS
from tests.app.view.test_carry import shown
from tests.app.view.test_controls import another_value, choose, controls, widget_of
from tests.numpy_files import npz


def warnings(lens):
    return [warning.value.replace("\\", "") for warning in lens.app.warning]


IN_URL = {row.url_name for row in CONTROLS.values()}


def test_a_link_opens_generated_data_with_every_setting(visit):
    query = {
        "data": "generate", "kind": "binary", "n": 500, "seed": 7, "separability": 1.0,
        "output": "logits", "activation": "sigmoid", "threshold": 0.25, "beta": 2.0,
        "card": "Recall", "sample": 12,
    }  # fmt: skip
    lens = visit(**query)
    assert lens.app.number_input(key="threshold").value == 0.25
    assert lens.app.selectbox(key="card").value == "recall"
    assert "500 samples" in lens.texts
    assert "Sample 12" in lens.texts
    by_hand = visit(data="generate").set(
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
     ("card", "no such"), ("sample", "999999"), ("data", "?"), ("show", "some"),
     ("muted", "AL999")],
)  # fmt: skip
def test_a_spoiled_link_shows_the_default_view_and_no_error(visit, name, value):
    lens = visit(**{name: value})
    assert lens.values["binary_accuracy"] == "0.7396"
    assert lens.errors == []
    (said,) = warnings(lens)
    assert f"“{value}” as {name}" in said
    lens.run()
    assert len(lens.app.warning) == 1


def test_a_name_that_no_page_has_is_said(visit):
    (said,) = warnings(visit(treshold="0.3"))
    assert "“treshold”" in said


@pytest.mark.parametrize("name", ["k", "n", "weighted", "label", "epoch"])
def test_a_control_that_the_view_does_not_have_is_said(visit, name):
    lens = visit(**{name: "3"})
    assert warnings(lens) == [f"The link sets {name}, which this view has no use for."]
    lens.app.switch_page("pages/explore/thresholds.py")
    assert warnings(lens.run()) == []


@pytest.mark.parametrize("query", [{"batch": 16}, {"at_epoch": 2}, {"formula": "mean(y_pred)"}])
def test_a_control_that_another_page_may_have_is_not(visit, query):
    assert warnings(visit(**query)) == []


def test_a_page_that_is_not_there_is_said_until_the_page_is_turned(visit):
    lens = visit(no_such_page="a*b", threshold="0.3")
    assert warnings(lens) == ["There is no page “a*b”; this is Metrics."]
    assert "no_such_page" not in lens.app.query_params
    assert lens.app.number_input(key="threshold").value == 0.3
    lens.app.switch_page("pages/explore/thresholds.py")
    assert warnings(lens.run()) == []


LABELS, OUTPUTS = np.array([0, 1, 1, 0]), np.array([0.2, 0.7, 0.4, 0.6], "f4")
OUTPUTS_FILE = npz(y_true=LABELS, y_pred=OUTPUTS)
WANTED = "This link is of the view on outputs.npz (4 rows); drop that file to see it."
OTHER = "The link is of the view on outputs.npz (4 rows). What is in view differs from it"


@pytest.fixture
def link_to_a_file(visit):
    """The query of a view on a file that somebody else opened."""
    lens = visit(data="upload").drop("outputs.npz", OUTPUTS_FILE).click("use").set(threshold=0.65)
    query = lens.app.query_params
    assert re.fullmatch("outputs[.]npz/4/[0-9a-f]{12}", query["file"])
    return {"data": "upload", "threshold": "0.65", "file": query["file"]}


def test_a_link_to_a_file_says_which_and_opens_its_view(visit, link_to_a_file):
    lens = visit(**link_to_a_file)
    assert WANTED in lens.texts
    lens.drop("renamed.npz", OUTPUTS_FILE).click("use")
    assert warnings(lens) == []
    assert lens.app.number_input(key="threshold").value == 0.65
    assert lens.cards["binary_accuracy"]["count"] == "3 of 4"
    assert lens.app.query_params["file"].startswith("renamed.npz/4/")


def test_another_file_is_used_and_said_to_be_another(visit, link_to_a_file):
    lens = visit(**link_to_a_file)
    lens.drop("outputs.npz", npz(y_true=LABELS, y_pred=OUTPUTS + 0.01)).click("use")
    (said,) = warnings(lens)
    assert OTHER in said
    assert lens.cards["binary_accuracy"]["count"] == "3 of 4"
    assert lens.app.query_params["file"] != link_to_a_file["file"]
    assert len(warnings(lens.run())) == 1
    lens.click("remove")
    assert warnings(lens) == []
    assert WANTED in lens.texts
    lens.drop("outputs.npz", OUTPUTS_FILE).click("use")
    assert warnings(lens) == []
    assert lens.app.number_input(key="threshold").value == 0.65


def test_other_data_than_those_of_the_link_end_what_it_asked_for(visit, link_to_a_file):
    lens = visit(**link_to_a_file).set(data="scenario")
    assert warnings(lens) == []
    assert not lens.app.query_params.get("file")
    lens.set(data="upload")
    assert WANTED not in lens.texts


def test_a_text_that_is_cut_is_said(visit):
    (said,) = warnings(visit(formula="y" * 1001))
    assert "” as formula, which cannot be set here" in said


def test_an_epoch_that_the_file_does_not_have_is_said(visit):
    content = b"epoch,y_true,y_pred\n1,1,0.4\n2,1,0.9\n"
    lens = visit(data="upload", epoch="9").drop("log.csv", content).click("use")
    assert warnings(lens) == [
        "The link asks for “9” as epoch, which cannot be set here; “2” is shown instead."
    ]
    assert warnings(lens.set(epoch=1)) == []


@pytest.mark.parametrize("text", ["", "x", "x/y/z", "outputs.npz/4/0123"])
def test_a_spoiled_name_of_a_file_asks_for_any(visit, text):
    lens = visit(data="upload", file=text)
    assert "Drop a file of labels and outputs" in lens.texts
    lens.drop("outputs.npz", OUTPUTS_FILE).click("use")
    assert warnings(lens) == []


def test_the_sentence_goes_when_the_control_is_moved(visit):
    lens = visit(threshold="abc")
    assert lens.app.session_state["_unmet"]  # a move runs more than its part of the page
    assert len(lens.set(threshold=0.25).app.warning) == 0
    assert not lens.app.session_state["_unmet"]


@pytest.mark.parametrize(
    "query", [{}, {"threshold": "0.250"}, {"card": "Recall"}, {"data": "generate", "n": "500"}]
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
        if key != "scenario":
            choose(lens, kind, key, another_value(lens, kind, key))
    lens.run()
    fresh = visit(**link_of(lens))
    assert values_of(fresh) == values_of(lens)
    assert fresh.values == lens.values
    assert without_moves(fresh) == without_moves(lens)
